// Codes: a label is shown for each record, and read by the camera, from a picture, and typed; what leads elsewhere is not opened.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import bwip from 'bwip-js/node'
import { chromium, type Browser, type Page } from 'playwright-core'
import { encode } from 'uqr'
import { run, sql } from '#kit/sql.ts'
import { violations } from '../setup/axe.ts'
import { findChromium } from '../setup/chromium.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

const PATIENCE = 60_000
const folder = mkdtempSync(path.join(tmpdir(), 'scan-'))
let demo: Demo
let browser: Browser
let page: Page
let number = ''
const troubles: string[] = []

before(async () => {
  demo = await startDemo()
  const [row] = await run<{ id: number }>(demo.db, sql`select id from incident where binned_at is null order by id desc limit 1`) // oxfmt-ignore
  number = `INC-${row?.id}`
  const film = path.join(folder, 'label.y4m')
  writeFileSync(film, filmOf(`${demo.url}/desk/incidents/${number}`))
  browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  const context = await browser.newContext({
    baseURL: demo.url,
    serviceWorkers: 'block',
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  })
  await context.addCookies([
    { name: 'pilothouse', value: await demo.session('manager'), url: demo.url, httpOnly: true },
  ])
  page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())))
  page.on('pageerror', (error) => void troubles.push(error.message))
})
after(async () => {
  // A browser that does not end must not keep the file from ending.
  await Promise.race([browser.close(), sleep(10_000, undefined, { ref: false })])
  rmSync(folder, { recursive: true, force: true })
})

/** A film of one picture, as Chromium shows it in place of a camera: a QR code, black on white. */
function filmOf(text: string): Buffer {
  const [width, height] = [640, 480]
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const dot = Math.floor(height / size)
  const light = Buffer.alloc(width * height, 235)
  for (let y = 0; y < size * dot; y++)
    for (let x = 0; x < size * dot; x++)
      if (data[Math.floor(y / dot)]?.[Math.floor(x / dot)] === true) light[y * width + x + 80] = 16
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array.from({ length: 10 }, () => frame)]) // oxfmt-ignore
}
const isAt = (address: string): Promise<void> => page.waitForURL(`**${address}`, { timeout: PATIENCE })

describe('scanning on a telephone', () => {
  it('reads a label with the camera and opens its record', async () => {
    await page.goto('/bridge')
    await page.getByRole('navigation', { name: 'Most used' }).getByRole('button', { name: 'Scan' }).click()
    await page.getByRole('button', { name: 'Start the camera' }).click()
    await isAt(`/desk/incidents/${number}`)
  })

  it('reads the label that the record itself prints, from a picture of it', async () => {
    await page.goto(`/desk/incidents/${number}`)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Label with QR code' }).click()
    const dialog = page.getByRole('dialog', { name: `Label of ${number}` })
    const picture = await dialog.getByRole('img', { name: `QR code of ${number}` }).screenshot()
    assert.deepEqual(await violations(page), [])
    await page.goto('/scan')
    await page.locator('input[type=file]').setInputFiles({ name: 'label.png', mimeType: 'image/png', buffer: picture })
    await isAt(`/desk/incidents/${number}`)
  })

  it('reads the bars and squares of labels that others print, from a picture', async () => {
    const { items } = (await (await page.request.get('/api/v1/incidents?limit=1&sort=id')).json()) as { items: { number: string }[] } // oxfmt-ignore
    const label = items[0]?.number ?? ''
    for (const bcid of ['code128', 'code39', 'datamatrix', 'pdf417'] as const) {
      const picture = await bwip.toBuffer({ bcid, text: label, scale: 3, padding: 10, backgroundcolor: 'FFFFFF', rotate: bcid === 'code128' ? 'R' : 'N' }) // oxfmt-ignore
      await page.goto('/scan')
      await page.locator('input[type=file]').setInputFiles({ name: `${bcid}.png`, mimeType: 'image/png', buffer: picture }) // oxfmt-ignore
      await isAt(`/desk/incidents/${label}`)
    }
    const ean = await bwip.toBuffer({ bcid: 'ean13', text: '4006381333931', scale: 3, padding: 10, backgroundcolor: 'FFFFFF' }) // oxfmt-ignore
    await page.goto('/scan')
    await page.locator('input[type=file]').setInputFiles({ name: 'ean.png', mimeType: 'image/png', buffer: ean })
    await page.getByRole('status').filter({ hasText: '4006381333931' }).waitFor()
  })

  it('says so where a picture shows no code', async () => {
    await page.goto('/scan')
    const picture = await page.getByRole('heading', { level: 1 }).screenshot()
    await page.locator('input[type=file]').setInputFiles({ name: 'wall.png', mimeType: 'image/png', buffer: picture })
    await page.getByRole('status').filter({ hasText: 'No code was found in wall.png' }).waitFor()
  })

  it('looks up what is typed, and opens nothing that leads elsewhere', async () => {
    const type = async (text: string): Promise<void> => {
      await page.goto('/scan')
      const box = page.getByRole('textbox', { name: 'Or type what stands there' })
      await box.fill(text)
      await box.press('Enter')
    }
    await type(number.toLowerCase().replace('-', ' '))
    await isAt(`/desk/incidents/${number}`)
    await type('https://evil.example/desk/incidents/INC-1')
    await page.getByRole('status').filter({ hasText: 'evil.example' }).waitFor()
    assert.equal(new URL(page.url()).pathname, '/scan')
    await type('nosuchtag4711')
    await page.getByRole('status').filter({ hasText: 'Nothing here is called' }).waitFor()
    await type('Exchange')
    await page.getByRole('status').filter({ hasText: 'found' }).waitFor()
  })

  it('wrote no error into the console and broke no content policy', () => assert.deepEqual(troubles, []))
})

describe('the bar at the thumb', () => {
  it('reports, looks up, and moves and comments on the record that is open; each is large enough', async () => {
    await page.goto(`/desk/incidents/${number}`)
    const bar = page.getByRole('navigation', { name: 'Most used' })
    await page.getByRole('textbox', { name: 'Comment or note' }).waitFor()
    await bar.getByRole('button', { name: 'Comment' }).click()
    await page.waitForFunction(() => document.activeElement?.id === 'composer')
    for (const button of await bar.getByRole('button').all()) {
      const box = await button.boundingBox()
      assert.ok(box && box.height >= 24 && box.width >= 24, `${await button.innerText()}: ${JSON.stringify(box)}`)
      assert.ok(box.y + box.height <= 844, 'within the screen')
    }
    await bar.getByRole('button', { name: 'Look up' }).click()
    await page.getByRole('combobox').fill(number)
    await page.keyboard.press('Escape')
    await bar.getByRole('button', { name: 'Report' }).click()
    await page.getByRole('heading', { name: 'New incident' }).waitFor()
  })
})

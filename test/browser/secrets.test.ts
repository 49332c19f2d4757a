// What the browser shows and keeps of secrets: masked fields that take a paste, nothing but drafts in its storage, no given-up technique.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openContext, openPage, settled } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
let site: string
let page: Page
let login: { email: string; password: string }

before(async () => {
  demo = await startDemo()
  // Browsers trust this name like a site over TLS: the clipboard and the clearing of what was kept work only there.
  site = demo.url.replace('127.0.0.1', 'localhost')
  login = await demo.login('agent')
  const context = await openContext(site, null)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site })
  page = (await openPage(context, ['401 (Unauthorized)', '404 (Not Found)'])).page
  page.setDefaultTimeout(30_000)
})
async function pasteInto(selector: string, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.locator(selector).focus()
  await page.keyboard.press('Control+V')
  assert.equal(await page.locator(selector).inputValue(), text, selector)
}
async function signIn(): Promise<void> {
  await page.goto(`${site}/login`)
  await page.getByLabel('E-mail').fill(login.email)
  await pasteInto('input[name=password]', login.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).press('Enter')
  await page.waitForURL((url) => !/login/.test(url.pathname))
}
/** The fields of this page that are made for passwords, with what a manager of passwords reads of them. */
const fields = (): Promise<{ type: string; autocomplete: string; refusesPaste: boolean }[]> =>
  page.locator('input[autocomplete$=-password]').evaluateAll((inputs) =>
    inputs.map((input) => ({
      type: input.getAttribute('type') ?? '',
      autocomplete: input.getAttribute('autocomplete') ?? '',
      // Whoever refuses a paste prevents what the browser would do.
      refusesPaste: !input.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true })),
    })),
  )

describe('a field for a password', () => {
  it('[ASVS 6.2.6] [ASVS 6.2.7] hides what is typed, says what it is for and takes a paste', async () => {
    await page.goto(`${site}/login`)
    await page.locator('input[name=password]').waitFor()
    const masked = { type: 'password', refusesPaste: false }
    assert.deepEqual(await fields(), [{ ...masked, autocomplete: 'current-password' }])
    await signIn()
    await page.goto(`${site}/settings/security`)
    await page.getByLabel('New password').waitFor()
    assert.deepEqual(await fields(), [
      { ...masked, autocomplete: 'current-password' },
      { ...masked, autocomplete: 'new-password' },
    ])
    await pasteInto('input[autocomplete=new-password]', 'four quiet winter lanterns')
  })
})

describe('the browser', () => {
  interface Kept {
    cookies: string
    storage: Record<string, string>
    /** What was read lately, by address: kept for reading without the network. */
    answers: Record<string, string>
    caches: number
  }
  const kept = (): Promise<Kept> =>
    page.evaluate(async () => ({
      cookies: document.cookie,
      storage: Object.fromEntries([...Object.entries(localStorage), ...Object.entries(sessionStorage)]),
      answers: await new Promise<Record<string, string>>((resolve) => {
        const asked = indexedDB.open('pilothouse', 1)
        // A browser that keeps nothing has no database: it must not be made here.
        asked.addEventListener('upgradeneeded', () => asked.transaction?.abort())
        asked.addEventListener('error', () => resolve({}))
        asked.addEventListener('success', () => {
          const all = asked.result.transaction('answers').objectStore('answers').getAll()
          all.addEventListener('success', () => {
            asked.result.close()
            const rows = all.result as { path: string }[]
            resolve(Object.fromEntries(rows.map((row) => [row.path, JSON.stringify(row)])))
          })
        })
      }),
      caches: (await caches.keys()).length,
    }))
  it('[ASVS 14.3.3] keeps no session and no secret in its storage, of records what may lie on a device, and nothing after signing out', async () => {
    await signIn()
    await page.goto(`${site}/desk/incidents`)
    await settled(page)
    await page.locator('a[href^="/desk/incidents/INC-"]').first().click()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const box = page.getByRole('textbox', { name: /comment|say|write/i }).first()
    await box.fill('zzdraft')
    await settled(page)
    let found = await kept()
    for (const end = Date.now() + 30_000; Date.now() < end && !('/me' in found.answers); found = await kept())
      await page.waitForTimeout(100)
    const { cookies, storage, answers, caches } = found
    assert.equal(cookies, '', 'the session is in a cookie that scripts cannot read')
    assert.equal(caches, 0)
    assert.ok('/me' in answers && '/records' in answers, Object.keys(answers).join(' '))
    const strange = Object.keys(answers).filter((path) => /^\/(admin|tokens|journal|access|grants|me\/)/.test(path))
    assert.deepEqual(strange, [])
    const session = (await page.context().cookies()).find(({ name }) => name.includes('pilothouse'))?.value ?? ''
    assert.ok(session.length > 20)
    for (const [key, value] of [...Object.entries(storage), ...Object.entries(answers)])
      assert.ok(!value.includes(session) && !value.includes(login.password), key)
    for (const [key, value] of Object.entries(storage)) {
      assert.ok(value.length < 2000, `${key} keeps ${value.length} characters`)
    }
    assert.ok(Object.values(storage).includes('zzdraft'), JSON.stringify(storage))
    // As from another window, while this page has just read something that it would put aside a moment later.
    const read = page.waitForResponse((answer) => answer.url().includes('/api/v1/services'))
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Estate' }).press('Enter')
    await read
    const out = await page.evaluate(async () => (await fetch('/api/v1/session', { method: 'DELETE' })).status)
    assert.equal(out, 204)
    await page.waitForTimeout(2_500)
    assert.deepEqual((await kept()).answers, {})
    await page.goto(`${site}/login`)
    assert.doesNotMatch(JSON.stringify((await kept()).storage), /zzdraft/)
    assert.deepEqual((await kept()).answers, {})
  })
  it('[ASVS 3.7.1] is asked for nothing that browsers have given up: no deprecated technique, no plug-in', async () => {
    await signIn()
    for (const path of ['/', '/desk/incidents', '/desk/incidents/INC-1', '/settings/security', '/desk/report']) {
      await page.goto(site + path)
      await settled(page)
      const told = await page.evaluate(
        () =>
          new Promise<string[]>((resolve) => {
            const observer = new ReportingObserver(
              (reports) => resolve(reports.map(({ body }) => JSON.stringify(body))),
              { types: ['deprecation', 'intervention'], buffered: true },
            )
            observer.observe()
            setTimeout(() => resolve(observer.takeRecords().map(({ body }) => JSON.stringify(body))), 200)
          }),
      )
      assert.deepEqual(told, [], path)
      assert.equal(await page.locator('object, embed, applet, frameset, marquee').count(), 0, path)
    }
  })
})

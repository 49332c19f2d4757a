// A file in a field, with hands: chosen, dropped and pasted, refused in its place, shown, replaced, removed, told in the history.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { violations } from '../setup/axe.ts'
import { settled } from '../setup/browser.ts'
import { openDesk, type Desk, type Row } from '../setup/convention.ts'

const PDF = '%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const AT = '/desk/agreements'
let desk: Desk
before(async () => {
  desk = await openDesk()
})
after(() => assert.deepEqual(desk.troubles(), []))

const zone = (page: Page): Locator => page.getByRole('group', { name: 'Signed document' })
async function choose(
  page: Page,
  button: string,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await zone(page)
    .getByRole('button', { name: `${button}: Signed document` })
    .press('Enter')
  await (await chooser).setFiles(file)
}
const pdf = (name: string, more = ''): { name: string; mimeType: string; buffer: Buffer } => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(PDF + more, 'latin1') }) // oxfmt-ignore
const picture = { name: 'paper.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') }
/** Like a hand: the browser's own events with files in them. */
async function give(page: Page, how: 'drop' | 'paste'): Promise<void> {
  await zone(page).evaluate(
    (element, { how: name, bytes }) => {
      const given = new DataTransfer()
      given.items.add(new File([Uint8Array.from(bytes)], `${name}ped.png`, { type: 'image/png' }))
      const event =
        name === 'drop'
          ? new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: given })
          : new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: given })
      element.dispatchEvent(event)
    },
    { how, bytes: [...picture.buffer] },
  )
}
const make = (name: string): Promise<Row> => desk.call('manager', 'POST', '/agreements', { name, calendar: 'CAL-1' })
const kept = async ({ id }: Row): Promise<{ title: string; type: string } | null> =>
  (await desk.call('manager', 'GET', `/agreements/${id}`))['contract'] as { title: string; type: string } | null

describe('a file in a field', () => {
  it('is chosen with the keyboard in the form, refused in its place when it does not fit, and downloaded from the page', async () => {
    const page = await desk.open()
    await page.goto(`${AT}/new`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('With a paper')
    await page.getByRole('combobox', { name: 'Calendar' }).fill('Plants')
    await page.getByRole('option', { name: /^Plants around the clock/ }).click()
    await choose(page, 'Choose file', { name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF') })
    const alert = zone(page).getByRole('alert')
    assert.match(await alert.innerText(), /notes\.pdf holds text\/plain, which does not fit here/)
    const described = await zone(page).getByRole('button').first().getAttribute('aria-describedby')
    assert.equal(described, await alert.getAttribute('id'))
    await choose(page, 'Choose file', pdf('signed.pdf'))
    await zone(page).getByRole('button', { name: 'Remove: signed.pdf' }).waitFor()
    await alert.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Create service level' }).press('Enter')
    const link = page.getByRole('button', { name: 'signed.pdf, Signed document: download' })
    await link.waitFor()
    const loaded = page.waitForEvent('download')
    await link.press('Enter')
    assert.equal((await loaded).suggestedFilename(), 'signed.pdf')
    await page.goto(`${AT}?columns=number,name,contract&filter=${encodeURIComponent('contract:any')}`)
    await page.getByRole('grid').getByText('signed.pdf').waitFor()
    await page.context().close()
  })

  it('is dropped, pasted, replaced and removed on the page of its record; a picture is shown; the history says what was done', async () => {
    const row = await make('Pictured')
    const page = await desk.open()
    await page.goto(`${AT}/${row.number}?tab=activity`)
    const save = page.getByRole('button', { name: 'Save', exact: true })
    const edit = (): Promise<void> => page.getByRole('button', { name: /^(Change|\+) Signed document$/ }).press('Enter')
    await edit()
    await give(page, 'drop')
    await zone(page).getByRole('img', { name: 'dropped.png' }).waitFor()
    await save.press('Enter')
    const shown = page.locator('.field-file').getByRole('img', { name: 'dropped.png' })
    await shown.waitFor()
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.field-picture img')?.naturalWidth === 1)
    await edit()
    await give(page, 'paste')
    await zone(page).getByRole('button', { name: 'Remove: pasteped.png' }).waitFor()
    await save.press('Enter')
    await page.getByText('replaced Signed document dropped.png by pasteped.png').waitFor()
    await edit()
    await zone(page).getByRole('button', { name: 'Remove: pasteped.png' }).press('Enter')
    await save.press('Enter')
    await page.getByText('removed Signed document pasteped.png').waitFor()
    assert.equal(await kept(row), null)
    await page.getByRole('button', { name: 'Undo' }).last().press('Enter')
    await page.locator('.field-file').getByText('pasteped.png').waitFor()
    assert.equal((await kept(row))?.type, 'image/png')
    await page.context().close()
  })

  it('that is still being sent is not forgotten by a form that is saved too early', async () => {
    const page = await desk.open()
    let release = (): void => {}
    const free = new Promise<void>((done) => (release = done))
    await page.route('**/api/v1/uploads', async (route) => {
      await free
      await route.continue()
    })
    const row = await make('Saved too early')
    await page.goto(`${AT}/${row.number}`)
    await page.getByRole('button', { name: /^(Change|\+) Signed document$/ }).press('Enter')
    await choose(page, 'Choose file', picture)
    await zone(page).getByText('paper.png').waitFor()
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await save.press('Enter')
    await zone(page).getByText('still being sent').waitFor()
    assert.equal(await kept(row), null)
    release()
    await zone(page).getByRole('button', { name: 'Remove: paper.png' }).waitFor()
    await save.press('Enter')
    await page.locator('.field-file').getByText('paper.png').waitFor()
    await page.context().close()
  })

  it('that is not saved is let go with Escape', async () => {
    const row = await make('Thought better of it')
    const page = await desk.open()
    await page.goto(`${AT}/${row.number}`)
    await page.getByRole('button', { name: /^(Change|\+) Signed document$/ }).press('Enter')
    await choose(page, 'Choose file', picture)
    await zone(page).getByRole('button', { name: 'Remove: paper.png' }).waitFor()
    await page.keyboard.press('Escape')
    await zone(page).waitFor({ state: 'detached' })
    assert.equal(await kept(row), null)
    await page.context().close()
  })

  for (const theme of ['light', 'dark'] as const)
    for (const width of [1440, 390])
      it(`has nothing that axe objects to, ${theme}, ${width} pixels wide, in both languages`, async () => {
        const row = await make(`Looked at ${theme} ${width}`)
        for (const locale of ['en-GB', 'de-DE']) {
          const page = await desk.open('manager', [], { theme, width, locale })
          await page.goto(`${AT}/new`)
          const [label, button] = locale === 'de-DE' ? ['Unterschriebenes Dokument', 'Datei wählen'] : ['Signed document', 'Choose file'] // oxfmt-ignore
          await page.getByRole('button', { name: `${button}: ${label}` }).waitFor()
          await settled(page)
          assert.deepEqual(await violations(page), [])
          await page.goto(`${AT}/${row.number}`)
          await settled(page)
          assert.deepEqual(await violations(page), [])
          await page.context().close()
        }
      })
})

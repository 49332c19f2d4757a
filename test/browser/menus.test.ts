// Menus and panels at buttons, whose insides are loaded late: by mouse and by keyboard alone, also when they are opened before that has arrived.
import assert from 'node:assert/strict'
import { before, describe, it, type TestContext } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { hasFocus, openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

const list = '/desk/incidents'
const record = '/desk/incidents/INC-200'
let demo: Demo
let session: string

describe('menus', () => {
  before(async () => {
    demo = await startDemo()
    session = await demo.session('manager')
  })

  for (const key of ['Enter', 'Space', 'ArrowDown'])
    it(`opens by ${key}, also while it is on its way; Escape gives the focus back`, async (test) => {
      const { page, release } = await held(test, record)
      const button = page.getByRole('button', { name: 'More', exact: true })
      await is(button, 'aria-haspopup', 'menu')
      await is(button, 'aria-expanded', 'false')
      await button.focus()
      await page.keyboard.press(key)
      await is(button, 'aria-expanded', 'true')
      assert.ok(await hasIt(button), 'the focus stays on the button while the menu is on its way')
      assert.equal(await page.getByRole('menu').count(), 0)
      release()
      await hasFocus(page, 'menu')
      await focusOn(page.getByRole('menuitem').first())
      await is(page.getByRole('menu'), 'id', (await button.getAttribute('aria-controls')) ?? 'none')
      await is(page.getByRole('menu'), 'aria-labelledby', (await button.getAttribute('id')) ?? 'none')
      await page.keyboard.press('ArrowDown')
      await focusOn(page.getByRole('menuitem').nth(1))
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'detached' })
      await focusOn(button)
      await is(button, 'aria-expanded', 'false')
      await page.keyboard.press(key)
      await focusOn(page.getByRole('menuitem').first())
    })

  it('opens by the mouse, and closes by a press beside it or on the button', async (test) => {
    const { page, release } = await held(test, record)
    const button = page.getByRole('button', { name: /^Your account/ })
    await button.click()
    await is(button, 'aria-expanded', 'true')
    release()
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor()
    await page.getByRole('heading', { level: 1 }).click()
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await button.click()
    await page.getByRole('menu').waitFor()
    await button.click()
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await button.click()
    await page.getByRole('menuitem', { name: 'Keys' }).click()
    await page.getByRole('dialog').waitFor()
    assert.equal(await page.getByRole('menu').count(), 0)
  })

  it('opens by a key of its own, and what is chosen by its first letter is done', async (test) => {
    const { page, release } = await held(test, list)
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('c')
    const button = page.getByRole('button', { name: 'New', exact: true })
    await is(button, 'aria-expanded', 'true')
    release()
    await hasFocus(page, 'menu')
    const items = page.getByRole('menuitem')
    await items.first().waitFor()
    const names = await items.allTextContents()
    const at = names.findIndex((name, place) => place > 0 && name.startsWith('P'))
    await page.keyboard.press('p')
    await focusOn(items.nth(at))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^New/, level: 1 }).waitFor()
    assert.equal(await page.getByRole('menu').count(), 0)
  })

  it('does not open for somebody who has moved on', async (test) => {
    const { page, release } = await held(test, record)
    const button = page.getByRole('button', { name: 'More', exact: true })
    for (const away of ['Escape', 'Tab']) {
      await button.focus()
      await page.keyboard.press('Enter')
      await is(button, 'aria-expanded', 'true')
      await page.keyboard.press(away)
      await is(button, 'aria-expanded', 'false')
    }
    release()
    await page.getByRole('button', { name: /^Your account/ }).click()
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor()
    assert.equal(await page.getByRole('menu').count(), 1)
  })

  it('says so where it cannot be loaded, and opens when pressed again', async (test) => {
    const { page, release, fail } = await held(test, record)
    const button = page.getByRole('button', { name: 'More', exact: true })
    await button.focus()
    await page.keyboard.press('Enter')
    await is(button, 'aria-expanded', 'true')
    fail()
    await page.getByText('The server cannot be reached.').first().waitFor()
    await is(button, 'aria-expanded', 'false')
    assert.ok(await hasIt(button))
    release()
    await page.keyboard.press('Enter')
    await focusOn(page.getByRole('menuitem').first())
  })

  it('keeps the focus on an entry while others come before it', async (test) => {
    const { page, release } = await held(test, record)
    release()
    let letIn = (): void => {}
    const isLetIn = new Promise<void>((go) => (letIn = go))
    await page.route(/\/api\/v1\/cannedreplies\?/, async (route) => {
      await isLetIn
      await route.continue()
    })
    await page.getByRole('button', { name: 'Canned reply' }).press('Enter')
    const all = page.getByRole('menuitem', { name: 'All canned replies' })
    await focusOn(all)
    letIn()
    await page.getByRole('menuitem', { name: 'Is it solved?' }).waitFor()
    await focusOn(all)
  })

  it('opens the panel of a filter, keeps the focus in it, gives it back', async (test) => {
    const { page, release } = await held(test, list)
    const button = page.getByRole('search').getByRole('button', { name: 'Priority', exact: true })
    await is(button, 'aria-haspopup', 'dialog')
    await button.focus()
    await page.keyboard.press('Enter')
    await is(button, 'aria-expanded', 'true')
    assert.ok(await hasIt(button))
    release()
    await hasFocus(page, 'dialog')
    await page.getByRole('dialog').getByRole('checkbox').first().press('Space')
    await page.waitForURL(/priority/)
    for (let at = 0; at < 12; at++) await page.keyboard.press('Tab')
    await hasFocus(page, 'dialog')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await focusOn(page.getByRole('search').getByRole('button', { name: /^Priority/ }))
  })
})

interface Held {
  page: Page
  /** Lets the answers through that were held back, and all that come. */
  release: () => void
  /** Breaks the answers off that were held back; what is asked for again is held. */
  fail: () => void
}

/** A page whose server keeps the insides of menus and panels back until they are let go. */
async function held(test: TestContext, address: string): Promise<Held> {
  const context = await openContext(demo.url, session)
  test.after(() => context.close())
  const { page } = await openPage(context)
  page.setDefaultTimeout(30_000)
  /** Null: held. What is said also holds for a request that comes later, as on a busy machine. */
  let said: boolean | null = null
  let waiting: ((lets: boolean) => void)[] = []
  const answer = (lets: boolean): void => {
    said = lets
    for (const go of waiting.splice(0)) go(lets)
  }
  await page.route(/\/assets\/late-(menu|popover)-[^/]*\.js$/, async (route) => {
    const lets = said ?? (await new Promise<boolean>((go) => void (waiting = [...waiting, go])))
    await (lets ? route.continue() : route.abort())
  })
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, release: () => answer(true), fail: () => answer(false) }
}

const hasIt = (button: Locator): Promise<boolean> => button.evaluate((element) => element === document.activeElement)

async function focusOn(locator: Locator): Promise<void> {
  const element = await locator.elementHandle()
  await locator.page().waitForFunction((one) => one === document.activeElement, element)
}

async function is(locator: Locator, name: string, value: string): Promise<void> {
  const element = await locator.elementHandle()
  await locator
    .page()
    .waitForFunction(([one, attribute, wanted]) => one?.getAttribute(attribute) === wanted, [
      element,
      name,
      value,
    ] as const)
}

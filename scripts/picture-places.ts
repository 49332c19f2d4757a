// What `npm run pictures` shows beside the plain pages: doors, opened menus and dialogs, tabs of a record, states of a list, pages as they print.
import type { Page } from 'playwright-core'
import type { Place } from '../test/setup/pages.ts'

export interface Picture extends Place {
  /** Opens what the picture is about, once the page stands. */
  readonly open?: (page: Page, isPhone: boolean) => Promise<unknown>
  /** As somebody who is not signed in. */
  readonly isOutside?: true
  readonly isPrinted?: true
}

const outside: readonly Picture[] = [
  { name: 'login', path: '/login' },
  { name: 'login-forgot', path: '/login', open: (page) => page.locator('.entrance-forgot summary').click() },
  { name: 'setup-spent', path: '/setup/spent' },
  { name: 'password-spent', path: '/password' },
  { name: 'survey-spent', path: '/survey/spent' },
  { name: 'unsubscribe-spent', path: '/unsubscribe/spent' },
]
const doors = outside.map((one): Picture => ({ ...one, isOutside: true }))

const press =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }

const frame: readonly Picture[] = [
  { name: 'not-found', path: '/desk/incidents/INC-99999999' },
  { name: 'no-such-page', path: '/nowhere/at/all/really' },
  { name: 'second-factor', path: '/second-factor' },
  { name: 'palette', path: '/bridge', open: press('Control+k') },
  {
    name: 'palette-found',
    path: '/bridge',
    open: async (page) => {
      await press('Control+k')(page)
      await page.getByRole('combobox').fill('mail')
      await page.waitForTimeout(800)
    },
  },
  { name: 'key-sheet', path: '/desk/incidents', open: press('?') },
  { name: 'create-menu', path: '/bridge', open: (page) => page.locator('.create-button').click() },
  { name: 'bell', path: '/bridge', open: (page) => page.locator('.bell').click() },
  { name: 'account', path: '/bridge', open: (page) => page.locator('.avatar').first().click() },
  { name: 'help', path: '/desk/incidents', open: (page) => page.getByRole('button', { name: /^(Help|Hilfe)/ }).first().click() }, // oxfmt-ignore
  {
    name: 'menu-drawer',
    path: '/bridge',
    open: async (page, isPhone) => (isPhone ? page.locator('.shell-menu button').click() : null),
  },
]

const lists: readonly Picture[] = [
  { name: 'state-list-empty', path: '/desk/incidents?q=nothingiscalledlikethis' },
  { name: 'state-list-grouped', path: '/desk/incidents?group=service' },
  { name: 'state-list-filtered', path: '/desk/incidents?filter=status:new,active&sort=priority', open: unfold },
  { name: 'state-list-refused', path: '/desk/incidents?filter=statos:new', open: unfold },
  { name: 'state-list-selected', path: '/desk/incidents', open: (page) => page.locator('.grid-check input').nth(2).check() }, // oxfmt-ignore
]

async function unfold(page: Page, isPhone: boolean): Promise<void> {
  if (isPhone) await page.locator('.filter-fold').click()
}

const tabs = ['details', 'tasks', 'links', 'files', 'audit'] as const

/** @param incident the address of one that has a history */
export function furtherPictures(incident: string): Picture[] {
  return [
    ...doors,
    ...frame,
    ...lists,
    ...tabs.map((tab) => ({ name: `tab-${tab}`, path: `${incident}?tab=${tab}` })),
    { name: 'record-move', path: incident, open: press('m') },
    { name: 'record-edit', path: incident, open: press('e') },
    { name: 'print-list', path: '/desk/incidents', isPrinted: true },
    { name: 'print-record', path: incident, isPrinted: true },
    { name: 'print-bridge', path: '/bridge', isPrinted: true },
    { name: 'print-report', path: '/reports/reports/REP-1', isPrinted: true },
  ]
}

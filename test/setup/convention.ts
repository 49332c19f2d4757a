// What the tests of the conventions share: a page of the manager, and calls of the API beside it.
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { openContext, openPage, type Look } from './browser.ts'
import { callAs } from './call.ts'
import { startDemo, type Demo } from './demo.ts'

export type Role = Parameters<Demo['session']>[0]
export interface Desk {
  demo: Demo
  /** A page of whoever has this role, in a browser of its own. @param expected parts of console messages that belong to the test */
  open(role?: Role, expected?: readonly string[], look?: Look): Promise<Page>
  /** One more tab of the same browser. */
  tab(page: Page): Promise<Page>
  call(role: Role, method: string, path: string, body?: object, rev?: number): Promise<Row>
  /** What went wrong on any page. */
  troubles(): string[]
}
/** Of whatever was asked for. */
export interface Row {
  id: number
  number: string
  rev: number
  [field: string]: unknown
}
/** A loaded machine takes its time; nothing here is judged by how long it takes. */
const PATIENCE_MS = 30_000

export async function openDesk(): Promise<Desk> {
  const demo = await startDemo()
  const sessions = new Map<Role, Promise<string>>()
  const all: string[][] = []
  const contexts = new Map<Page, BrowserContext>()
  const session = (role: Role): Promise<string> => {
    const known = sessions.get(role) ?? demo.session(role)
    sessions.set(role, known)
    return known
  }
  async function add(context: BrowserContext, expected: readonly string[] = []): Promise<Page> {
    const { page, troubles } = await openPage(context, expected)
    page.setDefaultTimeout(PATIENCE_MS)
    all.push(troubles)
    contexts.set(page, context)
    return page
  }
  return {
    demo,
    open: async (role = 'manager', expected = [], look = {}) => add(await openContext(demo.url, await session(role), look), expected), // oxfmt-ignore
    tab: (page) => {
      const context = contexts.get(page)
      assert.ok(context)
      return add(context)
    },
    call: async (role, method, path, body, rev) =>
      ((await callAs({ url: demo.url, session: await session(role) }, method, path, { body, rev })) ?? {}) as Row,
    troubles: () => all.flat(),
  }
}

/** A fresh incident of the manager's own. */
export function report(desk: Desk, subject: string, more: object = {}): Promise<Row> {
  return desk.call('manager', 'POST', '/incidents', { subject, impact: 'person', urgency: 'low', ...more })
}

/** Opens a list and puts the keyboard into it. */
export async function openList(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('grid').getByRole('row').nth(1).waitFor()
  await page.getByRole('grid').focus()
}

// A page that stays open while somebody else signs in in the same browser: nothing is written from it in their name.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openDesk, report, type Desk } from '../setup/convention.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})
const box = (page: Page) => page.getByRole('textbox', { name: 'Comment or note' })
const notTheirs = (page: Page) => page.getByRole('alert').filter({ hasText: 'You are signed in as somebody else' })
async function enter(page: Page, role: 'manager' | 'agent'): Promise<void> {
  const value = await desk.demo.session(role)
  await page.context().addCookies([{ name: 'pilothouse', value, url: desk.demo.url, httpOnly: true }])
}
/** What of the installation needs somebody is asked for once more, with the session of whoever is there now. */
const refused = '/api/v1/admin/health/urgent'
/** What the agent has typed there and not sent. */
async function unsent(number: string): Promise<unknown[]> {
  return (await desk.call('agent', 'GET', `/me/unsent?on=${number}`))['items'] as unknown[]
}
async function commentsAt(id: number): Promise<{ body: string; by: number | undefined }[]> {
  const { items } = (await desk.call('manager', 'GET', `/incidents/${id}/timeline`)) as unknown as { items: { kind: string; actor: { id: number } | null; row?: { body?: string } }[] } // oxfmt-ignore
  return items.flatMap(({ kind, actor, row }) => (kind === 'comment' ? { body: row?.body ?? '', by: actor?.id } : []))
}

describe('a page of somebody who is not signed in any more', () => {
  it('writes nothing in the name of who is, says so, and is theirs when it is loaded anew', async () => {
    const { id, number } = await report(desk, 'Two at one machine')
    const agent = (await desk.call('agent', 'GET', '/me'))['person'] as { id: number; title: string }
    const page = await desk.open('manager', ['409 (Conflict)', refused])
    await page.goto(`/desk/incidents/${number}`)
    await box(page).waitFor()
    await enter(page, 'agent')
    const other = await desk.tab(page)
    await other.goto(`/desk/incidents/${number}`)
    await other.getByRole('button', { name: `Your account: ${agent.title}` }).waitFor()

    await box(page).fill('Words of the manager')
    await box(page).press('Control+Enter')
    await notTheirs(page).first().waitFor()
    assert.equal(await box(page).inputValue(), 'Words of the manager')
    assert.deepEqual(await commentsAt(id), [])
    assert.deepEqual(await unsent(number), [])

    await box(other).fill('Words of the agent')
    await box(other).press('Control+Enter')
    await other.getByRole('listitem').filter({ hasText: 'Words of the agent' }).waitFor()
    assert.equal(await notTheirs(other).count(), 0)
    for (const end = Date.now() + 60_000; (await unsent(number)).length > 0; await sleep(100))
      assert.ok(Date.now() < end, 'what was sent is kept no longer')

    await page.getByRole('alert').getByRole('button', { name: 'Reload' }).press('Enter')
    await page.getByRole('button', { name: `Your account: ${agent.title}` }).waitFor()
    await box(page).waitFor()
    assert.equal(await box(page).inputValue(), '')
    assert.equal(await notTheirs(page).count(), 0)
    await box(page).fill('More of the agent')
    await box(page).press('Control+Enter')
    await page.getByRole('listitem').filter({ hasText: 'More of the agent' }).waitFor()
    const written = await commentsAt(id)
    assert.deepEqual(written.map(({ body }) => body).toSorted(), ['More of the agent', 'Words of the agent'])
    assert.ok(written.every(({ by }) => by === agent.id))
    await page.context().close()
  })

  it('attaches no file either, and signs nobody else out', async () => {
    const { id, number } = await report(desk, 'A file of the manager')
    const page = await desk.open('manager', ['409 (Conflict)', refused])
    await page.goto(`/desk/incidents/${number}?tab=files`)
    const chosen = page.locator('.files-drop input[type=file]')
    await chosen.waitFor({ state: 'attached' })
    await enter(page, 'agent')
    await chosen.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('of the manager') })
    await notTheirs(page).first().waitFor()
    const files = (await desk.call('manager', 'GET', `/attachments?filter=on:${number}`))['items'] as unknown[]
    assert.deepEqual(files, [])
    await page.getByRole('button', { name: /Your account/ }).press('Enter')
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter')
    await page.locator('.toast').filter({ hasText: 'Nothing more is written from this page' }).waitFor()
    assert.equal((await page.request.get('/api/v1/me')).status(), 200)
    assert.equal((await desk.call('manager', 'GET', `/incidents/${id}`))['number'], number)
    await page.context().close()
  })

  it('wrote no error into the console', () => assert.deepEqual(desk.troubles(), []))
})

// The inbox on the screen: by keyboard alone, with the bell that follows, the choices in the settings, and a mention in a comment.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { unsubscribeKey } from '#kit/notices/unsubscribe-key.ts'
import { openSession } from '#kit/sign-in.ts'
import { ROOT } from '#main/root.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, widths, type Theme } from '../setup/browser.ts'
import { assertFits } from '../setup/fits.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const PATIENCE_MS = 60_000
let server: TestServer
let session = ''
before(async () => {
  const web = await buildWebIfStale(ROOT, () => {})
  server = await startTestServer({ isWorker: true, web })
  session = (await openSession(server.db, { org: 1, person: server.people.agent.id })).key
  for (const subject of ['The ERP is slow', 'No label is printed', 'The scanner is lost']) await give(subject)
  await unread(3)
})

async function give(subject: string): Promise<void> {
  const { manager, agent, requester } = server.people
  const body = { subject, assignee: agent.id, requester: requester.id }
  const { status, text } = await server.call('POST', '/incidents', { token: manager.token, body })
  assert.equal(status, 201, text)
}
async function unread(count: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const { body } = await server.call('GET', '/inbox/count', { token: server.people.agent.token })
    if ((body as { unread: number }).unread === count) return
    assert.ok(performance.now() < deadline, `not ${count} unread within a minute: ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const line = (page: Page, subject: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: subject }) }) // oxfmt-ignore
async function openInbox(): Promise<{ page: Page; troubles: string[] }> {
  const { page, troubles } = await openPage(await openContext(server.url, session))
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto('/inbox')
  await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor()
  return { page, troubles }
}

describe('the inbox', () => {
  for (const width of widths)
    for (const theme of ['light', 'dark'] as const satisfies readonly Theme[])
      it(`and its settings are whole at ${width} px, ${theme}`, async () => {
        const { page, troubles } = await openPage(await openContext(server.url, session, { width, theme }))
        for (const [name, path, seen] of [
          ['inbox', '/inbox', 'The scanner is lost'],
          ['settings', '/settings/notices', 'Muted records'],
        ] as const) {
          // oxfmt-ignore
          await page.goto(path)
          await page.getByText(seen).first().waitFor({ timeout: PATIENCE_MS })
          if (name === 'inbox') await page.getByText('Why did I get this?').first().click()
          await assertFits(page, `notices-${name}-${width}-${theme}`)
        }
        assert.deepEqual(troubles, [])
      })

  // One after the other: each finds what the one before left.
  it('is triaged by keyboard, opened, silenced in place and filled by mentions', async (t) => {
    await t.test('is triaged by keyboard alone, and taken back', triages)
    await t.test('opens the record by Enter and marks the line as read; the bell follows by itself', opens)
    await t.test('says why, and is told to be silent in place', silences)
    await t.test(
      'is filled by nobody who is not meant: Enter takes no name that other words have brought',
      mentionsNobody,
    )
    await t.test('is filled by a mention, which is written by keyboard', mentions)
  })
})

it('a mail is switched off by the button behind its link', async () => {
  const { page, troubles } = await openPage(await openContext(server.url, null), ['401'])
  const key = unsubscribeKey(Buffer.alloc(32, 7), { org: 1, person: server.people.agent.id, event: 'moved' })
  await page.goto(`/unsubscribe/${key}`)
  await page.getByText('Mails about: Changes of state').waitFor({ timeout: PATIENCE_MS })
  assert.deepEqual(await violations(page), [])
  await page.getByRole('button', { name: 'Switch it off' }).click()
  await page.getByText('It is switched off.').waitFor({ timeout: PATIENCE_MS })
  assert.deepEqual(troubles, [])
})

async function focusedOn(page: Page, subject: string): Promise<void> {
  await page.locator('a:focus').filter({ hasText: subject }).waitFor()
}

async function triages(): Promise<void> {
  const { page, troubles } = await openInbox()
  await line(page, 'The ERP is slow').waitFor()
  await page.keyboard.press('j')
  await focusedOn(page, 'No label is printed')
  await page.keyboard.press('k')
  await focusedOn(page, 'The scanner is lost')
  await page.keyboard.press('e')
  await line(page, 'The scanner is lost').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await line(page, 'The scanner is lost').waitFor()
  await page.getByRole('button', { name: 'Snooze: INC-1' }).click()
  await page.getByRole('button', { name: 'In three hours' }).click()
  await line(page, 'The ERP is slow').waitFor({ state: 'detached' })
  await page.locator('label').filter({ hasText: 'Snoozed' }).click()
  await line(page, 'The ERP is slow').waitFor()
  await page.getByRole('button', { name: 'Mark as unread: INC-1' }).click()
  await page.getByText('Nothing is put off.').waitFor()
  assert.deepEqual(troubles, [])
}

async function opens(): Promise<void> {
  await unread(3)
  const { page, troubles } = await openInbox()
  await page.getByRole('button', { name: 'Notices: 3 unread' }).waitFor()
  await line(page, 'No label is printed').waitFor()
  await page.keyboard.press('j')
  await focusedOn(page, 'No label is printed')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'No label is printed', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Notices: 2 unread' }).waitFor()
  await give('The door is stuck')
  await page.getByRole('button', { name: 'Notices: 3 unread' }).click()
  await page.getByText('The door is stuck').waitFor()
  assert.deepEqual(troubles, [])
}

async function silences(): Promise<void> {
  const { page, troubles } = await openInbox()
  const door = line(page, 'The door is stuck')
  await door.getByText('Why did I get this?').click()
  await door.getByText('You get this because you are its assignee.').waitFor()
  await door.getByRole('button', { name: 'Mute INC-4' }).click()
  await page.getByText('INC-4 is muted. Mentions still arrive.').waitFor()
  await page.goto('/settings/notices')
  await page.getByRole('button', { name: 'Hear of it again: INC-4' }).click()
  await page.getByText('No record is muted.').waitFor()
  const box = page.getByRole('checkbox', { name: 'Comments: Mail' })
  assert.equal(await box.isChecked(), true)
  await box.press('Space')
  await page.getByText('Saved').first().waitFor()
  await page.reload()
  await page.getByRole('checkbox', { name: 'Comments: Mail', checked: false }).waitFor()
  assert.equal(await page.getByRole('checkbox', { name: 'Security of my account: Mail' }).isDisabled(), true)
  assert.deepEqual(troubles, [])
}

async function mentionsNobody(): Promise<void> {
  const key = (await openSession(server.db, { org: 1, person: server.people.manager.id })).key
  const { page, troubles } = await openPage(await openContext(server.url, key))
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto('/desk/incidents/INC-1')
  const box = page.getByRole('textbox', { name: 'Comment or note' })
  await box.click()
  await page.keyboard.type('@')
  await page.getByRole('option').first().waitFor()
  let release = (): void => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  await page.route(/\/mentions\?.*q=age/, async (route) => {
    await held
    await route.continue()
  })
  await page.keyboard.type('age')
  await page.keyboard.press('Enter')
  assert.equal(await box.inputValue(), '@age\n')
  await page.keyboard.press('Backspace')
  release()
  await page.getByRole('option', { name: /agent of 1/ }).waitFor()
  // Closed by Escape it stays closed, for this @ alone.
  await page.keyboard.press('Escape')
  await page.getByRole('option').first().waitFor({ state: 'detached' })
  await box.fill('')
  await page.keyboard.type('@age')
  await page.getByRole('option', { name: /agent of 1/ }).waitFor()
  await page.keyboard.press('Escape')
  await box.fill('')
  assert.deepEqual(troubles, [])
}

async function mentions(): Promise<void> {
  const key = (await openSession(server.db, { org: 1, person: server.people.manager.id })).key
  const { page, troubles } = await openPage(await openContext(server.url, key))
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto('/desk/incidents/INC-2')
  const box = page.getByRole('textbox', { name: 'Comment or note' })
  await box.click()
  await page.keyboard.type('Please look, @age')
  await page.getByRole('option', { name: /agent of 1/ }).waitFor()
  await page.keyboard.press('Enter')
  await box.evaluate((area) => new Promise<void>((done) => {
    const look = (): void => void ((area as HTMLTextAreaElement).value.includes('[@agent of 1](/people/persons/P-') ? done() : requestAnimationFrame(look)) // oxfmt-ignore
    look()
  })) // oxfmt-ignore
  await page.keyboard.type('like #INC-1')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('link', { name: '@agent of 1' }).waitFor()
  await page.getByRole('link', { name: '#INC-1' }).waitFor()
  assert.deepEqual(troubles, [])
  const inbox = await openInbox()
  await line(inbox.page, 'No label is printed').getByText('manager of 1 mentioned you.').waitFor()
}

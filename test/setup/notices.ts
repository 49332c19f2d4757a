// The real server with a mail server, and notices that are followed and sent when a test says so.
import assert from 'node:assert/strict'
import { deliverMail } from '#kit/mail/deliver.ts'
import { sendNotices } from '#kit/notices/mails.ts'
import { noticeReaction } from '#kit/notices/reaction.ts'
import type { Answered } from './call.ts'
import { follow } from './follow.ts'
import { startTestServer, type Person, type TestServer, type Who } from './server.ts'
import { usualMail, settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from './smtp.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
type Said = Answered & { body: Loose }

export async function openNotices(): Promise<Notices> {
  const server = await startTestServer()
  // What follows is followed by the test alone: the server itself would now and then be quicker.
  await server.running.reactions.stop()
  const here = new Notices(server, await startSmtp())
  const kept = await here.as('administrator', 'PUT', '/admin/mail', { settings: settingsOf(here.smtp), password: SMTP_PASSWORD }) // oxfmt-ignore
  assert.equal(kept.status, 200, kept.text)
  return here
}
/** What the lines of one item say. */
export const texts = (item: Loose): string[] => item.lines.map(({ text }: Loose) => text)

export class Notices {
  readonly server: TestServer
  readonly smtp: Smtp
  readonly people: Readonly<Record<Who, Person>>
  readonly secret = Buffer.alloc(32, 7)
  readonly publicUrl = 'https://pilot.harbour.test'
  constructor(server: TestServer, smtp: Smtp) {
    this.server = server
    this.smtp = smtp
    this.people = server.people
  }
  /** Nobody has been told anything, and nobody has chosen anything. */
  async clear(): Promise<void> {
    await this.follow()
    for (const table of ['inbox', 'notice_mail', 'notice_choice', 'notice_mute'])
      await this.server.db.query(`delete from ${table}`)
  }
  /** Lets the reaction catch up. */
  follow(): Promise<void> {
    return follow(this.server, noticeReaction(this.server))
  }
  async as(who: Who, method: string, path: string, body?: unknown): Promise<Said> {
    return this.server.call(method, path, { token: this.people[who].token, ...(body === undefined ? {} : { body }) })
  }
  async ok(asked: Promise<Said>): Promise<Loose> {
    const { status, body, text } = await asked
    assert.ok(status < 300, text)
    return body
  }
  inbox(who: Who, query = ''): Promise<Loose[]> {
    return this.ok(this.as(who, 'GET', `/inbox${query}`)).then(({ items }) => items)
  }
  /** The manager reports it for the requester. */
  incident(more: object = {}): Promise<Loose> {
    return this.ok(this.as('manager', 'POST', '/incidents', { subject: 'The ERP is slow', requester: this.people.requester.id, ...more })) // oxfmt-ignore
  }
  /** The manager changes an incident as it is now. */
  async changeNow(id: number, body: object): Promise<Said> {
    const { rev } = (await this.as('manager', 'GET', `/incidents/${id}`)).body
    return this.server.call('PATCH', `/incidents/${id}`, { token: this.people.manager.token, body, headers: { 'if-match': `"${rev}"` } }) // oxfmt-ignore
  }
  parts(): Parameters<typeof sendNotices>[0] {
    return { store: this.server.store, secret: this.secret, publicUrl: this.publicUrl }
  }
  /** Everything on the pile is due, written and sent. */
  async mailNow(): Promise<void> {
    const { db } = this.server
    await db.query("update notice_mail set due_at = now() - interval '1 minute'")
    await sendNotices(this.parts(), new AbortController().signal)
    await db.query('update mail_server set next_at = now()')
    await deliverMail({ db, secret: this.secret, mail: usualMail }, new AbortController().signal)
  }
  /** The newest first. */
  mailsTo(who: string): Promise<Loose[]> {
    return this.server.db.query<Loose>('select subject, content, on_record, on_id from mail where address = $1 order by id desc', [`${who}@harbour.test`]) // oxfmt-ignore
  }
}

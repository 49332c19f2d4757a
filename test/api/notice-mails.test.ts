// Notices by mail: what they say, when they go, and how they are switched off.
import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { choose } from '#kit/notices/choices.ts'
import { sendNotices } from '#kit/notices/mails.ts'
import { sendDue } from '#kit/notices/piles.ts'
import { unsubscribeKey } from '#kit/notices/unsubscribe-key.ts'
import { speaks } from '../setup/language.ts'
import { openNotices, type Notices } from '../setup/notices.ts'
import type { Who } from '../setup/server.ts'
import { problem } from './problem.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
let here: Notices
before(async () => {
  here = await openNotices()
})
beforeEach(() => here.clear())
/** Where an event goes as they chose it. */
async function goesTo(who: Who, event: string): Promise<Loose> {
  const { events } = (await here.as(who, 'GET', '/me/notices')).body
  const { inApp, mail } = events.find((one: Loose) => one.event === event)
  return { inApp, mail }
}

describe('the mail', () => {
  it('says what happened and why, opens the record, and is switched off by one click', async () => {
    // What waits from before goes first.
    await here.mailNow()
    const { number } = await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    await here.mailNow()
    const nth = here.smtp.received.findLastIndex(({ to }) => to[0] === 'agent@harbour.test')
    const mail = await here.smtp.read(nth)
    assert.equal(mail.subject, `${number}: manager of 1 made you assignee.`)
    assert.match(mail.text ?? '', new RegExp(`${number} The ERP is slow[^]*${here.publicUrl}/desk/incidents/${number}[^]*You get this because you are its assignee`)) // oxfmt-ignore
    const header = (name: string): string => mail.headers.find(({ key }) => key === name)?.value ?? ''
    assert.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    const link = /<(https:[^>]+)>/.exec(header('list-unsubscribe'))?.[1] ?? ''
    assert.ok(link.startsWith(`${here.publicUrl}/api/v1/unsubscribe/`), link)
    const path = link.slice(`${here.publicUrl}/api/v1`.length)
    assert.deepEqual((await here.server.call('GET', path)).body, { what: 'Mails about: Given to me, or in my name' })
    assert.equal((await goesTo('agent', 'assigned')).mail, true, 'looking changes nothing')
    const click = () => fetch(`${here.server.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' }) // oxfmt-ignore
    assert.equal((await click()).status, 204)
    assert.equal((await click()).status, 204, 'again does nothing more')
    assert.deepEqual(await goesTo('agent', 'assigned'), { inApp: true, mail: false })
    assert.deepEqual(await goesTo('agent', 'moved'), { inApp: true, mail: true })
  })
  it('of several records is one, in the language of its reader', async () => {
    await speaks(here.server.db, here.people.agent, 'de')
    await here.incident({ assignee: here.people.agent.id })
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const before = (await here.mailsTo('agent')).length
    await here.mailNow()
    const [mail, ...rest] = await here.mailsTo('agent')
    assert.equal(rest.length, before)
    assert.equal(mail.subject, '2 Datensätze haben Neues für Sie')
    assert.match(mail.content.paragraphs[0], /hat Sie eingetragen: Zuständig/)
    await here.server.db.query('delete from preference where person = $1', [here.people.agent.id])
  })
  it('waits for the digest and the quiet hours, and is not needed for what was read', async () => {
    await here.ok(here.as('agent', 'PATCH', '/me/notices', { digest: { kind: 'daily', at: '08:00' }, quiet: { from: '20:00', until: '07:00' } })) // oxfmt-ignore
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const due = async (): Promise<Date[]> => (await here.server.db.query<{ due_at: string }>('select due_at from notice_mail where person = $1 and settled is null', [here.people.agent.id])).map(({ due_at }) => new Date(due_at)) // oxfmt-ignore
    const [at] = await due()
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(at)
    assert.equal(local, '08:00')
    await here.ok(here.as('agent', 'PATCH', '/me/notices', { digest: { kind: 'off', at: '08:00' }, quiet: null }))
    const [sooner] = await due()
    assert.ok((sooner?.getTime() ?? Infinity) < Date.now() + 120_000, 'what waits goes by the new choice')
    const [{ item }] = await here.inbox('agent')
    await here.ok(here.as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'read' }))
    assert.deepEqual(await due(), [])
  })
  it('is not switched off by a key that was forged, changed or made for something else', async () => {
    const key = unsubscribeKey(here.secret, { org: 1, person: here.people.agent.id, event: 'moved' })
    const forged = [
      key.replace('moved', 'assigned'),
      key.replace(`.${here.people.agent.id.toString(36)}.`, `.${here.people.manager.id.toString(36)}.`),
      unsubscribeKey(Buffer.alloc(32, 8), { org: 1, person: here.people.agent.id, event: 'moved' }),
      key.slice(0, -1),
      `${key}A`,
      unsubscribeKey(here.secret, { org: 1, person: here.people.agent.id, event: 'security' }).replace(
        'security',
        'all',
      ),
      'x',
    ]
    for (const one of forged) {
      problem(await here.server.call('POST', `/unsubscribe/${one}`, { body: {} }), 404)
      problem(await here.server.call('GET', `/unsubscribe/${one}`), 404)
    }
    assert.deepEqual(await here.server.db.query('select 1 as one from notice_choice'), [])
    const answer = await here.server.call('GET', '/inbox', { headers: { authorization: `Bearer ${key}` } })
    assert.equal(answer.status, 401, 'it opens nothing else')
  })
  it('about the own door cannot be switched off, by no choice and no key', async () => {
    const key = unsubscribeKey(here.secret, { org: 1, person: here.people.agent.id, event: 'all' })
    assert.equal((await here.server.call('POST', `/unsubscribe/${key}`, { body: {} })).status, 204)
    await here.ok(here.as('agent', 'PATCH', '/me/notices', { events: { security: { inApp: false, mail: false } } }))
    const { events } = (await here.as('agent', 'GET', '/me/notices')).body
    assert.deepEqual(
      events.filter(({ mail }: Loose) => mail === true).map(({ event }: Loose) => event),
      ['security'],
    )
    assert.deepEqual(await goesTo('agent', 'security'), { inApp: true, mail: true })
  })
  it('is not sent of what is done, and is sent after all when that is taken back', async () => {
    await here.mailNow()
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const before = (await here.mailsTo('agent')).length
    const done = (): Promise<Loose> => here.ok(here.as('agent', 'POST', '/inbox/triage', { all: { show: 'unread' }, deed: 'done' })) // oxfmt-ignore
    const { batch } = await done()
    await here.ok(here.as('agent', 'POST', '/inbox/undo', { batch }))
    await here.mailNow()
    assert.equal((await here.mailsTo('agent')).length, before + 1, 'it was taken back')
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    await done()
    await here.mailNow()
    assert.equal((await here.mailsTo('agent')).length, before + 1, 'it is done')
    assert.deepEqual(await here.server.db.query('select 1 as one from notice_mail'), [])
  })
  it('goes once, though two processes send', async () => {
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    await here.server.db.query("update notice_mail set due_at = now() - interval '1 minute'")
    const before = (await here.mailsTo('agent')).length
    const { signal } = new AbortController()
    await Promise.all([1, 2, 3].map(() => sendNotices(here.parts(), signal)))
    assert.equal((await here.mailsTo('agent')).length, before + 1)
  })
  it('goes once, though several processes send what many wait for, and none of them waits for another', async () => {
    const { db } = here.server
    await db.query('delete from notice_mail')
    // Of each person much, in an order that is not that of its becoming due: so two processes would hold different rows of one person.
    await db.query(
      `insert into notice_mail (org, person, record, record_id, happened, at, due_at)
        select 1, $1 + n % 3, 'incident', 1, '{"event":"changed","at":"2026-11-21T09:00:00.000Z","by":null,"fields":["subject"]}', now(), now() - (n * 7919 % 1000) * interval '1 second' from generate_series(1, 3000) n`,
      [here.people.agent.id],
    )
    const deadlocks = async (): Promise<number> => {
      await sleep(1_200) // counted where a process has told of it, once a second
      const [row] = await db.query<{ n: number }>('select deadlocks::int as n from pg_stat_database where datname = current_database()') // oxfmt-ignore
      return row?.n ?? 0
    }
    const before = await deadlocks()
    const asked: string[] = []
    const send = (): Promise<number> =>
      sendDue(here.server.store, { to: 'mail', signal: new AbortController().signal }, async (_, { person, kept }) => void asked.push(`${person}: ${kept.map(({ happened }) => happened.length).join()}`)) // oxfmt-ignore
    await Promise.all([1, 2, 3, 4, 5, 6].map(send))
    assert.equal((await deadlocks()) - before, 0)
    assert.deepEqual(
      asked.sort(),
      [0, 1, 2].map((n) => `${here.people.agent.id + n}: 1000`),
    )
  })
  it('goes, though what another person waits for cannot be sent', async () => {
    await here.mailNow()
    await here.incident({ assignee: here.people.agent.id })
    await here.incident({ assignee: here.people.administrator.id })
    await here.follow()
    const before = await Promise.all(['agent', 'ada'].map((who) => here.mailsTo(who)))
    await here.server.db.query("update notice_mail set due_at = now() - interval '1 minute'")
    await here.server.db.query(`update notice_mail set due_at = now() - interval '1 hour', happened = 'null' where person = $1`, [here.people.agent.id]) // oxfmt-ignore
    const send = (): Promise<number> => sendNotices(here.parts(), new AbortController().signal) // oxfmt-ignore
    await assert.rejects(send())
    assert.equal((await here.mailsTo('ada')).length, (before[1]?.length ?? 0) + 1)
    assert.equal((await here.mailsTo('agent')).length, before[0]?.length)
    assert.equal(await send(), 0, 'it waits')
    const [{ wait } = { wait: 0 }] = await here.server.db.query<{ wait: number }>('select extract(epoch from due_at - now())::float as wait from notice_mail where person = $1', [here.people.agent.id]) // oxfmt-ignore
    assert.ok(wait > 600 && wait <= 900, `${wait} s`)
    await here.server.db.query('delete from notice_mail')
  })
})

describe('two choices at once', () => {
  it('are both kept, also the first two', async () => {
    const who = { org: 1, person: here.people.agent.id }
    const second: Promise<void>[] = []
    await here.server.db.transaction(async (on) => {
      await choose(on, who, { events: { commented: { mail: false } } })
      second.push(here.server.db.transaction((other) => choose(other, who, { events: { moved: { mail: false } } })))
      const deadline = performance.now() + 60_000
      const waits =
        "select 1 as one from pg_stat_activity where wait_event_type = 'Lock' and query like '%notice_choice%'"
      while ((await here.server.db.query(waits)).length === 0) {
        assert.ok(performance.now() < deadline, 'the second does not wait')
        await new Promise((done) => setTimeout(done, 20))
      }
    })
    await Promise.all(second)
    const { events } = (await here.as('agent', 'GET', '/me/notices')).body
    const off = events.filter(({ mail, event }: Loose) => !mail && ['commented', 'moved'].includes(event))
    assert.equal(off.length, 2)
  })
})

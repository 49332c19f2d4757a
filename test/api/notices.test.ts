// Notices: who is told of what, once; what they may not see they do not hear of; the inbox, the mail, and how it is switched off.
import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { deliverMail } from '#kit/mail/deliver.ts'
import { choose } from '#kit/notices/choices.ts'
import { tellDue } from '#kit/notices/due.ts'
import { wakeSnoozed } from '#kit/notices/inbox.ts'
import { sendNotices } from '#kit/notices/mails.ts'
import { noticeReaction } from '#kit/notices/reaction.ts'
import { readersOf, sightOf } from '#kit/notices/readers.ts'
import { unsubscribeKey } from '#kit/notices/unsubscribe-key.ts'
import type { Sql } from '#kit/database.ts'
import { noteSignIn } from '#kit/sign-in/deeds.ts'
import { system } from '#kit/actor.ts'
import { tellInboxes } from '#kit/notices/tell.ts'
import type { Answered } from '../setup/call.ts'
import { loadCustomFields } from '../../src/main/installation.ts'
import { openStream } from '../setup/event-stream.ts'
import { follow as catchUp } from '../setup/follow.ts'
import { startTestServer, type Person, type TestServer, type Who } from '../setup/server.ts'
import { hastyMail, settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'
import { problem } from './problem.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
const secret = Buffer.alloc(32, 7)
const publicUrl = 'https://pilot.harbour.test'
let server: TestServer
let smtp: Smtp
let people: Readonly<Record<Who, Person>>
before(async () => {
  server = await startTestServer()
  ;({ people } = server)
  smtp = await startSmtp()
  const kept = await as('administrator', 'PUT', '/admin/mail', { settings: settingsOf(smtp), password: SMTP_PASSWORD })
  assert.equal(kept.status, 200, kept.text)
})
beforeEach(async () => {
  await follow()
  await server.db.query('delete from inbox')
  await server.db.query('delete from notice_mail')
  await server.db.query('delete from notice_choice')
  await server.db.query('delete from notice_mute')
})

async function as(who: Who, method: string, path: string, body?: unknown): Promise<Answered & { body: Loose }> {
  return server.call(method, path, { token: people[who].token, ...(body === undefined ? {} : { body }) })
}
/** Lets the reaction catch up. */
const follow = (): Promise<void> => catchUp(server, noticeReaction(server))
async function inbox(who: Who, query = ''): Promise<Loose[]> {
  const { status, body, text } = await as(who, 'GET', `/inbox${query}`)
  assert.equal(status, 200, text)
  return body.items
}
const texts = (item: Loose): string[] => item.lines.map(({ text }: Loose) => text)
async function incident(more: object = {}): Promise<Loose> {
  const { status, body, text } = await as('manager', 'POST', '/incidents', { subject: 'The ERP is slow', requester: people.requester.id, ...more }) // oxfmt-ignore
  assert.equal(status, 201, text)
  return body
}
async function ok(asked: Promise<Answered & { body: Loose }>): Promise<Loose> {
  const { status, body, text } = await asked
  assert.ok(status < 300, text)
  return body
}
/** Everything on the pile is due. */
async function mailNow(): Promise<void> {
  await server.db.query("update notice_mail set due_at = now() - interval '1 minute'")
  await sendNotices({ store: server.store, secret, publicUrl }, new AbortController().signal)
  await server.db.query('update mail_server set next_at = now()')
  await deliverMail({ db: server.db, secret, mail: hastyMail }, new AbortController().signal)
}
const mailsTo = (who: string): Promise<Loose[]> =>
  server.db.query<Loose>('select subject, content, on_record, on_id from mail where address = $1 order by id desc', [`${who}@harbour.test`]) // oxfmt-ignore

describe('somebody is told', () => {
  it('when something is given to them, and whoever gave it is not', async () => {
    const { number } = await incident({ assignee: people.agent.id })
    await follow()
    const [item, ...rest] = await inbox('agent')
    assert.deepEqual([item.number, item.title, item.event, rest.length], [number, 'The ERP is slow', 'assigned', 0])
    assert.deepEqual(texts(item), ['manager of 1 made you assignee.'])
    assert.equal(item.why, 'You get this because you are its assignee.')
    assert.equal(item.path, `/desk/incidents/${number}`)
    assert.deepEqual(await inbox('manager'), [])
    assert.deepEqual(texts((await inbox('requester'))[0]), ['manager of 1 made you requester.'])
    assert.deepEqual((await as('agent', 'GET', '/inbox/count')).body, { unread: 1 })
  })
  it('not of what they did themselves', async () => {
    await ok(as('agent', 'POST', '/incidents', { subject: 'Mine', assignee: people.agent.id }))
    await follow()
    assert.deepEqual(await inbox('agent'), [])
  })
  it('of many changes on one record in one line', async () => {
    const { id, number } = await incident()
    await ok(as('agent', 'POST', '/watchers', { on: { record: 'incident', id }, person: people.agent.id }))
    for (const subject of ['One', 'Two', 'Three']) await ok(changeNow(id, { subject }))
    await ok(as('manager', 'POST', `/incidents/${id}/comments`, { body: 'Look at the log.' }))
    await follow()
    const [item, ...rest] = await inbox('agent')
    assert.equal(rest.length, 0)
    assert.deepEqual([item.number, item.changes, item.event], [number, 4, 'commented'])
    assert.deepEqual(texts(item)[0], 'manager of 1 commented.')
    assert.equal(item.lines[0].excerpt, 'Look at the log.')
    assert.equal(item.why, 'You get this because you watch it.')
  })
  it('of a comment that is for the staff only when they are of it', async () => {
    const { id } = await incident({ assignee: people.agent.id })
    await follow()
    await server.db.query('delete from inbox')
    await ok(as('manager', 'POST', `/incidents/${id}/comments`, { body: 'Between us.', internal: true }))
    await follow()
    assert.deepEqual(await inbox('requester'), [])
    assert.equal((await inbox('agent'))[0].lines[0].excerpt, 'Between us.')
    await ok(as('manager', 'POST', `/incidents/${id}/comments`, { body: 'For all.' }))
    await follow()
    assert.equal((await inbox('requester'))[0].lines[0].excerpt, 'For all.')
  })
  it('when they are mentioned, also of a record that they muted, and not where they may not read it', async () => {
    const { id } = await incident()
    const body = `[@agent](/people/persons/P-${people.agent.id}) [@bystander](/people/persons/P-${people.bystander.id}) please`
    await ok(as('agent', 'PUT', '/me/notices/muted', { record: 'incident', id, isMuted: true }))
    await ok(as('manager', 'POST', `/incidents/${id}/comments`, { body }))
    await follow()
    const [item] = await inbox('agent')
    assert.deepEqual([item.event, item.isMuted, texts(item)], ['mentioned', true, ['manager of 1 mentioned you.']])
    assert.equal(item.lines[0].excerpt, '@agent @bystander please')
    assert.deepEqual(await inbox('bystander'), [])
    const kept = 'select 1 as one from inbox where person = $1 union all select 1 from notice_mail where person = $1'
    assert.deepEqual(await server.db.query(kept, [people.bystander.id]), [], 'not even kept')
    const { items } = (await as('manager', 'GET', `/mentions?record=incident&id=${id}&q=`)).body
    const names = items.map(({ title }: Loose) => title)
    assert.ok(names.includes('agent of 1') && !names.includes('bystander of 1'), names.join())
    problem(await as('bystander', 'GET', `/mentions?record=incident&id=${id}&q=a`), 404)
    problem(await as('outsider', 'GET', `/mentions?record=incident&id=${id}&q=a`), 404)
  })
  it('as one of a team where they asked for it', async () => {
    const { id: team } = await ok(as('manager', 'POST', '/teams', { name: `Net ${crypto.randomUUID()}`, members: [people.agent.id] })) // oxfmt-ignore
    await follow()
    await server.db.query('delete from inbox')
    await incident({ team })
    await follow()
    assert.deepEqual(await inbox('agent'), [], 'off unless chosen')
    await ok(as('agent', 'PATCH', '/me/notices', { events: { team: { inApp: true } } }))
    await incident({ team })
    await follow()
    assert.deepEqual(texts((await inbox('agent'))[0]), ['manager of 1 gave it to your team.'])
  })
  it('of the day of what is theirs, once, and once when it is over', async () => {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(Date.now())
    await ok(as('manager', 'POST', '/tasks', { subject: 'Restore test', assignee: people.agent.id, dueOn: day }))
    await follow()
    await server.db.query('delete from inbox')
    assert.equal(await tellDue(server.store), 1)
    assert.equal(await tellDue(server.store), 0)
    assert.deepEqual((await inbox('agent')).map(texts), [['It is due today.']])
    await server.db.query('update task set due_on = due_on - 1')
    assert.equal(await tellDue(server.store), 1)
    assert.deepEqual((await inbox('agent')).map(texts), [['It was due yesterday.', 'It is due today.']])
    await server.db.query("update task set status = 'done'")
    await server.db.query('delete from notice_due')
    assert.equal(await tellDue(server.store), 0, 'what is done is due no more')
  })
  it('of their own door, whoever it was', async () => {
    await server.db.query('delete from inbox')
    await server.db.transaction(async (on) => {
      await noteSignIn({ db: on, now: () => server.store.now() }, { org: 1, person: people.agent.id, by: people.agent.id, request: 'r', action: 'totp-removed' }, on) // oxfmt-ignore
    })
    await follow()
    const [item] = await inbox('agent')
    assert.deepEqual([item.event, item.path, texts(item)], ['security', '/settings/security', ['Your authenticator app was removed']]) // oxfmt-ignore
    assert.deepEqual(
      await server.db.query('select 1 as one from notice_mail'),
      [],
      'its mail is written where it happens',
    )
  })
})
async function changeNow(id: number, body: object): Promise<Answered & { body: Loose }> {
  const { rev } = (await as('manager', 'GET', `/incidents/${id}`)).body
  return server.call('PATCH', `/incidents/${id}`, { token: people.manager.token, body, headers: { 'if-match': `"${rev}"` } }) // oxfmt-ignore
}

describe('what somebody may not see', () => {
  it('is not told, nor shown or counted once they lost sight of it, nor mailed', async () => {
    const { id } = await incident({ requester: people.bystander.id })
    await follow()
    assert.equal((await inbox('bystander')).length, 1)
    const piled = await server.db.query('select 1 as one from notice_mail where person = $1', [people.bystander.id])
    assert.equal(piled.length, 1)
    await server.db.query('update incident set requester = $1 where id = $2', [people.requester.id, id])
    assert.deepEqual(await inbox('bystander'), [])
    assert.deepEqual((await as('bystander', 'GET', '/inbox/count')).body, { unread: 0 })
    const mails = (await mailsTo('bystander')).length
    await mailNow()
    assert.equal((await mailsTo('bystander')).length, mails)
    problem(await as('bystander', 'PUT', '/me/notices/muted', { record: 'incident', id, isMuted: true }), 404)
  })
  it('is not told to another organisation, nor to whoever has left', async () => {
    const { id } = await incident({ assignee: people.agent.id })
    await server.db.query("update person set status = 'left' where id = $1 and org = 1", [people.requester.id])
    await ok(as('manager', 'POST', `/incidents/${id}/comments`, { body: 'Hello' }))
    await follow()
    const rows = await server.db.query<{ org: number; person: number }>('select org, person from inbox')
    assert.deepEqual(rows, [{ org: 1, person: people.agent.id }])
    await server.db.query("update person set status = 'active' where id = $1 and org = 1", [people.requester.id])
    assert.deepEqual(await inbox('outsider'), [])
  })
  it('is not named where an added field is above them, and is named by its label where they know it', async () => {
    for (const [name, label, confidentiality] of [['cabinet', 'Wiring cabinet', 'C1'], ['judgement', 'Judgement of the lead', 'C2']]) // oxfmt-ignore
      await ok(as('administrator', 'POST', '/customfields', { record: 'incident', name, label, kind: 'text', confidentiality })) // oxfmt-ignore
    await loadCustomFields(server.store)
    const { id } = await incident()
    await ok(as('agent', 'POST', '/watchers', { on: { record: 'incident', id }, person: people.agent.id }))
    await ok(changeNow(id, { custom: { judgement: 'Do not tell' } }))
    await follow()
    assert.deepEqual(await inbox('agent'), [])
    await ok(changeNow(id, { custom: { judgement: 'Still not', cabinet: 'A 12' } }))
    await follow()
    const [item] = await inbox('agent')
    assert.deepEqual(texts(item), ['manager of 1 changed Wiring cabinet.'])
    // As they were kept before: nobody knows which field it was.
    await server.db.query(`update inbox set happened = jsonb_set(happened, '{0,fields}', '["custom"]')`)
    assert.deepEqual(await inbox('agent'), [])
    assert.deepEqual((await as('agent', 'GET', '/inbox/count')).body, { unread: 0 }, 'what is not shown is not counted')
  })
  it('is told of no comment on what is told to nobody, also when it is corrected', async () => {
    const hold = await ok(as('manager', 'POST', '/legalholds', { name: 'Dispute', reason: 'They ask', orderedBy: 'Counsel', rows: 'INC-1' })) // oxfmt-ignore
    const comment = await ok(as('manager', 'POST', `/legalholds/${hold.id}/comments`, { body: 'First' }))
    const body = `[@auditor](/people/persons/P-${people.auditor.id}) look`
    const headers = { 'if-match': `"${comment.rev}"` }
    const corrected = await server.call('PATCH', `/comments/${comment.id}`, { token: people.manager.token, body: { body }, headers }) // oxfmt-ignore
    assert.equal(corrected.status, 200, corrected.text)
    await follow()
    assert.deepEqual(await server.db.query('select 1 as one from inbox where person = $1', [people.auditor.id]), [])
  })
  it('stays hidden when it is in the bin', async () => {
    const { id } = await incident({ assignee: people.agent.id })
    await follow()
    await ok(as('manager', 'DELETE', `/incidents/${id}`))
    assert.deepEqual(await inbox('agent'), [])
  })
})

describe('the inbox', () => {
  it('is triaged line by line and all at once, and taken back', async () => {
    for (let n = 0; n < 3; n++) await incident({ assignee: people.agent.id })
    await follow()
    const [first, second] = await inbox('agent')
    await ok(as('agent', 'POST', '/inbox/triage', { items: [first.item], deed: 'done' }))
    assert.equal((await inbox('agent')).length, 2)
    await ok(as('agent', 'POST', '/inbox/triage', { items: [second.item], deed: 'read' }))
    assert.deepEqual((await inbox('agent', '?show=all')).map(({ state }) => state), ['read', 'unread']) // oxfmt-ignore
    const { count, batch } = await ok(as('agent', 'POST', '/inbox/triage', { all: { show: 'all' }, deed: 'done' }))
    assert.equal(count, 2)
    assert.equal((await inbox('agent', '?show=done')).length, 3)
    assert.deepEqual(await ok(as('agent', 'POST', '/inbox/undo', { batch })), { count: 2 })
    assert.deepEqual((await inbox('agent', '?show=all')).map(({ state }) => state), ['read', 'unread']) // oxfmt-ignore
    assert.deepEqual(await ok(as('agent', 'POST', '/inbox/undo', { batch })), { count: 0 }, 'once')
  })
  it('sends no mail of what is done, and sends it after all when that is taken back', async () => {
    await mailNow()
    await incident({ assignee: people.agent.id })
    await follow()
    const before = (await mailsTo('agent')).length
    const done = (): Promise<Loose> => ok(as('agent', 'POST', '/inbox/triage', { all: { show: 'unread' }, deed: 'done' })) // oxfmt-ignore
    const { batch } = await done()
    await ok(as('agent', 'POST', '/inbox/undo', { batch }))
    await mailNow()
    assert.equal((await mailsTo('agent')).length, before + 1, 'it was taken back')
    await incident({ assignee: people.agent.id })
    await follow()
    await done()
    await mailNow()
    assert.equal((await mailsTo('agent')).length, before + 1, 'it is done')
    assert.deepEqual(await server.db.query('select 1 as one from notice_mail'), [])
  })
  it('belongs to one person: another can neither read nor triage its lines', async () => {
    await incident({ assignee: people.agent.id })
    await follow()
    const [{ item }] = await inbox('agent')
    for (const who of ['manager', 'administrator', 'outsider'] as const)
      assert.deepEqual((await ok(as(who, 'POST', '/inbox/triage', { items: [item], deed: 'done' }))).count, 0)
    assert.equal((await inbox('agent')).length, 1)
  })
  it('puts a line off until its time, and brings it back when something new happens', async () => {
    const { id } = await incident({ assignee: people.agent.id })
    await follow()
    const [{ item }] = await inbox('agent')
    problem(await as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze', until: '2020-01-01T00:00:00Z' }), 400) // oxfmt-ignore
    problem(await as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze' }), 400)
    await ok(as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze', until: 'tomorrow' }))
    assert.deepEqual(await inbox('agent'), [])
    assert.equal((await inbox('agent', '?show=snoozed')).length, 1)
    await wakeSnoozed(server.store)
    assert.deepEqual(await inbox('agent'), [], 'not before its time')
    await server.db.query("update inbox set snoozed_until = now() - interval '1 minute'")
    await wakeSnoozed(server.store)
    assert.equal((await inbox('agent')).length, 1)
    await ok(as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze', until: 'monday' }))
    await ok(as('manager', 'POST', `/incidents/${id}/comments`, { body: 'News' }))
    await follow()
    assert.equal((await inbox('agent'))[0].changes, 2)
  })
  it('comes by pages, each line once', async () => {
    const said = { event: 'assigned', at: new Date().toISOString(), by: people.manager.id, as: 'assignee', field: 'assignee' } // oxfmt-ignore
    const { id } = await incident({ assignee: people.agent.id })
    await follow()
    await server.db.query(
      "insert into incident select (jsonb_populate_record(i, jsonb_build_object('id', 900000 + n))).* from incident i, generate_series(1, 120) n where i.id = $1", // oxfmt-ignore
      [id],
    )
    await server.db.query(
      "insert into inbox (org, person, record, record_id, why, happened, changes, last_at) select 1, $1, 'incident', 900000 + n, 'assigned', jsonb_build_array($2::jsonb), 1, now() - make_interval(secs => n / 3) from generate_series(1, 120) n", // oxfmt-ignore
      [people.agent.id, said],
    )
    const seen: number[] = []
    for (let after = ''; ;) {
      const { body } = await as('agent', 'GET', `/inbox${after === '' ? '' : `?after=${encodeURIComponent(after)}`}`)
      seen.push(...body.items.map(({ item }: Loose) => item))
      if (body.next === null) break
      after = body.next
    }
    assert.deepEqual([seen.length, new Set(seen).size], [121, 121])
    assert.deepEqual((await as('agent', 'GET', '/inbox/count')).body, { unread: 100 })
    problem(await as('agent', 'GET', '/inbox?after=nonsense'), 400)
    await server.db.query('delete from incident where id >= 900000')
  })
  it('is heard of at once by its person, and by nobody else', async () => {
    const mine = await openStream(server.url, people.agent.token)
    const other = await openStream(server.url, people.auditor.token)
    await incident({ assignee: people.agent.id })
    await follow()
    await mine.until(({ changed }) => changed?.some(([name, id]) => name === 'inbox' && id === people.agent.id))
    // What is told later comes after: had the first come here, it would be there by now.
    await server.db.transaction(async (on) => {
      await tellInboxes(on, 1, [people.agent.id, people.auditor.id])
    })
    const told = await other.until(({ changed }) => changed?.some(([name]) => name === 'inbox'))
    assert.deepEqual(
      told.changed?.filter(([name]) => name === 'inbox'),
      [['inbox', people.auditor.id]],
    )
    mine.close()
    other.close()
  })
  it('speaks the language of its reader', async () => {
    await incident({ assignee: people.agent.id })
    await follow()
    const { body } = await server.call('GET', '/inbox', {
      token: people.agent.token,
      headers: { 'accept-language': 'de' },
    })
    assert.match((body as Loose).items[0].lines[0].text, /^manager of 1 hat Sie eingetragen: Zuständig\.$/)
  })
})

describe('each is told once', () => {
  it('though the reaction is killed between its effect and its place, and runs twice at once', async () => {
    await follow()
    await incident({ assignee: people.agent.id })
    const reaction = noticeReaction(server)
    const killed = { ...reaction, handle: async (...of: Parameters<typeof reaction.handle>) => {
      await reaction.handle(...of)
      throw new Error('killed')
    } } // oxfmt-ignore
    const [before] = await server.db.query("select xid::text, id from reaction_cursor where name = 'notices'")
    await assert.rejects(catchUp(server, killed), /killed/)
    assert.deepEqual(await server.db.query('select 1 as one from inbox'), [], 'nothing without its place')
    const [after] = await server.db.query("select xid::text, id from reaction_cursor where name = 'notices'")
    assert.deepEqual(after, before)
    await Promise.all([follow(), follow(), follow()])
    const rows = await server.db.query<{ changes: number }>('select changes from inbox where person = $1', [people.agent.id]) // oxfmt-ignore
    assert.deepEqual(rows, [{ changes: 1 }])
    const piled = await server.db.query('select 1 as one from notice_mail where person = $1', [people.agent.id])
    assert.equal(piled.length, 1)
  })
  it('by mail, though two processes send', async () => {
    await incident({ assignee: people.agent.id })
    await follow()
    await server.db.query('update notice_mail set due_at = now()')
    const before = (await mailsTo('agent')).length
    const { signal } = new AbortController()
    await Promise.all([1, 2, 3].map(() => sendNotices({ store: server.store, secret, publicUrl }, signal)))
    assert.equal((await mailsTo('agent')).length, before + 1)
  })
  it('by mail, though what another person waits for cannot be sent', async () => {
    await mailNow()
    await incident({ assignee: people.agent.id })
    await incident({ assignee: people.administrator.id })
    await follow()
    const before = await Promise.all(['agent', 'ada'].map(mailsTo))
    await server.db.query("update notice_mail set due_at = now() - interval '1 minute'")
    await server.db.query(`update notice_mail set due_at = now() - interval '1 hour', happened = 'null' where person = $1`, [people.agent.id]) // oxfmt-ignore
    const send = (): Promise<number> => sendNotices({ store: server.store, secret, publicUrl }, new AbortController().signal) // oxfmt-ignore
    await assert.rejects(send())
    assert.equal((await mailsTo('ada')).length, (before[1]?.length ?? 0) + 1)
    assert.equal((await mailsTo('agent')).length, before[0]?.length)
    assert.equal(await send(), 0, 'it waits')
    const [{ wait } = { wait: 0 }] = await server.db.query<{ wait: number }>('select extract(epoch from due_at - now())::float as wait from notice_mail where person = $1', [people.agent.id]) // oxfmt-ignore
    assert.ok(wait > 600 && wait <= 900, `${wait} s`)
    await server.db.query('delete from notice_mail')
  })
  it('and nothing that an import brought in is told at all', async () => {
    const { catalogue } = server.store
    await server.store.create(system(1, 'r', 'import'), catalogue.get('incident'), { subject: 'Old', assignee: people.agent.id }) // oxfmt-ignore
    await follow()
    assert.deepEqual(await inbox('agent'), [])
  })
})

describe('the mail', () => {
  it('says what happened and why, opens the record, and is switched off by one click', async () => {
    // What waits from before goes first.
    await mailNow()
    const { number } = await incident({ assignee: people.agent.id })
    await follow()
    await mailNow()
    const nth = smtp.received.findLastIndex(({ to }) => to[0] === 'agent@harbour.test')
    const mail = await smtp.read(nth)
    assert.equal(mail.subject, `${number}: manager of 1 made you assignee.`)
    assert.match(mail.text ?? '', new RegExp(`${number} The ERP is slow[^]*${publicUrl}/desk/incidents/${number}[^]*You get this because you are its assignee`)) // oxfmt-ignore
    const header = (name: string): string => mail.headers.find(({ key }) => key === name)?.value ?? ''
    assert.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    const link = /<(https:[^>]+)>/.exec(header('list-unsubscribe'))?.[1] ?? ''
    assert.ok(link.startsWith(`${publicUrl}/api/v1/unsubscribe/`), link)
    const path = link.slice(`${publicUrl}/api/v1`.length)
    assert.deepEqual((await server.call('GET', path)).body, { what: 'Mails about: Given to me, or in my name' })
    assert.equal((await goesTo('agent', 'assigned')).mail, true, 'looking changes nothing')
    const click = () => fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' }) // oxfmt-ignore
    assert.equal((await click()).status, 204)
    assert.equal((await click()).status, 204, 'again does nothing more')
    assert.deepEqual(await goesTo('agent', 'assigned'), { inApp: true, mail: false })
    assert.deepEqual(await goesTo('agent', 'moved'), { inApp: true, mail: true })
  })
  it('of several records is one, in the language of its reader', async () => {
    await server.db.query("insert into preference (org, person, value) values (1, $1, '{\"language\":\"de\"}') on conflict (org, person) do update set value = excluded.value", [people.agent.id]) // oxfmt-ignore
    await incident({ assignee: people.agent.id })
    await incident({ assignee: people.agent.id })
    await follow()
    const before = (await mailsTo('agent')).length
    await mailNow()
    const [mail, ...rest] = await mailsTo('agent')
    assert.equal(rest.length, before)
    assert.equal(mail.subject, '2 Datensätze haben Neues für Sie')
    assert.match(mail.content.paragraphs[0], /hat Sie eingetragen: Zuständig/)
    await server.db.query('delete from preference where person = $1', [people.agent.id])
  })
  it('waits for the digest and the quiet hours, and is not needed for what was read', async () => {
    await ok(as('agent', 'PATCH', '/me/notices', { digest: { kind: 'daily', at: '08:00' }, quiet: { from: '20:00', until: '07:00' } })) // oxfmt-ignore
    await incident({ assignee: people.agent.id })
    await follow()
    const due = async (): Promise<Date[]> => (await server.db.query<{ due_at: string }>('select due_at from notice_mail where person = $1 and settled is null', [people.agent.id])).map(({ due_at }) => new Date(due_at)) // oxfmt-ignore
    const [at] = await due()
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(at)
    assert.equal(local, '08:00')
    await ok(as('agent', 'PATCH', '/me/notices', { digest: { kind: 'off', at: '08:00' }, quiet: null }))
    const [sooner] = await due()
    assert.ok((sooner?.getTime() ?? Infinity) < Date.now() + 120_000, 'what waits goes by the new choice')
    const [{ item }] = await inbox('agent')
    await ok(as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'read' }))
    assert.deepEqual(await due(), [])
  })
  it('is not switched off by a key that was forged, changed or made for something else', async () => {
    const key = unsubscribeKey(secret, { org: 1, person: people.agent.id, event: 'moved' })
    const forged = [
      key.replace('moved', 'assigned'),
      key.replace(`.${people.agent.id.toString(36)}.`, `.${people.manager.id.toString(36)}.`),
      unsubscribeKey(Buffer.alloc(32, 8), { org: 1, person: people.agent.id, event: 'moved' }),
      key.slice(0, -1),
      `${key}A`,
      unsubscribeKey(secret, { org: 1, person: people.agent.id, event: 'security' }).replace('security', 'all'),
      'x',
    ]
    for (const one of forged) {
      problem(await server.call('POST', `/unsubscribe/${one}`, { body: {} }), 404)
      problem(await server.call('GET', `/unsubscribe/${one}`), 404)
    }
    assert.deepEqual(await server.db.query('select 1 as one from notice_choice'), [])
    const answer = await server.call('GET', '/inbox', { headers: { authorization: `Bearer ${key}` } })
    assert.equal(answer.status, 401, 'it opens nothing else')
  })
  it('about the own door cannot be switched off, by no choice and no key', async () => {
    const key = unsubscribeKey(secret, { org: 1, person: people.agent.id, event: 'all' })
    assert.equal((await server.call('POST', `/unsubscribe/${key}`, { body: {} })).status, 204)
    await ok(as('agent', 'PATCH', '/me/notices', { events: { security: { inApp: false, mail: false } } }))
    const { events } = (await as('agent', 'GET', '/me/notices')).body
    assert.deepEqual(
      events.filter(({ mail }: Loose) => mail === true).map(({ event }: Loose) => event),
      ['security'],
    )
    assert.deepEqual(await goesTo('agent', 'security'), { inApp: true, mail: true })
  })
})
async function goesTo(who: Who, event: string): Promise<Loose> {
  const { events } = (await as(who, 'GET', '/me/notices')).body
  const { inApp, mail } = events.find((one: Loose) => one.event === event)
  return { inApp, mail }
}

describe('many people', () => {
  it('who read by the same condition are one question, and the picker asks about a few', async () => {
    const { id } = await incident()
    await server.db.query(
      `insert into person (org, id, created_at, updated_at, name, status) select 1, 70000 + n, now(), now(), 'Zeno ' || lpad(n::text, 3, '0'), 'active' from generate_series(1, 60) n
       union all select 1, 71000 + n, now(), now(), 'Yeno ' || lpad(n::text, 3, '0'), 'active' from generate_series(1, 60) n`,
    )
    await server.db.query("insert into role_grant (org, person, role, scope, scope_id) select 1, 70000 + n, 'agent', 'organisation', 0 from generate_series(41, 60) n") // oxfmt-ignore
    for (const q of ['zeno', 'zeno 0']) {
      let items: Loose[] = []
      const asked = await server.statements.during(async () => {
        ;({ items } = (await as('manager', 'GET', `/mentions?record=incident&id=${id}&q=${q}`)).body)
      })
      assert.deepEqual([items.length, items[0].title], [8, 'Zeno 041'])
      assert.ok(asked <= 20, `${asked} statements`)
    }
    // Nobody who may read it: a number of people is looked at, and no more.
    const asked = await server.statements.during(() =>
      as('manager', 'GET', `/mentions?record=incident&id=${id}&q=yeno`),
    )
    assert.ok(asked <= 45, `${asked} statements`)
    const readers = await readersOf(
      server.db,
      1,
      Array.from({ length: 20 }, (_, nth) => 70_041 + nth),
    )
    assert.equal(readers.size, 20)
    let questions = 0
    const counting: Sql = { query: (text, values) => (questions++, server.db.query(text, values)) }
    await sightOf(counting, server.store.catalogue, [...readers.values()].map(({ actor }) => ({ actor, record: 'person', id: 1 }))) // oxfmt-ignore
    await sightOf(counting, server.store.catalogue, [...readers.values()].map(({ actor }) => ({ actor, record: 'comment', id: 1 }))) // oxfmt-ignore
    assert.equal(questions, 2, 'twenty agents ask one question of each kind')
  })
})

describe('two choices at once', () => {
  it('are both kept, also the first two', async () => {
    const who = { org: 1, person: people.agent.id }
    const second: Promise<void>[] = []
    await server.db.transaction(async (on) => {
      await choose(on, who, { events: { commented: { mail: false } } })
      second.push(server.db.transaction((other) => choose(other, who, { events: { moved: { mail: false } } })))
      const deadline = performance.now() + 60_000
      const waits =
        "select 1 as one from pg_stat_activity where wait_event_type = 'Lock' and query like '%notice_choice%'"
      while ((await server.db.query(waits)).length === 0) {
        assert.ok(performance.now() < deadline, 'the second does not wait')
        await new Promise((done) => setTimeout(done, 20))
      }
    })
    await Promise.all(second)
    const { events } = (await as('agent', 'GET', '/me/notices')).body
    const off = events.filter(({ mail, event }: Loose) => !mail && ['commented', 'moved'].includes(event))
    assert.equal(off.length, 2)
  })
})

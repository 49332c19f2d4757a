// Notices: who is told of what, once, and what they may not see they do not hear of.
import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { tellDue } from '#kit/notices/due.ts'
import { noticeReaction } from '#kit/notices/reaction.ts'
import { readersOf, sightOf } from '#kit/notices/readers.ts'
import type { Sql } from '#kit/database.ts'
import { noteSignIn } from '#kit/sign-in/deeds.ts'
import { system } from '#kit/actor.ts'
import { loadOrganisations } from '#kit/reload.ts'
import { follow } from '../setup/follow.ts'
import { openNotices, texts, type Notices } from '../setup/notices.ts'
import { problem } from './problem.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
let here: Notices
before(async () => {
  here = await openNotices()
})
beforeEach(() => here.clear())

describe('somebody is told', () => {
  it('when something is given to them, and whoever gave it is not', async () => {
    const { number } = await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const [item, ...rest] = await here.inbox('agent')
    assert.deepEqual([item.number, item.title, item.event, rest.length], [number, 'The ERP is slow', 'assigned', 0])
    assert.deepEqual(texts(item), ['manager of 1 made you assignee.'])
    assert.equal(item.why, 'You get this because you are its assignee.')
    assert.equal(item.path, `/desk/incidents/${number}`)
    assert.deepEqual(await here.inbox('manager'), [])
    assert.deepEqual(texts((await here.inbox('requester'))[0]), ['manager of 1 made you requester.'])
    assert.deepEqual((await here.as('agent', 'GET', '/inbox/count')).body, { unread: 1 })
  })
  it('not of what they did themselves', async () => {
    await here.ok(here.as('agent', 'POST', '/incidents', { subject: 'Mine', assignee: here.people.agent.id }))
    await here.follow()
    assert.deepEqual(await here.inbox('agent'), [])
  })
  it('of many changes on one record in one line', async () => {
    const { id, number } = await here.incident()
    await here.ok(
      here.as('agent', 'POST', '/watchers', { on: { record: 'incident', id }, person: here.people.agent.id }),
    )
    for (const subject of ['One', 'Two', 'Three']) await here.ok(here.changeNow(id, { subject }))
    await here.ok(here.as('manager', 'POST', `/incidents/${id}/comments`, { body: 'Look at the log.' }))
    await here.follow()
    const [item, ...rest] = await here.inbox('agent')
    assert.equal(rest.length, 0)
    assert.deepEqual([item.number, item.changes, item.event], [number, 4, 'commented'])
    assert.deepEqual(texts(item)[0], 'manager of 1 commented.')
    assert.equal(item.lines[0].excerpt, 'Look at the log.')
    assert.equal(item.why, 'You get this because you watch it.')
  })
  it('of a comment that is for the staff only when they are of it', async () => {
    const { id } = await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    await here.server.db.query('delete from inbox')
    await here.ok(here.as('manager', 'POST', `/incidents/${id}/comments`, { body: 'Between us.', internal: true }))
    await here.follow()
    assert.deepEqual(await here.inbox('requester'), [])
    assert.equal((await here.inbox('agent'))[0].lines[0].excerpt, 'Between us.')
    await here.ok(here.as('manager', 'POST', `/incidents/${id}/comments`, { body: 'For all.' }))
    await here.follow()
    assert.equal((await here.inbox('requester'))[0].lines[0].excerpt, 'For all.')
  })
  it('when they are mentioned, also of a record that they muted, and not where they may not read it', async () => {
    const { id } = await here.incident()
    const body = `[@agent](/people/persons/P-${here.people.agent.id}) [@bystander](/people/persons/P-${here.people.bystander.id}) please`
    await here.ok(here.as('agent', 'PUT', '/me/notices/muted', { record: 'incident', id, isMuted: true }))
    await here.ok(here.as('manager', 'POST', `/incidents/${id}/comments`, { body }))
    await here.follow()
    const [item] = await here.inbox('agent')
    assert.deepEqual([item.event, item.isMuted, texts(item)], ['mentioned', true, ['manager of 1 mentioned you.']])
    assert.equal(item.lines[0].excerpt, '@agent @bystander please')
    assert.deepEqual(await here.inbox('bystander'), [])
    const kept = 'select 1 as one from inbox where person = $1 union all select 1 from notice_mail where person = $1'
    assert.deepEqual(await here.server.db.query(kept, [here.people.bystander.id]), [], 'not even kept')
    const { items } = (await here.as('manager', 'GET', `/mentions?record=incident&id=${id}&q=`)).body
    const names = items.map(({ title }: Loose) => title)
    assert.ok(names.includes('agent of 1') && !names.includes('bystander of 1'), names.join())
    problem(await here.as('bystander', 'GET', `/mentions?record=incident&id=${id}&q=a`), 404)
    problem(await here.as('outsider', 'GET', `/mentions?record=incident&id=${id}&q=a`), 404)
  })
  it('as one of a team where they asked for it', async () => {
    const { id: team } = await here.ok(here.as('manager', 'POST', '/teams', { name: `Net ${crypto.randomUUID()}`, members: [here.people.agent.id] })) // oxfmt-ignore
    await here.follow()
    await here.server.db.query('delete from inbox')
    await here.incident({ team })
    await here.follow()
    assert.deepEqual(await here.inbox('agent'), [], 'off unless chosen')
    await here.ok(here.as('agent', 'PATCH', '/me/notices', { events: { team: { inApp: true } } }))
    await here.incident({ team })
    await here.follow()
    assert.deepEqual(texts((await here.inbox('agent'))[0]), ['manager of 1 gave it to your team.'])
  })
  it('of the day of what is theirs, once, and once when it is over', async () => {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(Date.now())
    await here.ok(
      here.as('manager', 'POST', '/tasks', { subject: 'Restore test', assignee: here.people.agent.id, dueOn: day }),
    )
    await here.follow()
    await here.server.db.query('delete from inbox')
    assert.equal(await tellDue(here.server.store), 1)
    assert.equal(await tellDue(here.server.store), 0)
    assert.deepEqual((await here.inbox('agent')).map(texts), [['It is due today.']])
    await here.server.db.query('update task set due_on = due_on - 1')
    assert.equal(await tellDue(here.server.store), 1)
    assert.deepEqual((await here.inbox('agent')).map(texts), [['It was due yesterday.', 'It is due today.']])
    await here.server.db.query("update task set status = 'done'")
    await here.server.db.query('delete from notice_due')
    assert.equal(await tellDue(here.server.store), 0, 'what is done is due no more')
  })
  it('of their own door, whoever it was', async () => {
    await here.server.db.query('delete from inbox')
    await here.server.db.transaction(async (on) => {
      await noteSignIn({ db: on, now: () => here.server.store.now() }, { org: 1, person: here.people.agent.id, by: here.people.agent.id, request: 'r', action: 'totp-removed' }, on) // oxfmt-ignore
    })
    await here.follow()
    const [item] = await here.inbox('agent')
    assert.deepEqual([item.event, item.path, texts(item)], ['security', '/settings/security', ['Your authenticator app was removed']]) // oxfmt-ignore
    assert.deepEqual(
      await here.server.db.query('select 1 as one from notice_mail'),
      [],
      'its mail is written where it happens',
    )
  })
})

describe('what somebody may not see', () => {
  it('is not told, nor shown or counted once they lost sight of it, nor mailed', async () => {
    const { id } = await here.incident({ requester: here.people.bystander.id })
    await here.follow()
    assert.equal((await here.inbox('bystander')).length, 1)
    const piled = await here.server.db.query('select 1 as one from notice_mail where person = $1', [
      here.people.bystander.id,
    ])
    assert.equal(piled.length, 1)
    await here.server.db.query('update incident set requester = $1 where id = $2', [here.people.requester.id, id])
    assert.deepEqual(await here.inbox('bystander'), [])
    assert.deepEqual((await here.as('bystander', 'GET', '/inbox/count')).body, { unread: 0 })
    const mails = (await here.mailsTo('bystander')).length
    await here.mailNow()
    assert.equal((await here.mailsTo('bystander')).length, mails)
    problem(await here.as('bystander', 'PUT', '/me/notices/muted', { record: 'incident', id, isMuted: true }), 404)
  })
  it('is not told to another organisation, nor to whoever has left', async () => {
    const { id } = await here.incident({ assignee: here.people.agent.id })
    await here.server.db.query("update person set status = 'left' where id = $1 and org = 1", [
      here.people.requester.id,
    ])
    await here.ok(here.as('manager', 'POST', `/incidents/${id}/comments`, { body: 'Hello' }))
    await here.follow()
    const rows = await here.server.db.query<{ org: number; person: number }>('select org, person from inbox')
    assert.deepEqual(rows, [{ org: 1, person: here.people.agent.id }])
    await here.server.db.query("update person set status = 'active' where id = $1 and org = 1", [
      here.people.requester.id,
    ])
    assert.deepEqual(await here.inbox('outsider'), [])
  })
  it('is not named where an added field is above them, and is named by its label where they know it', async () => {
    for (const [name, label, confidentiality] of [['cabinet', 'Wiring cabinet', 'C1'], ['judgement', 'Judgement of the lead', 'C2']]) // oxfmt-ignore
      await here.ok(here.as('administrator', 'POST', '/customfields', { record: 'incident', name, label, kind: 'text', confidentiality })) // oxfmt-ignore
    await loadOrganisations(here.server.store)
    const { id } = await here.incident()
    await here.ok(
      here.as('agent', 'POST', '/watchers', { on: { record: 'incident', id }, person: here.people.agent.id }),
    )
    await here.ok(here.changeNow(id, { custom: { judgement: 'Do not tell' } }))
    await here.follow()
    assert.deepEqual(await here.inbox('agent'), [])
    await here.ok(here.changeNow(id, { custom: { judgement: 'Still not', cabinet: 'A 12' } }))
    await here.follow()
    const [item] = await here.inbox('agent')
    assert.deepEqual(texts(item), ['manager of 1 changed Wiring cabinet.'])
    // As they were kept before: nobody knows which field it was.
    await here.server.db.query(`update inbox set happened = jsonb_set(happened, '{0,fields}', '["custom"]')`)
    assert.deepEqual(await here.inbox('agent'), [])
    assert.deepEqual(
      (await here.as('agent', 'GET', '/inbox/count')).body,
      { unread: 0 },
      'what is not shown is not counted',
    )
  })
  it('is told of no comment on what is told to nobody, also when it is corrected', async () => {
    const hold = await here.ok(here.as('manager', 'POST', '/legalholds', { name: 'Dispute', reason: 'They ask', orderedBy: 'Counsel', rows: 'INC-1' })) // oxfmt-ignore
    const comment = await here.ok(here.as('manager', 'POST', `/legalholds/${hold.id}/comments`, { body: 'First' }))
    const body = `[@auditor](/people/persons/P-${here.people.auditor.id}) look`
    const headers = { 'if-match': `"${comment.rev}"` }
    const corrected = await here.server.call('PATCH', `/comments/${comment.id}`, { token: here.people.manager.token, body: { body }, headers }) // oxfmt-ignore
    assert.equal(corrected.status, 200, corrected.text)
    await here.follow()
    assert.deepEqual(
      await here.server.db.query('select 1 as one from inbox where person = $1', [here.people.auditor.id]),
      [],
    )
  })
  it('stays hidden when it is in the bin', async () => {
    const { id } = await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    await here.ok(here.as('manager', 'DELETE', `/incidents/${id}`))
    assert.deepEqual(await here.inbox('agent'), [])
  })
})

describe('each is told once', () => {
  it('though the reaction is killed between its effect and its place, and runs twice at once', async () => {
    await here.follow()
    await here.incident({ assignee: here.people.agent.id })
    const reaction = noticeReaction(here.server)
    const killed = { ...reaction, handle: async (...of: Parameters<typeof reaction.handle>) => {
      await reaction.handle(...of)
      throw new Error('killed')
    } } // oxfmt-ignore
    const [before] = await here.server.db.query("select xid::text, id from reaction_cursor where name = 'notices'")
    await assert.rejects(follow(here.server, killed), /killed/)
    assert.deepEqual(await here.server.db.query('select 1 as one from inbox'), [], 'nothing without its place')
    const [after] = await here.server.db.query("select xid::text, id from reaction_cursor where name = 'notices'")
    assert.deepEqual(after, before)
    await Promise.all([here.follow(), here.follow(), here.follow()])
    const rows = await here.server.db.query<{ changes: number }>('select changes from inbox where person = $1', [here.people.agent.id]) // oxfmt-ignore
    assert.deepEqual(rows, [{ changes: 1 }])
    const piled = await here.server.db.query('select 1 as one from notice_mail where person = $1', [
      here.people.agent.id,
    ])
    assert.equal(piled.length, 1)
  })
  it('and nothing that an import brought in is told at all', async () => {
    const { catalogue } = here.server.store
    await here.server.store.create(system(1, 'r', 'import'), catalogue.get('incident'), { subject: 'Old', assignee: here.people.agent.id }) // oxfmt-ignore
    await here.follow()
    assert.deepEqual(await here.inbox('agent'), [])
  })
})

describe('many people', () => {
  it('who read by the same condition are one question, and the picker asks about a few', async () => {
    const { id } = await here.incident()
    await here.server.db.query(
      `insert into person (org, id, created_at, updated_at, name, status) select 1, 70000 + n, now(), now(), 'Zeno ' || lpad(n::text, 3, '0'), 'active' from generate_series(1, 60) n
       union all select 1, 71000 + n, now(), now(), 'Yeno ' || lpad(n::text, 3, '0'), 'active' from generate_series(1, 60) n`,
    )
    await here.server.db.query("insert into role_grant (org, person, role, scope, scope_id) select 1, 70000 + n, 'agent', 'organisation', 0 from generate_series(41, 60) n") // oxfmt-ignore
    for (const q of ['zeno', 'zeno 0']) {
      let items: Loose[] = []
      const asked = await here.server.statements.during(async () => {
        ;({ items } = (await here.as('manager', 'GET', `/mentions?record=incident&id=${id}&q=${q}`)).body)
      })
      assert.deepEqual([items.length, items[0].title], [8, 'Zeno 041'])
      assert.ok(asked <= 20, `${asked} statements`)
    }
    // Nobody who may read it: a number of people is looked at, and no more.
    const asked = await here.server.statements.during(() =>
      here.as('manager', 'GET', `/mentions?record=incident&id=${id}&q=yeno`),
    )
    assert.ok(asked <= 45, `${asked} statements`)
    const readers = await readersOf(
      here.server.db,
      1,
      Array.from({ length: 20 }, (_, nth) => 70_041 + nth),
    )
    assert.equal(readers.size, 20)
    let questions = 0
    const counting: Sql = { query: (text, values) => (questions++, here.server.db.query(text, values)) }
    await sightOf(counting, here.server.store.catalogue, [...readers.values()].map(({ actor }) => ({ actor, record: 'person', id: 1 }))) // oxfmt-ignore
    await sightOf(counting, here.server.store.catalogue, [...readers.values()].map(({ actor }) => ({ actor, record: 'comment', id: 1 }))) // oxfmt-ignore
    assert.equal(questions, 2, 'twenty agents ask one question of each kind')
  })
})

// The inbox: triaged and taken back, put off, by pages, live, for its person alone.
import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { wakeSnoozed } from '#kit/notices/inbox.ts'
import { tellInboxes } from '#kit/notices/tell.ts'
import { openStream } from '../setup/event-stream.ts'
import { openNotices, type Notices } from '../setup/notices.ts'
import { problem } from './problem.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
let here: Notices
before(async () => {
  here = await openNotices()
})
beforeEach(() => here.clear())

describe('the inbox', () => {
  it('is triaged line by line and all at once, and taken back', async () => {
    for (let n = 0; n < 3; n++) await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const [first, second] = await here.inbox('agent')
    await here.ok(here.as('agent', 'POST', '/inbox/triage', { items: [first.item], deed: 'done' }))
    assert.equal((await here.inbox('agent')).length, 2)
    await here.ok(here.as('agent', 'POST', '/inbox/triage', { items: [second.item], deed: 'read' }))
    assert.deepEqual((await here.inbox('agent', '?show=all')).map(({ state }) => state), ['read', 'unread']) // oxfmt-ignore
    const { count, batch } = await here.ok(
      here.as('agent', 'POST', '/inbox/triage', { all: { show: 'all' }, deed: 'done' }),
    )
    assert.equal(count, 2)
    assert.equal((await here.inbox('agent', '?show=done')).length, 3)
    assert.deepEqual(await here.ok(here.as('agent', 'POST', '/inbox/undo', { batch })), { count: 2 })
    assert.deepEqual((await here.inbox('agent', '?show=all')).map(({ state }) => state), ['read', 'unread']) // oxfmt-ignore
    assert.deepEqual(await here.ok(here.as('agent', 'POST', '/inbox/undo', { batch })), { count: 0 }, 'once')
  })
  it('of however much is triaged by as many statements as of a little, and each notice of a step is journalled', async () => {
    const { server, people } = here
    const statementsFor = async (n: number): Promise<number> => {
      const { id } = await here.incident({ assignee: people.agent.id })
      await here.follow()
      await server.db.query(
        `insert into notice (org, id, created_at, updated_at, person, subject, on_record, on_id) select 1, $1::bigint * 1000 + n, now(), now(), $2, 'A step', 'incident', $1 from generate_series(1, $3::integer) n`,
        [id, people.agent.id, n],
      )
      const sent = await server.statements.during(() => here.ok(here.as('agent', 'POST', '/inbox/triage', { all: { show: 'all' }, deed: 'done' }))) // oxfmt-ignore
      const read = await server.db.query('select read_at is not null as "isRead", rev, updated_by from notice where on_id = $1', [id]) // oxfmt-ignore
      assert.deepEqual(
        read,
        Array.from({ length: n }, () => ({ isRead: true, rev: 2, updated_by: people.agent.id })),
      )
      const told = await server.db.query("select 1 as one from journal where record = 'notice' and action = 'change' and record_id between $1::bigint * 1000 and $1::bigint * 1000 + 999 and changes ? 'readAt'", [id]) // oxfmt-ignore
      assert.equal(told.length, n)
      return sent
    }
    assert.equal(await statementsFor(40), await statementsFor(2))
  })
  it('belongs to one person: another can neither read nor triage its lines', async () => {
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const [{ item }] = await here.inbox('agent')
    for (const who of ['manager', 'administrator', 'outsider'] as const)
      assert.deepEqual((await here.ok(here.as(who, 'POST', '/inbox/triage', { items: [item], deed: 'done' }))).count, 0)
    assert.equal((await here.inbox('agent')).length, 1)
  })
  it('puts a line off until its time, and brings it back when something new happens', async () => {
    const { id } = await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const [{ item }] = await here.inbox('agent')
    problem(await here.as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze', until: '2020-01-01T00:00:00Z' }), 400) // oxfmt-ignore
    problem(await here.as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze' }), 400)
    await here.ok(here.as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze', until: 'tomorrow' }))
    assert.deepEqual(await here.inbox('agent'), [])
    assert.equal((await here.inbox('agent', '?show=snoozed')).length, 1)
    await wakeSnoozed(here.server.store)
    assert.deepEqual(await here.inbox('agent'), [], 'not before its time')
    await here.server.db.query("update inbox set snoozed_until = now() - interval '1 minute'")
    await wakeSnoozed(here.server.store)
    assert.equal((await here.inbox('agent')).length, 1)
    await here.ok(here.as('agent', 'POST', '/inbox/triage', { items: [item], deed: 'snooze', until: 'monday' }))
    await here.ok(here.as('manager', 'POST', `/incidents/${id}/comments`, { body: 'News' }))
    await here.follow()
    assert.equal((await here.inbox('agent'))[0].changes, 2)
  })
  it('comes by pages, each line once', async () => {
    const said = { event: 'assigned', at: new Date().toISOString(), by: here.people.manager.id, as: 'assignee', field: 'assignee' } // oxfmt-ignore
    const { id } = await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    await here.server.db.query(
      "insert into incident select (jsonb_populate_record(i, jsonb_build_object('id', 900000 + n))).* from incident i, generate_series(1, 120) n where i.id = $1", // oxfmt-ignore
      [id],
    )
    await here.server.db.query(
      "insert into inbox (org, person, record, record_id, why, happened, changes, last_at) select 1, $1, 'incident', 900000 + n, 'assigned', jsonb_build_array($2::jsonb), 1, now() - make_interval(secs => n / 3) from generate_series(1, 120) n", // oxfmt-ignore
      [here.people.agent.id, said],
    )
    const seen: number[] = []
    for (let after = ''; ;) {
      const { body } = await here.as(
        'agent',
        'GET',
        `/inbox${after === '' ? '' : `?after=${encodeURIComponent(after)}`}`,
      )
      seen.push(...body.items.map(({ item }: Loose) => item))
      if (body.next === null) break
      after = body.next
    }
    assert.deepEqual([seen.length, new Set(seen).size], [121, 121])
    assert.deepEqual((await here.as('agent', 'GET', '/inbox/count')).body, { unread: 100 })
    problem(await here.as('agent', 'GET', '/inbox?after=nonsense'), 400)
    await here.server.db.query('delete from incident where id >= 900000')
  })
  it('is heard of at once by its person, and by nobody else', async () => {
    const mine = await openStream(here.server.url, here.people.agent.token)
    const other = await openStream(here.server.url, here.people.auditor.token)
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    await mine.until(({ changed }) => changed?.some(([name, id]) => name === 'inbox' && id === here.people.agent.id))
    // What is told later comes after: had the first come here, it would be there by now.
    await here.server.db.transaction(async (on) => {
      await tellInboxes(on, 1, [here.people.agent.id, here.people.auditor.id])
    })
    const told = await other.until(({ changed }) => changed?.some(([name]) => name === 'inbox'))
    assert.deepEqual(
      told.changed?.filter(([name]) => name === 'inbox'),
      [['inbox', here.people.auditor.id]],
    )
    mine.close()
    other.close()
  })
  it('speaks the language of its reader', async () => {
    await here.incident({ assignee: here.people.agent.id })
    await here.follow()
    const { body } = await here.server.call('GET', '/inbox', {
      token: here.people.agent.token,
      headers: { 'accept-language': 'de' },
    })
    assert.match((body as Loose).items[0].lines[0].text, /^manager of 1 hat Sie eingetragen: Zuständig\.$/)
  })
})

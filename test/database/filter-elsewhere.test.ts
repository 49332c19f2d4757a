// Filters by what stands elsewhere: a field of what a reference names, and how a clock stands. Nobody learns of rows or fields that they may not read.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import { list } from '#kit/list.ts'
import { Refusal } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import { openDesk, type Colleague, type Desk } from '../setup/desk.ts'

let desk: Desk
let lead: Colleague
let requester: Colleague
before(async () => {
  desk = await openDesk()
  lead = await desk.person('Lena Lead', 'lead')
  requester = await desk.person('Rita Requester', 'requester')
  const { store } = desk
  const record = (name: string) => store.catalogue.get(name)
  for (const [subject, duty] of [
    ['Lamps', '9'],
    ['Locks', '8'],
  ] as const) {
    // oxfmt-ignore
    const plan = await store.create(lead.actor, record('obligation'), { subject, rule: 'FREQ=MONTHLY', firstOn: '2026-07-10', duty, active: false }) // oxfmt-ignore
    const task = await store.create(lead.actor, record('task'), { subject, assignee: { id: requester.actor.person } })
    await run(store.db, sql`update task set obligation = ${plan.id} where org = ${lead.actor.org} and id = ${task.id}`)
  }
  await store.create(lead.actor, record('task'), {
    subject: 'Of no obligation',
    assignee: { id: requester.actor.person },
  })
  for (const [subject, state] of [
    ['In time', 'met'],
    ['Late', 'breached'],
    ['Without', null],
  ] as const) {
    // oxfmt-ignore
    const made = await store.create(lead.actor, record('incident'), { subject })
    if (state !== null)
      await run(
        store.db,
        sql`insert into clock (org, record, record_id, name, state, started_at) values (${lead.actor.org}, 'incident', ${made.id}, 'resolution', ${state}, now())
          on conflict (org, record, record_id, name) do update set state = excluded.state`,
      )
    else await run(store.db, sql`delete from clock where record = 'incident' and record_id = ${made.id}`)
  }
})
async function subjects(record: string, filter: string, actor: Actor = lead.actor): Promise<unknown[]> {
  const { store } = desk
  const context = { catalogue: store.catalogue, actor, now: desk.now(), zone: 'UTC' }
  const found = await list(store.db, context, store.catalogue.get(record), { filter, sort: 'id', fields: ['subject'] })
  return found.items.map((row) => row['subject'])
}
async function refusal(record: string, filter: string, actor: Actor = lead.actor): Promise<string> {
  const error = await subjects(record, filter, actor).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof Refusal, `"${filter}" was taken`)
  const { at = -1, length = 0, detail } = error.errors[0] ?? { detail: '' }
  return `${filter.slice(at, at + length)}: ${detail}`
}

describe('a filter by what stands elsewhere', () => {
  it('finds rows by a field of what their reference names', async () => {
    assert.deepEqual(await subjects('task', 'obligation.duty:9'), ['Lamps'])
    assert.deepEqual(await subjects('task', 'obligation.duty:8,9'), ['Lamps', 'Locks'])
    assert.deepEqual(await subjects('task', '-obligation.duty:9'), ['Locks', 'Of no obligation'])
    assert.deepEqual(await subjects('task', 'obligation.subject~ock status:open'), ['Locks'])
    assert.deepEqual(await subjects('task', 'assignee.name:"Rita Requester" obligation.firstOn<2026-07-11'), ['Lamps', 'Locks']) // oxfmt-ignore
  })
  it('finds rows by how a clock of theirs stands', async () => {
    assert.deepEqual(await subjects('incident', 'clock.resolution:met'), ['In time'])
    assert.deepEqual(await subjects('incident', 'clock.resolution:met,breached'), ['In time', 'Late'])
    assert.deepEqual(await subjects('incident', '-clock.resolution:met,breached'), ['Without'])
  })
  it('tells nobody of what they may not read', async () => {
    assert.deepEqual(await subjects('task', 'status:open', requester.actor), ['Lamps', 'Locks', 'Of no obligation'])
    assert.deepEqual(
      await subjects('task', 'obligation.duty:9', requester.actor),
      [],
      'obligations are not for requesters',
    )
    for (const [name, field] of Object.entries(desk.store.catalogue.get('person').fields))
      if (field.confidentiality === 'C3' || field.confidentiality === 'C4')
        assert.match(await refusal('task', `assignee.${name}:x`, requester.actor), /has no field/)
  })
  it('is refused at its place when there is no such thing', async () => {
    assert.match(await refusal('task', 'status:open obligation.colour:red'), /^obligation\.colour: .*has no field "obligation\.colour"/) // oxfmt-ignore
    assert.match(await refusal('task', 'obligation.duty:99'), /^99: "99" is not one of/)
    assert.match(await refusal('task', 'subject.length:3'), /^subject\.length: /)
    assert.match(await refusal('task', 'obligation.assignee.name:x'), /^obligation\.assignee\.name: /)
    assert.match(await refusal('incident', 'clock.lunch:met'), /^clock\.lunch: /)
    assert.match(await refusal('incident', 'clock.resolution:eaten'), /^eaten: "eaten" is not one of: running, /)
    assert.match(await refusal('task', 'clock.resolution:met'), /^clock\.resolution: /, 'tasks have no clocks')
  })
})

// The watch over clocks: a breach is seen coming, told once, and begins an improvement once a day.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { incident } from '#desk'
import '#platform/languages.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { target } from '#services'
import { speaks } from '../setup/language.ts'
import { ground, keptClocks, openLevels, promise, type Ground, type Levels } from '../setup/levels.ts'

let levels: Levels
let on: Ground
let sla: AnyRow
let tgt: AnyRow
before(async () => {
  levels = await openLevels()
  on = await ground(levels)
  const escalations = [
    { at: 0.5, do: 'notify', to: 'assignee' },
    { at: 0.8, do: 'notify', to: 'lead' },
    { at: 1, do: 'notify', to: 'owner' },
    { at: 1, do: 'action', to: 'lead' },
  ]
  ;({ sla, tgt } = await promise(
    levels,
    on.hours,
    { name: 'Standard' },
    { workingMinutes: 240, warnAt: [0.5, 0.8], escalations },
  ))
})
const report = (more: Record<string, unknown> = {}) =>
  levels.add(incident, { subject: 'ERP is slow', service: on.erp.id, team: on.desk.id, assignee: on.anna.id, ...more })
const level = async (of: AnyRow) => (await levels.store.get(levels.actor, incident, of.id))['level']
const notices = (of: AnyRow) =>
  run<{ person: number; subject: string; because: string }>(
    levels.store.db,
    sql`select person, subject, because from notice where on_record = 'incident' and on_id = ${of.id} order by id`,
  )
const actions = () =>
  run<{ id: number; because: string; owner: number; on_id: number }>(
    levels.store.db,
    sql`select id, because, owner, on_id from action order by id`,
  )

describe('the watch', () => {
  it('tells each step once, though it runs twice and at once', async () => {
    levels.at('2026-11-02T08:00:00.000Z')
    const made = await report()
    await levels.settle()
    assert.deepEqual((await levels.watch('2026-11-02T09:59:59.000Z')).clocks, 0)
    await levels.watch('2026-11-02T10:00:00.000Z')
    await levels.watch('2026-11-02T10:00:30.000Z')
    assert.deepEqual(
      (await notices(made)).map((one) => one.person),
      [on.anna.id],
    )
    assert.equal(await level(made), 'ok', 'half of the time is no risk yet')
    await Promise.all([levels.watch('2026-11-02T11:30:00.000Z'), levels.watch('2026-11-02T11:30:00.000Z')])
    await levels.watch('2026-11-02T11:30:30.000Z')
    assert.deepEqual(
      (await notices(made)).map((one) => one.person),
      [on.anna.id, on.bert.id],
    )
    assert.equal(await level(made), 'risk')
    const [, second] = await notices(made)
    assert.match(second?.subject ?? '', /INC-\d+: 80 % of the time for resolution has passed/)
    assert.match(second?.because ?? '', /3 h 12 min of 4 h of service hours.*Promised by SLA-1 "Standard" \(TGT-1\)/)
  })

  it('marks a breach and begins one improvement a day for each service level', async () => {
    levels.at('2026-11-03T08:00:00.000Z')
    const first = await report()
    const second = await report()
    await levels.settle()
    await levels.watch('2026-11-03T12:00:00.000Z')
    assert.equal(await level(first), 'risk', 'the due instant itself is in time')
    await levels.watch('2026-11-03T12:00:01.000Z')
    await levels.watch('2026-11-03T12:00:31.000Z')
    assert.deepEqual([await level(first), await level(second)], ['breached', 'breached'])
    assert.deepEqual(
      (await notices(first)).map((one) => one.person),
      [on.anna.id, on.bert.id, on.bert.id],
    )
    const made = await actions()
    assert.deepEqual(
      made.map((one) => [one.on_id, one.owner]),
      [[sla.id, on.bert.id]],
    )
    assert.match(
      made[0]?.because ?? '',
      /Resolution is overdue \(4 h of 4 h.*"Resolution" was met \d+ times and breached \d+ times/s,
    )
  })

  it('writes its reasons into the journal', async () => {
    const [entry] = await run<{ origin: string; reason: string }>(
      levels.store.db,
      sql`select origin, reason from journal where record = 'action' order by at limit 1`,
    )
    assert.equal(entry?.origin, 'rule')
    assert.equal(
      entry?.reason,
      `TGT-${tgt.id} (resolution) of SLA-${sla.id} "Standard": at 100 % begin an improvement action.`,
    )
    const [told] = await run<{ origin: string; reason: string }>(
      levels.store.db,
      sql`select origin, reason from journal where record = 'notice' order by at, id limit 1`,
    )
    assert.equal(told?.reason, `TGT-${tgt.id} (resolution) of SLA-${sla.id} "Standard": at 50 % tell assignee.`)
  })

  it('begins another improvement on another day', async () => {
    levels.at('2026-11-04T08:00:00.000Z')
    await report()
    await levels.settle()
    await levels.watch('2026-11-04T12:00:01.000Z')
    assert.equal((await actions()).length, 2)
  })

  it('sees a breach that ended before it looked, and leaves history alone', async () => {
    levels.at('2026-11-05T08:00:00.000Z')
    const late = await report()
    const old = await report({ openedAt: '2026-10-05T08:00:00.000Z' })
    levels.at('2026-11-05T12:10:00.000Z')
    for (const one of [late, old]) await levels.move(one, 'resolve', { resolution: 'Done.', closureCode: 'fixed' })
    await levels.change(incident, old, { resolvedAt: '2026-10-07T08:00:00.000Z' })
    await levels.settle()
    assert.deepEqual([await level(late), await level(old)], ['breached', 'breached'])
    await levels.watch('2026-11-05T12:11:00.000Z')
    assert.equal((await notices(late)).length, 3)
    assert.equal((await notices(old)).length, 0)
  })

  it('stands still while the clock is paused, and goes on afterwards', async () => {
    levels.at('2026-11-09T08:00:00.000Z')
    const made = await report()
    await levels.move(made, 'wait', { waitingFor: 'requester' })
    await levels.settle()
    await levels.watch('2026-11-10T15:00:00.000Z')
    assert.deepEqual([await level(made), (await notices(made)).length], ['paused', 0])
    levels.at('2026-11-11T08:00:00.000Z')
    await levels.move(made, 'resume')
    await levels.settle()
    await levels.watch('2026-11-11T10:00:00.000Z')
    assert.equal((await notices(made)).length, 1)
  })

  it('takes the steps of a new target, which is a new promise', async () => {
    levels.at('2026-11-12T08:00:00.000Z')
    await levels.add(target, {
      agreement: sla.id,
      clock: 'resolution',
      priority: 'P1',
      workingMinutes: 480,
      escalations: [{ at: 0.5, do: 'notify', to: `P-${on.bert.id}` }],
    })
    const made = await report()
    await levels.settle()
    await levels.watch('2026-11-12T11:30:00.000Z')
    assert.equal((await notices(made)).length, 2)
    await levels.change(incident, made, { impact: 'everyone', urgency: 'high' })
    await levels.settle()
    assert.deepEqual(
      (await keptClocks(levels, made)).map((clock) => [clock.state, clock.warned]),
      [['running', 0]],
    )
    await levels.watch('2026-11-12T12:00:00.000Z')
    assert.equal((await notices(made)).length, 3)
  })

  it('tells whoever has the work in hand of a part that no step tells them of, the last of several, and steps in their language', async () => {
    const { db } = levels.store
    await db.query("insert into role_grant (org, person, role) values (1, $1, 'agent')", [on.anna.id])
    await speaks(db, { org: 1, id: on.bert.id }, 'de')
    levels.at('2026-11-19T08:00:00.000Z')
    const made = await report()
    const nobodys = await report({ assignee: null })
    await levels.settle()
    const heard = async (of: AnyRow): Promise<unknown[]> => {
      const rows = await run<{ happened: { event: string; clock: string; part: number }[] }>(db, sql`select happened from inbox where record = 'incident' and record_id = ${of.id}`) // oxfmt-ignore
      return rows.flatMap(({ happened }) => happened.map(({ event, clock, part }) => [event, clock, part]))
    }
    await levels.watch('2026-11-19T10:00:00.000Z')
    assert.deepEqual(await heard(made), [], 'a step tells the assignee at half of the time')
    await levels.watch('2026-11-19T11:30:00.000Z')
    await levels.watch('2026-11-19T11:30:10.000Z')
    assert.deepEqual(await heard(made), [['due', 'Resolution', 0.8]])
    const [anna, bert] = await notices(made)
    assert.match(anna?.subject ?? '', /: 50 % of the time for resolution has passed$/)
    assert.match(bert?.subject ?? '', /: 80 % der Zeit für Lösung sind vergangen$/)
    assert.doesNotMatch(bert?.because ?? '', /Promised|of the time|service hours/)
    const late = await report()
    await levels.settle()
    await levels.watch('2026-11-20T16:00:00.000Z')
    assert.deepEqual(await heard(late), [['due', 'Resolution', 1]])
    assert.deepEqual(await heard(nobodys), [])
  })
})

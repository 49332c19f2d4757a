// A clock follows the priority in force until it stopped, and what was missed under an earlier priority stays missed.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { agreement, target } from '#services'
import { incident } from '#desk'
import type { AnyRow } from '#kit/record.ts'
import { ground, keptClocks, openLevels, promise, type Ground, type Levels } from '../setup/levels.ts'

let levels: Levels
let on: Ground
before(async () => {
  levels = await openLevels()
  on = await ground(levels)
})
const report = (more: Record<string, unknown> = {}) =>
  levels.add(incident, {
    subject: 'ERP is slow',
    service: on.erp.id,
    requester: on.anna.id,
    team: on.desk.id,
    assignee: on.anna.id,
    ...more,
  })

describe('a clock whose priority changes', () => {
  const LOW = { impact: 'person', urgency: 'low' }
  const HIGH = { impact: 'everyone', urgency: 'high' }
  let sla: AnyRow
  before(async () => {
    levels.at('2026-11-02T08:00:00.000Z')
    const made = await promise(levels, on.hours, { name: 'Graded', rank: 1 }, { workingMinutes: 480 })
    sla = made.sla
    await levels.add(target, { agreement: sla.id, clock: 'resolution', priority: 'P1', workingMinutes: 60 })
  })
  after(() => levels.change(agreement, sla, { active: false }))
  const clockOf = async (of: AnyRow) => (await levels.clocks(of)).get('resolution')
  const said = (clock: Awaited<ReturnType<typeof clockOf>>): string =>
    (clock?.because ?? []).map(({ text }) => text).join(' ')

  it('takes the new target when nothing was missed under the old one', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const made = await report(HIGH)
    levels.at('2026-11-02T09:30:00.000Z')
    await levels.change(incident, made, LOW)
    levels.at('2026-11-02T11:00:00.000Z')
    const clock = await clockOf(made)
    assert.deepEqual([clock?.state, clock?.targetSeconds], ['running', 28_800])
    assert.match(said(clock), /Was P1 until [^.]*10:30/)
  })
  it('stays missed when the priority is lowered after the breach, and says so', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const made = await report(HIGH)
    levels.at('2026-11-02T10:30:00.000Z')
    assert.equal((await clockOf(made))?.state, 'breached')
    await levels.change(incident, made, LOW)
    const clock = await clockOf(made)
    assert.deepEqual([clock?.state, clock?.dueAt], ['breached', '2026-11-02T10:00:00.000Z'])
    assert.match(said(clock), /Was P1 until [^.]*11:30[^.]*already late: a breach stays one/)
    await levels.settle()
    assert.deepEqual(
      (await keptClocks(levels, made)).map(({ name, state }) => [name, state]),
      [['resolution', 'breached']],
    )
    await levels.move(made, 'resolve', { resolution: 'Restarted it.', closureCode: 'fixed' })
    assert.equal((await clockOf(made))?.state, 'breached')
  })
  it('is judged by the priority at its stop, whatever the priority becomes', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const late = await report(HIGH)
    const timely = await report(LOW)
    levels.at('2026-11-02T11:00:00.000Z')
    for (const row of [late, timely])
      await levels.move(row, 'resolve', { resolution: 'Restarted it.', closureCode: 'fixed' })
    levels.at('2026-11-02T12:00:00.000Z')
    await levels.change(incident, late, LOW)
    await levels.change(incident, timely, HIGH)
    assert.equal((await clockOf(late))?.state, 'breached')
    const kept = await clockOf(timely)
    assert.deepEqual([kept?.state, kept?.targetSeconds], ['met', 28_800])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { weekOf } from '../when/days.ts'
import { planWeek } from './lanes.ts'

const entry = (name: string, first: string, last: string | null = first, at: string | null = null) => ({
  name,
  rank: 0,
  span: { first, last, at },
})
const week = weekOf('2026-11-18', 1)
const shown = (entries: ReturnType<typeof entry>[], lanes = 3) =>
  planWeek(week, entries, lanes).map(({ placed, all, hidden }) => ({
    placed: placed.map((one) => `${one.entry.name}@${one.lane}x${one.days}`),
    all,
    hidden,
  }))

describe('the lanes of a week', () => {
  it('puts a span above what has one day, on the same lane of all of its days', () => {
    const plan = shown([entry('meeting', '2026-11-17'), entry('away', '2026-11-17', '2026-11-19')])
    assert.deepEqual(plan[1], { placed: ['away@0x3', 'meeting@1x1'], all: 2, hidden: 0 })
    assert.deepEqual(plan[2], { placed: [], all: 1, hidden: 0 })
  })

  it('cuts what began before and goes on after, and says so', () => {
    const [monday] = planWeek(week, [entry('freeze', '2026-10-01', '2027-01-06')], 3)
    assert.deepEqual(
      monday?.placed.map(({ days, begins, ends }) => ({ days, begins, ends })),
      [{ days: 7, begins: false, ends: false }],
    )
  })

  it('lets what has no end yet run on', () => {
    const [, , wednesday] = planWeek(week, [entry('open', '2026-11-18', null)], 3)
    assert.deepEqual([wednesday?.placed[0]?.days, wednesday?.placed[0]?.ends], [5, false])
  })

  it('uses a lane again as soon as it is free', () => {
    const plan = shown([
      entry('a', '2026-11-16', '2026-11-17'),
      entry('b', '2026-11-17', '2026-11-18'),
      entry('c', '2026-11-18', '2026-11-22'),
    ])
    assert.deepEqual(
      plan.slice(0, 3).map(({ placed }) => placed),
      [['a@0x2'], ['b@1x2'], ['c@0x5']],
    )
  })

  it('hides what finds no lane on all of its days of the week, and counts it on each', () => {
    const plan = shown([entry('long', '2026-11-16', '2026-11-22'), entry('late', '2026-11-19', '2026-11-20')], 1)
    assert.deepEqual(
      plan.map(({ hidden }) => hidden),
      [0, 0, 0, 1, 1, 0, 0],
    )
    assert.deepEqual(
      plan.map(({ all }) => all),
      [1, 1, 1, 2, 2, 1, 1],
    )
  })

  it('gives the list itself its lanes before what is laid above it', () => {
    const plan = shown([{ ...entry('away', '2026-11-16', '2026-11-22'), rank: 1 }, entry('task', '2026-11-18')], 1)
    assert.deepEqual(plan[2], { placed: ['task@0x1'], all: 2, hidden: 1 })
  })

  it('orders one day by the time of day', () => {
    const plan = shown([
      entry('late', '2026-11-18', '2026-11-18', '2026-11-18T15:00:00Z'),
      entry('early', '2026-11-18', '2026-11-18', '2026-11-18T07:00:00Z'),
    ])
    assert.deepEqual(plan[2]?.placed, ['early@0x1', 'late@1x1'])
  })

  it('leaves out what lies outside', () => {
    assert.ok(shown([entry('before', '2026-11-15'), entry('after', '2026-11-23')]).every(({ all }) => all === 0))
  })
})

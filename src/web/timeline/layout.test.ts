import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { arrowPath, barOf, daysOf } from './layout.ts'
import { quarterOf, scaleOf, scaleStep, ticksOf, xOf, zooms } from './scale.ts'

const span = (first: string, last: string | null = first) => ({ first, last, at: null })

describe('the scale of a timeline', () => {
  const days = scaleOf('day', '2026-11-22', 1)

  it('begins with a whole week and is as wide as its days', () => {
    assert.deepEqual([days.first, days.last, days.width], ['2026-11-02', '2027-01-10', 70 * 30])
    assert.equal(scaleOf('day', '2026-11-22', 7).first, '2026-11-08')
  })
  it('begins with a whole month, quarter or week', () => {
    assert.equal(scaleOf('month', '2026-11-22', 1).first, '2026-05-01')
    assert.equal(scaleOf('quarter', '2026-11-22', 1).first, '2025-10-01')
    assert.equal(scaleOf('week', '2026-11-22', 1).first, '2026-10-05')
  })
  it('counts days and not hours, so that a change of the clocks is no wider', () => {
    assert.equal(xOf(days, '2026-11-03') - xOf(days, '2026-11-02'), 30)
    const spring = scaleOf('day', '2026-03-29', 1)
    assert.equal(xOf(spring, '2026-03-30') - xOf(spring, '2026-03-29'), 30)
  })
  it('has marks without gaps that fill it, over the end of a year', () => {
    for (const zoom of zooms) {
      const scale = scaleOf(zoom, '2026-12-15', 1)
      for (const ticks of Object.values(ticksOf(scale, 1))) {
        let reached = 0
        for (const { x, width } of ticks) {
          assert.ok(Math.abs(x - reached) < 1e-6, `${zoom}: ${x} after ${reached}`)
          reached = x + width
        }
        assert.ok(Math.abs(reached - scale.width) < 1e-6)
      }
    }
  })
  it('cuts the first month where the scale begins', () => {
    const [first, second] = ticksOf(days, 1).major
    assert.deepEqual([first?.day, first?.x, first?.width], ['2026-11-01', 0, 29 * 30])
    assert.deepEqual([second?.day, second?.width], ['2026-12-01', 31 * 30])
  })
  it('goes by half of what it shows, and knows quarters', () => {
    assert.equal(scaleStep('day', '2026-11-22', 1), '2026-12-27')
    assert.equal(scaleStep('day', '2026-11-22', -1), '2026-10-18')
    assert.deepEqual(['2026-01-01', '2026-06-30', '2026-12-31'].map(quarterOf), [1, 2, 4])
  })
})

describe('bars', () => {
  const scale = scaleOf('day', '2026-11-22', 1)

  it('reach from the beginning of the first to the end of the last day', () => {
    const bar = barOf(span('2026-11-03', '2026-11-05'), true, scale)
    assert.deepEqual([bar?.x, bar?.width], [30, 90])
  })
  it('go on over the end of a month and a year', () => {
    assert.equal(barOf(span('2026-12-30', '2027-01-02'), true, scale)?.width, 120)
  })
  it('are cut at the ends of the scale, and say so', () => {
    const bar = barOf(span('2026-10-01', '2027-12-31'), true, scale)
    assert.deepEqual([bar?.x, bar?.width, bar?.isCutBefore, bar?.isCutAfter], [0, scale.width, true, true])
  })
  it('run on where there is no end yet', () => {
    const bar = barOf(span('2027-01-09', null), true, scale)
    assert.deepEqual([bar?.width, bar?.isOpen, bar?.isCutAfter], [60, true, false])
  })
  it('are milestones where there is one date', () => {
    const bar = barOf(span('2026-11-02'), false, scale)
    assert.deepEqual([bar?.x, bar?.width, bar?.isMilestone], [3, 24, true])
  })
  it('are none outside of the scale', () => {
    assert.equal(barOf(span('2026-11-01'), true, scale), null)
    assert.equal(barOf(span('2027-01-11'), false, scale), null)
  })
  it('never vanish, however small a day is', () => {
    assert.equal(barOf(span('2026-11-22'), true, scaleOf('quarter', '2026-11-22', 1))?.width, 6)
  })
})

describe('dependencies', () => {
  const bar = (x: number, width = 60) => ({ x, width })

  it('go straight to what begins later', () => {
    assert.equal(arrowPath({ bar: bar(0), row: 0 }, { bar: bar(120), row: 2 }, 34), 'M60,17H69V85H120')
  })
  it('go around between the rows to what begins earlier, down and up', () => {
    assert.equal(arrowPath({ bar: bar(100), row: 0 }, { bar: bar(50), row: 1 }, 34), 'M160,17H169V34H41V51H50')
    assert.equal(arrowPath({ bar: bar(100), row: 1 }, { bar: bar(50), row: 0 }, 34), 'M160,51H169V34H41V17H50')
  })
  it('turn ways of the pointer into whole days', () => {
    assert.deepEqual(
      [44, 46, -44, -46, 3].map((pixels) => daysOf(pixels, { perDay: 30 })),
      [1, 2, -1, -2, 0],
    )
  })
})

// Which backups stay as time goes by: real ones, made by the clock on days of a quarter of a year.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { byTheClock, usualPlace } from '#main/backup/work.ts'
import { keepSettings } from '#main/backup/settings.ts'
import { backupItem } from '#main/backup/health.ts'
import { Archived } from '../setup/archive.ts'

const DAY_MS = 86_400_000
const FIRST = Date.parse('2027-02-01T02:20:00.000Z') // a Monday
/** Days since then on which the machine ran, the last of them Friday, 30 April. */
const DAYS = [0, 1, 2, 20, 27, 28, 29, 30, 44, 58, 69, 75, 76, 77, 82, 83, 84, 86, 87, 88]
const AFTER = 89
const one = new Archived({ PILOTHOUSE_ARCHIVE_TO: 'off' })

before(() => one.open())

/** The installation on another day. */
const on = (day: number): Archived['of'] => {
  const at = new Date(FIRST + day * DAY_MS).toISOString()
  return { ...one.of, store: Object.create(one.of.store, { now: { value: () => at } }) as Archived['of']['store'] }
}
const kept = (): string[] =>
  readdirSync(usualPlace(one.folder)).map((name) => name.replace(/^pilothouse-(....)(..)(..)T.*$/, '$1-$2-$3'))

describe('backups that are kept', () => {
  it('are the newest of each day, week and month, as many as were asked for, and the newest proven one', async () => {
    const settings = { isOn: true, at: '02:15', daily: 3, weekly: 3, monthly: 3, proveDays: 0 }
    await keepSettings(one.of.db, { ...settings, proveDays: 1 })
    await byTheClock(on(0), () => {})
    await keepSettings(one.of.db, settings)
    for (const day of DAYS.slice(1)) {
      await byTheClock(on(day), () => {})
      if (day === 30) assert.deepEqual(kept(), ['2027-02-01', '2027-02-21', '2027-02-28', '2027-03-01', '2027-03-02', '2027-03-03']) // oxfmt-ignore
    }
    assert.deepEqual(kept(), [
      '2027-02-01', // proven
      '2027-02-28', // the newest of February
      '2027-03-31',
      '2027-04-18', // of its week: a Sunday
      '2027-04-25',
      '2027-04-28', // three days
      '2027-04-29',
      '2027-04-30', // and of April
    ])
    assert.match((await backupItem(on(AFTER))).value, /^last 24 h ago, last proven 89 days ago$/)
  })
  it('are one a day, although the clock asks more often', async () => {
    await byTheClock(on(AFTER), () => {})
    const had = kept()
    await byTheClock(on(AFTER + 0.9), () => {})
    assert.deepEqual(kept(), had)
  })
  it('go when fewer are asked for, but never the newest and the newest proven', async () => {
    await keepSettings(one.of.db, { isOn: true, at: '02:15', daily: 1, weekly: 0, monthly: 0, proveDays: 0 })
    await byTheClock(on(AFTER + 1), () => {})
    assert.deepEqual(kept(), ['2027-02-01', '2027-05-02'])
    assert.equal(path.basename(usualPlace(one.folder)), 'backups')
  })
})

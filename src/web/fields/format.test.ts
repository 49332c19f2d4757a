// Values as words follow the language that is spoken and the zone of the person.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { speak } from '../messages/language.ts'
import {
  clockDoubt,
  dayText,
  fromLocalInput,
  instantBrief,
  instantFull,
  moneyText,
  numberText,
  relativeText,
  setPerson,
  shareText,
  weekOrder,
} from './format.ts'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const spaces = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('values as words', () => {
  it('are written as the chosen locale writes them', async () => {
    await speak('de')
    setPerson({ locale: 'de-DE', timeZone: 'Europe/Berlin', orgTimeZone: 'Europe/Berlin' })
    assert.equal(numberText(1234.5), '1.234,5')
    assert.equal(dayText('2026-11-22'), '22. Nov. 2026')
    assert.equal(spaces(moneyText({ minor: 123456, currency: 'EUR' })), '1.234,56 €')
    assert.equal(spaces(shareText(0.125)), '12,5 %')
    assert.equal(relativeText('2026-11-22T08:00:00Z', Date.parse('2026-11-22T10:00:00Z')), 'vor 2 Stunden')
    await speak('en')
    setPerson({ locale: 'en-US', timeZone: 'Europe/Berlin', orgTimeZone: 'Europe/Berlin' })
    assert.equal(numberText(1234.5), '1,234.5')
    assert.equal(dayText('2026-11-22'), 'Nov 22, 2026')
  })

  it('say in a column the time of this year, and of other years the day alone, in the zone of the person', () => {
    setPerson({ locale: 'en-GB', timeZone: 'Europe/Berlin', orgTimeZone: 'Europe/Berlin' })
    const now = new Date().getUTCFullYear()
    assert.equal(instantBrief(`${now}-03-01T08:00:00Z`), '1 Mar, 09:00')
    assert.equal(instantBrief('2024-11-08T23:30:00Z'), '9 Nov 2024')
  })

  it('begin the week where the locale begins it', () => {
    setPerson({ locale: 'de-DE', timeZone: 'UTC', orgTimeZone: 'UTC' })
    assert.equal(weekOrder(days)[0], 'mon')
    setPerson({ locale: 'en-US', timeZone: 'UTC', orgTimeZone: 'UTC' })
    assert.deepEqual(weekOrder(days), ['sun', ...days.slice(0, 6)])
  })

  it('say a time in the zone of the organisation too, where its clocks show another', () => {
    setPerson({ locale: 'en-GB', timeZone: 'Europe/Berlin', orgTimeZone: 'America/New_York' })
    const [own, there] = instantFull('2026-11-22T10:00:00Z').split('\n')
    assert.match(own ?? '', /11:00/)
    assert.match(there ?? '', /^In America\/New_York: .*05:00$/)
    setPerson({ locale: 'en-GB', timeZone: 'Europe/Berlin', orgTimeZone: 'Europe/Vienna' })
    assert.ok(!instantFull('2026-11-22T10:00:00Z').includes('\n'))
  })

  it('take a time that a clock change leaves out as the later one, and one that comes twice as the first, and say so', () => {
    const cases = [
      ['Europe/Berlin', '2027-03-28T02:30', '2027-03-28T01:30:00.000Z', 'skipped'],
      ['Europe/Berlin', '2027-03-28T03:00', '2027-03-28T01:00:00.000Z', null],
      ['Europe/Berlin', '2027-03-28T01:59', '2027-03-28T00:59:00.000Z', null],
      ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', 'twice'],
      ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z', null],
      ['Europe/Berlin', '2026-10-25T01:59', '2026-10-24T23:59:00.000Z', null],
      ['America/New_York', '2027-03-14T02:15', '2027-03-14T07:15:00.000Z', 'skipped'],
      ['America/New_York', '2026-11-01T01:15', '2026-11-01T05:15:00.000Z', 'twice'],
      ['Australia/Lord_Howe', '2026-10-04T02:10', '2026-10-03T15:40:00.000Z', 'skipped'],
      ['UTC', '2026-10-25T02:30', '2026-10-25T02:30:00.000Z', null],
    ] as const
    for (const [timeZone, typed, meant, doubt] of cases) {
      setPerson({ locale: 'en-GB', timeZone, orgTimeZone: timeZone })
      assert.deepEqual([fromLocalInput(typed), clockDoubt(typed)], [meant, doubt], `${timeZone} ${typed}`)
    }
    assert.deepEqual([fromLocalInput('soon'), clockDoubt('soon')], [null, null])
  })
})

// When a notice is sent: digests and quiet hours by the wall clock of the person, also where the clock is changed.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Rhythm } from './notice-time.ts'
import { sendAt } from './notice-time.ts'
import { snoozeUntil } from './snooze-time.ts'

const zone = 'Europe/Berlin'
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)
const when = (now: string, more: Partial<Rhythm>, isUrgent = false): string =>
  sendAt(at(now), { zone, digest: { kind: 'off', at: '08:00' }, quiet: null, ...more }, isUrgent).toString()
const daily = (time: string) => ({ kind: 'daily', at: time }) as const
const weekdays = { kind: 'weekdays', at: '08:00' } as const
const night = { from: '22:00', until: '07:00' }

describe('a mail', () => {
  it('goes at once, with what comes in the same half minute', () => {
    assert.equal(when('2026-11-23T09:00:00Z', {}), '2026-11-23T09:00:30Z')
  })
  it('goes with the digest: the next full hour, the next morning, the next working morning', () => {
    assert.equal(when('2026-11-23T09:00:00Z', { digest: { kind: 'hourly', at: '00:00' } }), '2026-11-23T10:00:00Z')
    assert.equal(when('2026-11-23T09:59:59Z', { digest: { kind: 'hourly', at: '00:00' }, zone: 'Asia/Kolkata' }), '2026-11-23T10:30:00Z') // oxfmt-ignore
    assert.equal(when('2026-11-23T06:59:59Z', { digest: daily('08:00') }), '2026-11-23T07:00:00Z')
    assert.equal(when('2026-11-23T07:00:00Z', { digest: daily('08:00') }), '2026-11-24T07:00:00Z', 'not twice')
    assert.equal(when('2026-11-27T07:00:00Z', { digest: weekdays }), '2026-11-30T07:00:00Z', 'Friday to Monday')
    assert.equal(when('2026-11-28T01:00:00Z', { digest: weekdays }), '2026-11-30T07:00:00Z')
  })
  it('waits for the end of the quiet hours, and does not where they are over, none, or empty', () => {
    assert.equal(when('2026-11-23T21:00:00Z', { quiet: night }), '2026-11-24T06:00:00Z', '22:00 in Berlin')
    assert.equal(when('2026-11-23T05:59:29Z', { quiet: night }), '2026-11-23T06:00:00Z')
    assert.equal(when('2026-11-23T06:00:00Z', { quiet: night }), '2026-11-23T06:00:30Z')
    assert.equal(when('2026-11-23T11:00:00Z', { quiet: { from: '12:00', until: '13:00' } }), '2026-11-23T12:00:00Z')
    assert.equal(when('2026-11-23T21:00:00Z', { quiet: { from: '22:00', until: '22:00' } }), '2026-11-23T21:00:30Z')
    assert.equal(when('2026-11-23T09:00:00Z', { digest: daily('23:00'), quiet: night }), '2026-11-24T06:00:00Z')
  })
  it('about the security of the account is never held', () => {
    assert.equal(when('2026-11-23T21:00:00Z', { digest: weekdays, quiet: night }, true), '2026-11-23T21:00:00Z')
  })
})

describe('when the clock is put forward (29 March 2026, 02:00 to 03:00)', () => {
  it('a digest at an hour that there is not goes an hour later, once', () => {
    assert.equal(when('2026-03-28T12:00:00Z', { digest: daily('02:30') }), '2026-03-29T01:30:00Z')
    assert.equal(when('2026-03-29T01:30:00Z', { digest: daily('02:30') }), '2026-03-30T00:30:00Z')
    assert.equal(when('2026-03-28T12:00:00Z', { digest: daily('08:00') }), '2026-03-29T06:00:00Z', '8 by the new time')
  })
  it('quiet hours end by the new time', () => {
    assert.equal(when('2026-03-28T23:00:00Z', { quiet: night }), '2026-03-29T05:00:00Z')
    assert.equal(when('2026-03-29T00:30:00Z', { quiet: { from: '01:00', until: '02:30' } }), '2026-03-29T01:30:00Z')
  })
})

describe('when the clock is put back (25 October 2026, 03:00 to 02:00)', () => {
  it('a digest at an hour that there is twice goes the first time, and not again', () => {
    assert.equal(when('2026-10-24T12:00:00Z', { digest: daily('02:30') }), '2026-10-25T00:30:00Z')
    assert.equal(when('2026-10-25T00:30:00Z', { digest: daily('02:30') }), '2026-10-26T01:30:00Z')
  })
  it('quiet hours that ended are not quiet again, and a night is an hour longer', () => {
    const short = { from: '22:00', until: '02:30' }
    assert.equal(when('2026-10-25T00:29:00Z', { quiet: short }), '2026-10-25T00:30:00Z')
    assert.equal(when('2026-10-25T01:15:00Z', { quiet: short }), '2026-10-25T01:15:30Z', 'the second 02:15')
    assert.equal(when('2026-10-24T21:00:00Z', { quiet: night }), '2026-10-25T06:00:00Z')
  })
})

describe('a line is put off', () => {
  const now = at('2026-11-22T23:30:00Z') // Monday, 00:30 in Berlin
  const until = (asked: string): string | undefined => snoozeUntil(asked, now, zone)?.toString()
  it('for three hours, to the next morning, to the next Monday', () => {
    assert.equal(until('hours'), '2026-11-23T02:30:00Z')
    assert.equal(until('tomorrow'), '2026-11-24T07:00:00Z')
    assert.equal(until('monday'), '2026-11-30T07:00:00Z')
    assert.equal(snoozeUntil('monday', at('2026-11-22T12:00:00Z'), zone)?.toString(), '2026-11-23T07:00:00Z')
  })
  it('to a time by the wall clock, or an instant, and to nothing else', () => {
    assert.equal(until('2026-12-01T09:15'), '2026-12-01T08:15:00Z')
    assert.equal(until('2026-12-01T09:15:00.000Z'), '2026-12-01T09:15:00Z')
    for (const text of ['', '2026-02-30T09:15', '2026-12-01T25:00', 'soon', '2026-99-01T00:00:00Z']) assert.equal(until(text), undefined, text) // oxfmt-ignore
  })
})

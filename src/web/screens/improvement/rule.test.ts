// Rules of obligations as people say them.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rhythmOf, ruleInWords, ruleOf } from './rule.ts'
import { speak } from '../../messages/language.ts'

await speak('en')

describe('a rule in words', () => {
  it('says how often and when', () => {
    const said: Record<string, string> = {
      'FREQ=DAILY': 'every day',
      'FREQ=WEEKLY;BYDAY=MO,FR': 'every week on Mon, Fri',
      'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25': 'every 3 months on day 25',
      'FREQ=MONTHLY;BYMONTHDAY=-1': 'every month on the last day',
      'FREQ=YEARLY;INTERVAL=2': 'every 2 years',
    }
    for (const [rule, words] of Object.entries(said)) assert.equal(ruleInWords(rule), words)
    assert.match(ruleInWords('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'), /^every year on .*\b29\b/)
  })
  it('stays a rule where it is more than a rhythm', () => {
    for (const rule of [
      'FREQ=MONTHLY;BYDAY=1MO',
      'FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31',
      'FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1',
      'FREQ=HOURLY',
      'FREQ=DAILY;COUNT=3',
      'FREQ=MONTHLY;BYMONTHDAY=40',
      'FREQ=MONTHLY;BYMONTHDAY=1,15',
      'FREQ=DAILY;INTERVAL=0',
      'nonsense',
    ])
      assert.equal(ruleInWords(rule), rule)
  })
  it('is written as it was read', () => {
    for (const rule of [
      'FREQ=DAILY',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      'FREQ=YEARLY',
    ]) {
      const rhythm = rhythmOf(rule)
      assert.ok(rhythm)
      assert.equal(ruleOf(rhythm), rule)
    }
    assert.equal(ruleOf({ frequency: 'DAILY', interval: 1, days: ['MO'], monthDay: 3 }), 'FREQ=DAILY')
  })
})

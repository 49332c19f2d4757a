// One value against one field: what fits, what it becomes, and what is said about what does not.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkValue, isEmpty } from './check.ts'
import * as field from './field.ts'
import type { Field } from './field.ts'

const same = Symbol('same')
type Case = [name: string, field: Field, value: unknown, expected: unknown]
const fits: Case[] = [
  ['text is trimmed to one line', field.text(), '  a\r\n\tb ', 'a b'],
  ['text as long as allowed', field.text({ max: 3 }), 'abc', same],
  ['half a character is replaced', field.text(), 'a\ud800b', 'a\ufffdb'],
  ['long text keeps its lines', field.longText(), ' a\nb ', same],
  ['a choice', field.choice(['low', 'high']), 'high', same],
  ['a number', field.number(), -1.5, same],
  ['a number at its least', field.number({ min: 1 }), 1, same],
  ['minutes', field.duration(), 90, same],
  ['false', field.boolean(), false, same],
  ['an instant', field.instant(), '2026-11-21T14:30:00Z', '2026-11-21T14:30:00.000Z'],
  ['an instant with an offset', field.instant(), '2026-11-21 14:30+01:00', '2026-11-21T13:30:00.000Z'],
  ['a leap day', field.day(), '2024-02-29', same],
  ['money', field.money(), { minor: -5, currency: 'EUR', note: 'x' }, { minor: -5, currency: 'EUR' }],
  ['an address', field.email(), ' Ines@Example.org ', 'Ines@Example.org'],
  ['a web address', field.url(), 'HTTPS://Example.org', 'https://example.org/'],
  ['an IP address', field.ip(), '10.2.0.7', same],
  ['a network', field.ip(), '10.2.0.0/16', same],
  ['an IPv6 address in its short form', field.ip(), '2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['a single address with its full mask', field.ip(), '10.2.0.7/32', '10.2.0.7'],
  ['a structure', field.json(() => null), { a: [1, null] }, same],
  ['tags in small letters, once', field.tags(), ['VIP', ' vip', 'a-b'], ['vip', 'a-b']],
]
const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown
const misfits: [string, Field, unknown, RegExp][] = [
  ['a number for text', field.text(), 5, /Give text/],
  ['one character too many', field.text({ max: 3 }), 'abcd', /At most 3 characters; this has 4/],
  ['a NUL character', field.longText(), 'a\u0000', /NUL/],
  ['an unknown choice', field.choice(['low', 'high']), 'huge', /one of: low, high/],
  ['an inherited name as a choice', field.choice(['low']), 'constructor', /one of: low/],
  ['text for a number', field.number(), '5', /Give a number/],
  ['infinity', field.number(), Infinity, /Give a number/],
  ['not a number', field.number(), NaN, /Give a number/],
  ['a number below its least', field.number({ min: 1 }), 0, /At least 1; this is 0/],
  ['a number above its most', field.number({ max: 5 }), 6, /At most 5; this is 6/],
  ['an enormous number', field.number(), 1e300, /At most/],
  ['half a minute', field.duration(), 0.5, /whole minutes/],
  ['less than no time', field.duration(), -1, /At least 0/],
  ['"true"', field.boolean(), 'true', /true or false/],
  ['an instant without a zone', field.instant(), '2026-11-21T14:30:00', /with its zone/],
  ["ten o'clock on 30 February", field.instant(), '2026-02-30T10:00:00Z', /does not exist|not a date/],
  ['the 13th month', field.instant(), '2026-13-01T00:00:00Z', /does not exist|not a date/],
  ['the year 3000', field.instant(), '3000-01-01T00:00:00Z', /1900 and 2200/],
  ['30 February', field.day(), '2026-02-30', /not a day/],
  ['29 February in a common year', field.day(), '2026-02-29', /not a day/],
  ['a day with a time', field.day(), '2026-02-03T00:00:00Z', /year-month-day/],
  ['money as a number', field.money(), 5, /"minor"/],
  ['half a cent', field.money(), { minor: 0.5, currency: 'EUR' }, /whole number/],
  ['more money than a number holds', field.money(), { minor: 2 ** 53, currency: 'EUR' }, /whole number/],
  ['a small currency', field.money(), { minor: 1, currency: 'eur' }, /three capital/],
  ['two addresses', field.email(), 'a@b.org, c@d.org', /one e-mail/],
  ['no address', field.email(), 'ines', /one e-mail/],
  ['a script as a web address', field.url(), 'javascript:alert(1)', /https/],
  ['a file as a web address', field.url(), 'file:///etc/passwd', /https/],
  ['a name as an IP address', field.ip(), 'localhost', /IP address/],
  ['a mask too long', field.ip(), '10.0.0.0/33', /IP address/],
  ['two masks', field.ip(), '10.0.0.0/8/8', /IP address/],
  ['a zone in an address', field.ip(), 'fe80::1%eth0', /IP address/],
  ['a structure refused by its own check', field.json(() => 'Say why.'), {}, /Say why/],
  ['fifty thousand brackets', field.json(() => null), deep, /nested too deeply/],
  ['a NUL character deep inside', field.json(() => null), { a: [{ 'b\u0000': 1 }] }, /NUL/],
  ['a megabyte', field.json(() => null), 'x'.repeat(1_000_001), /one megabyte/],
  ['a tag of two words', field.tags(), ['two words'], /one word/],
  ['fifty-one tags', field.tags(), Array.from({ length: 51 }, (_, n) => `t${n}`), /at most 50/],
  ['tags as text', field.tags(), 'a', /list/],
]

describe('a value', () => {
  for (const [name, of, value, expected] of fits)
    it(`fits: ${name}`, () => assert.deepEqual(checkValue(of, value), { value: expected === same ? value : expected }))
  for (const [name, of, value, because] of misfits)
    it(`is refused: ${name}`, () => {
      const checked = checkValue(of, value)
      assert.ok('because' in checked, `accepted as ${JSON.stringify(checked)}`)
      assert.match(checked.because, because)
    })

  it('is the same when it is checked a second time', () => {
    const kinds = [
      field.text(),
      field.longText(),
      field.email(),
      field.url(),
      field.ip(),
      field.instant(),
      field.day(),
      field.tags(),
      field.number(),
      field.money(),
    ]
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.emailAddress(),
      fc.webUrl(),
      fc.ipV4(),
      fc.ipV6(),
      fc.double(),
      fc.anything(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.array(fc.string()),
    )
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anything, (of, value) => {
        const first = checkValue(of, value)
        if ('because' in first) assert.ok(first.because.length > 5)
        else assert.deepEqual(checkValue(of, first.value), first)
      }),
      { numRuns: 3000 },
    )
  })

  it('is empty when it says nothing', () => {
    for (const nothing of [null, undefined, '', [], ' ', ' \n\t\u00a0', '\u200b\u2060\ufeff', '\u00ad\u3164'])
      assert.equal(isEmpty(nothing), true, JSON.stringify(nothing))
    for (const something of [0, false, {}, 'a', ' . ', '\u0000', '👩\u200d🚒']) assert.equal(isEmpty(something), false)
  })
})

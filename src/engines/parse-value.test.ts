import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { defaultParseOptions, findParseOptions, parseValue } from './parse-value.ts'
import type { ParseOptions } from './parse-value.ts'

const parse = (kind: string, text: string, options: Partial<ParseOptions> = {}) =>
  parseValue(text, { label: 'Field', kind }, { ...defaultParseOptions, ...options })
const value = (kind: string, text: string, options: Partial<ParseOptions> = {}) => {
  const parsed = parse(kind, text, options)
  return 'value' in parsed ? parsed.value : `refused: ${parsed.because}`
}

const cases: [string, string, unknown, Partial<ParseOptions>?][] = [
  ['instant', '29/2/2016 01:16', '2016-02-29T01:16:00Z', { dateOrder: 'dmy' }],
  ['instant', '2/29/2016 1:16 PM', '2016-02-29T13:16:00Z', { dateOrder: 'mdy' }],
  ['instant', '12/1/2016 12:05 AM', '2016-12-01T00:05:00Z', { dateOrder: 'mdy' }],
  ['instant', '01.02.2026, 08:15 Uhr', '2026-02-01T08:15:00Z', { dateOrder: 'dmy' }],
  ['instant', '2026-03-01T08:15:30.250+02:00', '2026-03-01T06:15:30.250Z'],
  ['instant', '2026-07-01 12:00', '2026-07-01T10:00:00Z', { zone: 'Europe/Berlin' }],
  ['instant', '2026-03-29 02:30', '2026-03-29T01:30:00Z', { zone: 'Europe/Berlin' }],
  ['instant', '2026-10-25 02:30', '2026-10-25T00:30:00Z', { zone: 'Europe/Berlin' }],
  ['instant', '5 Mar 2016 10:00', '2016-03-05T10:00:00Z'],
  ['instant', 'March 5, 2016', '2016-03-05T00:00:00Z'],
  ['instant', '1456708560', '2016-02-29T01:16:00Z'],
  ['day', '29.2.2016', '2016-02-29', { dateOrder: 'dmy' }],
  ['day', '5. Dezember 2025', '2025-12-05'],
  ['day', '31/12/99', '1999-12-31', { dateOrder: 'dmy' }],
  ['number', '1.234,5', 1234.5],
  ['number', '1,234.5', 1234.5],
  ['number', '1 234,5', 1234.5],
  ['number', "1'234.50", 1234.5],
  ['number', '-3', -3],
  ['number', '1.234', 1.234],
  ['number', '1.234', 1234, { decimalSign: ',' }],
  ['number', '1,234,567', 1234567],
  ['number', '2e3', 2000],
  ['number', '12 %', 12],
  ['money', '€ 1.234,56', { minor: 123456, currency: 'EUR' }],
  ['money', '1,234.56 USD', { minor: 123456, currency: 'USD' }],
  ['money', '-$5', { minor: -500, currency: 'USD' }],
  ['money', '(12.00)', { minor: -1200, currency: 'EUR' }],
  ['money', '¥500', { minor: 500, currency: 'JPY' }],
  ['money', 'CHF 10.05', { minor: 1005, currency: 'CHF' }],
  ['money', '1.005', { minor: 101, currency: 'EUR' }, { decimalSign: '.' }],
  ['boolean', 'Ja', true],
  ['boolean', 'non', false],
  ['boolean', 'TRUE', true],
  ['boolean', '0', false],
  ['duration', '1h 30m', 90],
  ['duration', '90', 90],
  ['duration', '01:30', 90],
  ['duration', '1,5 Std', 90],
  ['duration', '2 days', 2880],
  ['duration', '5400', 90, { durationUnit: 1 / 60 }],
  ['duration', 'PT1H30M', 90],
  ['ip', '192.0.2.0/24', '192.0.2.0/24'],
  ['ip', '2001:db8::1', '2001:db8::1'],
  ['email', 'a@b.example', 'a@b.example'],
  ['url', 'https://a.example/x', 'https://a.example/x'],
  ['tags', 'a; b, a', ['a', 'b']],
  ['json', '{"a":1}', { a: 1 }],
  ['text', ' x ', 'x'],
  ['longText', '  - a\n', '  - a'],
  ['instant', '?', null],
  ['text', 'NULL', null],
  ['number', 'n/a', null],
  ['text', '', null],
  ['text', '-', '-', { missing: [''] }],
]

const berlin = { zone: 'Europe/Berlin', dateOrder: 'dmy' } as const
const doubts: [string, string, string | null, Partial<ParseOptions>][] = [
  ['a time that the clock change skips', '2026-03-29 02:30', 'never came in Europe/Berlin, because the clock was put forward past it. It is taken as 03:30 (+02:00).', berlin], // oxfmt-ignore
  ['the first minute that is skipped', '29.03.2026 02:00', 'It is taken as 03:00 (+02:00).', berlin],
  ['the first minute after what is skipped', '29.03.2026 03:00', null, berlin],
  ['the last minute before it', '29.03.2026 01:59', null, berlin],
  ['a time that comes twice', '25.10.2026 02:30', 'came twice in Europe/Berlin, because the clock was put back. The first one (+02:00) is taken.', berlin], // oxfmt-ignore
  ['the last minute that comes twice', '25.10.2026 02:59:59', 'The first one (+02:00) is taken.', berlin],
  ['the first minute that comes once again', '25.10.2026 03:00', null, berlin],
  ['the same with its offset', '25.10.2026 02:30 +01:00', null, berlin],
  ['the same in UTC', '25.10.2026 02:30', null, { ...berlin, zone: 'UTC' }],
  [
    'half an hour that is skipped',
    '2026-10-04 02:15',
    'It is taken as 02:45 (+11:00).',
    { zone: 'Australia/Lord_Howe' },
  ],
  ['a skipped midnight', '2018-11-04 00:15', 'It is taken as 01:15 (-02:00).', { zone: 'America/Sao_Paulo' }],
  ['a day alone, whose midnight is skipped', '2018-11-04', null, { zone: 'America/Sao_Paulo' }],
  ['a day alone, whose midnight comes twice', '2026-11-01', null, { zone: 'America/Havana' }],
]

describe('a time of day', () => {
  for (const [what, text, because, options] of doubts)
    it(`${because === null ? 'says nothing of' : 'tells of'} ${what}`, () => {
      const parsed = parse('instant', text, options)
      assert.ok('value' in parsed && parsed.value !== null)
      if (because === null) assert.equal(parsed.doubt, undefined)
      else assert.ok(parsed.doubt?.because.startsWith(`Field: “${text}” `) && parsed.doubt.because.endsWith(because), JSON.stringify(parsed)) // oxfmt-ignore
    })

  it('is the instant that Temporal finds, in any zone at any quarter hour', () => {
    const zones = ['Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Africa/Casablanca', 'Pacific/Apia', 'Asia/Kathmandu'] // oxfmt-ignore
    const quarter = fc.integer({ min: 0, max: (2035 - 1975) * 365 * 96 })
    fc.assert(
      fc.property(fc.constantFrom(...zones), quarter, (zone, nth) => {
        const local = Temporal.PlainDateTime.from('1975-01-01').add({ minutes: nth * 15 })
        const parsed = parse('instant', local.toString(), { zone })
        const instants = (['earlier', 'later'] as const).map((disambiguation) =>
          local.toZonedDateTime(zone, { disambiguation }).toInstant().toString(),
        )
        assert.equal('value' in parsed && parsed.value, local.toZonedDateTime(zone).toInstant().toString())
        assert.equal('doubt' in parsed && parsed.doubt !== undefined, instants[0] !== instants[1])
      }),
      { numRuns: 2000 },
    )
  })

  it('is told as often as it is written, and the offset of the second coming can be written', () => {
    const again = [1, 2].map(() => parse('instant', '25.10.2026 02:30', berlin))
    const todo = 'If the second one is meant, write +01:00 behind the time.'
    for (const one of again) assert.equal('doubt' in one && one.doubt?.todo, todo)
    assert.equal(value('instant', '25.10.2026 02:30 +01:00', berlin), '2026-10-25T01:30:00Z')
  })
})

describe('a cell', () => {
  for (const [kind, text, expected, options] of cases) {
    it(`reads ${kind} “${text}” as ${JSON.stringify(expected)}${options ? ` with ${JSON.stringify(options)}` : ''}`, () =>
      assert.deepEqual(value(kind, text, options), expected))
  }

  for (const [kind, text] of [
    ['instant', '30/2/2016'],
    ['instant', '2026-01-01 25:00'],
    ['day', '2025-02-29'],
    ['number', '12a'],
    ['number', '1,2,3'],
    ['boolean', 'maybe'],
    ['duration', 'soon'],
    ['ip', '300.1.1.1'],
    ['ip', '10.0.0.0/33'],
    ['email', 'nobody'],
    ['url', 'javascript:alert(1)'],
    ['json', '{'],
    ['money', 'a lot'],
  ] as const) {
    it(`refuses ${kind} “${text}” with what is wrong and what to do`, () => {
      const parsed = parse(kind, text, { dateOrder: kind === 'instant' && text.includes('/') ? 'dmy' : null })
      assert.ok('because' in parsed && parsed.because.includes(text) && parsed.todo.length > 10, JSON.stringify(parsed))
    })
  }

  it('refuses an ambiguous date as long as nobody said the order', () => {
    assert.match(String(value('instant', '3/4/2026 10:00')), /day first or month first/)
    assert.equal(value('instant', '13/4/2026 10:00'), '2026-04-13T10:00:00Z')
  })

  it('finds a choice by value, label, number in front or the mapping', () => {
    const field = {
      label: 'Impact',
      kind: 'choice',
      options: [
        { value: 'medium', label: 'One team' },
        { value: 'high', label: 'High' },
      ],
    }
    const read = (text: string) => parseValue(text, field, { ...defaultParseOptions, choices: { mittel: 'medium' } })
    for (const text of ['MEDIUM', 'one team', '2 - Medium', 'Mittel']) assert.deepEqual(read(text), { value: 'medium' })
    assert.deepEqual(read('huge'), {
      because: 'Impact: “huge” is none of its choices.',
      todo: 'Use one of: One team, High; or say in the mapping which of them it means.',
    })
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'instant',
          'day',
          'number',
          'money',
          'boolean',
          'duration',
          'email',
          'url',
          'ip',
          'json',
          'tags',
          'text',
          'longText',
          'person',
        ),
        fc.string({ unit: 'binary' }),
        (kind, text) => {
          parse(kind, text, { dateOrder: 'dmy', zone: 'Europe/Berlin' })
        },
      ),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(
        fc.constantFrom('instant', 'day', 'number', 'money', 'duration'),
        fc.stringMatching(/^[-+\d/.,: €$ahmEZ]{0,20}$/),
        (kind, text) => {
          parse(kind, text)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('the form of a column', () => {
  it('is found from the one sample that decides it', () => {
    assert.deepEqual(findParseOptions('instant', ['?', '1/3/2016 10:00', '29/2/2016 01:16']).options, {
      dateOrder: 'dmy',
    })
    assert.deepEqual(findParseOptions('day', ['1/3/2016', '2/29/2016']).options, { dateOrder: 'mdy' })
    assert.deepEqual(findParseOptions('day', ['1.3.2016']).options, { dateOrder: 'dmy' })
    assert.deepEqual(findParseOptions('day', ['2016-01-03']).options, { dateOrder: 'ymd' })
  })

  it('is asked for where every sample allows two', () => {
    const { question, options } = findParseOptions('instant', ['3/4/2016 01:16', '5/6/2016 01:16'])
    assert.deepEqual(options, {})
    assert.equal(question?.text, 'Is 3/4/2016 01:16 2016-04-03 (day/month/year) or 2016-03-04 (month/day/year)?')
  })

  it('tells the decimal sign, or leaves it open', () => {
    assert.deepEqual(findParseOptions('number', ['1.234', '0,5']).options, { decimalSign: ',' })
    assert.deepEqual(findParseOptions('number', ['1.234', '5']).options, { decimalSign: null })
  })
})

// Texts that were made to keep a pattern or a parser busy: each is answered or refused in a moment.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findDecimalSign, moneyOf, numberOf } from '#engines/parse-number.ts'
import { parseFilter } from '#kit/filter.ts'
import { contentType } from '#platform/content-type.ts'
import { readBody } from '#platform/body.ts'
import { withoutPasswords } from '#platform/log.ts'
import { guard } from '#platform/transfer/formula.ts'
import { formatShows } from '#platform/transfer/xlsx-date.ts'

const MOST_MS = 1500
const long = 200_000
const nests = (n: number): unknown => {
  let value: unknown = 1
  for (let depth = 0; depth < n; depth++) value = [value]
  return value
}

const attacks: Readonly<Record<string, () => unknown>> = {
  'the kind of a file of comments that never becomes a picture': () =>
    contentType(Buffer.from(`<?xml version="1.0"?>${'<!---->'.repeat(1000)}`), 7022),
  'the kind of a file of unfinished comments': () => contentType(Buffer.from(`<?xml?>${'<!--'.repeat(2000)}`), 8007),
  'an amount of spaces': () => moneyOf(`(${'\t'.repeat(long)}0\t–0`, null, 'EUR'),
  'an amount of signs': () => moneyOf(`${'+ '.repeat(long)}x`, null, 'EUR'),
  'an amount as long as may be': () => moneyOf(`(${' .'.repeat(28)}0\t–0`, null, 'EUR'),
  'a number of digits': () => numberOf(`${'0'.repeat(long)}x`, null),
  'a decimal sign among points': () => findDecimalSign(['.'.repeat(long)]),
  'a format of brackets': () => formatShows(200, new Map([[200, '['.repeat(long)]])),
  'a format of quotes': () => formatShows(200, new Map([[200, '"'.repeat(long)]])),
  'a cell of apostrophes': () => guard("'".repeat(long)),
  'a cell of digits and points': () => guard(`-${'1.'.repeat(long)}x`),
  'a log line of letters': () => withoutPasswords(`${'0'.repeat(long)}:@`),
  'a log line of addresses': () => withoutPasswords('a://'.repeat(long)),
  'a filter of ten thousand conditions': () => parseFilter('status:new '.repeat(10_000)),
  'a filter of ten thousand values': () => parseFilter(`id:${'1,'.repeat(10_000)}1`),
  'a filter of quotes': () => parseFilter(`a:${'"\\'.repeat(long)}`),
  'a filter of one open quote': () => parseFilter(`a:"${'\\\\'.repeat(long)}`),
  'a filter of letters': () => parseFilter('a'.repeat(long)),
  'a filter of dashes': () => parseFilter('-'.repeat(long)),
  'a body nested without end': () => readBody(nests(100_000)),
  'a body of many keys': () => readBody(Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, n]))),
}

describe('[ASVS 1.3.12] [ASVS 2.4.1] takes no more than a moment', () => {
  for (const [name, attack] of Object.entries(attacks))
    it(name, async () => {
      const began = performance.now()
      await Promise.resolve()
        .then(attack)
        .catch((error: unknown) =>
          assert.ok(error instanceof Error && error.constructor.name === 'Refusal', String(error)),
        )
      const took = performance.now() - began
      assert.ok(took < MOST_MS, `${Math.round(took)} ms`)
    })
})

import assert from 'node:assert/strict'
import { it } from 'node:test'
import { minorOf } from './amount.ts'

const cases: readonly (readonly [text: string, currency: string, minor: number | null])[] = [
  ['12500', 'EUR', 1_250_000],
  ['12,500.50', 'USD', 1_250_050],
  ['12.500,50 €', 'EUR', 1_250_050],
  ['12.500', 'EUR', 1_250_000],
  ['1’250’000.05', 'CHF', 125_000_005],
  ['EUR 19,9', 'EUR', 1_990],
  ['1 200 000', 'JPY', 1_200_000],
  ['0', 'EUR', 0],
  ['', 'EUR', null],
  ['about 5', 'EUR', null],
  ['-5', 'EUR', null],
  ['5', 'EURO', null],
]
for (const [text, currency, minor] of cases)
  it(`"${text}" in ${currency} is ${minor}`, () => assert.equal(minorOf(text, currency), minor))

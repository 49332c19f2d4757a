import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { choicesOf, linesOf } from './option-lines.ts'

const before = [
  { value: 'low', label: 'Low' },
  { value: 'high', label: 'High' },
]
const values = (text: string, from = before): string[] | undefined =>
  choicesOf(text, from)?.map(({ value, label }) => `${value}=${label}`)

describe('choices written in lines', () => {
  it('are what they were when nothing is changed', () => {
    assert.deepEqual(choicesOf(linesOf(before), before), before)
    assert.equal(choicesOf(' \n\n', before), null)
    assert.equal(linesOf(null), '')
  })
  it('keep the value of a line that is reworded or moved', () => {
    assert.deepEqual(values('Low\nVery high'), ['low=Low', 'high=Very high'])
    assert.deepEqual(values('High\nLow'), ['high=High', 'low=Low'])
    assert.deepEqual(values('Middle\nLow\nHigh'), ['middle=Middle', 'low=Low', 'high=High'])
  })
  it('get values that a filter can write, none twice', () => {
    assert.deepEqual(values('Größe: L\nGrosse L\ngroße l\n漢字\n!!', []), [
      'grosse-l=Größe: L',
      'grosse-l-2=Grosse L',
      'grosse-l-3=große l',
      'choice=漢字',
      'choice-2=!!',
    ])
    assert.deepEqual(values('A\nA\n A ', []), ['a=A'])
    assert.ok((choicesOf('x'.repeat(300), [])?.[0]?.value.length ?? 99) <= 60)
  })
})

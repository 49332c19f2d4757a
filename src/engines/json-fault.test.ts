import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { jsonFault } from './json-fault.ts'

const cases: [string, string, [number, number] | null][] = [
  ['nothing', '', [1, 1]],
  ['an object that does not end', '{', [1, 2]],
  ['a bracket too many', '{"a":1}}', [1, 8]],
  ['single quotation marks', "{'a':1}", [1, 2]],
  ['a comma before the end', '{\n  "a": 1,\n}', [3, 1]],
  ['a comma that is missing', '[1\n 2]', [2, 2]],
  ['a colon that is missing', '{"a" 1}', [1, 6]],
  ['a line end in a text', '{"a": "x\ny"}', [1, 9]],
  ['an escape that there is not', '["\\x"]', [1, 3]],
  ['a number with a leading zero', '[01]', [1, 2]],
  ['a word', 'undefined', [1, 1]],
  ['a mark alone', '\ufeff', [1, 2]],
  ['a bracket that closes another', '[1}', [1, 3]],
  ['all that JSON has', ' {"a":[1,-2.5e+3,true,false,null,"\\u00e9\\n"],"b":{},"c":[]} ', null],
]

describe('where JSON breaks', () => {
  for (const [what, text, place] of cases)
    it(`is told of ${what}`, () =>
      assert.deepEqual(jsonFault(text), place === null ? null : { line: place[0], column: place[1] }))

  it('is nowhere in what is JSON, and somewhere in what is not', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '0', '\\', 'x'))
      .map(([json, at, sign]) => json.slice(0, at % json.length) + sign + json.slice((at % json.length) + 1))
    fc.assert(
      fc.property(fc.oneof(broken, fc.json(), fc.string()), (text) => {
        assert.equal(jsonFault(text) === null, isJson(text), text)
      }),
      { numRuns: 5000 },
    )
  })

  it('is found below a hundred thousand brackets', () => {
    const deep = '['.repeat(100_000)
    assert.deepEqual(jsonFault(deep), { line: 1, column: 100_001 })
    assert.equal(jsonFault(deep + ']'.repeat(100_000)), null)
  })

  it('is found at once in two million characters', () => {
    const began = performance.now()
    assert.deepEqual(jsonFault(`["${'x'.repeat(2_000_000)}"`), { line: 1, column: 2_000_004 })
    assert.deepEqual(jsonFault(`["${String.raw`\n`.repeat(1_000_000)}`), { line: 1, column: 2_000_003 })
    assert.deepEqual(jsonFault(`[${'1,'.repeat(1_000_000)}`), { line: 1, column: 2_000_002 })
    assert.ok(performance.now() - began < 10_000, 'it hangs')
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false // that is the question
  }
}

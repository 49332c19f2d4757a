// The filter grammar: what is read, what is written back, and where a mistake is said to be.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseFilter, writeFilter, type Operator, type Term as PlacedTerm } from './filter.ts'

type Term = Omit<PlacedTerm, 'places'>
const term = (
  field: string,
  operator: Operator,
  values: string[],
  more: { not?: boolean; at?: number } = {},
): Term => ({
  field,
  operator,
  values,
  not: more.not ?? false,
  at: more.at ?? 0,
})
function terms(text: string): readonly Term[] {
  const parsed = parseFilter(text)
  assert.ok('terms' in parsed, `"${text}" was refused: ${JSON.stringify(parsed)}`)
  return parsed.terms.map(({ field, operator, values, not, at }) => ({ field, operator, values, not, at }))
}
function problem(text: string): { at: number; length: number; because: string } {
  const parsed = parseFilter(text)
  assert.ok('problem' in parsed, `"${text}" was accepted: ${JSON.stringify(parsed)}`)
  return parsed.problem
}

describe('a filter', () => {
  const cases: [string, Term[]][] = [
    ['', []],
    ['  \t\n ', []],
    ['status:open', [term('status', 'is', ['open'])]],
    ['status:open,assigned', [term('status', 'is', ['open', 'assigned'])]],
    ['-priority:P4', [term('priority', 'is', ['P4'], { not: true })]],
    ['a:1 b:2', [term('a', 'is', ['1']), term('b', 'is', ['2'], { at: 4 })]],
    ['createdAt>=-7d', [term('createdAt', '>=', ['-7d'])]],
    ['createdAt<+2h', [term('createdAt', '<', ['+2h'])]],
    ['n<=3', [term('n', '<=', ['3'])]],
    ['n>3', [term('n', '>', ['3'])]],
    ['subject~"paper jam"', [term('subject', 'contains', ['paper jam'])]],
    [String.raw`subject:"say \"no\" \\"`, [term('subject', 'is', [String.raw`say "no" \ `.trim()])]],
    ['subject:""', [term('subject', 'is', [''])]],
    ['custom.cost:5', [term('custom.cost', 'is', ['5'])]],
    ['page:https://example.org/a?b=c', [term('page', 'is', ['https://example.org/a?b=c'])]],
    ['tags:"a,b",c', [term('tags', 'is', ['a,b', 'c'])]],
  ]
  for (const [text, expected] of cases)
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(terms(text), expected))

  const mistakes: [string, number, number, RegExp][] = [
    ['hello', 0, 5, /"hello" is not a condition/],
    ['status:new hello', 11, 5, /"hello" is not a condition/],
    ['status:', 7, 1, /value is missing/],
    ['status:new,', 11, 1, /value is missing/],
    ['status:,new', 7, 1, /value is missing/],
    ['status:"new', 7, 1, /value is missing/],
    ['status:"new"old', 12, 1, /space/],
    ['9lives:yes', 0, 10, /not a condition/],
    ['__proto__:x', 0, 11, /not a condition/],
    [':x', 0, 2, /not a condition/],
    ['--a:b', 0, 5, /not a condition/],
  ]
  for (const [text, at, length, because] of mistakes)
    it(`says where ${JSON.stringify(text)} is wrong`, () => {
      const found = problem(text)
      assert.deepEqual([found.at, found.length], [at, length])
      assert.match(found.because, because)
    })

  it('knows where each value stands', () => {
    const parsed = parseFilter('a:1 -status:new,"in work"')
    assert.deepEqual('terms' in parsed && parsed.terms.map((one) => one.places), [
      [{ at: 2, length: 1 }],
      [
        { at: 12, length: 3 },
        { at: 16, length: 9 },
      ],
    ])
  })
  it('has at most forty conditions of two hundred values', () => {
    assert.equal(terms(Array.from({ length: 40 }, (_, n) => `f${n}:1`).join(' ')).length, 40)
    assert.match(problem(Array.from({ length: 41 }, (_, n) => `f${n}:1`).join(' ')).because, /at most 40/)
    assert.equal(terms(`a:${Array.from({ length: 200 }, (_, n) => n).join(',')}`)[0]?.values.length, 200)
    assert.match(problem(`a:${Array.from({ length: 201 }, (_, n) => n).join(',')}`).because, /At most 200/)
  })

  it('is the same after it was written and read again', () => {
    const operator = fc.constantFrom<Operator>('is', 'contains', '<', '<=', '>', '>=')
    const one = fc.record(
      {
        field: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.]{0,12}$/),
        operator,
        values: fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }),
        not: fc.boolean(),
      },
      { noNullPrototype: true },
    )
    const many = fc.array(one, { maxLength: 8 })
    fc.assert(
      fc.property(many, (written) => {
        const read = terms(writeFilter(written)).map(({ field, operator, values, not }) => ({
          field,
          operator,
          values,
          not,
        }))
        assert.deepEqual(read, written)
      }),
      { numRuns: 500 },
    )
  })

  it('never throws, and always points into the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const parsed = parseFilter(text)
        if ('terms' in parsed) return
        assert.ok(parsed.problem.at >= 0 && parsed.problem.at <= text.length)
        assert.ok(parsed.problem.length > 0 && parsed.problem.because.length > 10)
      }),
      { numRuns: 2000 },
    )
  })
})

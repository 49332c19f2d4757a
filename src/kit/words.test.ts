// Words to search by: accents folded, the last one also as a beginning.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { longText, number, text } from './field.ts'
import { record } from './record.ts'
import { fold, searchText, wordsQuery } from './words.ts'

describe('words', () => {
  const cases: [string, string | null][] = [
    ['printer', 'printer:*'],
    ['Café Münster', 'cafe & munster:*'],
    ['printer ', 'printer'],
    ['a', 'a'],
    ['VPN-Client!', 'vpn & client'],
    ['日本語 テスト', '日本語 & テスト:*'],
    ['', null],
    ["' & | ! ( ) :* <->", null],
    ["o'neill | drop", 'o & neill & drop:*'],
    ['a\u0301bc', 'abc:*'],
    ['ﬁnal', 'final:*'],
  ]
  for (const [q, expected] of cases) it(`"${q}" become ${expected}`, () => assert.equal(wordsQuery(q), expected))

  it('are twelve of sixty characters at most', () => {
    const query = wordsQuery(Array.from({ length: 20 }, () => 'x'.repeat(100)).join(' ')) ?? ''
    assert.equal(query.split(' & ').length, 12)
    assert.ok(query.split(' & ').every((word) => word.replace(':*', '').length === 60))
  })
  it('hold nothing that the query language would read as an operator', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (q) => {
        assert.match(wordsQuery(q) ?? 'none', /^[\p{L}\p{N}]+(?: & [\p{L}\p{N}]+)*(?::\*)?$/u)
      }),
      { numRuns: 1000 },
    )
  })
  it('of a row come from what is declared searchable, and from its tags', () => {
    const thing = record('thing', {
      about: 'A thing.',
      number: 'THG',
      fields: { name: text(), secret: text({ searchable: false }), note: longText(), size: number() },
      list: [],
      can: { read: [], create: [], update: [] },
    })
    const words = searchText(thing, { name: 'Drucker', secret: 'geheim', note: 'Öl', size: 5, tags: ['vip'] })
    assert.equal(words, 'drucker ol vip')
    assert.equal(fold(words), words)
  })
})

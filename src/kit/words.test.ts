// Words to search by: accents folded, the last one also as a beginning.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { longText, number, text } from './field.ts'
import { record } from './record.ts'
import { fold, searchText, wordsQuery } from './words.ts'

const note = record('note', {
  about: 'A note.',
  number: 'NTE',
  fields: { note: longText() },
  list: [],
  can: { read: [], create: [], update: [] },
})

describe('words', () => {
  const cases: [string, string | null][] = [
    ['printer', 'printer:*'],
    ['Café Münster', '(cafe | cafemunster:*) & (munster:* | cafemunster:*)'],
    ['printer ', 'printer'],
    ['a', 'a'],
    ['VPN-Client!', '(vpn | vpnclient) & (client | vpnclient)'],
    ['日本語 テスト', '(日本語 | 日本語テスト:*) & (テスト:* | 日本語テスト:*)'],
    ['', null],
    ["' & | ! ( ) :* <->", null],
    ["o'neill | drop", '(o | oneill) & (neill | oneill | neilldrop:*) & (drop:* | neilldrop:*)'],
    ['a\u0301bc', 'abc:*'],
    ['ﬁnal', 'final:*'],
    ['wi-fi ', '(wi | wifi) & (fi | wifi)'],
    ['wi fi ', '(wi | wifi) & (fi | wifi)'],
    ['INC-12 ', '(inc | inc12) & (12 | inc12)'],
    ['7.4.2 ', '7 & 4 & 2'],
    ['SAP-GUI_x ', '(sap | sapgui | sapguix) & (gui | sapgui | sapguix | guix) & (x | sapguix | guix)'],
    ['a.b.c.d.e ', '(a | ab) & (b | ab | bc) & (c | bc | cd) & (d | cd | de) & (e | de)'],
  ]
  for (const [q, expected] of cases) it(`"${q}" become ${expected}`, () => assert.equal(wordsQuery(q), expected))

  it('are twelve of sixty characters at most', () => {
    const query = wordsQuery(Array.from({ length: 20 }, () => 'x'.repeat(100)).join(' ')) ?? ''
    assert.equal(query.split(' & ').length, 12)
    assert.ok(query.split(' & ').every((word) => word.replace(':*', '').length === 60))
    const short = wordsQuery(Array.from({ length: 20 }, () => 'abc').join('-')) ?? ''
    assert.equal(short.split(' & ').length, 12)
  })
  const word = String.raw`[\p{L}\p{N}]+(?::\*)?`
  const slot = String.raw`(?:${word}|\(${word}(?: \| ${word})+\))`
  const query = new RegExp(`^${slot}(?: & ${slot})*$`, 'u')
  it('hold nothing that the query language would read as an operator', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (q) => {
        assert.match(wordsQuery(q) ?? 'none', query)
      }),
      { numRuns: 1000 },
    )
  })
  const folded: [string, string][] = [
    ['Wi-Fi', 'wi fi wifi'],
    ['WiFi', 'wifi'],
    ['E\u2011Mail', 'e mail email'],
    ['SAP-GUI-Client', 'sap gui client sapgui sapguiclient guiclient'],
    ['Über-Nacht', 'uber nacht ubernacht'],
    ['O’Neill', 'o neill oneill'],
    ['Oʼneill', 'o neill oneill'],
    ['INC-12', 'inc 12 inc12'],
    ['v7.4.2', 'v7 4 2 v74 v742'],
    ['7.4.2 on 2026-11-22', '7 4 2 on 2026 11 22'],
    ['IŞIK ışık İzmir', 'isik isik izmir'],
    ['Straße Łódź', 'strasse lodz'],
    ['日本語・テスト 東京／大阪', '日本語 テスト 東京 大阪 東京大阪'],
    ['👩\u200D💻 laptop-🔥 1️⃣', 'laptop 1'],
    ['Com\u00ADputer', 'computer'],
    ['a/b/c/d/e', 'a b c d e'],
    ['Wi-Fi wi-fi', 'wi fi wi fi wifi'],
  ]
  for (const [text, expected] of folded)
    it(`"${text}" is kept as ${expected}`, () => assert.equal(searchText(note, { note: text }), expected))
  it('of a long text take no longer than its length', () => {
    const began = performance.now()
    for (const text of ['a'.repeat(200_000), 'a-'.repeat(100_000), '-'.repeat(200_000), 'a.b '.repeat(50_000)])
      searchText(note, { note: text })
    assert.ok(performance.now() - began < 5000)
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

// The quick way to canonical JSON gives what the general one does, from JSON as PostgreSQL writes jsonb.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { CanonicalBytes } from './jcs-bytes.ts'
import { canonical } from './jcs.ts'

const bytes = new CanonicalBytes()

describe('canonical JSON of bytes', () => {
  it('is that of the general way, with the names of the fields in order', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 })
    const key = fc.oneof(fc.constantFrom('id', 'title', 'number', 'a', 'Z', 'é', '10', '9', '\u20ac', '😀'), text)
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 6 }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 8 }), (object) => {
        // New each time: of many thousand sets of keys some share a hash, and what follows then is for the general way to decide.
        const own = new CanonicalBytes()
        for (const turn of ['new', 'known']) {
          assert.equal(quick(jsonb(object), own), canonical(object), turn)
          assert.equal(keysOf(own), canonical(Object.keys(object).sort()), turn)
        }
      }),
      { numRuns: 2_000 },
    )
  })
  it('writes numbers as RFC 8785 does, whatever the scale in which they were kept', () => {
    const cases = { '0.10': '0.1', '1000000000000000000000': '1e+21', '-5': '-5', '12.0': '12', '123456789012345678': '123456789012345680', '0.0000001': '1e-7' } // oxfmt-ignore
    for (const [kept, written] of Object.entries(cases)) assert.equal(quick(`{"n": [${kept}]}`), `{"n":[${written}]}`)
  })
  it('refuses what no double holds, and what is no JSON of jsonb', () => {
    for (const text of [
      `{"n": 1${'0'.repeat(400)}}`,
      '{"a":1}',
      '{"a": [1,2]}',
      '{"a": "b',
      '[1]',
      '{"a": x}',
      '{"a": 1}}',
    ])
      assert.equal(quick(text), null, text)
  })
  it('writes text as JSON does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const raw = Buffer.from(text)
        bytes.at = 0
        bytes.text(raw, 0, raw.length)
        assert.equal(bytes.out.toString('utf8', 0, bytes.at), JSON.stringify(text))
      }),
    )
  })
})

function quick(text: string, by = bytes): string | null {
  const raw = Buffer.from(text)
  by.at = 0
  return by.object(raw, 0, raw.length) ? by.out.toString('utf8', 0, by.at) : null
}
function keysOf({ keys }: CanonicalBytes): string {
  const raw = Buffer.alloc(keys.words.length * 4)
  for (const [nth, word] of keys.words.entries()) raw.writeInt32LE(word, nth * 4)
  return raw.toString('utf8', 0, keys.length)
}
/** As jsonb comes out: keys by length, then by bytes; a space after colon and comma; numbers without exponents. */
function jsonb(value: unknown): string {
  if (typeof value === 'number') return plainNumber(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(jsonb).join(', ')}]`
  const byLength = (a: string, b: string): number =>
    Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b))
  const members = Object.entries(value).sort(([a], [b]) => byLength(a, b))
  return `{${members.map(([key, side]) => `${JSON.stringify(key)}: ${jsonb(side)}`).join(', ')}}`
}
function plainNumber(value: number): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  const point = whole.length + Number(power)
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

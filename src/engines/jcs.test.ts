/** Canonical JSON against the examples of RFC 8785. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { canonical, NotCanonical } from './jcs.ts'

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 section 3.2.2', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    assert.equal(
      canonical(value),
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('sorts members at every depth, and leaves the value as it was', () => {
    const value = { b: [{ d: -0, c: null }, 'x'], a: { z: 1, y: [], x: {} }, none: undefined }
    const before = JSON.stringify(value)
    assert.equal(canonical(value), '{"a":{"x":{},"y":[],"z":1},"b":[{"c":null,"d":0},"x"]}')
    assert.equal(canonical({ b: value.b, a: value.a }), '{"a":{"x":{},"y":[],"z":1},"b":[{"c":null,"d":0},"x"]}')
    assert.equal(JSON.stringify(value), before)
  })

  it('sorts members by UTF-16 code units, as in RFC 8785 section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    const order = [...canonical(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1])
    assert.deepEqual(order, [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  const numbers: [value: number, text: string][] = [
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-5e-324, '-5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [2 ** 68, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [1e23, '1e+23'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [333333333.3333332, '333333333.3333332'],
    [Number('-0.0000033333333333333333'), '-0.0000033333333333333333'],
    [Number('1424953923781206.25'), '1424953923781206.2'],
  ]
  for (const [value, text] of numbers)
    it(`writes ${text} as RFC 8785 appendix B does`, () => assert.equal(canonical(value), text))

  it('leaves out undefined members and uses toJSON', () => {
    assert.equal(canonical({ b: undefined, a: Temporal.PlainDate.from('2026-04-03') }), '{"a":"2026-04-03"}')
  })

  for (const [what, value] of [
    ['NaN', { a: [Number.NaN] }],
    ['infinity', { a: [Infinity] }],
    ['a bigint', { a: [1n] }],
    ['half a character', { a: ['\ud800'] }],
    ['undefined in a list', { a: [undefined] }],
  ] as const) {
    it(`refuses ${what} and says where`, () => {
      assert.throws(
        () => canonical(value),
        (error) => error instanceof NotCanonical && error.pointer === '/a/0',
      )
    })
  }
})

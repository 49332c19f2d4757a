// Codes against the vectors of RFC 4226 appendix D, RFC 6238 appendix B and RFC 4648 section 10.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { base32, codeAt, keyUri, stepOf, stepOfCode } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

describe('a one-time code', () => {
  it('is the one of RFC 4226 appendix D', () => {
    const wanted = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ')
    assert.deepEqual(
      wanted.map((_, step) => codeAt(secret, step)),
      wanted,
    )
  })
  it('is the one of RFC 6238 appendix B', () => {
    const wanted: [number, string][] = [
      [59, '94287082'],
      [1_111_111_109, '07081804'],
      [1_111_111_111, '14050471'],
      [1_234_567_890, '89005924'],
      [2_000_000_000, '69279037'],
      [20_000_000_000, '65353130'],
    ]
    for (const [seconds, code] of wanted) assert.equal(codeAt(secret, stepOf(seconds * 1000), 8), code)
  })
  it('is taken one step early or late, not two', () => {
    const now = 1_234_567_890_000
    const shifted = (steps: number): number | null => stepOfCode(secret, codeAt(secret, stepOf(now) + steps), now)
    assert.deepEqual([-2, -1, 0, 1, 2].map(shifted), [null, stepOf(now) - 1, stepOf(now), stepOf(now) + 1, null])
  })
  it('of another form is none', () => {
    for (const code of ['', '1', '1234567', 'abcdef', '００５９２４', ' 05924', '\u0000'.repeat(6), '-05924'])
      assert.equal(stepOfCode(secret, code, 1_234_567_890_000), null, code)
  })
})
describe('a secret', () => {
  it('is written as RFC 4648 section 10 has it, without padding', () => {
    const wanted: [string, string][] = [
      ['', ''],
      ['f', 'MY'],
      ['fo', 'MZXQ'],
      ['foo', 'MZXW6'],
      ['foob', 'MZXW6YQ'],
      ['fooba', 'MZXW6YTB'],
      ['foobar', 'MZXW6YTBOI'],
    ]
    for (const [plain, coded] of wanted) assert.equal(base32(Buffer.from(plain)), coded)
  })
  it('is told to the app with the names escaped', () => {
    assert.equal(
      keyUri(Buffer.from('foobar'), 'Harbour: Works & Co', 'ada+1@harbour.test'),
      'otpauth://totp/Harbour%20%20Works%20%26%20Co:ada%2B1%40harbour.test?secret=MZXW6YTBOI&issuer=Harbour%3A%20Works%20%26%20Co&algorithm=SHA1&digits=6&period=30',
    )
  })
})

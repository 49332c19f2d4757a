// Which new passwords are refused, and that good ones are not.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import { LONGEST, passwordProblem } from './password-rules.ts'

const about = ['Ada Admin', 'ada.admin@harbour.test', 'Harbour Works']

describe('a new password', () => {
  it('may be anything long, in any script, without rules of composition', () => {
    for (const good of [
      'correct horse battery staple',
      'brick lantern otter',
      'пингвин на крыше дома',
      '山羊乘火車去海邊看日出啊哈',
      'x9Kq-wwzR-03bd',
      'only lower case letters',
      '🐧🦊🐢🦉🐝🦋🐌🐙🦀🐠🐳🦓',
      'a '.repeat(10) + 'zebra crossing',
      'v'.repeat(5) + 'Zt0-'.repeat(45),
    ])
      assert.equal(passwordProblem(good, about), null, good)
  })
  it('has twelve characters at least and two hundred at most, counted as people count', () => {
    assert.match(passwordProblem('otter lamps') ?? '', /at least 12/)
    assert.match(passwordProblem('🐧🦊🐢🦉🐝🦋') ?? '', /at least 12/)
    assert.match(passwordProblem('otter lamp', [], 8) ?? 'fine', /fine/)
    assert.match(passwordProblem(`otter lamps ${'x'.repeat(LONGEST)}`) ?? '', /at most 200/)
  })
  it('is none that everybody tries, however it is dressed up', () => {
    for (const bad of [
      'password',
      'Password2026!',
      'P@ssw0rd2026!!',
      'iloveyou12345',
      'qwertyuiop123',
      '123456789012',
      '!!!dragon!!!!',
      'abcdefghijkl',
      'aaaaaaaaaaaa',
      'abababababab',
      'passwordpassword',
      'sunshine1sunshine1',
    ])
      assert.match(passwordProblem(bad, about, 8) ?? 'taken', /everybody tries/, bad)
  })
  it('is none of the 49,233 of the list, 17,950 of which are as long as the shortest that a policy allows', () => {
    const list = [...(dictionary['passwords-common'] as Iterable<string>)] // the package types it as an array of either form
    const long = list.filter((one) => Array.from(one).length >= 8)
    assert.deepEqual([list.length, long.length], [49_233, 17_950])
    const taken = long.filter((one) => passwordProblem(one, [], 8) === null)
    assert.deepEqual(taken, [], 'as it is')
    // At twelve characters most of them need something around them: that does not help.
    const dressed = list.filter((one) => /^\p{L}{4,}$/u.test(one)).map((one) => `${one}2026!2026!`)
    assert.ok(dressed.length > 20_000, `${dressed.length}`)
    assert.deepEqual(dressed.filter((one) => passwordProblem(one) === null), [], 'dressed up') // oxfmt-ignore
  })
  it('holds no name of the person, the organisation or the product', () => {
    for (const bad of ['xx-ada.admin-xx', 'my harbour is blue', 'ADMIN of the sea', 'PilotHouse rocks'])
      assert.match(passwordProblem(bad, about) ?? 'taken', /Leave/, bad)
  })
})

// Which new passwords are refused, and that good ones are not.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
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
  it('holds no name of the person, the organisation or the product', () => {
    for (const bad of ['xx-ada.admin-xx', 'my harbour is blue', 'ADMIN of the sea', 'PilotHouse rocks'])
      assert.match(passwordProblem(bad, about) ?? 'taken', /Leave/, bad)
  })
})

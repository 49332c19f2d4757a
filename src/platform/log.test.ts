import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openLog, withoutPasswords } from './log.ts'

function recorder(): { lines: string[]; write(line: string): void } {
  const lines: string[] = []
  return { lines, write: (line) => lines.push(line) }
}

describe('log', () => {
  it('writes JSON with an ISO time', () => {
    const to = recorder()
    openLog({ to, isHuman: false }).info({ request: 'r1' }, 'served')
    const line = JSON.parse(to.lines[0] ?? '') as Record<string, unknown>
    assert.match(String(line.time), /^\d{4}-\d\d-\d\dT.*Z$/)
    assert.equal(line.msg, 'served')
    assert.equal(line.request, 'r1')
  })

  it('keeps secrets out, however deep', () => {
    const to = recorder()
    const deep = { req: { headers: { authorization: 'canary', cookie: 'canary', 'set-cookie': 'canary' } } }
    openLog({ to, isHuman: false }).warn({ ...deep, password: 'canary', body: { token: 'canary' } }, 'x')
    assert.ok(!to.lines.join('').includes('canary'))
    assert.equal(to.lines.join('').split('[redacted]').length - 1, 5)
  })

  it('keeps rows and passwords out of errors', () => {
    const to = recorder()
    const error = Object.assign(new Error('no way to postgres://pilot:canary@db/x'), {
      code: '23505',
      detail: 'canary',
    })
    openLog({ to, isHuman: false }).error({ err: error }, 'failed')
    assert.ok(!to.lines.join('').includes('canary'))
    assert.ok(to.lines.join('').includes('23505'))
  })

  it('takes the message of an error that is told as an object', () => {
    const to = recorder()
    openLog({ to, isHuman: false }).error({ error: { message: 'the lease was lost', queue: 'seal' } }, 'fault')
    assert.ok(to.lines.join('').includes('"message":"the lease was lost"'))
  })

  it('is one short line on a terminal', () => {
    const to = recorder()
    openLog({ to, isHuman: true }).info({ much: 'more' }, 'Ready on http://127.0.0.1:7300')
    assert.match(to.lines[0] ?? '', /^\d\d:\d\d:\d\d Ready on http:\/\/127\.0\.0\.1:7300\n$/)
  })

  it('hides the password of an address', () => {
    assert.equal(withoutPasswords('postgres://u:p%40:x@h/d'), 'postgres://u:…@h/d')
  })
})

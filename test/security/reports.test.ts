// The address that anybody may report to: it takes reports, and nothing can be made of it.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Answered } from '../setup/call.ts'
import fastify from 'fastify'
import { readConfig } from '#platform/config.ts'
import { securityTxt } from '../../src/main/security-txt.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from '../api/problem.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
const send = (body: unknown, type = 'application/csp-report'): Promise<Answered> =>
  server.call('POST', '//api/csp-reports', {
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': type },
  })
const reported = (): { report: Record<string, string> }[] =>
  server.log
    .map((line) => JSON.parse(line) as { report?: Record<string, string> })
    .filter((line): line is { report: Record<string, string> } => line.report !== undefined)

describe('[ASVS 3.4.7] a report of the content policy', () => {
  it('is written into the log in one line, short and without queries', async () => {
    const said = {
      'document-uri': `${server.url}/desk/incidents?q=who-is-ill`,
      'blocked-uri': 'https://evil.test/x?token=abc#frag',
      'effective-directive': 'script-src-elem',
      'source-file': `${server.url}/assets/a.js?x=1`,
      'line-number': 3,
      'column-number': 9,
      'script-sample': 'personal text',
    }
    assert.equal((await send({ 'csp-report': said })).status, 204)
    assert.deepEqual(reported().at(-1)?.report, {
      page: '/desk/incidents',
      refused: 'https://evil.test/x',
      rule: 'script-src-elem',
      at: `${server.url}/assets/a.js:3:9`,
    })
    const long = {
      'document-uri': 'http://x/' + 'y'.repeat(9000),
      'blocked-uri': 'z\r\nfake log line\u0000'.repeat(900),
      'effective-directive': 'w'.repeat(9000),
    }
    assert.equal((await send({ 'csp-report': long })).status, 204)
    assert.ok((server.log.at(-1)?.length ?? 0) < 2000)
    assert.equal(server.log.at(-1)?.trimEnd().split('\n').length, 1)
  })
  it('of an extension in the reader’s browser is left out', async () => {
    const count = reported().length
    assert.equal(
      (await send({ 'csp-report': { 'source-file': 'moz-extension://abc/x.js', 'blocked-uri': 'inline' } })).status,
      204,
    )
    assert.equal(reported().length, count)
  })
  it('that is none, or of another kind, is refused or ignored', async () => {
    for (const body of [
      'null',
      '[]',
      '5',
      '{}',
      '{"csp-report":null}',
      '{"csp-report":[]}',
      '{"__proto__":{"csp-report":{}}}',
    ]) {
      const answer = await send(body)
      assert.ok(answer.status === 204, `${body}: ${answer.status}`)
    }
    problem(await send('{'), 400)
    problem(await send('{}', 'application/x-www-form-urlencoded'), 415)
    problem(await send('{}', 'text/plain'), 415)
    problem(await send(JSON.stringify({ 'csp-report': { a: 'x'.repeat(60_000) } })), 413)
    problem(
      await server.call('POST', '/incidents', {
        token: server.people.agent.token,
        body: '{}',
        headers: { 'content-type': 'application/csp-report' },
      }),
      415,
    )
  })
  it('is refused when too many come', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => send({ 'csp-report': { 'blocked-uri': 'inline' } })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    assert.ok(refused.length >= 70 && refused.length < 200, String(refused.length))
  })
})

describe('security.txt', () => {
  it('is not there as long as nobody named a contact', async () => {
    problem(await server.call('GET', '//.well-known/security.txt'), 404)
  })
  it('says whom to tell, until when, and where it belongs (RFC 9116)', async () => {
    const config = readConfig({
      PILOTHOUSE_SECURITY_CONTACT: 'mailto:security@harbour.test',
      PUBLIC_URL: 'https://desk.harbour.test',
    })
    const own = fastify()
    securityTxt(own, { config, store: server.store })
    const answer = await own.inject('/.well-known/security.txt')
    await own.close()
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'text/plain; charset=utf-8'])
    const lines = answer.payload.trimEnd().split('\n')
    const fields = new Map(
      lines.map((line) => /^([A-Z][A-Za-z-]+): (\S.*)$/.exec(line)?.slice(1, 3) as [string, string]),
    ) // a line that is no field fails below
    assert.equal(fields.size, lines.length)
    assert.equal(fields.get('Contact'), 'mailto:security@harbour.test')
    assert.equal(fields.get('Canonical'), 'https://desk.harbour.test/.well-known/security.txt')
    const expires = fields.get('Expires') ?? ''
    assert.match(expires, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    const days = (Date.parse(expires) - Date.now()) / 86_400_000
    assert.ok(days > 30 && days < 365, `${days} days`)
    for (const wrong of ['security@harbour.test', 'http://harbour.test', 'javascript:1', 'x\r\nEvil: 1'])
      assert.throws(() => readConfig({ PILOTHOUSE_SECURITY_CONTACT: wrong }), /no contact/, wrong)
  })
})

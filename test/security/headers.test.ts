// What every kind of answer tells a browser about itself, compared whole: a header that is lost or loosened fails here.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { connect } from 'node:net'
import { before, describe, it } from 'node:test'
import { securityHeaders } from '#platform/security-headers.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { Visitor } from '../api/visitor.ts'

const REPORTS = 'report-uri /api/csp-reports'
const API = `default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; sandbox; ${REPORTS}`
const PAGE = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types pilothouse; ${REPORTS}`
const EVERYWHERE = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'accelerometer=(), browsing-topics=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=(), camera=(self)',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
}
/** They differ from answer to answer, and promise nothing. */
const INCIDENTAL = new Set(['date', 'content-length', 'connection', 'keep-alive', 'transfer-encoding', 'x-request-id'])

let server: TestServer
let file: string
before(async () => {
  server = await startTestServer()
  const { token } = server.people.agent
  const made = await server.call('POST', '/incidents', { token, body: { subject: 'x' } })
  const form = new FormData()
  form.append('file', new Blob(['<script>alert(1)</script>']), 'page.html')
  const path = `/incidents/${(made.body as { id: number }).id}/attachments`
  const sent = await server.call('POST', path, { token, body: form })
  file = (sent.body as { url: string }).url
})

function headersOf(
  path: string,
  more: { method?: string; headers?: Record<string, string> } = {},
): Promise<[number, Record<string, unknown>]> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { ...more, agent: false }, (answer) => {
      const told = Object.entries(answer.headers).filter(([name]) => !INCIDENTAL.has(name))
      resolve([answer.statusCode ?? 0, Object.fromEntries(told)])
      answer.destroy()
    })
    asked.on('error', reject).end()
  })
}
const as = (): Record<string, string> => ({ authorization: `Bearer ${server.people.agent.token}` })

describe('[ASVS 3.4.3] [ASVS 3.4.4] [ASVS 3.4.5] [ASVS 3.4.6] the headers of', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const problem = { 'content-type': 'application/problem+json; charset=utf-8' }
  const noStore = { 'cache-control': 'no-store' }
  const bare = { ...EVERYWHERE, ...noStore, 'content-security-policy': API }
  const spoken = { 'content-language': 'en', vary: 'Accept-Language' }
  const api = { ...bare, ...spoken }
  const page = { ...EVERYWHERE, ...noStore, 'content-security-policy': PAGE }

  it('[ASVS 14.3.2] an answer of the API forbid keeping, framing, running and sniffing it', async () => {
    assert.deepEqual(await headersOf('/api/v1/incidents/1', { headers: as() }), [200, { ...api, ...json, etag: '"1"' }])
  })
  it('a head alone are the same', async () => {
    const [status, told] = await headersOf('/api/v1/setup', { method: 'HEAD' })
    assert.deepEqual([status, told], [200, { ...api, ...json }])
  })
  it('an error are the same', async () => {
    assert.deepEqual(await headersOf('/api/v1/incidents/1'), [401, { ...api, ...problem }])
    assert.deepEqual(await headersOf('/api/v1/nothing'), [404, { ...api, ...problem }])
    assert.deepEqual(await headersOf('/nothing'), [404, { ...page, ...spoken, ...problem }])
    assert.deepEqual(await headersOf('/api/v1/incidents/%ff'), [400, { ...api, ...problem }])
  })
  it('[ASVS 3.2.1] [ASVS 5.3.1] [ASVS 5.4.1] a file make it a download that is nobody’s page', async () => {
    const [status, told] = await headersOf(file)
    const { 'content-security-policy': policy, ...rest } = api
    assert.ok(policy)
    assert.deepEqual(
      [status, told],
      [
        200,
        {
          ...rest,
          'content-security-policy': "sandbox; default-src 'none'",
          'cache-control': 'private, max-age=3600',
          'accept-ranges': 'bytes',
          'content-type': 'application/octet-stream',
          'content-disposition': "attachment; filename*=UTF-8''page.html",
        },
      ],
    )
  })
  it('an export make it a download', async () => {
    const [status, told] = await headersOf('/api/v1/incidents/export', { headers: as() })
    const disposition = String(told['content-disposition'])
    assert.match(disposition, /^attachment; filename="incidents-\d{4}-\d\d-\d\d\.csv"$/)
    assert.deepEqual(
      [status, told],
      [200, { ...api, 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition }],
    )
  })
  it('a stream of events are the same', async () => {
    assert.deepEqual(await headersOf('/api/v1/events', { headers: as() }), [
      200,
      { ...api, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
    ])
  })
  it('pages beside the API', async () => {
    assert.deepEqual(await headersOf('/healthz'), [200, { ...page, ...json }])
    assert.deepEqual(await headersOf('/metrics'), [
      200,
      { ...page, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    ])
    const [, docs] = await headersOf('/api/docs', { headers: { 'accept-encoding': 'identity' } })
    assert.equal(docs['content-security-policy'], PAGE)
  })
  it('what is not even HTTP', async () => {
    const { hostname, port } = new URL(server.url)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('nonsense\r\n\r\n'))
      let text = ''
      socket.on('data', (part) => (text += part.toString())).on('close', () => resolve(text))
    })
    for (const [name, value] of Object.entries(bare))
      assert.ok(answer.toLowerCase().includes(`${name}: ${value}`.toLowerCase()), `${name}\n${answer}`)
  })
})

describe('[ASVS 3.4.1] over TLS', () => {
  it('browsers are told to come back over TLS only, for a year and for hosts below', () => {
    assert.equal(securityHeaders('/', true)['Strict-Transport-Security'], 'max-age=31536000; includeSubDomains')
    assert.equal(securityHeaders('/', false)['Strict-Transport-Security'], undefined)
  })
})

describe('[ASVS 3.4.2] other sites', () => {
  it('are never allowed to read an answer, whatever they ask with', async () => {
    for (const origin of ['https://evil.test', 'null', server.url, `${server.url}.evil.test`])
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        const headers = { ...as(), origin, 'access-control-request-method': 'POST' }
        const [, told] = await headersOf('/api/v1/incidents', { method, headers })
        const granted = Object.keys(told).filter((name) => name.startsWith('access-control'))
        assert.deepEqual(granted, [], `${method} from ${origin}`)
      }
  })
})

describe('[ASVS 14.3.1] signing out', () => {
  it('clears what the browser kept', async () => {
    const visitor = new Visitor(server)
    await visitor.signIn('ada@harbour.test', administratorPassword)
    const answer = await visitor.call('DELETE', '/session')
    assert.deepEqual([answer.status, answer.headers.get('clear-site-data')], [204, '"storage"'])
  })
})

describe('[ASVS 13.4.4] TRACE, and methods that nothing answers', () => {
  it('are refused', async () => {
    for (const method of ['TRACE', 'CONNECT', 'OPTIONS', 'PROPFIND', 'TRACK'])
      if (method !== 'CONNECT') {
        const [status] = await headersOf('/api/v1/incidents', { method, headers: as() })
        assert.ok(status >= 400 && status < 500, `${method}: ${status}`)
      }
  })
})

describe('[ASVS 13.4.1] [ASVS 13.4.3] files beside the product', () => {
  it('are not served: no folder is listed, no source, no configuration', async () => {
    for (const path of [
      '/.git/config',
      '/.env',
      '/package.json',
      '/src/main.ts',
      '/assets/',
      '/assets',
      '/dist/',
      '/data/secret',
      '/..%2fpackage.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/index.html',
      '//etc/passwd',
    ]) {
      const [status] = await headersOf(path)
      assert.ok(status === 404 || status === 403 || status === 400, `${path}: ${status}`)
    }
  })
})

describe('[ASVS 13.4.2] [ASVS 16.5.1] the server', () => {
  it('tells neither its kind nor its version', async () => {
    for (const path of ['/api/v1/setup', '/nothing', '/healthz']) {
      const [, told] = await headersOf(path)
      assert.equal(told['server'], undefined)
      assert.equal(told['x-powered-by'], undefined)
    }
  })
})

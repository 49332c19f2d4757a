// Requests that are too large, too deep, broken, forged or of the wrong kind; files that come in.
import assert from 'node:assert/strict'
import { request as rawRequest } from 'node:http'
import { connect } from 'node:net'
import { before, describe, it } from 'node:test'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

let server: TestServer
let agent: string
before(async () => {
  server = await startTestServer()
  agent = server.people.agent.token
})
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> =>
  server.call('POST', path, { body, token: agent, headers })
const idOf = (answer: Answered): number => (answer.body as { id: number }).id

describe('a parameter', () => {
  it('with a NUL is refused before anything is sent, also of a download', async () => {
    for (const path of [
      '/incidents?q=a%00b',
      '/incidents/export?filter=subject%3Aa%00b',
      '/journal/export?action=a%00b',
    ])
      problem(await server.call('GET', path, { token: server.people.administrator.token }), 400, /NUL/)
  })
})

describe('an upload', () => {
  let path = ''
  before(async () => {
    path = `/incidents/${idOf(await post('/incidents', { subject: 'with a file' }))}/attachments`
  })
  const send = (content: Blob, name: string, part = 'file'): Promise<Answered> => {
    const form = new FormData()
    form.append(part, content, name)
    return server.call('POST', path, { body: form, token: agent })
  }
  it('is kept with its type by content and fetched without cookies from an address that was signed', async () => {
    const made = await send(new Blob(['\x89PNG\r\n\x1a\n']), 'screen.exe')
    const row = made.body as { url: string; sha256: string; size: number }
    assert.equal(made.status, 201, made.text)
    const got = await server.call('GET', row.url.replace('/api/v1', ''))
    assert.deepEqual([got.status, got.headers.get('content-type')], [200, 'application/octet-stream'])
    assert.match(got.headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''screen.exe$/)
    for (const bad of [
      row.url.replace(/key=.*/, 'key='),
      row.url.replace(/key=\d+/, 'key=99999999'),
      row.url.replace('screen', 'other'),
      row.url.replace(/key=.*/, `key=${'1.'.repeat(50)}`),
    ])
      problem(await server.call('GET', bad.replace('/api/v1', '')), 404)
  })
  it('may be empty, and may have any name; no name is a path', async () => {
    assert.equal((await send(new Blob([]), 'nothing.txt')).status, 201)
    const names: [string, string][] = [
      ['../../etc/passwd', 'passwd'],
      ['C:\\Windows\\system.ini', 'system.ini'],
      ['..', 'file'],
      ['a\u0001b', 'a_b'],
      ['日本.txt', '日本.txt'],
      [`${'x'.repeat(198)}😀😀.txt`, `${'x'.repeat(198)}😀`],
    ]
    for (const [given, expected] of names) {
      const made = await send(new Blob(['x']), given)
      assert.equal(made.status, 201, `${given}: ${made.text}`)
      assert.equal((made.body as { name: string }).name, expected)
    }
  })
  it('without a file, in no form, or in a form that is broken is refused', async () => {
    const form = new FormData()
    form.append('note', 'x')
    problem(await server.call('POST', path, { body: form, token: agent }), 400, /No file was sent/)
    problem(await post(path, { file: 'x' }), 415)
    const broken: [string, string][] = [
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=b', ''],
      ['multipart/form-data; boundary=b', '--b\r\n'],
      [
        'multipart/form-data; boundary=b',
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nno end',
      ],
      ['multipart/form-data; boundary=', '----'],
      ['multipart/mixed; boundary=b', '--b--'],
    ]
    for (const [type, body] of broken) {
      const answer = await server.call('POST', path, { body, token: agent, headers: { 'content-type': type } })
      assert.ok(
        [400, 415, 422].includes(answer.status),
        `${type} ${JSON.stringify(body)}: ${answer.status} ${answer.text}`,
      )
      problem(answer, answer.status)
    }
    const files = await server.call('GET', '/attachments?filter=name:a', { token: agent })
    assert.deepEqual((files.body as { items: unknown[] }).items, [], 'half a file was kept')
  })
  it('that is too large is refused, and nothing of it stays', async () => {
    problem(await send(new Blob([new Uint8Array(50_000_001)]), 'large.bin'), 413, /larger than 50 MB/)
  })
  it('to a record that is not there is refused without waiting for the file', async () => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(3_000_000)]), 'x')
    problem(await server.call('POST', '/incidents/999999/attachments', { body: form, token: agent }), 404)
  })
})

describe('a request', () => {
  it('larger than two megabytes is refused', async () => {
    problem(await post('/incidents', { subject: 'x', description: 'y'.repeat(2_000_001) }), 413)
  })
  it('nested without end is refused', async () => {
    for (const depth of [60, 5000, 450_000]) {
      const deep = `{"subject":"x","custom":${'['.repeat(depth)}${']'.repeat(depth)}}`
      for (const headers of [{} as Record<string, string>, { 'idempotency-key': `deep-${depth}` }]) {
        const answer = await server.call('POST', '/incidents', {
          body: deep,
          token: agent,
          headers: { 'content-type': 'application/json', ...headers },
        })
        problem(answer, 422, /deep/)
      }
    }
  })
  it('that is not JSON says so', async () => {
    const json = { 'content-type': 'application/json' }
    problem(await server.call('POST', '/incidents', { body: '', token: agent, headers: json }), 400, /it is empty/)
    const places = { '{': '1, column 2', undefined: '1, column 1', '{"a":1}}': '1, column 8', "{'a':1}": '1, column 2', '\ufeff': '1, column 2', '{\n"subject": "a secret",\n"x": hunter2}': '3, column 6' } // oxfmt-ignore
    for (const [body, place] of Object.entries(places)) {
      const answer = await server.call('POST', '/incidents', { body, token: agent, headers: json })
      problem(answer, 400, new RegExp(`^The JSON that was sent breaks at line ${place}\\. Correct it there\\.$`))
      assert.doesNotMatch(answer.text, /secret|hunter2/)
    }
    const long = await server.call('POST', '/incidents', { body: '['.repeat(1_900_000), token: agent, headers: json })
    problem(long, 400, /too long to say where/)
    for (const body of ['null', '[]', '"x"', '5', 'true', '[{}]'])
      problem(await server.call('POST', '/incidents', { body, token: agent, headers: json }), 422)
    for (const type of ['application/xml', 'image/png', 'x'])
      problem(
        await server.call('POST', '/incidents', { body: '<a/>', token: agent, headers: { 'content-type': type } }),
        415,
      )
    for (const body of ['{"__proto__":{"x":1}}', '{"constructor":{"prototype":{}}}']) {
      const answer = await server.call('POST', '/incidents', { body, token: agent, headers: json })
      problem(answer, 400, /__proto__ or constructor/)
    }
  })
  it('says where a NUL character or half a character is, or keeps the rest', async () => {
    const body = problem(await post('/incidents', { subject: 'a\u0000b' }), 422, /NUL/)
    assert.partialDeepStrictEqual(body['errors'], [{ pointer: '/subject' }])
    const made = await post('/incidents', { subject: 'half \ud83d', tags: ['x'] })
    assert.equal((made.body as { subject: string }).subject, 'half \ufffd')
    const moved = await post(`/incidents/${idOf(made)}/cancel`, { reason: `${'x'.repeat(1999)}😀` })
    assert.equal(moved.status, 200, moved.text)
    problem(await post(`/incidents/${idOf(made)}/reopen`, { reason: 'a\u0000' }), 422)
    problem(
      await server.call('PATCH', '/settings', { token: server.people.administrator.token, body: { name: 'a\u0000' } }),
      422,
    )
    assert.equal(
      (
        await server.call('PATCH', '/settings', {
          token: server.people.administrator.token,
          body: { name: 'Half \ud800' },
        })
      ).status,
      200,
    )
  })
  it('to nowhere is a problem like any other', async () => {
    for (const path of [
      '/nothing',
      '//api/v2/incidents',
      '//nothing',
      '/incidents/1/nothing/more',
      `/incidents/${'9'.repeat(600)}`,
    ])
      problem(await server.call('GET', path, { token: agent }), 404)
    problem(await server.call('PUT', '/incidents/1', { token: agent, body: {} }), 404)
    problem(await server.call('GET', '/incidents/%ff%fe', { token: agent }), 400)
    problem(await server.call('GET', '/incidents?%ff=%', { token: agent }), 400)
  })
  it('with a field given twice in its address is refused', async () => {
    problem(await server.call('GET', '/incidents?limit=5&limit=6', { token: agent }), 400, /given twice/)
  })
  it('for the head of a page ends', async () => {
    for (const path of ['/incidents', '/events', '/openapi.json']) {
      const answer = await server.call('HEAD', path, { token: agent, patience: 3000 })
      assert.ok(answer.status < 500)
    }
  })
  it('that breaks HTTP itself is answered and closed', async () => {
    for (const text of [
      'GET / HTTP/9\r\n\r\n',
      '\x00\x01\x02\r\n\r\n',
      `GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(70_000)}\r\n\r\n`,
      'POST /api/v1/incidents HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n',
    ]) {
      const answer = await said(text)
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, JSON.stringify(answer))
    }
  })
  it('that stops half way leaves nothing behind', async () => {
    await new Promise<void>((resolve) => {
      const half = rawRequest(`${server.url}/api/v1/incidents`, {
        method: 'POST',
        headers: { authorization: `Bearer ${agent}`, 'content-type': 'application/json', 'content-length': '100' },
      })
      half.on('error', () => resolve())
      half.write('{"subject":"never"')
      setTimeout(() => half.destroy(), 50)
      half.on('close', () => resolve())
    })
    const list = await server.call('GET', '/incidents?filter=subject:never', { token: agent })
    assert.deepEqual((list.body as { items: unknown[] }).items, [])
  })
})
describe('the type of a problem', () => {
  it('is a name of ours, the same for the same kind, whoever refuses: a route, the framework, what reads HTTP', async () => {
    const typeIn = (text: string): unknown => (JSON.parse(text.slice(text.indexOf('{'))) as { type: unknown }).type
    const xml = { headers: { 'content-type': 'application/xml' }, body: '<a/>', token: agent }
    const types = {
      route: typeIn((await server.call('GET', '/incidents/999999999', { token: agent })).text),
      nowhere: typeIn((await server.call('GET', '/no-such-place', { token: agent })).text),
      kind: typeIn((await server.call('POST', '/incidents', xml)).text),
      large: typeIn((await server.call('POST', '/incidents', { body: { subject: 'x'.repeat(3_000_000) }, token: agent })).text), // oxfmt-ignore
      headers: typeIn(await said(`GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`)),
      http: typeIn(await said('NOT HTTP\r\n\r\n')),
    }
    assert.deepEqual(types, {
      route: 'urn:pilothouse:problem:not-found',
      nowhere: 'urn:pilothouse:problem:not-found',
      kind: 'urn:pilothouse:problem:media-type',
      large: 'urn:pilothouse:problem:too-large',
      headers: 'urn:pilothouse:problem:headers-too-large',
      http: 'urn:pilothouse:problem:bad-request',
    })
  })
})
function said(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'))
    let answer = ''
    socket.on('data', (chunk) => void (answer += chunk.toString('latin1')))
    socket.on('close', () => resolve(answer))
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)))
    socket.setTimeout(5000, () => socket.destroy(new Error('no answer in five seconds')))
  })
}

describe('forged cursors, ids and filters', () => {
  it('are refused as what they are', async () => {
    const made = idOf(await post('/incidents', { subject: 'x' }))
    const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const cursors = [
      'x',
      cursor(null),
      cursor(['2026-99-99T99:99:99Z', '0'.repeat(36)]),
      cursor(['2026-01-01T00:00:00.000Z', '-'.repeat(36)]),
      cursor(['2026-01-01T::Z', crypto.randomUUID()]),
      cursor(['0000-01-01T00:00:00.000Z', crypto.randomUUID()]),
    ]
    for (const after of cursors)
      for (const path of [`/incidents/${made}/history`, `/incidents/${made}/timeline`])
        problem(await server.call('GET', `${path}?after=${after}`, { token: agent }), 400)
    for (const id of [
      '0',
      '-1',
      '1.5',
      'x',
      'SVC-1',
      '1e3',
      '9'.repeat(15),
      '9'.repeat(16),
      'constructor',
      "1'--",
      '%00',
    ])
      problem(await server.call('GET', `/incidents/${id}`, { token: agent }), 404)
    for (const id of ['x', '-'.repeat(36), crypto.randomUUID()])
      problem(await server.call('POST', `/admin/jobs/${id}/retry`, { token: server.people.administrator.token }), 404)
    const names = [
      'constructor',
      'toString',
      'valueOf',
      'hasOwnProperty',
      'isPrototypeOf',
      'custom.constructor',
      'nothing',
    ]
    for (const name of names) {
      problem(await server.call('GET', `/incidents?filter=${name}:1`, { token: agent }), 400, /no field/)
      problem(await server.call('GET', `/incidents?sort=${name}`, { token: agent }), 400)
      problem(await server.call('GET', `/incidents/groups?by=${name}`, { token: agent }), 400)
      assert.equal((await server.call('GET', `/incidents?fields=${name}`, { token: agent })).status < 500, true)
    }
    for (const matrix of [
      5,
      null,
      [],
      'x',
      {},
      { impacts: 5, urgencies: [], priorities: [], cells: {} },
      { impacts: ['a'], urgencies: ['b'], priorities: ['P1'], cells: { a: 5 } },
      { impacts: [{}], urgencies: [null], priorities: [1], cells: null },
    ])
      problem(
        await server.call('PATCH', '/settings', {
          token: server.people.administrator.token,
          body: { priorityMatrix: matrix },
        }),
        422,
      )
  })
})

// Whoever asks too much, too slowly, or never stops: the server goes on answering everybody else.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Route } from '#kit/contract.ts'
import { Identities } from '#kit/sign-in.ts'
import { newServer, type HttpParts } from '#platform/http.ts'
import { Idempotency } from '#platform/idempotency.ts'
import { defaultPatience, requestLimits } from '#platform/limits.ts'
import { Overload } from '#platform/overload.ts'
import { networkOf, RateLimit } from '#platform/rate-limit.ts'
import { readConfig } from '#platform/config.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from '../api/problem.ts'

let real: TestServer
const opened: FastifyInstance[] = []
let now = 0
const written = { count: 0 }
const routes: Route[] = [
  {
    method: 'GET',
    path: '/me',
    tag: 't',
    access: 'signed-in',
    summary: 's',
    handle: async (call) => ({ body: { address: call.address } }),
  },
  {
    method: 'POST',
    path: '/take',
    tag: 't',
    access: 'public',
    summary: 's',
    body: { type: 'object' },
    audited: 'Nothing is kept.',
    handle: async () => ({ body: {} }),
  },
  {
    method: 'GET',
    path: '/slow',
    tag: 't',
    access: 'public',
    summary: 's',
    handle: async () => {
      await sleep(300)
      return { body: {} }
    },
  },
  {
    method: 'GET',
    path: '/firehose',
    tag: 't',
    access: 'public',
    summary: 's',
    handle: async () => ({
      events: (send, closed) => {
        const timer = setInterval(() => {
          written.count++
          send('x'.repeat(100_000))
        }, 2)
        closed.addEventListener('abort', () => clearInterval(timer))
      },
    }),
  },
]
before(async () => {
  real = await startTestServer()
})
after(async () => {
  for (const server of opened) await server.close()
})
/** A server of our own over the same persons, with these limits. @returns its address */
async function serve(more: Partial<HttpParts>): Promise<string> {
  const server = await newServer({
    routes,
    identities: new Identities(real.db),
    idempotency: new Idempotency(real.db),
    nowMs: () => Date.now(),
    onFault: (error) => assert.fail(String(error)),
    onDone: () => {},
    onToken: () => {},
    onRefused: () => {},
    isSecure: false,
    recordOf: () => null,
    ...more,
  })
  opened.push(server)
  return server.listen({ port: 0, host: '127.0.0.1' })
}
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })
/** Writes a piece at a time until the server closes. @returns what it said, and how long it bore with us */
function slowly(url: string, pieces: readonly string[], everyMs: number): Promise<{ said: string; tookMs: number }> {
  const { hostname, port } = new URL(url)
  const began = performance.now()
  return new Promise((resolve) => {
    let said = ''
    let at = 0
    const socket = connect(Number(port), hostname)
    const timer = setInterval(() => void (at < pieces.length && socket.write(pieces[at++] ?? '')), everyMs)
    socket.on('data', (part) => (said += part.toString()))
    socket.on('error', () => {}) // closed upon: what is waited for
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ said, tookMs: performance.now() - began })
    })
  })
}

describe('[ASVS 2.4.1] [ASVS 2.3.2] too many requests', () => {
  it('of one person are refused with the time to wait, and nobody else’s are', async () => {
    now = 0
    const url = await serve({ limits: requestLimits({ person: 60, address: 0 }, () => now) })
    const { agent, manager } = real.people
    const ask = (token: string): Promise<Response> => fetch(`${url}/api/v1/me`, { headers: bearer(token) })
    for (let n = 0; n < 60; n++) assert.equal((await ask(agent.token)).status, 200)
    const refused = await ask(agent.token)
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1'])
    assert.match(refused.headers.get('content-type') ?? '', /problem\+json/)
    assert.equal((await ask(manager.token)).status, 200)
    now = 1000
    assert.equal((await ask(agent.token)).status, 200)
    assert.equal((await ask(agent.token)).status, 429)
  })
  it('at the same time are turned away at once, and those let in are answered', async () => {
    const url = await serve({ overload: new Overload(4) })
    const began = performance.now()
    const all = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const answer = await fetch(`${url}/api/v1/slow`)
        return { answer, tookMs: performance.now() - began }
      }),
    )
    const shed = all.filter(({ answer }) => answer.status === 503)
    assert.equal(all.filter(({ answer }) => answer.status === 200).length + shed.length, 40)
    assert.ok(shed.length >= 20, `${shed.length} were turned away`)
    assert.ok(shed.every(({ answer }) => answer.headers.get('retry-after') === '2'))
    const first = shed[0]
    assert.match((await first?.answer.text()) ?? '', /Too much is asked of Pilothouse/)
    assert.equal((await fetch(`${url}/api/v1/slow`)).status, 200)
  })
  it('of one address are refused before anything is looked up', async () => {
    now = 0
    const url = await serve({ limits: requestLimits({ person: 0, address: 30 }, () => now) })
    const statuses: number[] = []
    for (let n = 0; n < 40; n++) statuses.push((await fetch(`${url}/api/v1/nothing`)).status)
    assert.deepEqual(
      [statuses.filter((one) => one === 404).length, statuses.filter((one) => one === 429).length],
      [30, 10],
    )
  })
  it('are counted by network: whoever has an IPv6 network has one share; a flood of addresses gives nobody a new one', () => {
    for (const [address, network] of [
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
      ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
      ['::1', '0:0:0:0::/64'],
      ['fe80::1%eth0', 'fe80:0:0:0::/64'],
      ['10.0.0.1', '10.0.0.1'],
    ])
      assert.equal(networkOf(address ?? ''), network)
    assert.notEqual(networkOf('::ffff:10.0.0.1'), networkOf('::ffff:10.0.0.2'))
    const limit = new RateLimit({ most: 1, perMinute: 1, nowMs: () => 0 })
    assert.ok(limit.take('victim'))
    for (let n = 0; n < 8_000; n++) limit.take(`flood-${n}`)
    assert.ok(!limit.take('victim'))
    for (let n = 0; n < 8_000; n++) limit.take(`more-${n}`)
    assert.ok(!limit.take('victim'), 'the flood must not give tries back')
  })
  it('do not hold up a desk of fifty behind one address at full speed', () => {
    const { rates } = readConfig({})
    const limits = requestLimits(rates, () => now)
    // Fifty people open a page of fifteen requests within the same second, every ten seconds, for ten minutes.
    for (let second = 0; second < 600; second += 10) {
      now = second * 1000
      for (let person = 1; person <= 50; person++)
        for (let n = 0; n < 15; n++) {
          limits.admitAddress('192.0.2.1')
          limits.admitPerson(1, person)
        }
    }
  })
  it('[ASVS 4.1.3] [ASVS 15.3.4] cannot be spread over invented addresses: only a known proxy is believed', async () => {
    const said = async (url: string): Promise<unknown> => {
      const headers = {
        ...bearer(real.people.agent.token),
        'x-forwarded-for': '198.51.100.7, 203.0.113.9',
        'x-real-ip': '1.2.3.4',
        forwarded: 'for=1.2.3.4',
      }
      return ((await (await fetch(`${url}/api/v1/me`, { headers })).json()) as { address: string }).address
    }
    assert.equal(await said(await serve({})), '127.0.0.1')
    assert.equal(await said(await serve({ proxies: ['10.0.0.0/8'] })), '127.0.0.1')
    assert.equal(await said(await serve({ proxies: ['127.0.0.1'] })), '203.0.113.9')
    assert.throws(() => readConfig({ PILOTHOUSE_PROXIES: 'everybody' }), /no address/)
    assert.deepEqual(readConfig({ PILOTHOUSE_PROXIES: '127.0.0.1, 10.0.0.0/8' }).proxies, ['127.0.0.1', '10.0.0.0/8'])
  })
})

describe('[ASVS 15.2.2] slow visitors', () => {
  const patience = { ...defaultPatience, headersMs: 600, requestMs: 1200, silenceMs: 900, checkMs: 100 }
  it('whose headers never end are closed upon, while others are answered', async () => {
    const url = await serve({ patience })
    const drips = Array.from({ length: 20 }, () =>
      slowly(
        url,
        ['GET /api/v1/me HTTP/1.1\r\n', 'host: x\r\n', ...Array.from({ length: 100 }, (_, n) => `x-${n}: y\r\n`)],
        100,
      ),
    )
    await sleep(300)
    assert.equal((await fetch(`${url}/api/v1/me`, { headers: bearer(real.people.agent.token) })).status, 200)
    for (const { said, tookMs } of await Promise.all(drips)) {
      assert.ok(tookMs < 2500, `${tookMs} ms`)
      assert.match(said, /^HTTP\/1\.1 408 /)
    }
  })
  it('whose body comes a byte at a time are closed upon', async () => {
    const url = await serve({ patience })
    const head =
      'POST /api/v1/take HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"a":"'
    const { said, tookMs } = await slowly(url, [head, ...Array.from({ length: 200 }, () => 'x')], 50)
    assert.ok(tookMs < 3000, `${tookMs} ms`)
    assert.match(said, /^HTTP\/1\.1 408 /)
  })
  it('who say nothing at all are closed upon', async () => {
    const url = await serve({ patience })
    assert.ok((await slowly(url, [], 1000)).tookMs < 2500)
  })
  it('who ask and never read do not fill the memory', async () => {
    const url = await serve({ patience })
    const { hostname, port } = new URL(url)
    written.count = 0
    const before_ = process.memoryUsage().rss
    const sockets: Socket[] = []
    for (let n = 0; n < 5; n++) {
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET /api/v1/firehose HTTP/1.1\r\nhost: x\r\n\r\n'),
      )
      socket.pause().on('error', () => {}) // closed upon: what is waited for
      sockets.push(socket)
    }
    await sleep(1500)
    const first = written.count
    await sleep(500)
    assert.ok(written.count - first < 5, 'streams that nobody reads go on')
    assert.ok(process.memoryUsage().rss - before_ < 150_000_000)
    for (const socket of sockets) socket.destroy()
  })
})

describe('[ASVS 15.2.2] too many connections', () => {
  it('of one address are closed at once, and those that are open are served', async () => {
    const url = await serve({ patience: { ...defaultPatience, connectionsOfAddress: 10 } })
    const { hostname, port } = new URL(url)
    const sockets = Array.from({ length: 40 }, () => connect(Number(port), hostname).on('error', () => {})) // closed upon: what is waited for
    await sleep(300)
    const open = sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open')
    assert.equal(open.length, 10)
    const [first] = open
    const answer = await new Promise<string>((resolve) => {
      first?.once('data', (part) => resolve(part.toString()))
      first?.write('GET /api/v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n')
    })
    assert.match(answer, /^HTTP\/1\.1 404 /)
    for (const socket of sockets) socket.destroy()
    await sleep(100)
    assert.equal((await fetch(`${url}/api/v1/nothing`)).status, 404)
  })
})

describe('[ASVS 1.3.3] [ASVS 15.3.7] [ASVS 2.2.1] a request that is large in one dimension', () => {
  const ask = (path: string): ReturnType<TestServer['call']> =>
    real.call('GET', path, { token: real.people.agent.token })
  it('is refused quickly: a long address, many parameters, one parameter twice, ten thousand conditions', async () => {
    const paths = [
      `/incidents?filter=${'x'.repeat(20_000)}`,
      `/incidents?${Array.from({ length: 1500 }, (_, n) => `p${n}=1`).join('&')}`,
      `/incidents?${'limit=1&'.repeat(1000)}`,
      `/incidents?filter=${encodeURIComponent('status:new '.repeat(800))}`,
      `/incidents?filter=id:${'1,'.repeat(3000)}1`,
      `/incidents?sort=${'-createdAt,'.repeat(1000)}`,
      `/incidents?fields=${'subject,'.repeat(1800)}constructor`,
      `/incidents?q=${'word '.repeat(2000)}`,
      `/incidents?limit[]=1&limit[constructor]=2&__proto__[x]=1`,
    ]
    for (const path of paths) {
      const answer = await ask(path)
      assert.ok(answer.status >= 200 && answer.status < 500, `${path.slice(0, 60)}: ${answer.status}`)
      assert.ok(answer.took < 1500, `${path.slice(0, 60)}: ${answer.took} ms`)
    }
    const body = problem(
      await ask(`/incidents?filter=${encodeURIComponent('status:new '.repeat(300))}`),
      400,
      /at most 40/,
    )
    assert.ok(body)
    const bulk = { filter: 'status:new '.repeat(10_000), change: { subject: 'x' } }
    problem(await real.call('POST', '/incidents/bulk', { token: real.people.agent.token, body: bulk }), 422)
  })
  it('[ASVS 4.2.1] cannot be two requests at once', async () => {
    const { hostname, port } = new URL(real.url)
    const smuggled = 'GET /api/v1/smuggled HTTP/1.1\r\nhost: x\r\n\r\n'
    for (const framing of [
      `content-length: ${smuggled.length}\r\ntransfer-encoding: chunked`,
      'transfer-encoding: chunked\r\ntransfer-encoding: identity',
      'transfer-encoding: xchunked',
      'transfer-encoding : chunked',
      'content-length: 0\r\ncontent-length: 5',
      'content-length: +0',
    ]) {
      const text = `POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${framing}\r\n\r\n0\r\n\r\n${smuggled}`
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(text))
        let said = ''
        socket.on('data', (part) => (said += part.toString())).on('close', () => resolve(said))
        socket.on('error', () => resolve(said))
        setTimeout(() => socket.destroy(), 700)
      })
      assert.match(answer, /^HTTP\/1\.1 400 /, framing)
      assert.equal(answer.split('HTTP/1.1 ').length, 2, `${framing}: two answers\n${answer}`)
    }
  })
  it('[ASVS 15.3.6] leaves every object as it was', async () => {
    const bodies = [
      '{"subject":"x","__proto__":{"polluted":1}}',
      '{"subject":"x","constructor":{"prototype":{"polluted":1}}}',
      '{"subject":"x","custom":{"__proto__":{"polluted":1},"constructor":1}}',
      '{"subject":"x","tags":{"__proto__":["polluted"]}}',
      '[{"__proto__":{"polluted":1}}]',
    ]
    for (const body of bodies)
      for (const [method, path] of [
        ['POST', '/incidents'],
        ['POST', '/incidents/bulk'],
        ['PATCH', '/me/preferences'],
        ['PATCH', '/settings'],
      ] as const) {
        const headers = { 'content-type': 'application/json' }
        const answer = await real.call(method, path, { token: real.people.administrator.token, body, headers })
        assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${path} ${body}: ${answer.status}`)
      }
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
    assert.equal((Object.create(Object.prototype) as { polluted?: unknown }).polluted, undefined)
  })
})

describe('[ASVS 4.1.2] a Host header that lies', () => {
  it('changes nothing in what is answered', async () => {
    const answer = await new Promise<string>((resolve) => {
      request(`${real.url}/nothing`, { headers: { host: 'evil.test', 'x-forwarded-host': 'evil.test' } }, (got) => {
        let text = JSON.stringify(got.headers)
        got.on('data', (part: Buffer) => (text += part.toString())).on('end', () => resolve(text))
      }).end()
    })
    assert.doesNotMatch(answer, /evil\.test/)
  })
})

describe('a calendar of a thousand openings', () => {
  it('keeps nobody waiting: the preview is refused or answered, and the server goes on', async () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    const wall = (minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16)
    const spans = (many: number): string[][] => Array.from({ length: many }, (_, n) => [wall(n * 2), wall(n * 2 + 1)])
    for (const many of [10, 24, 100, 700]) {
      const hours = Object.fromEntries(days.map((day) => [day, spans(many)]))
      const body = {
        calendar: { timezone: 'Europe/Berlin', hours },
        from: '2026-01-01T00:00:00Z',
        workingSeconds: 1_000_000_000,
      }
      const answer = await real.call('POST', '/calendars/preview', { token: real.people.requester.token, body })
      assert.equal(answer.status, 422)
      assert.match(answer.text, many > 24 ? /openings are too many for one day/ : /more than 40 years away/)
      assert.ok(answer.took < 5000, `${many} openings a day took ${Math.round(answer.took)} ms`)
    }
  })
})

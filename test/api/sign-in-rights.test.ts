// What a token may do, what an organisation asks of sign-ins, what a leaver has in hand, cookies over TLS, passkeys that are not.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { generateKeyPairSync, sign as signature, createHash } from 'node:crypto'
import { codeAt, stepOf } from '#engines/totp.ts'
import type { Answered } from '../setup/call.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'
import { Visitor } from './visitor.ts'

let server: TestServer
let admin: string
before(async () => {
  server = await startTestServer()
  admin = server.people.administrator.token
})
const tokenWith = async (body: object, maker = admin): Promise<string> => {
  const made = await server.call('POST', '/tokens', { token: maker, body: { name: 'scoped', ...body } })
  assert.equal(made.status, 201, made.text)
  return (made.body as { token: string }).token
}
const get = (path: string, token: string): Promise<Answered> => server.call('GET', path, { token })
const post = (path: string, token: string, body: object = {}): Promise<Answered> =>
  server.call('POST', path, { token, body })

describe('an API token', () => {
  it('for reading writes nothing, on no route at all', async () => {
    const token = await tokenWith({ readOnly: true })
    assert.equal((await get('/incidents', token)).status, 200)
    for (const route of server.running.routes.filter(({ method, access }) => method !== 'GET' && access !== 'public')) {
      const path = route.path.replaceAll(/\{\w+\}/g, '1')
      const answer = await server.call(route.method, path, {
        token,
        ...(route.method === 'DELETE' ? {} : { body: {} }),
      })
      assert.equal(answer.status, 403, `${route.method} ${route.path}: ${answer.text}`)
    }
  })
  it('for some records reaches those alone, on every route', async () => {
    const token = await tokenWith({ records: ['incident'] })
    for (const path of ['/incidents', '/incidents/export?format=csv', '/me', '/records'])
      assert.equal((await get(path, token)).status, 200, path)
    assert.equal((await post('/incidents', token, { subject: 'by token' })).status, 201)
    const read = server.running.routes.filter(({ access, method }) => access !== 'public' && method === 'GET')
    for (const route of read.filter(({ byKeyIn }) => byKeyIn === undefined)) {
      const [, first = ''] = route.path.split('/')
      if (first === 'incidents' || ['/me', '/records', '/openapi.json'].includes(route.path)) continue
      const answer = await get(route.path.replaceAll(/\{\w+\}/g, '1'), token)
      assert.equal(answer.status, 403, `${route.path}: ${answer.text.slice(0, 200)}`)
    }
    for (const path of ['/undo', '/tokens', '/persons']) problem(await post(path, token), 403)
  })
  it('never reaches more than its person', async () => {
    const token = await tokenWith({ records: ['person'] }, server.people.requester.token)
    problem(await server.call('DELETE', `/persons/${server.people.agent.id}`, { token }), 403)
    problem(await get(`/persons/${server.people.agent.id}/sign-in`, token), 403)
  })
  it('lasts ninety days unless said, a year at most, and not longer than the token that made it', async () => {
    const until = async (body: object, maker = admin): Promise<number> => {
      const made = await post('/tokens', maker, { name: 'x', ...body })
      assert.equal(made.status, 201, made.text)
      return Math.round((Date.parse((made.body as { expiresAt: string }).expiresAt) - Date.now()) / 86_400_000)
    }
    const ada = new Visitor(server)
    await ada.signIn('ada@harbour.test', administratorPassword)
    const made = await ada.call('POST', '/tokens', { name: 'screen' })
    assert.equal(Math.round((Date.parse((made.body as { expiresAt: string }).expiresAt) - Date.now()) / 86_400_000), 90)
    assert.equal((await ada.call('POST', '/tokens', { name: 'long', days: 365 })).status, 201)
    for (const days of [0, -1, 367, 1.5, 1e9]) problem(await ada.call('POST', '/tokens', { name: 'bad', days }), 422)
    assert.equal(await until({}), 9, 'the maker lasts nine days')
    for (const records of [[], ['nothing'], 'incident', [1]])
      problem(await post('/tokens', admin, { name: 'bad', records }), 422)
  })
  it('ends at its end, and each use is in the log by its number', async () => {
    const token = await tokenWith({})
    assert.equal((await get('/me', token)).status, 200)
    const { items } = (await get('/tokens', admin)).body as { items: { id: number; usedAt: string | null }[] }
    assert.notEqual(items[0]?.usedAt, null)
    const used = server.log.filter((line) => line.includes('an API token was used'))
    assert.ok(used.some((line) => line.includes(`"tokenId":${items[0]?.id},`) && line.includes('"route":"/me"')))
    assert.ok(used.every((line) => !line.includes('ph_')))
    await server.db.query("update api_token set expires_at = now() - interval '1 second' where id = $1", [items[0]?.id])
    await new Promise((resolve) => setTimeout(resolve, 2100)) // identities are remembered for two seconds
    problem(await get('/me', token), 401)
  })
})

describe('what the organisation asks of sign-ins', () => {
  const patch = (body: object, token = admin): Promise<Answered> =>
    server.call('PATCH', '/admin/sign-in-policy', { token, body })
  it('is set by administrators, who try a second factor first, and is written down', async () => {
    for (const who of ['manager', 'agent', 'auditor'] as const)
      problem(await patch({ idleMinutes: 60 }, server.people[who].token), 403)
    problem(await patch({ secondFactor: ['administrator'] }), 422, /yourself first/)
    for (const bad of [
      { idleMinutes: 1 },
      { sessionHours: 10_000 },
      { passwordLength: 7 },
      { passwordLength: 65 },
      { unheardOf: 1 },
      { secondFactor: 'everyone' },
    ])
      problem(await patch(bad), 422)
    const done = await patch({ secondFactor: ['agent'], idleMinutes: 60, tokenDays: 30 })
    assert.equal(done.status, 200, done.text)
    const [row] = await server.db.query<{ changes: object }>(
      "select changes from journal where action = 'sign-in-policy' and request = $1",
      [done.headers.get('x-request-id')],
    )
    assert.deepEqual(row?.changes, { secondFactor: [[], ['agent']], idleMinutes: [480, 60], tokenDays: [365, 30] })
    problem(await post('/tokens', admin, { name: 'x', days: 31 }), 422, /30 days/)
  })
  it('keeps everything shut until a second factor is set up, and keeps the last one', async () => {
    const { link } = (await post(`/persons/${server.people.agent.id}/password-link`, admin)).body as { link: string }
    await server.call('POST', '/password-link/use', {
      body: { link: link.split('#')[1], password: 'quiet evening rain' },
    })
    const who = new Visitor(server)
    assert.equal((await who.signIn('agent@harbour.test', 'quiet evening rain')).status, 200)
    const open = new Set([
      '/me',
      '/me/security',
      '/me/totp',
      '/me/totp/confirm',
      '/me/passkeys/options',
      '/me/passkeys',
      '/me/proof',
      '/me/proof/options',
      '/session',
    ])
    for (const route of server.running.routes.filter(
      ({ access, byKeyIn }) => access !== 'public' && byKeyIn === undefined,
    )) {
      if (open.has(route.path)) continue
      const answer = await who.call(
        route.method,
        route.path.replaceAll(/\{\w+\}/g, '1'),
        route.method === 'GET' || route.method === 'DELETE' ? undefined : {},
      )
      assert.equal(answer.status, 403, `${route.method} ${route.path}`)
      assert.match(answer.text, /:second-factor"/, `${route.method} ${route.path}`)
    }
    const begun = (await who.call('POST', '/me/totp')).body as { step: string; secret: string }
    const bits = Array.from(begun.secret, (s) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(s).toString(2).padStart(5, '0'),
    ).join('')
    const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
    assert.equal(
      (await who.call('POST', '/me/totp/confirm', { step: begun.step, code: codeAt(secret, stepOf(Date.now())) }))
        .status,
      200,
    )
    assert.equal((await who.call('GET', '/incidents')).status, 200)
    problem(await who.call('DELETE', '/me/totp'), 409, /your last/)
    assert.equal(
      (await server.call('DELETE', `/persons/${server.people.agent.id}/second-factors`, { token: admin })).status,
      204,
    )
    problem(await who.call('GET', '/me'), 401)
  })
})

describe('what a leaver has in hand', () => {
  it('is listed over all records, and handed over in one request that one undo takes back', async () => {
    const { manager, agent, requester } = server.people
    const made = (await post('/persons', admin, { name: 'Lea Ver', email: 'lea@harbour.test' })).body as { id: number }
    const team = (await post('/teams', admin, { name: 'Night watch', lead: made.id, members: [made.id, agent.id] }))
      .body as { id: number }
    const incident = (await post('/incidents', admin, { subject: 'Printer', assignee: made.id, requester: made.id }))
      .body as { id: number }
    await post(`/persons/${made.id}/leave`, admin)
    const seen = (await get(`/persons/${made.id}/in-hand`, manager.token)).body as {
      groups: { record: string; field: string; count: number }[]
    }
    const what = ['team.lead', 'team.members', 'incident.assignee', 'incident.requester'].map((name) => ({ record: name.split('.')[0], field: name.split('.')[1] })) // oxfmt-ignore
    const names = seen.groups.map(({ record, field }) => `${record}.${field}`)
    for (const name of ['team.lead', 'team.members', 'incident.assignee'])
      assert.ok(names.includes(name), `${name} of ${names.join(', ')}`)
    for (const to of [made.id, 9999, 'P-x', 0])
      assert.ok(
        [422, 400].includes((await post(`/persons/${made.id}/hand-over`, admin, { to, what })).status),
        String(to),
      )
    problem(
      await post(`/persons/${made.id}/hand-over`, admin, { to: agent.id, what: [{ record: 'team', field: 'name' }] }),
      400,
    )
    const refused = (await post(`/persons/${made.id}/hand-over`, requester.token, { to: requester.id, what })).body as {
      done: number
    }
    assert.equal(refused.done, 0)
    const done = await post(`/persons/${made.id}/hand-over`, admin, { to: `P-${agent.id}`, what })
    assert.equal(done.status, 200, done.text)
    const { request, failed } = done.body as { request: string; failed: unknown[] }
    assert.deepEqual(failed, [])
    const after = (await get(`/teams/${team.id}`, admin)).body as { lead: { id: number }; members: { id: number }[] }
    assert.deepEqual([after.lead.id, after.members.map(({ id }) => id)], [agent.id, [agent.id]])
    assert.partialDeepStrictEqual((await get(`/incidents/${incident.id}`, admin)).body, { assignee: { id: agent.id } })
    assert.deepEqual((await get(`/persons/${made.id}/in-hand`, admin)).body, { groups: [] })
    assert.equal((await post('/undo', admin, { request })).status, 200)
    assert.partialDeepStrictEqual((await get(`/incidents/${incident.id}`, admin)).body, { assignee: { id: made.id } })
    problem(await get(`/persons/${made.id}/in-hand`, server.people.outsider.token), 404)
  })
})

describe('a passkey', () => {
  it('made of garbage, for another site, another challenge or another person is refused', async () => {
    const ada = new Visitor(server)
    await server.db.query('delete from sign_in_delay')
    assert.equal((await ada.signIn('ada@harbour.test', administratorPassword)).status, 200)
    const origin = server.url.replace('127.0.0.1', 'localhost')
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = makeKey(keys.publicKey.export({ format: 'jwk' }))
    const begin = async (): Promise<{ step: string; challenge: string }> => {
      const { step, options } = (await ada.call('POST', '/me/passkeys/options')).body as {
        step: string
        options: { challenge: string }
      }
      return { step, challenge: options.challenge }
    }
    const keep = async (change: {
      origin?: string
      challenge?: string
      rp?: string
      type?: string
    }): Promise<Answered> => {
      const { step, challenge } = await begin()
      const response = registration({ origin, challenge, rp: 'localhost', type: 'webauthn.create', ...change }, key)
      return ada.call('POST', '/me/passkeys', { step, name: 'Key', response })
    }
    for (const change of [{ origin: 'https://evil.example' }, { challenge: 'AAAA' }, { rp: 'evil.example' }, { type: 'webauthn.get' }]) problem(await keep(change), 422) // oxfmt-ignore
    for (const response of [
      {},
      { id: 'x' },
      { id: 'x', rawId: 'x', type: 'public-key', response: {} },
      registration({ origin, challenge: 'x', rp: 'localhost', type: 'webauthn.create' }, Buffer.from('garbage')),
    ])
      // oxfmt-ignore
      problem(await ada.call('POST', '/me/passkeys', { step: (await begin()).step, name: 'Key', response }), 422)
    problem(await ada.call('POST', '/me/passkeys', { step: 'none', name: 'Key', response: {} }), 401)
    const kept = await keep({})
    assert.equal(kept.status, 201, kept.text)
    problem(await keep({}), 409, /kept already/)

    const use = async (change: {
      origin?: string
      rp?: string
      flags?: number
      counter?: number
      isForged?: boolean
      step?: string
    }): Promise<Answered> => {
      const asked = (await server.call('POST', '/session/passkey/options', { body: {} })).body as {
        step: string
        options: { challenge: string }
      }
      const said = { origin, rp: 'localhost', flags: 0x05, counter: 7, ...change }
      const client = Buffer.from(
        JSON.stringify({
          type: 'webauthn.get',
          challenge: asked.options.challenge,
          origin: said.origin,
          crossOrigin: false,
        }),
      )
      const data = authenticatorData(said.rp, said.flags, said.counter)
      const private_ =
        change.isForged === true ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : keys.privateKey
      const made = signature('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), private_)
      const id = ID.toString('base64url')
      const response = {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: made.toString('base64url'),
        },
      }
      return server.call('POST', '/session/passkey', { body: { step: said.step ?? asked.step, response } })
    }
    for (const change of [{ isForged: true }, { origin: 'https://evil.example' }, { rp: 'evil.example' }, { flags: 0x01 }, { flags: 0x04 }, { step: 'none' }]) problem(await use(change), 401) // oxfmt-ignore
    assert.equal((await use({})).status, 200)
    problem(await use({ counter: 7 }), 401, /lets nobody in/)
    problem(await use({ counter: 3 }), 401)
    assert.equal((await use({ counter: 8 })).status, 200)
  })
})

describe('over TLS', () => {
  it('cookies are bound to this host and travel encrypted only; those of the open road count for nothing', async () => {
    const tls = await startTestServer({ config: { publicUrl: 'https://desk.example.com' } })
    const who = new Visitor(tls)
    const answer = await who.signIn('ada@harbour.test', administratorPassword)
    const lines = answer.headers.getSetCookie()
    assert.equal(lines.length, 2)
    for (const line of lines)
      assert.match(
        line,
        /^__Host-pilothouse(-browser)?=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/,
      )
    assert.equal((await who.call('GET', '/me')).status, 200)
    const key = who.cookies.get('__Host-pilothouse')
    problem(await tls.call('GET', '/me', { headers: { cookie: `pilothouse=${key}` } }), 401)
    assert.deepEqual((await tls.call('GET', '/session/ways')).body, { passkeyHost: 'desk.example.com' })
  })
})

const ID = Buffer.alloc(16, 9)
function authenticatorData(rp: string, flags: number, counter: number, credential = Buffer.alloc(0)): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([createHash('sha256').update(rp).digest(), Buffer.from([flags]), count, credential])
}
/** COSE_Key of RFC 9053, EC2 P-256 ES256, as CBOR by hand. */
function makeKey({ x = '', y = '' }: { x?: string; y?: string }): Buffer {
  const [a, b] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), a, Buffer.from('225820', 'hex'), b])
}
function registration(said: { origin: string; challenge: string; rp: string; type: string }, key: Buffer): object {
  const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, ID.length]), ID, key])
  const data = authenticatorData(said.rp, 0x45, 0, credential)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length)
  // {"fmt": "none", "attStmt": {}, "authData": bytes}
  const object = Buffer.concat([
    Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
    Buffer.from([0x59]),
    length,
    data,
  ])
  const client = JSON.stringify({ type: said.type, challenge: said.challenge, origin: said.origin, crossOrigin: false })
  const id = ID.toString('base64url')
  return {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: Buffer.from(client).toString('base64url'),
      attestationObject: object.toString('base64url'),
      transports: ['internal', '<b>'],
    },
  }
}

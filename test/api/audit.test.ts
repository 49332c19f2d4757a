// Nothing changes without a journal entry, and no secret is ever written down.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { newSetupLink } from '#kit/sign-in.ts'
import type { Answered } from '../setup/call.ts'
import { Drafts } from '../setup/drafts.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

let server: TestServer
let drafts: Drafts
before(async () => {
  server = await startTestServer()
  drafts = new Drafts(server.store)
})
const tables = async (): Promise<string[]> =>
  (
    await server.db.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    )
  ).map(({ name }) => name)
const entries = async (request: string | null): Promise<number> =>
  (await server.db.query<{ n: number }>('select count(*) as n from journal where request = $1', [request]))[0]?.n ?? 0

/** What is read and told all the same: who fetched everything that is kept about a person. */
const TOLD = new Set(['/admin/access-packages/{id}/content'])

describe('every route that changes something', () => {
  it('says whether the journal knows of it, or why not', () => {
    const changing = server.running.routes.filter(({ method }) => method !== 'GET')
    assert.ok(changing.length > 150)
    assert.deepEqual(
      changing
        .filter(({ audited }) => audited === undefined || audited === '')
        .map(({ method, path }) => `${method} ${path}`),
      [],
    )
    for (const { audited } of changing)
      assert.ok(audited === 'journal' || /^[A-Z].* .*\.$/.test(audited ?? ''), `"${audited}" is no reason`)
    assert.deepEqual(
      server.running.routes
        // The way back from a provider is a GET that signs somebody in, and it redirects.
        .filter(({ method, audited, okStatus }) => method === 'GET' && audited !== undefined && okStatus !== 303)
        .map(({ path }) => path),
      [...TOLD],
    )
  })

  it('of a record writes an entry when it succeeds, and none when it is refused', { timeout: 120_000 }, async () => {
    const silent: string[] = []
    let walked = 0
    for (const record of server.store.catalogue.records.filter(
      ({ name }) => name !== 'importBatch' && name !== 'notice',
    )) {
      const { token } = server.people.administrator
      const check = async (name: string, answer: Answered): Promise<Answered> => {
        walked++
        const written = await entries(answer.headers.get('x-request-id'))
        if (answer.status < 300 ? written === 0 : written > 0)
          silent.push(`${record.name} ${name}: ${answer.status} with ${written} entries`)
        return answer
      }
      const path = `/${record.plural}`
      const made = await check('create', await server.call('POST', path, { token, body: await drafts.valid(record) }))
      const { id } = made.body as { id: number }
      await check('create refused', await server.call('POST', path, { token, body: { unheardOf: 1 } }))
      await check(
        'change',
        await server.call('PATCH', `${path}/${id}`, {
          token,
          body: { tags: ['audit'] },
          headers: { 'if-match': '"1"' },
        }),
      )
      await check(
        'change refused',
        await server.call('PATCH', `${path}/${id}`, {
          token,
          body: { tags: ['two words'] },
          headers: { 'if-match': '"2"' },
        }),
      )
      await check(
        'change stale',
        await server.call('PATCH', `${path}/${id}`, { token, body: { tags: ['b'] }, headers: { 'if-match': '"1"' } }),
      )
      for (const move of record.flow?.moves.filter(
        ({ needs, guard }) => (needs ?? []).length === 0 && guard === undefined,
      ) ?? [])
        await check(move.name, await server.call('POST', `${path}/${id}/${move.name}`, { token, body: {} }))
      await check(
        'bulk',
        await server.call('POST', `${path}/bulk`, { token, body: { ids: [id], change: { tags: ['many'] } } }),
      )
      if (record.name !== 'comment' && record.name !== 'file')
        await check('comment', await server.call('POST', `${path}/${id}/comments`, { token, body: { body: 'noted' } }))
      await check('bin', await server.call('DELETE', `${path}/${id}`, { token }))
      const restored = await check('restore', await server.call('POST', `${path}/${id}/restore`, { token }))
      await check(
        'undo',
        await server.call('POST', '/undo', { token, body: { request: restored.headers.get('x-request-id') } }),
      )
    }
    assert.deepEqual(silent, [])
    assert.ok(walked > 250, `only ${walked} deeds were walked`)
  })

  it('besides records writes an entry too: settings, signing in, tokens', async () => {
    const { token } = server.people.administrator
    const made = await server.call('POST', '/tokens', { token, body: { name: 'audit' } })
    const walked = [
      await server.call('PATCH', '/settings', { token, body: { name: 'Harbour Works AG' } }),
      made,
      await server.call('DELETE', `/tokens/${(made.body as { id: number }).id}`, { token }),
    ]
    for (const answer of walked) {
      assert.ok(answer.status < 300, answer.text)
      assert.ok((await entries(answer.headers.get('x-request-id'))) > 0, answer.text)
    }
  })
})

describe('a canary secret', () => {
  it('is in no log line, no answer and no table', async () => {
    const canary = `Canary-${crypto.randomUUID()}`
    const answers = [
      await server.call('POST', '/session', { body: { email: 'ada@harbour.test', password: canary } }),
      await server.call('POST', '/session', { body: { email: canary, password: canary, extra: canary } }),
      await server.call('POST', '/setup', {
        body: { token: canary, name: 'x', email: 'x@y.org', password: canary, organisation: 'x', timeZone: 'UTC' },
      }),
      await server.call('POST', '/setup', {
        body: {
          token: await newSetupLink(server.db),
          name: 'New',
          email: 'new@harbour.test',
          password: canary,
          organisation: 'Harbour Works',
          timeZone: 'UTC',
        },
      }),
      await server.call('POST', '/session', {
        body: { email: 'new@harbour.test', password: canary },
        token: server.people.agent.token,
        headers: { 'idempotency-key': 'sign-in' },
      }),
      await server.call('GET', '/me', {
        headers: { authorization: `Bearer ${canary}`, cookie: `pilothouse=${canary}` },
      }),
      await server.call('POST', '/session', {
        body: `{"password":"${canary}"`,
        headers: { 'content-type': 'application/json' },
      }),
    ]
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 422, 409, 201, 200, 401, 400],
    )
    const session =
      /pilothouse=([^;]+)/.exec(answers[4]?.headers.get('set-cookie') ?? '')?.[1] ??
      assert.fail('no session was opened')
    const { token } = (
      await server.call('POST', '/tokens', {
        token: server.people.agent.token,
        body: { name: 'canary' },
        headers: { 'idempotency-key': 'canary' },
      })
    ).body as { token: string }
    for (const secret of [canary, session, token]) {
      assert.ok(!server.log.some((line) => line.includes(secret)), 'in the log')
      assert.deepEqual(await tablesWith(secret), [], 'in the database')
    }
    for (const { text } of answers) assert.ok(!text.includes(canary), `in an answer: ${text}`)
    const { token: who } = server.people.administrator
    for (const path of [
      '/admin/health',
      '/admin/jobs',
      '/tokens',
      '/persons?limit=500&fields=name,email',
      '/records',
      '//metrics',
      '/persons/export?format=csv',
    ]) {
      const { text } = await server.call('GET', path, { token: who })
      for (const secret of [canary, session, token]) assert.ok(!text.includes(secret), path)
    }
  })
  async function tablesWith(secret: string): Promise<string[]> {
    const found: string[] = []
    for (const table of await tables()) {
      const [row] = await server.db.query<{ n: number }>(`select count(*) as n from ${table} t where t::text like $1`, [
        `%${secret}%`,
      ])
      if ((row?.n ?? 0) > 0) found.push(table)
    }
    return found
  }
})

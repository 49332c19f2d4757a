// The real server with a SCIM client of its own, and what that client asks.
import assert from 'node:assert/strict'
import { PATCH } from '#kit/federation/scim/resource.ts'
import { run, sql } from '#kit/sql.ts'
import { startTestServer, type TestServer } from './server.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
export interface Said {
  status: number
  body: Loose
  headers: Headers
}
/** Called Entra; whoever is in its group Desk is an agent. */
export async function openScim(): Promise<Scim> {
  const server = await startTestServer()
  const ask = asker(server)
  const settings = { groups: [{ group: 'Desk', roles: ['agent'] }] }
  const { id } = (await ask('POST', '/admin/sign-in-providers', { kind: 'scim', name: 'Entra', settings })).body
  const { token } = (await ask('POST', `/admin/sign-in-providers/${id}/token`, {})).body
  assert.equal((await ask('POST', '/units', { name: 'Sales', kind: 'department' })).status, 201)
  return new Scim(server, id, token)
}
/** Asks as an administrator. */
type Ask = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Loose>
const asker =
  (server: TestServer): Ask =>
  (method, path, body, headers = {}) =>
    server.call(method, path, { body, token: server.people.administrator.token, headers })

export class Scim {
  readonly server: TestServer
  readonly provider: number
  readonly token: string
  readonly ask: Ask
  constructor(server: TestServer, provider: number, token: string) {
    this.server = server
    this.provider = provider
    this.token = token
    this.ask = asker(server)
  }
  async scim(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Said> {
    const answer = await fetch(`${this.server.url}/api/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/scim+json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (text !== '') assert.match(answer.headers.get('content-type') ?? '', /^application\/scim\+json/)
    return { status: answer.status, body: text === '' ? null : JSON.parse(text), headers: answer.headers }
  }
  patch(id: string, ...operations: object[]): Promise<Said> {
    return this.scim('PATCH', `/Users/${id}`, { schemas: [PATCH], Operations: operations })
  }
  async rolesOf(id: string): Promise<string[]> {
    const rows = await run<{ role: string }>(
      this.server.db,
      sql`select role from role_grant where org = 1 and person = ${Number(id)} order by role`,
    )
    return rows.map(({ role }) => role)
  }
  async setSettings(more: object): Promise<void> {
    const path = `/admin/sign-in-providers/${this.provider}`
    const { body } = await this.ask('GET', path)
    const sent = { name: body.name, settings: { ...body.settings, ...more } }
    assert.equal((await this.ask('PUT', path, sent, { 'if-match': `"${body.rev}"` })).status, 200)
  }
}

// The API document is valid OpenAPI 3.1, says what the server does, and the server does what it says.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { RECORDS } from '#app'
import type { Route } from '#kit/contract.ts'
import { Drafts } from '../setup/drafts.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

interface Said {
  operationId: string
  summary: string
  security?: unknown[]
  parameters: { name: string; in: string; required: boolean }[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}
let server: TestServer
let document: {
  openapi: string
  paths: Record<string, Record<string, Said>>
  components: { schemas: Record<string, unknown> }
}
let routes: readonly Route[]
before(async () => {
  server = await startTestServer()
  document = (await server.call('GET', '/openapi.json')).body as typeof document
  routes = server.running.routes
})
const operations = (): [string, string, Said][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, said]): [string, string, Said] => [method, path, said]),
  )

/** By the names that the document has for them. */
function structured(): { record: string; name: string }[] {
  return RECORDS.flatMap((record) =>
    Object.entries(record.fields)
      .filter(([, field]) => field.kind === 'json' && !field.stamped)
      .map(([name]) => ({ record: `${record.name.charAt(0).toUpperCase()}${record.name.slice(1)}`, name })),
  )
}

describe('the API document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>)
    assert.deepEqual(result, { valid: true })
    assert.match(document.openapi, /^3\.1\./)
  })
  it('refers to nothing that it does not hold', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name ?? '',
    )
    assert.ok(references.length > 100)
    assert.deepEqual([...new Set(references.filter((name) => !(name in document.components.schemas)))], [])
  })
  it('says the structure of every structured field that people fill', () => {
    const fields = structured()
    assert.ok(fields.length >= 6)
    const open = fields.filter(({ record, name }) => {
      const row = document.components.schemas[record] as { properties: Record<string, Record<string, unknown>> }
      const { title: _, description: __, ...schema } = row.properties[name] ?? {}
      return Object.keys(schema).length === 0
    })
    assert.deepEqual(open, [])
  })
  it('names what is sent beside the file of an upload', () => {
    const uploads = operations().flatMap(([, path, said]) => {
      const schema = said.requestBody?.content['multipart/form-data']?.schema as { properties: object } | undefined
      return schema === undefined ? [] : [[path, Object.keys(schema.properties)] as const]
    })
    const imports = uploads.find(([path]) => path.endsWith('/imports'))?.[1]
    assert.deepEqual(imports, ['record', 'encoding', 'separator', 'sheet', 'file'])
  })
  it('names each operation once, and describes each in a few words', () => {
    const ids = operations().map(([, , { operationId }]) => operationId)
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    )
    for (const [method, path, said] of operations()) {
      assert.match(said.operationId, /^[a-zA-Z][\w]*$/)
      assert.ok(said.summary.length > 3, `${method} ${path} says nothing`)
      assert.deepEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted(),
        said.parameters
          .filter((one) => one.in === 'path')
          .map(({ name }) => name)
          .toSorted(),
      )
    }
  })
  it('holds every route of the server, and no other', () => {
    const served = routes.map(({ method, path }) => `${method.toLowerCase()} /api/v1${path}`).toSorted()
    assert.deepEqual(
      operations()
        .map(([method, path]) => `${method} ${path}`)
        .toSorted(),
      served,
    )
    assert.ok(served.length > 250)
  })
  it('promises a problem for every refusal', () => {
    for (const [method, path, said] of operations())
      for (const [status, { content }] of Object.entries(said.responses))
        if (Number(status) >= 400)
          assert.ok(content?.['application/problem+json'] !== undefined, `${method} ${path} ${status}`)
  })
})

describe('every route', () => {
  it('says what it answers', () => {
    const silent = routes.filter((route) => !saysItsAnswer(route))
    assert.deepEqual(
      silent.map(
        ({ method, path }) =>
          `${method} ${path} does not say what it answers: give it "ok", a schema that names its members (kit/routes/shape.ts), "okTypes" for what is no JSON, or okStatus 204 for nothing.`,
      ),
      [],
    )
  })
  it('answers somebody without a name with 401, unless it is public', async () => {
    for (const { method, path, access, byKeyIn } of routes) {
      const answer = await server.call(
        method,
        path.replace(/\{\w+\}/g, '1'),
        ['GET', 'DELETE'].includes(method) ? {} : { body: {} },
      )
      if (access === 'public') assert.notEqual(answer.status, 401 * Number(path !== '/session'), `${method} ${path}`)
      else assert.equal(answer.status, byKeyIn === undefined ? 401 : 404, `${method} ${path}`)
    }
  })
  it('for administrators is closed to everybody else', async () => {
    const closed = routes.filter(({ access }) => access === 'administrator')
    assert.ok(closed.length >= 3)
    for (const { method, path } of closed)
      for (const who of ['manager', 'agent', 'requester', 'auditor'] as const) {
        const answer = await server.call(method, path.replace(/\{\w+\}/g, '1'), {
          token: server.people[who].token,
          ...(method === 'GET' ? {} : { body: {} }),
        })
        assert.equal(answer.status, 403, `${who} ${method} ${path}`)
      }
  })
  it('answers with a status that the document names', { timeout: 300_000 }, async () => {
    const drafts = new Drafts(server.store)
    for (const record of server.store.catalogue.records) if (record.name !== 'importBatch') await drafts.fresh(record)
    const surprising = new Set<string>()
    for (const [method, path, said] of operations().filter(
      ([, path]) => path !== '/api/v1/events' && !path.endsWith('/session'),
    ))
      for (const { who, id, body, headers } of attempts(method, path)) {
        const answer = await server.call(method.toUpperCase(), path.replace('/api/v1', '').replace(/\{\w+\}/g, id), {
          token: server.people[who].token,
          body,
          headers,
        })
        if (!(String(answer.status) in said.responses))
          surprising.add(
            `${method} ${path} (${id}, ${JSON.stringify(body)}) as ${who}: ${answer.status}, not ${Object.keys(said.responses).join(', ')}: ${answer.text.slice(0, 160)}`,
          )
      }
    assert.deepEqual([...surprising], [])
  })
})

/** A schema that any object fits says nothing. */
function saysItsAnswer({ ok, okTypes, okStatus }: Route): boolean {
  if (okTypes !== undefined) return okTypes.length > 0
  if (okStatus === 204 || okStatus === 303) return ok === undefined
  return ok !== undefined && ['$ref', 'properties', 'items', 'anyOf', 'additionalProperties'].some((word) => word in ok)
}

interface Attempt {
  who: 'bystander' | 'manager'
  id: string
  body: unknown
  headers: Record<string, string>
}
/** The same operation by two people, on what is there and what is not, with several bodies, with a revision and without. */
function attempts(method: string, path: string): Attempt[] {
  const ids = path.includes('{') ? ['1', '999999', 'x'] : ['1']
  const bodies = method === 'get' || method === 'delete' ? [undefined] : [undefined, {}, { unheardOf: 1 }]
  const revisions: Record<string, string>[] = path.includes('{') ? [{}, { 'if-match': '"1"' }] : [{}]
  return (['bystander', 'manager'] as const).flatMap((who) =>
    ids.flatMap((id) => bodies.flatMap((body) => revisions.map((headers) => ({ who, id, body, headers })))),
  )
}

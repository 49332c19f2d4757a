// What the conformance tests share: a server with drafts, requests as a role, and values compared by what they mean.
import assert from 'node:assert/strict'
import type { Field } from '#kit/field.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import { Drafts } from '../setup/drafts.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

/** An import begins with a file, an issue with its report, and notices are written by the product: none is made by a plain POST. */
const UNPOSTED = ['importBatch', 'notice', 'reportIssue']
export const records: readonly RecordType[] = RECORDS.filter(({ name }) => !UNPOSTED.includes(name))

export interface Walk {
  server: TestServer
  drafts: Drafts
  send(method: string, path: string, sent?: { as?: Who; body?: unknown; rev?: number | undefined }): Promise<Answered>
  /** A new record with everything that it may hold, made through REST by the administrator. */
  make(record: RecordType, options?: { every?: boolean }): Promise<AnyRow>
  get(record: RecordType, id: number): Promise<AnyRow>
  /** Ids of a list, with the query string. */
  ids(record: RecordType, query: string, as?: Who): Promise<number[]>
}

export async function startWalk(): Promise<Walk> {
  const server = await startTestServer()
  const drafts = new Drafts(server.store)
  const send: Walk['send'] = (method, path, { as = 'administrator', body, rev } = {}) =>
    server.call(method, path, {
      token: server.people[as].token,
      body,
      headers: rev === undefined ? {} : { 'if-match': `"${rev}"` },
    })
  const get: Walk['get'] = async (record, id) => ok(await send('GET', `/${record.plural}/${id}`))
  return {
    server,
    drafts,
    send,
    get,
    make: async (record, options = { every: true }) =>
      ok(await send('POST', `/${record.plural}`, { body: await drafts.valid(record, options) }), 201),
    ids: async (record, query, as) => {
      const answer = await send('GET', `/${record.plural}?limit=500&${query}`, as === undefined ? {} : { as })
      assert.equal(answer.status, 200, `${record.plural}?${query}: ${answer.text}`)
      return (answer.body as { items: AnyRow[] }).items.map((row) => row.id)
    },
  }
}

/** The row of a good answer. */
export function ok(answer: Answered, status = 200): AnyRow {
  assert.equal(answer.status, status, answer.text)
  return answer.body as AnyRow
}
/** The pointers of a refusal with this status. */
export function refusal(answer: Answered, status: number): string[] {
  assert.equal(answer.status, status, answer.text)
  const { errors, detail } = answer.body as { errors: { pointer: string; detail: string }[]; detail: string }
  assert.ok(detail.length > 10 && /[.!?]/.test(detail), `"${detail}" is no sentence`)
  return errors.map((one) => one.pointer)
}
/** Fields that a request may set. */
export function writable(record: RecordType): [string, Field][] {
  return Object.entries(record.fields).filter(([, field]) => !field.stamped)
}
/** A value by what it means: a reference is what it points to. */
export function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning)
  if (typeof value === 'object' && value !== null && 'id' in value) {
    const { id, record } = value as { id: unknown; record?: unknown } // both are told apart by the assertion that follows
    return record === undefined ? { id } : { record, id }
  }
  return value ?? null
}
export function sent(field: Field, value: unknown): unknown {
  if (field.kind === 'ref' && typeof value === 'number') return { id: value }
  if (field.kind === 'refs' && Array.isArray(value)) return value.map((id: unknown) => ({ id }))
  return meaning(value)
}

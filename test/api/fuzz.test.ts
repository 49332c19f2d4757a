// Every operation of the API document under hostile requests: an answer in the 2xx or a problem in the 4xx, soon.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Answered } from '../setup/call.ts'
import { Drafts } from '../setup/drafts.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { headersFor, idFor, queryFor, valueFor } from './hostile.ts'

const seed = Number(process.env['PILOTHOUSE_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
/** For the whole run; each operation gets its turn, and when the time is up the rest get the smallest one. */
const budgetMs = Number(process.env['PILOTHOUSE_FUZZ_SECONDS'] ?? 50) * 1000
const slowestMs = 5000
/** Its answer does not end. */
const endless = new Set(['get /api/v1/events'])

interface Operation {
  name: string
  method: string
  path: string
  parameters: { name: string; in: string; schema: Record<string, unknown> }[]
  schema: Record<string, unknown> | null
  isUpload: boolean
}
interface Wish {
  ids: string[]
  query: Record<string, string>
  twice: boolean
  headers: Record<string, string>
  body: unknown
}

let server: TestServer
let document: Record<string, unknown>
let operations: Operation[]
/** Milliseconds per request, as seen so far. */
let pace = 8
before(async () => {
  server = await startTestServer()
  document = (await server.call('GET', '/openapi.json')).body as Record<string, unknown>
  operations = operationsOf(document)
  const drafts = new Drafts(server.store)
  const made = server.store.catalogue.records.filter(({ name }) => name !== 'importBatch') // an import begins with a file
  for (const record of made) for (let n = 0; n < 3; n++) await drafts.fresh(record)
})

describe('every operation', () => {
  it(
    `under hostile requests answers soon, and never with a fault (seed ${seed})`,
    { timeout: budgetMs * 3 },
    async () => {
      console.log(`fuzz seed: ${seed} (PILOTHOUSE_FUZZ_SEED repeats it)`)
      assert.ok(operations.length > 150, `only ${operations.length} operations were found`)
      const end = Date.now() + budgetMs
      const tally = new Map<number, number>()
      const failures: string[] = []
      const lanes = [0, 1].map(async (lane) => {
        for (const [index, operation] of operations.entries()) {
          if (index % 2 !== lane) continue
          const share = Math.max(0, end - Date.now()) / Math.max(1, (operations.length - index) / 2)
          failures.push(...(await fuzz(operation, share, tally)))
          // Whoever asks may have put themselves into the bin, or have left.
          await server.db.query(
            "update person set status = 'active', binned_at = null where status <> 'active' or binned_at is not null",
          )
        }
      })
      await Promise.all(lanes)
      const kinds = new Map([...tally].map(([status, n]) => [status, n] as const).sort(([a], [b]) => a - b))
      console.log(`answers: ${[...kinds].map(([status, n]) => `${status}: ${n}`).join(', ')}`)
      const sum = (counted: typeof kinds): number => [...counted.values()].reduce((all, n) => all + n, 0)
      const good = sum(new Map([...kinds].filter(([status]) => status < 300))) / sum(kinds)
      assert.equal(failures.length, 0, `${failures.length} operations failed:\n\n${failures.join('\n\n')}`)
      assert.ok(
        good > 0.05,
        `only ${(100 * good).toFixed(1)} % of the requests were good enough to do something: the generator is too wild`,
      )
    },
  )
  it('leaves no fault in the log', () => {
    const faults = server.log.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)
    assert.equal(faults.length, 0, faults.slice(0, 5).join(''))
  })
})

/** Every failing operation is told, each with its smallest failing request. */
async function fuzz(operation: Operation, shareMs: number, tally: Map<number, number>): Promise<string[]> {
  const numRuns = Math.round(Math.min(40, Math.max(5, shareMs / pace)))
  const began = performance.now()
  const result = await fc.check(
    fc.asyncProperty(wishFor(operation), async (wish) => {
      const answer = await send(operation, wish)
      tally.set(answer.status, (tally.get(answer.status) ?? 0) + 1)
      judge(operation, answer)
    }),
    { seed, numRuns, interruptAfterTimeLimit: 20_000 },
  )
  pace = pace * 0.9 + ((performance.now() - began) / result.numRuns) * 0.1
  if (!result.failed || result.counterexample === null) return []
  const because = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)
  return [`${because}\n  with ${JSON.stringify(result.counterexample).slice(0, 1200)}`]
}
function judge(operation: Operation, answer: Answered): void {
  const said = `${operation.name} answered ${answer.status} after ${Math.round(answer.took)} ms: ${answer.text.slice(0, 500)}`
  const isGood = (answer.status >= 200 && answer.status < 300) || answer.status === 303
  assert.ok(isGood || (answer.status >= 400 && answer.status < 500), said)
  assert.ok(answer.took < slowestMs, said)
  if (isGood) return
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, said)
  // The words of a library, not of somebody who wants to help.
  assert.doesNotMatch(answer.text, /Invalid input|Unrecognized|expected .{0,40} received/, said)
  const { status, title, detail } = answer.body as Record<string, unknown>
  assert.ok(
    status === answer.status && typeof title === 'string' && typeof detail === 'string' && detail.length > 10,
    said,
  )
}

function wishFor(operation: Operation): fc.Arbitrary<Wish> {
  const inPath = operation.parameters.filter((one) => one.in === 'path')
  const inQuery = operation.parameters.filter((one) => one.in === 'query')
  const query = Object.fromEntries(inQuery.map(({ name, schema }) => [name, queryFor(name, schema)]))
  return fc.record({
    ids: fc.tuple(...inPath.map(() => idFor)),
    query: fc.record(query, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Record<string, string>>, // keys may be absent, never undefined
    twice: fc.integer({ min: 0, max: 20 }).map((n) => n === 0),
    headers: headersFor,
    body: operation.schema === null ? fc.constant(undefined) : valueFor(operation.schema, document),
  })
}
async function send(operation: Operation, wish: Wish): Promise<Answered> {
  let next = 0
  const path = operation.path.replace(/\{\w+\}/g, () => encoded(wish.ids[next++] ?? '1'))
  const words = new URLSearchParams(wish.query)
  if (wish.twice) for (const [name, value] of Object.entries(wish.query)) words.append(name, value)
  const question = words.size === 0 ? '' : `?${words.toString()}`
  // Revoking tokens must not sign the fuzzer itself out.
  const { token } = /tokens|session/.test(operation.path) ? server.people.bystander : server.people.administrator
  return server.call(operation.method.toUpperCase(), `/${path}${question}`.replace('//api/v1', ''), {
    token,
    headers: wish.headers,
    body: bodyFor(operation, wish),
    patience: 15_000,
  })
}
function bodyFor(operation: Operation, { body, headers }: Wish): unknown {
  if (operation.method === 'get' || operation.method === 'delete') return undefined
  if (operation.isUpload && headers['content-type'] === undefined) return form(body)
  if (headers['content-type'] !== undefined) return JSON.stringify(body) ?? ''
  return body
}
function form(body: unknown): FormData {
  const made = new FormData()
  const values = typeof body === 'object' && body !== null ? Object.entries(body) : []
  for (const [name, value] of values) {
    if (name === 'file')
      made.append(name, new Blob([typeof value === 'string' ? value : (JSON.stringify(value) ?? '')]), 'a,b.csv')
    else made.append(name, typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
  }
  return made
}
/** Percent-encoded, unless it is an escape already that should arrive broken. */
function encoded(id: string): string {
  return /^%[\w]{0,5}$/.test(id) ? id : encodeURIComponent(id.toWellFormed()) || '%20'
}

function operationsOf(of: Record<string, unknown>): Operation[] {
  const paths = of['paths'] as Record<
    string,
    Record<
      string,
      {
        parameters?: Operation['parameters']
        requestBody?: { content: Record<string, { schema: Record<string, unknown> }> }
      }
    >
  >
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, said]) => {
      const name = `${method} ${path}`
      const content = said.requestBody?.content ?? {}
      const schema = (content['application/json'] ?? content['multipart/form-data'])?.schema ?? null
      return endless.has(name)
        ? []
        : [
            {
              name,
              method,
              path,
              parameters: said.parameters ?? [],
              schema,
              isUpload: content['multipart/form-data'] !== undefined,
            },
          ]
    }),
  )
}

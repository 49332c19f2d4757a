// The routes of imports, as the wizard calls them: upload, mapping, dry run, run, undo, and every refusal in a sentence.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Call, Route } from '#kit/contract.ts'
import { importRoutes } from '#kit/import/routes.ts'
import { importJob } from '#kit/import/work.ts'
import { Refusal } from '#kit/problem.ts'
import { person } from '../setup/specimen.ts'
import { importBench, type ImportBench } from './import-parts.ts'

const log = path.join(import.meta.dirname, '../fixtures/incident-log.csv')
let bench: ImportBench
let routes: Route[]

interface Said {
  id: number
  number: string
  state: string
  mapping: { key: string; from: string; columns: Record<string, { column: string }> }
  readyMappings: { name: string }[]
  progress: { done: number; total: number }
  counts: Record<string, number> | null
  problems: { because: string }[]
  because: string | null
}
async function send(
  method: Route['method'],
  route: string,
  id: number | null,
  more: Partial<Call> = {},
): Promise<{ status: number; body: Said }> {
  const found = routes.find((one) => one.method === method && one.path === route)
  assert.ok(found, `${method} ${route}`)
  const call: Call = {
    actor: bench.manager,
    params: id === null ? {} : { id: String(id) },
    query: {},
    body: null,
    rev: null,
    request: 'test',
    headers: {},
    upload: null,
    address: '::1',
    ...more,
  }
  const answer = await found.handle(call)
  return { status: answer.status ?? found.okStatus ?? 200, body: answer.body as Said } // the shape is what the test is about
}
function upload(
  fields: Record<string, string>,
  content: string | Buffer,
  actor?: Actor,
): Promise<{ status: number; body: Said }> {
  return send('POST', '/imports', null, {
    ...(actor === undefined ? {} : { actor }),
    upload: async () => ({ fileName: 'C:\\temp\\list.csv', fields, content: Readable.from([Buffer.from(content)]) }),
  })
}
async function work(): Promise<void> {
  for (const data of bench.jobs.splice(0)) await importJob(bench.parts, data)
}
function refused(status: number, sentence: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Refusal)
    assert.equal(error.status, status, error.message)
    assert.match([error.message, ...error.errors.map((one) => one.detail)].join(' '), sentence)
    return true
  }
}

describe('the routes of imports', () => {
  before(async () => {
    bench = await importBench()
    routes = importRoutes(bench.parts)
  })

  it('go from the file to the result and back', async () => {
    const up = await upload({ record: 'incident' }, await readFile(log))
    assert.deepEqual(
      [up.status, up.body.state, up.body.mapping.from, up.body.readyMappings[0]?.name],
      [201, 'uploaded', 'ServiceNow incident event log', 'servicenow-incident-event-log'],
    )
    const { id } = up.body
    const picked = await send('PATCH', '/imports/{id}', id, { body: { readyMapping: 'servicenow-incident-event-log' } })
    assert.equal(picked.body.mapping.key, 'formerNumber')
    assert.deepEqual([(await send('POST', '/imports/{id}/dryrun', id)).status, bench.jobs.length], [202, 1])
    await work()
    const checked = await send('GET', '/imports/{id}', id)
    assert.deepEqual(
      [checked.body.state, checked.body.counts?.['create'], checked.body.progress],
      ['checked', 30, { done: 143, total: 143 }],
    )
    assert.equal((await send('POST', '/imports/{id}/run', id)).body.state, 'running')
    await assert.rejects(send('POST', '/imports/{id}/run', id), refused(409, /is running; wait until it is done/))
    await work()
    const done = await send('GET', '/imports/{id}', id)
    assert.deepEqual([done.body.state, done.body.counts?.['create'], done.body.problems], ['done', 30, []])
    await assert.rejects(send('POST', '/imports/{id}/run', id), refused(409, /is done. Upload the file again/))
    assert.equal((await send('POST', '/imports/{id}/undo', id)).body.state, 'undoing')
    await work()
    assert.equal((await send('GET', '/imports/{id}', id)).body.state, 'undone')
  })

  it('do a job that comes twice only once', async () => {
    const { id } = (await upload({ record: 'team' }, 'name\nRed\n')).body
    await send('POST', '/imports/{id}/run', id)
    const [data] = bench.jobs.splice(0)
    assert.ok(data)
    await importJob(bench.parts, data)
    await importJob(bench.parts, data)
    assert.equal(await bench.count(`select count(*) as n from team where name = 'Red'`), 1)
  })

  it('answer what cannot be read with the sentence of the reader', async () => {
    await assert.rejects(upload({ record: 'person' }, ''), refused(422, /\.$/))
    await assert.rejects(
      upload({ record: 'person' }, Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])),
      refused(422, /\./),
    )
    await assert.rejects(upload({ record: 'person' }, 'name,email\n'), refused(422, /\./))
    await assert.rejects(upload({ record: 'unicorn' }, 'name\nx\n'), refused(400, /no kind of record called "unicorn"/))
    await assert.rejects(upload({}, 'name\nx\n'), refused(400, /Say what the file holds/))
    await assert.rejects(upload({ record: 'importBatch' }, 'name\nx\n'), refused(400, /cannot be imported/))
    await assert.rejects(
      upload({ record: 'person' }, 'name\nx\n', person(2, ['requester'])),
      refused(403, /You may not import persons/),
    )
  })

  it('answer a mapping that does not fit at its place', async () => {
    const { id } = (await upload({ record: 'person' }, 'Who;Mail\nAna;ana@h.test\n')).body
    const cases: [unknown, RegExp][] = [
      [{ key: null, columns: {} }, /No column is mapped/],
      [{ key: 'email', columns: { name: { column: 'Who' } } }, /E-mail is the key, but no column fills it/],
      [{ key: null, columns: { name: { column: 'Nope' } } }, /The file has no column "Nope". It has: Who, Mail/],
      [{ key: null, columns: { wings: { column: 'Who' }, name: { column: 'Who' } } }, /Person has no field "wings"/],
      [{ key: null, columns: { email: { column: 'Mail' } } }, /Name is needed/],
      [{ key: null, columns: { name: { column: 'Who' } }, zone: 'Mars/Base' }, /not a time zone/],
      [
        { key: null, columns: { name: { column: 'Who' }, unit: { column: 'Mail', create: true } } },
        /A new unit needs kind/,
      ],
      [
        { key: null, columns: { name: { column: 'Who' } }, events: { at: { column: 'Mail' } } },
        /Updates of one record need a key/,
      ],
      [
        { key: 'lineManager', columns: { name: { column: 'Who' }, lineManager: { column: 'Mail' } } },
        /cannot be a key/,
      ],
      [{ key: null, columns: { name: 7 } }, /./],
      ['nonsense', /./],
    ]
    for (const [mapping, sentence] of cases)
      await assert.rejects(send('PATCH', '/imports/{id}', id, { body: { mapping } }), (error) =>
        error instanceof Refusal ? refused(422, sentence)(error) : error instanceof Error && error.name === 'ZodError',
      )
    await assert.rejects(
      send('PATCH', '/imports/{id}', id, { body: { readyMapping: 'nope' } }),
      refused(400, /no ready mapping "nope"/),
    )
    await assert.rejects(send('PATCH', '/imports/{id}', id, { body: {} }), refused(400, /Send "mapping"/))
    await assert.rejects(send('GET', '/imports/{id}', 999), refused(404, /not found/))
    await assert.rejects(
      send('POST', '/imports/{id}/run', id, { actor: person(3, ['requester']) }),
      refused(404, /not found/),
    )
  })

  it('read the file in another way when told', async () => {
    const { id } = (await upload({ record: 'person' }, 'name;email\nAna, B;ana@h.test\n')).body
    const read = await send('PATCH', '/imports/{id}', id, { body: { reading: { separator: ',' } } })
    assert.deepEqual(
      Object.values(read.body.mapping.columns)
        .map((source) => source.column)
        .includes('email'),
      false,
    )
  })
})

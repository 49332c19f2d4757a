/** The routes of imports: upload, mapping, dry run, run, undo, and how far it is. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { badRequest } from '#kit/problem.ts'
import { importBatch } from '#kit/records/setup.ts'
import { readId } from '#kit/rest.ts'
import type { Batch } from './batch.ts'
import { readBatch } from './batch.ts'
import type { DownloadParts } from './download-routes.ts'
import { downloadRoutes } from './download-routes.ts'
import type { ImportParts } from './ports.ts'
import type { ShownBatch } from './shape.ts'
import { BATCH } from './shape.ts'
import { readyFor } from './suggest.ts'
import { remap, upload } from './upload.ts'
import type { Deed } from './work.ts'
import { begin } from './work.ts'

const change = z.object({
  mapping: z.record(z.string(), z.unknown()).optional(),
  readyMapping: z.string().max(200).optional(),
  reading: z
    .object({
      encoding: z.string().max(40).optional(),
      separator: z.string().length(1).optional(),
      sheet: z.string().max(200).optional(),
    })
    .optional(),
})
const TAG = importBatch.labelPlural

export function importRoutes(parts: DownloadParts): Route[] {
  const one = { tag: TAG, access: 'signed-in', ok: BATCH } as const
  return [
    {
      ...one,
      method: 'POST',
      path: '/imports',
      replaces: true,
      summary: 'Upload a file: CSV, TSV, XLSX or JSON lines',
      body: 'upload',
      parts: {
        record: { about: 'What the rows are: incident, person …' },
        encoding: { about: 'That of the text, such as windows-1252; found out unless said.' },
        separator: { about: 'The sign between cells; found out unless said.' },
        sheet: { about: 'The sheet of a workbook; the first one unless said.' },
      },
      okStatus: 201,
      refusals: [400, 403, 413, 415, 422],
      audited: 'journal',
      handle: async (call) => answer(parts, await uploaded(parts, call), 201),
    },
    {
      ...one,
      method: 'GET',
      path: '/imports/{id}',
      replaces: true,
      summary: 'How far an import is, and what came of it',
      handle: async (call) => answer(parts, await readBatch(parts.store, call.actor, idIn(call))),
    },
    {
      ...one,
      method: 'PATCH',
      path: '/imports/{id}',
      replaces: true,
      summary: 'Say which column fills which field, or how the file is to be read',
      body: change,
      refusals: [400, 409, 422],
      audited: 'journal',
      handle: async (call) => answer(parts, await remap(parts, call.actor, idIn(call), change.parse(call.body ?? {}))),
    },
    ...deedRoutes(parts, one),
    ...downloadRoutes(parts),
  ]
}
function deedRoutes(parts: ImportParts, one: Pick<Route, 'tag' | 'access' | 'ok'>): Route[] {
  const deeds: readonly (readonly [string, Deed, string])[] = [
    ['dryrun', 'check', 'Check every row without writing anything'],
    ['run', 'run', 'Write the rows; goes on where an earlier try has stopped'],
    ['undo', 'undo', 'Take the whole import back'],
  ]
  return deeds.map(([path, deed, summary]) => ({
    ...one,
    method: 'POST',
    path: `/imports/{id}/${path}`,
    summary,
    // What is to be done stands in the import itself: a mapping sent along would be thought to count.
    body: z.strictObject({}),
    okStatus: 202,
    refusals: [409, 422],
    audited: 'journal',
    handle: async (call) => answer(parts, await begin(parts, call.actor, idIn(call), deed), 202),
  }))
}
function idIn(call: Call): number {
  return readId(importBatch, call.params['id'])
}
async function uploaded(parts: ImportParts, call: Call): Promise<Batch> {
  const sent = await call.upload?.()
  if (sent === undefined)
    throw badRequest(say`Send the file as multipart/form-data: a part "record", then a part "file".`)
  const { record = '', encoding, separator, sheet } = sent.fields
  return upload(parts, call.actor, {
    record,
    fileName: sent.fileName,
    content: sent.content,
    encoding,
    separator,
    sheet,
  })
}
function answer(parts: ImportParts, batch: Batch, status = 200): Answer {
  const columns = batch.found?.columns.map((column) => column.name) ?? []
  const body: ShownBatch = {
    id: batch.id,
    number: batch.number,
    record: batch.record,
    fileName: batch.fileName,
    state: batch.state,
    rev: batch.rev,
    found: batch.found,
    mapping: batch.mapping,
    readyMappings: readyFor(batch.record, parts.ready, columns).map(({ name, label }) => ({ name, label })),
    progress: progressOf(batch),
    counts: batch.counts,
    problems: batch.problems,
    because: batch.because,
    error: batch.because,
  }
  return { status, body, headers: { ETag: `"${batch.rev}"` } }
}
function progressOf(batch: Batch): { done: number; total: number } {
  const { counts } = batch
  const written =
    counts === null
      ? 0
      : counts.create + counts.update + Object.values(counts.references).reduce((sum, n) => sum + n, 0)
  const total = batch.state === 'undoing' || batch.state === 'undone' ? written : batch.rows
  return { done: batch.progress, total: Math.max(total, batch.progress) }
}

/** The routes by which a person takes away what an import left out: the problems, and the rows to correct. */
import type { Readable } from 'node:stream'
import { said, say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { ExportWriters } from '#kit/export.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import { importBatch } from '#kit/records/setup.ts'
import { readId } from '#kit/rest.ts'
import type { Batch } from './batch.ts'
import { readBatch } from './batch.ts'
import type { ImportParts } from './ports.ts'
import type { TableToSend } from './rejected.ts'
import { problemTable, rejectedTable } from './rejected.ts'
import { asRefusal } from './upload.ts'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
type Format = keyof typeof TYPES

export interface DownloadParts extends ImportParts {
  readonly writers: Pick<ExportWriters, Format>
}

export function downloadRoutes(parts: DownloadParts): Route[] {
  const one = {
    method: 'GET',
    tag: importBatch.labelPlural,
    access: 'signed-in',
    query: { format: { about: 'csv or xlsx; csv unless said.', schema: { type: 'string', enum: Object.keys(TYPES) } } },
    okTypes: Object.values(TYPES),
    refusals: [400, 403, 404, 422],
  } as const
  return [
    {
      ...one,
      path: '/imports/{id}/problems',
      summary: 'The problems of an import as a table: row, column, value, what is wrong, what to do; at most 1,000',
      handle: async (call) => sent(parts, call, 'problems', async (batch) => problemTable(batch)),
    },
    {
      ...one,
      path: '/imports/{id}/rejected',
      summary: 'The rows that an import left out, with what is wrong: correct them and import the file again',
      handle: async (call) => sent(parts, call, 'rejected', (batch) => rejectedTable(parts, batch).catch(asRefusal)),
    },
  ]
}
async function sent(
  parts: DownloadParts,
  { actor, params, query }: Call,
  what: string,
  tableOf: (batch: Batch) => Promise<TableToSend>,
): Promise<Answer> {
  const format = formatOf(query['format'])
  const batch = await readBatch(parts.store, actor, readId(importBatch, params['id']))
  if (batch.found === null)
    throw forbidden(say`You may know of this import, but not what stands in its file. Ask whoever made it.`)
  const { columns, rows } = await tableOf(batch)
  const stream: Readable = parts.writers[format](columns, rows, said(importBatch.label))
  const name = `${batch.number}-${what}.${format}`
  return { stream, headers: { 'Content-Type': TYPES[format], 'Content-Disposition': `attachment; filename="${name}"` } }
}
function formatOf(asked = 'csv'): Format {
  if (asked === 'csv' || asked === 'xlsx') return asked
  throw badRequest(say`"${asked.slice(0, 20)}" is not a format of this table. Choose csv or xlsx.`)
}

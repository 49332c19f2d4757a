/** The addresses of reports: the page of a report or an issue in every form, making an issue, and ready-made reports. */
import { Readable } from 'node:stream'
import { z } from 'zod'
import { say, said } from '#engines/say.ts'
import { may, readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Answer, Call, JsonSchema, Route } from '#kit/contract.ts'
import type { ExportWriters, WorkbookWriter } from '#kit/export.ts'
import { wholeOf } from '#kit/json-schema.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import type { RestParts } from '#kit/rest.ts'
import { readId, whole } from '#kit/rest.ts'
import { itemsOf, shape, TEXT, WHOLE } from '#kit/routes/shape.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { IssueParts } from './issue.ts'
import { createIssue, issueFor, prepare } from './issue.ts'
import { pageSchema } from './page.ts'
import type { ReportPrinter } from './printer.ts'
import { printable } from './printer.ts'
import { READY_MADE, readyDraft } from './ready-made.ts'
import { report, reportIssue } from './report.ts'
import { sheetOf, sheetsOf } from './sheet.ts'
import type { Shown } from './shown.ts'
import { shownTo } from './shown.ts'
import { takeSnapshot } from './take.ts'
import { lastCode, lastCodeInWords } from '#kit/seal/code.ts'

export interface ReportParts extends RestParts, IssueParts {
  readonly writers: ExportWriters
  readonly printReport: ReportPrinter
  readonly workbook: WorkbookWriter
  readonly publicUrl: string
}
const { $schema: _, ...PAGE } = z.toJSONSchema(pageSchema) as Record<string, JsonSchema>
const SHOWN = shape({ page: PAGE, leftOut: WHOLE, isPrintable: { type: 'boolean' }, seal: TEXT })
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const
const FORMAT: NonNullable<Route['query']> = {
  format: { about: 'csv, xlsx or pdf; pdf unless said.', schema: { type: 'string', enum: ['csv', 'xlsx', 'pdf'] } },
}
const none = z.strictObject({})
const readyBody = z.strictObject({ name: z.enum(['desk', 'levels', 'board']) })
const common = { tag: report.labelPlural, access: 'signed-in' } as const

export function reportRoutes(parts: ReportParts): Route[] {
  const { store } = parts
  return [
    ...pageRoutes(parts, {
      path: '/reports/{id}',
      summaries: ['The report as the asker reads it now', 'The report as the asker reads it now, as a file'],
      read: async (call) => {
        const row = await store.get(call.actor, report, readId(report, call.params['id']))
        const snapshot = await takeSnapshot(store, call.actor, row)
        const shown = shownTo(snapshot, { catalogue: store.catalogue, actor: call.actor, comments: {} })
        return { row, shown, path: `/reports/reports/${row.number}` }
      },
    }),
    ...pageRoutes(parts, {
      path: '/reportissues/{id}',
      summaries: ['The page of an issue, as far as the asker may read what it was made of', 'That page as a file'],
      read: async (call) => {
        const row = await store.get(call.actor, reportIssue, readId(reportIssue, call.params['id']))
        const shown = await issueFor(parts, call.actor, row)
        return { row, shown, path: `/reports/reportissues/${row.number}` }
      },
    }),
    {
      ...common,
      method: 'POST',
      path: '/reports/{id}/issues',
      summary: 'Make an issue: read the report now and keep what was read',
      body: none,
      ok: wholeOf(reportIssue),
      okStatus: 201,
      audited: 'journal',
      refusals: [403, 404, 409],
      handle: async (call) => {
        const made = await makeIssue(parts, call.actor, readId(report, call.params['id']))
        return {
          status: 201,
          body: await whole(parts, call.actor, reportIssue, made),
          headers: { ETag: `"${made.rev}"` },
        }
      },
    },
    ...readyRoutes(parts),
  ]
}

function readyRoutes({ store, ...parts }: ReportParts): Route[] {
  return [
    {
      ...common,
      method: 'GET',
      path: '/reports/ready',
      summary: 'Ready-made reports',
      ok: itemsOf(shape({ name: TEXT, label: TEXT, about: TEXT })),
      handle: async () => ({
        body: { items: READY_MADE.map(({ name, label, about }) => ({ name, label: said(label), about: said(about) })) },
      }),
    },
    {
      ...common,
      method: 'POST',
      path: '/reports/ready',
      summary: 'Begin with a ready-made report',
      body: readyBody,
      ok: wholeOf(report),
      okStatus: 201,
      audited: 'journal',
      refusals: [403],
      handle: async (call) => {
        const draft = readyDraft(readyBody.parse(call.body).name, await measureNames(store, call.actor))
        const made = await store.create(call.actor, report, draft)
        return {
          status: 201,
          body: await whole({ ...parts, store }, call.actor, report, made),
          headers: { ETag: `"${made.rev}"` },
        }
      },
    },
  ]
}

async function measureNames({ db, catalogue }: Store, actor: Actor): Promise<string[]> {
  const rows = await run<{ name: string }>(
    db,
    sql`select t.name from measure t where t.org = ${actor.org} and t.binned_at is null and ${readable(actor, catalogue.get('measure'), catalogue)} limit 1000`,
  )
  return rows.map(({ name }) => name)
}

async function makeIssue(parts: ReportParts, actor: Actor, id: number): Promise<AnyRow> {
  const { store } = parts
  const row = await store.get(actor, report, id)
  if (!may(await store.near(actor, report, id), report, 'update', row))
    throw forbidden(say`Issues of ${row.number} are made by its owner and by managers.`)
  const prepared = await prepare(parts, actor, row)
  const made = await createIssue(parts, actor, { report: row, prepared })
  return store.get(actor, reportIssue, made.id)
}

interface Answered {
  readonly row: AnyRow
  readonly shown: Shown
  /** Where it stands in the web application, for the footer. */
  readonly path: string
}
interface Pages {
  readonly path: string
  readonly summaries: readonly [page: string, file: string]
  readonly read: (call: Call) => Promise<Answered>
}
/** A page as data, and as a file. */
function pageRoutes(parts: ReportParts, { path, summaries: [summary, ofFile], read }: Pages): Route[] {
  return [
    {
      ...common,
      method: 'GET',
      path: `${path}/page`,
      summary,
      ok: SHOWN,
      refusals: [404, 409],
      handle: async (call) => ({
        body: {
          ...(await read(call)).shown,
          isPrintable: parts.printReport.isThere,
          seal: await lastCodeInWords(parts.store.db),
        },
      }),
    },
    {
      ...common,
      method: 'GET',
      path: `${path}/file`,
      summary: ofFile,
      query: FORMAT,
      okTypes: Object.values(TYPES),
      refusals: [400, 404, 409, 503],
      handle: async (call) => fileOf(parts, call, await read(call)),
    },
  ]
}
async function fileOf(parts: ReportParts, call: Call, { row, shown, path }: Answered): Promise<Answer> {
  const format = call.query['format'] ?? 'pdf'
  if (format === 'pdf') {
    const how = {
      zone: await parts.zone(call.actor),
      address: `${parts.publicUrl}${path}`,
      seal: await lastCodeInWords(parts.store.db),
    }
    const asked = printable(shown.page, how)
    const pdf = await parts.printReport.print(asked)
    return file(Readable.from([pdf]), 'pdf', row.number)
  }
  if (format !== 'csv' && format !== 'xlsx') throw badRequest(say`"${format.slice(0, 20)}" is not a format of reports. Choose csv, xlsx or pdf.`) // oxfmt-ignore
  const code = await lastCode(parts.store.db)
  // A table has no place for it that programs would not read: its name carries it.
  const name = code === null ? row.number : `${row.number}_checkpoint-${code}`
  if (format === 'xlsx') return file(parts.workbook(sheetsOf(shown.page)), format, name)
  const { columns, rows, title } = sheetOf(shown.page)
  return file(parts.writers.csv(columns, rows, title), format, name)
}
function file(stream: Readable, format: keyof typeof TYPES, name: string): Answer {
  return {
    stream,
    headers: { 'Content-Type': TYPES[format], 'Content-Disposition': `attachment; filename="${name}.${format}"` },
  }
}

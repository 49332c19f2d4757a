/** Exports: a view as a file, page by page, so that a million rows need no more memory than five hundred. */
import { Readable } from 'node:stream'
import { said, say } from '#engines/say.ts'
import { mayAtAll } from './access.ts'
import { clearAdded, clearAddedField } from './added.ts'
import { clearField, clearFields } from './clearance.ts'
import { BASE_FIELDS } from './condition.ts'
import type { FilterContext } from './condition.ts'
import type { Answer, Call, Route } from './contract.ts'
import type { Sql } from './database.ts'
import type { PdfParts } from './export-pdf.ts'
import { pdfOfList } from './export-pdf.ts'
import type { Field } from './field.ts'
import { labelOf } from './field.ts'
import { list } from './list.ts'
import type { ListQuery } from './list.ts'
import { badRequest, notFound } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { RestParts } from './rest.ts'
import { refuseStrangeNames } from './filter-names.ts'
import { filterContext, viewQuery } from './rest.ts'

export interface ExportColumn {
  readonly name: string
  readonly label: string
  readonly kind: string
}
export type ExportRow = Readonly<Record<string, unknown>>
export type ExportFormat = 'csv' | 'xlsx' | 'jsonl'
type Format = ExportFormat | 'pdf'
/** The port to the writers of files. */
export type ExportWriters = Readonly<
  Record<ExportFormat, (columns: ExportColumn[], rows: AsyncIterable<ExportRow>, title: string) => Readable>
>
/** One sheet of a workbook. */
export interface ExportSheet {
  readonly title: string
  readonly columns: ExportColumn[]
  readonly rows: AsyncIterable<ExportRow>
}
/** The port to what writes several sheets into one workbook. */
export type WorkbookWriter = (sheets: readonly ExportSheet[]) => Readable
const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/jsonl; charset=utf-8',
  pdf: 'application/pdf',
}
const PAGE = 500

export interface Source {
  readonly column: ExportColumn
  readonly read: (row: AnyRow) => unknown
}

/** The columns of a view. A reference has two: its title for people, its number so that reading the file finds it again. */
export function exportSources(context: FilterContext, record: RecordType, names: readonly string[]): Source[] {
  const number: Source = { column: { name: 'number', label: said('Number'), kind: 'text' }, read: (row) => row.number }
  const made = names
    .filter((name) => name !== 'id' && name !== 'number')
    .flatMap((name) => fieldSources(context, record, name))
  return distinct([number, ...made])
}
function fieldSources(context: FilterContext, record: RecordType, name: string): Source[] {
  const added = clearAddedField(context.catalogue, context.actor, record, name)
  const bare = added?.name ?? name
  const own =
    clearField(context.actor, record, name) ?? (Object.hasOwn(BASE_FIELDS, name) ? BASE_FIELDS[name] : undefined)
  const field = own ?? added?.field
  if (field === undefined) throw badRequest(say`${said(record.label)} has no field "${name.slice(0, 60)}" to export.`)
  const read =
    own === undefined ? (row: AnyRow): unknown => row.custom[bare] ?? null : (row: AnyRow): unknown => row[name] ?? null
  const label = said(field.label ?? labelOf(bare))
  if (field.kind !== 'ref' && field.kind !== 'refs' && field.kind !== 'any')
    return [{ column: { name, label, kind: field.kind }, read: shownBy(field, read) }]
  return [
    { column: { name, label, kind: 'text' }, read: (row) => parts(read(row), 'title') },
    {
      column: { name: `${name}Number`, label: say`${label} number`, kind: 'text' },
      read: (row) => parts(read(row), 'number'),
    },
  ]
}
/** Choices by their labels, as the list shows them; both are read back. Rows are read when nobody asks in a language any more. */
function shownBy(field: Field, read: (row: AnyRow) => unknown): (row: AnyRow) => unknown {
  if (field.kind === 'json') return (row) => (read(row) === null ? null : JSON.stringify(read(row)))
  if (field.kind === 'attachment') return (row) => parts(read(row), 'title')
  if (field.kind !== 'choice' && field.kind !== 'states') return read
  const labels = new Map<unknown, string>(field.options?.map(({ value, label }) => [value, said(label, 'option')]))
  return (row) => labels.get(read(row)) ?? read(row)
}
function parts(value: unknown, part: 'title' | 'number'): string | null {
  const all = Array.isArray(value) ? value : [value]
  const texts = all.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && part in one ? [String(one[part as keyof typeof one])] : [],
  )
  return texts.length === 0 ? null : texts.join('; ')
}
/** Two columns of one label would be read back as one. */
function distinct(sources: readonly Source[]): Source[] {
  const taken = new Set<string>()
  return sources.map((source) => {
    const label = taken.has(source.column.label.toLowerCase())
      ? `${source.column.label} (${source.column.name})`
      : source.column.label
    taken.add(label.toLowerCase())
    return { ...source, column: { ...source.column, label } }
  })
}

/** Rows in the order of the view, read in pages as they are asked for. */
export async function* exportRows(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  asked: { query: ListQuery; sources: readonly Source[] },
): AsyncGenerator<ExportRow, void> {
  const fields = [
    ...new Set(
      asked.sources
        .map(({ column }) => column.name.replace(/Number$/, ''))
        .concat(asked.sources.map(({ column }) => column.name)),
    ),
  ]
  let after: string | undefined
  do {
    const page = await list(on, context, record, { ...asked.query, fields, limit: PAGE, after })
    for (const row of page.items)
      yield Object.fromEntries(asked.sources.map(({ column, read }) => [column.name, read(row)]))
    after = page.next ?? undefined
  } while (after !== undefined)
}

/** `GET /<plural>/export` of every record. */
export function exportRoutes(
  parts: RestParts & PdfParts,
  records: readonly RecordType[],
  writers: ExportWriters,
): Route[] {
  return records.map((record) => ({
    method: 'GET',
    path: `/${record.plural}/export`,
    tag: record.labelPlural,
    access: 'signed-in',
    summary: `Export ${record.labelPlural.toLowerCase()} of a view`,
    query: {
      format: {
        about: 'csv, xlsx, jsonl, or pdf of at most 2,000 rows; csv unless said.',
        schema: { type: 'string', enum: ['csv', 'xlsx', 'jsonl', 'pdf'] },
      },
      filter: { about: 'As in the list.', schema: { type: 'string', maxLength: 4000 } },
      sort: { about: 'As in the list.', schema: { type: 'string', maxLength: 200 } },
      q: { about: 'Words that it holds.', schema: { type: 'string', maxLength: 500 } },
      fields: {
        about: 'The columns, separated by commas; those of the list and the added fields unless said.',
        schema: { type: 'string', maxLength: 2000 },
      },
      binned: { about: 'true: what is in the bin.', schema: { type: 'string', enum: ['true', 'false'] } },
    },
    okTypes: Object.values(TYPES),
    refusals: [400, 404, 503],
    handle: (call) => exported(parts, record, writers, call),
  }))
}
async function exported(
  parts: RestParts & PdfParts,
  record: RecordType,
  writers: ExportWriters,
  call: Call,
): Promise<Answer> {
  if (!mayAtAll(call.actor, record, 'read')) throw notFound(record.labelPlural)
  const format = formatOf(call.query['format'])
  const query = viewQuery({ ...call.query, limit: '50' })
  const context = await filterContext(parts, call.actor)
  const names = query.fields ?? shownIn(context, record)
  const sources = exportSources(context, record, names)
  const { reader } = parts.store.db
  await refuseStrangeNames(reader, context, record, query.filter)
  if (format === 'pdf') {
    const shown = { query, sources: onPaper(sources, names) }
    return file(parts, record, format, Readable.from([await pdfOfList(reader, parts, context, record, shown)]))
  }
  // The first page is read before anything is sent, so that a wrong filter is answered as such.
  await list(reader, context, record, { ...query, fields: [], limit: 1 })
  const rows = exportRows(reader, context, record, { query: { ...query, after: undefined }, sources })
  const columns = sources.map(({ column }) => column)
  return file(parts, record, format, writers[format](columns, rows, said(record.labelPlural)))
}
function file(parts: Pick<RestParts, 'store'>, record: RecordType, format: Format, stream: Readable): Answer {
  const name = `${record.plural}-${parts.store.now().slice(0, 10)}.${format}`
  return { stream, headers: { 'Content-Type': TYPES[format], 'Content-Disposition': `attachment; filename="${name}"` } }
}
/** The columns as they stand on the screen: people read the title of a reference, and no number that nobody asked for. */
function onPaper(sources: readonly Source[], names: readonly string[]): Source[] {
  const asked = [...new Set(names.map((name) => (name === 'id' ? 'number' : name)))]
  return asked.flatMap((name) => sources.find(({ column }) => column.name === name) ?? [])
}
/** The columns of its list and every added field, as far as the actor may know of them. */
function shownIn({ actor, catalogue }: FilterContext, record: RecordType): string[] {
  const clear = clearFields(actor, record)
  return [
    ...record.list.filter((name) => !Object.hasOwn(record.fields, name) || Object.hasOwn(clear, name)),
    ...Object.keys(clearAdded(catalogue, actor, record)).map((name) => `custom.${name}`),
  ]
}
function formatOf(said: string | undefined): Format {
  if (said === undefined || said === 'csv') return 'csv'
  if (said === 'xlsx' || said === 'jsonl' || said === 'pdf') return said
  throw badRequest(say`"${said.slice(0, 20)}" is not a format of exports. Choose csv, xlsx, jsonl or pdf.`)
}

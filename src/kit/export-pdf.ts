/** A list on paper: exactly the rows, columns and order of a view, as a tagged PDF in words of the reader. */
import { amid, said, say } from '#engines/say.ts'
import { fitTable, ROOM } from '#engines/table-fit.ts'
import type { WordedCell } from '#engines/wording.ts'
import { NUMBER_KINDS, spokenLanguage, Wording } from '#engines/wording.ts'
import type { FilterContext } from './condition.ts'
import type { Sql } from './database.ts'
import type { Source } from './export.ts'
import type { ListQuery } from './list.ts'
import { list } from './list.ts'
import { badRequest } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import { lastCodeInWords } from './seal/code.ts'
import { run, sql } from './sql.ts'

/** The port to what makes PDFs. */
export interface PdfPort {
  /** @throws a refusal (503) when this installation makes none, or is too busy */
  print(page: object): Promise<Uint8Array>
}
export interface PdfParts {
  readonly printReport: PdfPort
  readonly publicUrl: string
}
/** More belongs into a workbook: nobody reads it on paper, and setting it takes the machine from others. */
const MOST_ROWS = 2000
const MOST_COLUMNS = 16
/** From so many columns on the page lies on its side. */
const WIDE_FROM = 6
const PAGE = 500
/** So much of a long text is printed. */
const MOST_CHARACTERS = 500

interface Printing {
  readonly query: ListQuery
  readonly sources: readonly Source[]
}
/** @throws bad request for more rows or columns than a PDF holds; a refusal (503) as the printer says */
export async function pdfOfList(
  on: Sql,
  parts: PdfParts,
  context: FilterContext,
  record: RecordType,
  { query, sources }: Printing,
): Promise<Uint8Array> {
  if (sources.length > MOST_COLUMNS)
    throw badRequest(say`A PDF has room for ${MOST_COLUMNS} columns, and this view has ${sources.length}. Hide some, or take the workbook.`) // oxfmt-ignore
  const rows = await rowsFor(on, context, record, { query, sources })
  const words = new Wording(spokenLanguage(), context.zone)
  const [organisation] = await run<{ name: string }>(
    on,
    sql`select name from organisation where id = ${context.actor.org}`,
  )
  const address = `${parts.publicUrl}/${record.place ?? 'all'}/${record.plural}`
  const isWide = sources.length >= WIDE_FROM
  const labels = sources.map(({ column }) => column.label)
  const cells = rows.map((row) =>
    sources.map(({ column, read }) => cellText(words.cell(column, read(row) as WordedCell))),
  ) // as rows hold them: fields have no other values
  const table = {
    kind: 'table',
    title: '',
    columns: sources.map(({ column }) => ({ label: column.label, isNumber: NUMBER_KINDS.has(column.kind) })),
    rows: cells,
    note: rows.length === 0 ? say`Nothing matches this view.` : '',
    fit: fitTable(labels, cells, isWide ? ROOM.wide : ROOM.upright),
  }
  return parts.printReport.print({
    language: spokenLanguage(),
    title: said(record.labelPlural),
    organisation: organisation?.name ?? '',
    period: `${words.number(rows.length)} ${amid(rows.length === 1 ? record.label : record.labelPlural)}`,
    description: described(query),
    made: say`Made ${words.instant(context.now)} by ${context.actor.name}`,
    pages: say`Page ${'{0}'} of ${'{1}'}`,
    address,
    seal: await lastCodeInWords(on),
    isWide,
    blocks: [table],
  })
}

async function rowsFor(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  { query, sources }: Printing,
): Promise<AnyRow[]> {
  const fields = sources.map(({ column }) => column.name)
  const rows: AnyRow[] = []
  let after: string | undefined
  do {
    const page = await list(on, context, record, { ...query, fields, limit: PAGE, after })
    rows.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && rows.length <= MOST_ROWS)
  if (rows.length > MOST_ROWS)
    throw badRequest(say`A PDF holds at most ${MOST_ROWS} records, and this view has more. Narrow it by a filter, or take the workbook.`) // oxfmt-ignore
  return rows
}
/** Which rows these are, as the address of the view says it. */
function described({ filter = '', q = '', binned }: ListQuery): string {
  return [
    filter.trim() === '' ? '' : say`Filter: ${filter.trim()}`,
    q.trim() === '' ? '' : say`Words: ${q.trim()}`,
    binned === true ? say`What is in the bin.` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
function cellText(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS).toWellFormed()}…` : text
}

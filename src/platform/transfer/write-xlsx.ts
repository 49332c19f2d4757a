/** A workbook as a stream. The XML is ours, the ZIP container yazl's: no library that writes while rows arrive also freezes and formats. */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { ExportColumn, ExportRow } from './cell-text.ts'
import { cellXml, escaped, textXml } from './xlsx-cell.ts'
import { contentTypesXml, rootLinksXml, stylesXml, workbookLinksXml, workbookXml } from './xlsx-fixed.ts'

const rowsOfSheet = 1_048_575 // One less than a sheet has: the header takes one.
const flushAt = 65_536
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

export interface WrittenSheet {
  readonly title: string
  readonly columns: readonly ExportColumn[]
  readonly rows: AsyncIterable<ExportRow>
}

/** Sheet after sheet; one that is longer than a sheet may be goes on in the next. A fault in `rows` destroys the stream with that fault. */
export function writeWorkbook(sheets: readonly WrittenSheet[]): Readable {
  const zip = new ZipFile()
  // yazl's stream is a classic readable; typed as the older interface, it is Node's own PassThrough.
  const output = zip.outputStream as Readable
  const sources = sheets.map((sheet) => ({ ...sheet, source: sheet.rows[Symbol.asyncIterator]() }))
  output.once('close', () => {
    for (const { source } of sources) void source.return?.()
  })
  addSheets(zip, sources).then(
    () => zip.end(),
    (fault: unknown) => output.destroy(fault instanceof Error ? fault : new Error(String(fault))),
  )
  return output
}

interface Source extends WrittenSheet {
  readonly source: AsyncIterator<ExportRow>
}
async function addSheets(zip: ZipFile, sources: readonly Source[]): Promise<void> {
  const names: string[] = []
  for (const { columns, source, title } of sources) {
    const name = nameOf(title)
    let parts = 0
    let next = await source.next()
    do {
      names.push(++parts === 1 ? name : `${name} ${parts}`)
      const first = next
      const sheet = Readable.from(
        sheetXml(columns, source, first, (after) => {
          next = after
        }),
        { objectMode: false },
      )
      zip.addReadStream(sheet, `xl/worksheets/sheet${names.length}.xml`)
      await ended(sheet)
    } while (!next.done)
  }
  const parts = {
    '[Content_Types].xml': contentTypesXml(names),
    '_rels/.rels': rootLinksXml(),
    'xl/workbook.xml': workbookXml(names),
    'xl/_rels/workbook.xml.rels': workbookLinksXml(names),
    'xl/styles.xml': stylesXml(),
  }
  for (const [part, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(xml), part)
}
/** XML text. A long table needs room for the number of its next sheet. */
function nameOf(title: string): string {
  const bare = title.replace(/[[\]:*?/\\]/g, ' ').trim()
  return escaped(bare.slice(0, 31) || 'Export')
}

function ended(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('end', resolve).once('error', reject)
  })
}

async function* sheetXml(
  columns: readonly ExportColumn[],
  source: AsyncIterator<ExportRow>,
  first: IteratorResult<ExportRow>,
  handOver: (next: IteratorResult<ExportRow>) => void,
): AsyncGenerator<Buffer, void> {
  let xml = sheetHead(columns)
  let next = first
  let count = 0
  for (; !next.done && count < rowsOfSheet; next = await source.next()) {
    const row = next.value
    xml += `<row>${columns.map((column) => cellXml(row[column.name], column.kind)).join('')}</row>`
    count++
    if (xml.length < flushAt) continue
    yield Buffer.from(xml)
    xml = ''
  }
  handOver(next)
  const filter = columns.length === 0 ? '' : `<autoFilter ref="A1:${letters(columns.length)}${count + 1}"/>`
  yield Buffer.from(`${xml}</sheetData>${filter}</worksheet>`)
}

function sheetHead(columns: readonly ExportColumn[]): string {
  const widths = columns
    .map((column, at) => `<col min="${at + 1}" max="${at + 1}" width="${width(column)}" customWidth="1"/>`)
    .join('')
  const header = columns.map((column) => textXml(column.label, 1)).join('')
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="${main}">` +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `${widths === '' ? '' : `<cols>${widths}</cols>`}<sheetData><row>${header}</row>`
  )
}

function width(column: ExportColumn): number {
  if (column.kind === 'longText') return 60
  return column.kind === 'text' ? 36 : Math.max(14, Math.min(40, column.label.length + 4))
}

/** 1 → "A", 28 → "AB". */
function letters(column: number): string {
  return column <= 26
    ? String.fromCharCode(64 + column)
    : letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1)
}

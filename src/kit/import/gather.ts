/** Puts together the rows that belong to one record. They usually follow each other; those that do not are waited for. */
import { say } from '#engines/say.ts'
import type { ImportMapping } from './mapping.ts'
import { keyFields } from './mapping.ts'
import type { Table, TableRow } from './ports.ts'

/** Rows of one record in file order. Files without updates have one row each. */
export interface Group {
  readonly rows: readonly TableRow[]
}
/** What a first reading of the file has found. */
export interface Layout {
  readonly rows: number
  /** Keys whose rows lie apart, with how many there are; empty for files without updates. */
  readonly apart: ReadonlyMap<string, number>
}
const MOST_WAITING = 500_000

/** The rows of a file lie too far apart to be put together in memory. */
export class RowsTooFarApart extends Error {
  override name = 'UnreadableFile'
}

/** Reads the whole file once where updates have to be put together; otherwise the estimate serves. */
export async function layoutOf(table: Table, mapping: ImportMapping, signal?: AbortSignal): Promise<Layout> {
  if ((mapping.events ?? null) === null) return { rows: table.found.rowsEstimate, apart: new Map() }
  const keyOf = keyReader(mapping)
  const counts = new Map<string, number>()
  const apart = new Set<string>()
  let rows = 0
  let last = ''
  for await (const row of table.rows()) {
    rows++
    if (rows % 5000 === 0) await breath(signal)
    const key = keyOf(row)
    if (key === '') continue
    const count = counts.get(key)
    if (count !== undefined && key !== last) apart.add(key)
    counts.set(key, (count ?? 0) + 1)
    last = key
  }
  return { rows, apart: new Map([...apart].map((key) => [key, counts.get(key) ?? 0])) }
}

/** Groups in an order that is the same at every reading. @throws RowsTooFarApart */
export async function* gather(table: Table, mapping: ImportMapping, layout: Layout): AsyncGenerator<Group, void> {
  if ((mapping.events ?? null) === null) {
    for await (const row of table.rows()) yield { rows: [row] }
    return
  }
  const keyOf = keyReader(mapping)
  const waiting = new Waiting(layout)
  let current: { key: string; rows: TableRow[] } = { key: '', rows: [] }
  for await (const row of table.rows()) {
    const key = keyOf(row)
    if (key !== '' && key === current.key) {
      current.rows.push(row)
      continue
    }
    if (key === '') {
      yield { rows: [row] }
      continue
    }
    if (current.rows.length > 0) yield { rows: current.rows }
    const isApart = layout.apart.has(key)
    const whole = isApart ? waiting.add(key, row) : null
    current = isApart ? { key: '', rows: [] } : { key, rows: [row] }
    if (whole !== null) yield { rows: whole }
  }
  if (current.rows.length > 0) yield { rows: current.rows }
  for (const rows of waiting.left()) yield { rows }
}

/** Rows whose record has more of them further on. */
class Waiting {
  readonly #layout: Layout
  readonly #rows = new Map<string, TableRow[]>()
  #held = 0
  constructor(layout: Layout) {
    this.#layout = layout
  }
  /** All rows of the record when this was the last one, else null. */
  add(key: string, row: TableRow): TableRow[] | null {
    const rows = this.#rows.get(key) ?? []
    rows.push(row)
    this.#rows.set(key, rows)
    this.#held++
    if (this.#held > MOST_WAITING)
      throw new RowsTooFarApart(
        say`The updates of one record lie more than ${MOST_WAITING} rows apart. Sort the file by its key, then by time, and import it again.`,
      )
    if (rows.length < (this.#layout.apart.get(key) ?? 0)) return null
    this.#rows.delete(key)
    this.#held -= rows.length
    return rows
  }
  left(): Iterable<TableRow[]> {
    return this.#rows.values()
  }
}

/** '' for rows that cannot be put with others. */
function keyReader(mapping: ImportMapping): (row: TableRow) => string {
  const columns = keyFields(mapping).map((field) => mapping.columns[field]?.column ?? '')
  return ({ cells, problem }) => {
    if (problem !== null) return ''
    const parts = columns.map((column) => (cells[column] ?? '').trim())
    return parts.every((part) => part === '') ? '' : parts.join('\n')
  }
}
/** Lets other work of this process have its turn. @throws when the work is to stop */
export async function breath(signal?: AbortSignal): Promise<void> {
  await new Promise((done) => setImmediate(done))
  signal?.throwIfAborted()
}

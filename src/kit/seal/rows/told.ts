/** What the journal tells of one row, entry by entry in their order: the last value of each field, and how often it was written. */
import { addedChanges, addedIdentity, addedOf } from './custom.ts'
import type { KindPlan } from './plan.ts'
import type { RowLine } from './values.ts'
import { EMPTIED, GONE, holds, holdsNothing } from './values.ts'

/** An entry of a row. */
export interface EntryLine {
  readonly record_id: number
  readonly action: string
  /** Null when it is too long to be read with many others. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>> | null
  readonly is_erased: boolean
  readonly is_imported: boolean
  readonly xid: string
}

export class Told {
  isCreated = false
  /** Nothing is left in any of its entries, as when the row was removed for good. */
  isBare = true
  /** A part of it was too long to be read here, or the order of its entries is in doubt. */
  isDoubtful = false
  /** Field → its last value, GONE or EMPTIED. */
  readonly last = new Map<string, unknown>()
  /** The same of added fields; null as long as no entry has any. `last` says under `custom` whether others are lost. */
  added: Map<string, unknown> | null = null
  /** At most so many revisions were written, and at least so many: an import tells several changes of one writing. */
  most = 0
  least = 0
  #xid = 0

  take(entry: EntryLine, names: ReadonlySet<string>): void {
    const { changes } = entry
    if (entry.action === 'create') this.isCreated = true
    if (changes === null) {
      this.isDoubtful = true
      return
    }
    if (!entry.is_erased) this.isBare = false
    // Even a row that was made with nothing in it was made.
    let isTouched = entry.action === 'create'
    for (const name in changes) {
      if (!names.has(name)) continue
      isTouched = true
      const value = saidOf(entry, changes[name])
      if (value !== GONE) this.isBare = false
      if (name === 'custom') this.#takeAdded(value, changes[name])
      else this.last.set(name, value)
    }
    if (isTouched || entry.is_imported) this.most++
    if (!isTouched) return
    // Ids follow the clocks of the nodes, transactions the database: usually both say the same.
    const xid = Number(entry.xid)
    if (xid < this.#xid) this.isDoubtful = true
    if (xid !== this.#xid) this.least++
    this.#xid = xid
  }
  #takeAdded(said: unknown, sides: readonly [unknown, unknown] | undefined): void {
    const isAll = said === GONE || said === EMPTIED
    if (isAll || this.added === null) this.added = new Map()
    if (isAll) this.last.set('custom', said)
    else if (sides !== undefined) for (const [name, , to] of addedChanges(sides)) this.added.set(name, to)
  }
}
/** The names of added fields that the row does not hold as they were said last, and of how many nothing can be said. */
export function addedDiffering(
  row: RowLine,
  said: ReadonlyMap<string, unknown> | null,
  isLost: boolean,
): { names: string[]; unjudged: number } {
  // oxfmt-ignore
  const held = addedOf(row)
  const names = [...new Set([...Object.keys(held), ...(said?.keys() ?? [])])]
  const unknown = isLost ? names.filter((name) => said?.has(name) !== true) : []
  return {
    names: names.filter((name) => !unknown.includes(name) && addedIdentity(held[name]) !== addedIdentity(said?.get(name))), // oxfmt-ignore
    unjudged: unknown.length,
  }
}
/** What an entry says of a field: values on neither side were taken out on purpose. */
export function saidOf(entry: EntryLine, sides: readonly [unknown, unknown] | undefined): unknown {
  const [from, to] = sides ?? [null, null]
  if (from !== null || to !== null) return to
  return entry.action === 'anonymise' && !entry.is_erased ? EMPTIED : GONE
}
/** How a row may look; false only says: look carefully. `unjudged` counts fields of which nothing can be said. */
export function isAsTold(kind: KindPlan, row: RowLine, told: Told): { isPlain: boolean; unjudged: number } {
  const added = addedDiffering(row, told.added, told.last.get('custom') === GONE)
  let { unjudged } = added
  let isPlain =
    added.names.length === 0 &&
    told.isCreated &&
    !told.isBare &&
    !told.isDoubtful &&
    isPossible(Number(row['rev']), told)
  for (const plan of kind.fields) {
    if (!isPlain) break
    if (plan.name === 'custom') continue
    const said = told.last.get(plan.name)
    if (said === GONE) unjudged++
    else
      isPlain =
        said === EMPTIED ? holdsNothing(plan, row, erasedNameOf(kind, Number(row['id']))) : holds(plan, row, said)
  }
  return { isPlain, unjudged }
}
export function isPossible(rev: number, { least, most }: Pick<Told, 'least' | 'most'>): boolean {
  return rev >= Math.max(1, least) && rev <= most
}
/** Person 5 (erased): as anonymising writes it. */
export function erasedNameOf(kind: KindPlan, id: number): string {
  return `${kind.label} ${id} (erased)`
}

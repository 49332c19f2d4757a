/** References between records of the same file (a person's manager, a unit's parent): set when all rows are in. */
import { say } from '#engines/say.ts'
import type { AnyRow } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import { snake } from '#kit/record.ts'
import type { Write } from '#kit/write.ts'
import type { PlannedWrite } from './batch-writer.ts'
import { writeBatch } from './batch-writer.ts'
import { breath } from './gather.ts'
import type { Outcome } from './outcome.ts'
import type { PipelineParts } from './pipeline-parts.ts'
import { settle } from './references.ts'
import { Statistics } from './statistics.ts'
import type { ReadRow } from './row-reader.ts'
import { problemAt } from './row-told.ts'
import { differences, withValues } from './same.ts'
import type { Wish } from './wish.ts'
import { isWanted, wishesIn } from './wish.ts'

interface Pending {
  readonly row: ReadRow
  readonly field: string
  readonly wishes: readonly Wish[]
  readonly isMany: boolean
  readonly at: { readonly id: number | null; readonly write: Write | null }
}
const AT_ONCE = 200

export class Deferred {
  readonly #parts: PipelineParts
  readonly #outcome: Outcome
  readonly #pending: Pending[] = []
  /** Names in the file, for the dry run: they will be there when the rows are in. */
  readonly #names = new Set<string>()
  constructor(parts: PipelineParts, outcome: Outcome) {
    this.#parts = parts
    this.#outcome = outcome
  }

  /** The rows without what is set later. */
  without(rows: readonly ReadRow[]): ReadRow[] {
    return rows.map((row) => {
      const entries = Object.entries(row.values)
      return entries.some(([, value]) => this.#isLater(value))
        ? { ...row, values: Object.fromEntries(entries.filter(([, value]) => !this.#isLater(value))) }
        : row
    })
  }
  /** Remembers what the record will point to. `write` is the record in the making, null when it stays as it is. */
  keep(row: ReadRow, at: Pending['at']): void {
    const { record } = this.#parts
    for (const name of [
      record.title,
      ...Object.keys(record.fields).filter((field) => record.fields[field]?.kind === 'email'),
    ]) {
      const value = row.values[name]
      if (typeof value === 'string') this.#names.add(value.toLowerCase())
    }
    for (const [field, value] of Object.entries(row.values))
      if (this.#isLater(value))
        this.#pending.push({ row, field, wishes: wishesIn(value), isMany: isWanted(value) && 'wishes' in value, at })
  }
  #isLater(value: unknown): boolean {
    return wishesIn(value).some((wish) => wish.to === this.#parts.record)
  }

  /** Sets the references. In a dry run it only says which will not be found. */
  async finish(): Promise<void> {
    if (this.#pending.length === 0) return
    const { store, actor, isDry } = this.#parts
    const wishes = [...new Set(this.#pending.flatMap((pending) => pending.wishes))]
    if (isDry)
      for (const wish of wishes)
        if (wish.ref === null && this.#names.has(wish.text.toLowerCase()))
          wish.ref = { id: -1, number: 'new', title: wish.text }
    await settle(
      { store, actor, outcome: this.#outcome, isDry, statistics: new Statistics(store) },
      wishes.filter((wish) => wish.ref === null),
    )
    const edges = await this.#edges()
    const fine = this.#pending.filter((pending) => this.#isFine(pending, edges))
    if (isDry) return
    for (let at = 0; at < fine.length; at += AT_ONCE) await this.#write(fine.slice(at, at + AT_ONCE))
  }
  #isFine(pending: Pending, edges: ReadonlyMap<string, Map<number, number>>): boolean {
    const refused = pending.wishes.find((wish) => wish.refusal !== null)
    const column = this.#parts.mapping.columns[pending.field]?.column ?? ''
    if (refused?.refusal)
      this.#outcome.note({
        ...problemAt(pending.row, column, refused.refusal),
        because: say`${refused.refusal.because} The row is taken without it.`,
      })
    else if (this.#circles(pending, edges.get(pending.field)))
      this.#outcome.note(
        problemAt(pending.row, column, {
          because: say`It would be above itself. The row is taken without it.`,
          todo: say`Mend one of the names in the circle.`,
        }),
      )
    else return true
    return false
  }
  /** Walks up from the new parent over what is here and what this file has added. */
  #circles({ at, wishes }: Pending, edges: Map<number, number> | undefined): boolean {
    const id = at.id ?? at.write?.after.id ?? 0
    const parent = wishes[0]?.ref?.id
    if (edges === undefined || id <= 0 || parent === undefined || parent <= 0) return false
    const seen = new Set<number>()
    for (let above: number | undefined = parent; above !== undefined && !seen.has(above); above = edges.get(above)) {
      if (above === id) return true
      seen.add(above)
    }
    edges.set(id, parent)
    return false
  }
  async #edges(): Promise<Map<string, Map<number, number>>> {
    const { store, actor, record } = this.#parts
    const made = new Map<string, Map<number, number>>()
    for (const field of new Set(this.#pending.filter((pending) => !pending.isMany).map((pending) => pending.field))) {
      // An added field is no tree of the product: circles are as good there as anything else.
      if (field.startsWith('custom.')) continue
      const rows = await run<{ id: number; above: number }>(
        store.db,
        sql`select id, ${raw(snake(field))} as above from ${raw(record.table)} where org = ${actor.org} and ${raw(snake(field))} is not null`,
      )
      made.set(field, new Map(rows.map((row) => [row.id, row.above])))
    }
    return made
  }
  async #write(pending: readonly Pending[]): Promise<void> {
    await breath(this.#parts.signal)
    const { store, actor, record, batch, rules } = this.#parts
    const byId = Map.groupBy(pending, ({ at }) => at.id ?? at.write?.after.id ?? 0)
    const rows = await store.many(
      actor,
      record,
      [...byId.keys()].filter((id) => id > 0),
    )
    const planned = rows.flatMap((before) => plannedFor(before, byId.get(before.id) ?? [], this.#outcome.rows))
    const refuse = (one: PlannedWrite, because: string, todo: string): void =>
      this.#outcome.note({ row: one.row, column: null, value: null, because, todo })
    if (planned.length > 0)
      await writeBatch(
        { store, actor, record, rules: rules.get(record.name), batch, refuse },
        planned,
        this.#outcome.rows,
      )
  }
}
function plannedFor(before: AnyRow, pending: readonly Pending[], doneRows: number): PlannedWrite[] {
  const values = Object.fromEntries(
    pending.map(({ field, wishes, isMany }) => [
      field,
      isMany ? wishes.flatMap((wish) => wish.ref ?? []) : (wishes[0]?.ref ?? null),
    ]),
  )
  const after = withValues(before, values)
  const isChanged = Object.keys(differences(before, after, [])).length > 0
  return isChanged ? [{ write: { before, after, action: 'change' }, row: pending[0]?.row.row ?? 0, doneRows }] : []
}

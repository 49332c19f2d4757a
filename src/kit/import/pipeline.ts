/** An import from the first row to the last: read, look up, compose, check, and, unless it is a dry run, write. */
import type { AnyRow } from '#kit/record.ts'
import type { PlannedWrite } from './batch-writer.ts'
import { writeBatch } from './batch-writer.ts'
import { brokenRow } from './broken-row.ts'
import type { ComposeContext } from './compose.ts'
import { askedOnce, compose } from './compose.ts'
import { Deferred } from './deferred.ts'
import { knownEvents, unknownRows } from './events-known.ts'
import { existing, keyOf } from './existing.ts'
import type { Group } from './gather.ts'
import { breath, gather } from './gather.ts'
import { keyComesTwice, keyIsEmpty, keyIsUnknown, keyOfMany } from './key-problems.ts'
import { keyValues } from './key-values.ts'
import { keyFields } from './mapping.ts'
import { Outcome } from './outcome.ts'
import type { PipelineParts } from './pipeline-parts.ts'
import type { TableRow } from './ports.ts'
import { settle } from './references.ts'
import { Statistics } from './statistics.ts'
import type { ReadRow } from './row-reader.ts'
import { RowReader } from './row-reader.ts'
import { mixedProblem, problemAt } from './row-told.ts'
import { Uniques } from './uniques.ts'
import { wishesIn } from './wish.ts'

interface ReadGroup {
  readonly rows: readonly ReadRow[]
  readonly doneRows: number
}
const GROUPS = 200
const ROWS = 500

export class Pipeline {
  readonly outcome = new Outcome()
  readonly #parts: PipelineParts
  readonly #reader: RowReader
  readonly #uniques: Uniques
  readonly #deferred: Deferred
  readonly #key: readonly string[]
  readonly #statistics: Statistics
  /** The row that has each key, for files where a key may come once only. */
  readonly #keys = new Map<string, number>()
  #done = 0
  #writing: Promise<void> = Promise.resolve()
  constructor(parts: PipelineParts) {
    this.#parts = parts
    this.#reader = new RowReader(
      { catalogue: parts.store.catalogue, actor: parts.actor, record: parts.record, zone: parts.zone },
      parts.mapping,
    )
    this.#uniques = new Uniques(parts.store, parts.actor, parts.record)
    this.#deferred = new Deferred(parts, this.outcome)
    this.#key = keyFields(parts.mapping)
    this.#statistics = new Statistics(parts.store)
  }

  /** @throws when the file cannot be read on, or the work is to stop; what was written until then is whole */
  async run(): Promise<Outcome> {
    try {
      return await this.#all()
    } finally {
      // A fault while reading waits for the batch that is being written.
      await this.#writing.catch(() => {})
    }
  }
  async #all(): Promise<Outcome> {
    const { mixed } = this.#parts.table.found
    if (mixed !== undefined) this.outcome.note(mixedProblem(mixed))
    let groups: ReadGroup[] = []
    let size = 0
    for await (const group of gather(this.#parts.table, this.#parts.mapping, this.#parts.layout)) {
      this.#done += group.rows.length
      groups.push({ rows: this.#readable(group), doneRows: this.#done })
      size += group.rows.length
      if (groups.length < GROUPS && size < ROWS) continue
      await this.#batch(groups)
      groups = []
      size = 0
    }
    await this.#batch(groups)
    await this.#writing
    await this.#deferred.finish()
    return this.outcome
  }

  /** The rows of a group that can be read; what cannot is a problem and is left out. */
  #readable(group: Group): ReadRow[] {
    return group.rows.flatMap((row) => {
      this.outcome.rows++
      if (!this.#isWhole(row)) return []
      const read = this.#reader.read(row)
      for (const problem of read.problems) this.outcome.fail(problem)
      for (const doubt of read.doubts) this.outcome.note(doubt)
      return read.problems.length > 0 ? [] : [read]
    })
  }
  #isWhole(row: TableRow): boolean {
    if (row.problem === null) return true
    const problem = brokenRow(row)
    // A line of JSON that brings something more is whole; any other fault may have shifted its cells.
    const isWhole = this.#parts.table.found.format === 'jsonl' && Object.values(row.cells).some((cell) => cell !== '')
    if (isWhole) this.outcome.note(problem)
    else this.outcome.fail(problem)
    return isWhole
  }

  async #batch(groups: readonly ReadGroup[]): Promise<void> {
    await breath(this.#parts.signal)
    const last = groups.at(-1)
    if (last === undefined) return
    // What an earlier try has written is looked at once more for its problems only.
    const isReplay = last.doneRows <= this.#parts.doneRows
    const planned = await this.#planned(await this.#settled(groups), isReplay)
    await breath(this.#parts.signal)
    // One batch is written while the next one is read; batches are written one after the other.
    await this.#writing
    this.#writing = this.#finish(planned, last.doneRows, isReplay)
    this.#writing.catch(() => {}) // it is awaited above or at the end; until then it is nobody's
  }
  async #finish(planned: readonly PlannedWrite[], doneRows: number, isReplay: boolean): Promise<void> {
    if (!this.#parts.isDry && !isReplay) await this.#write(planned, doneRows)
    this.#count(planned)
    await this.#parts.onProgress(doneRows)
  }

  /** Looks up everything that the rows name; rows that name nothing known are left out. */
  async #settled(groups: readonly ReadGroup[]): Promise<ReadGroup[]> {
    const { store, actor, record, isDry } = this.#parts
    const wishes = groups.flatMap(({ rows }) =>
      rows.flatMap((row) => [...Object.values(row.values).flatMap(wishesIn), ...(row.by === null ? [] : [row.by])]),
    )
    await settle(
      { store, actor, outcome: this.outcome, isDry, statistics: this.#statistics },
      wishes.filter((wish) => wish.to !== record),
    )
    return groups.map((group) => ({ ...group, rows: group.rows.filter((row) => this.#isSettled(row)) }))
  }
  #isSettled(row: ReadRow): boolean {
    let isFine = true
    for (const [name, value] of Object.entries(row.values)) {
      for (const wish of wishesIn(value)) {
        if (wish.refusal === null || wish.to === this.#parts.record) continue
        this.outcome.fail(problemAt(row, this.#columnOf(name) ?? '', wish.refusal))
        isFine = false
      }
    }
    if (row.by?.refusal === null || row.by === null) return isFine
    this.outcome.fail(problemAt(row, this.#parts.mapping.events?.by?.column ?? '', row.by.refusal))
    return false
  }

  async #planned(groups: readonly ReadGroup[], isReplay: boolean): Promise<PlannedWrite[]> {
    const { store, actor, record } = this.#parts
    const plain = groups
      .map((group) => ({ ...group, rows: this.#keyed(group.rows) }))
      .filter((group) => group.rows.length > 0)
    const firsts = plain.map((group) => keyValues(group.rows[0]))
    const here =
      this.#key.length === 0
        ? new Map<string, AnyRow[]>()
        : await existing(store, actor, record, { fields: this.#key, values: firsts })
    const isDated = (this.#parts.mapping.events ?? null) !== null
    const known = await knownEvents(
      store.db,
      actor,
      record,
      isDated ? [...here.values()].flatMap((rows) => rows.map((row) => row.id)) : [],
    )
    const context = this.#composeContext()
    const made: PlannedWrite[] = []
    for (const [index, group] of plain.entries()) {
      const found = here.get(keyOf(record, this.#key, firsts[index] ?? {}) ?? '') ?? []
      const before = this.#oneOf(found, group)
      if (before === undefined) continue
      const planned = await this.#compose(
        context,
        { ...group, rows: before === null ? group.rows : unknownRows(group.rows, known.get(before.id)) },
        before,
      )
      if (planned !== null) made.push(planned)
      if (index % 50 === 49) await breath(this.#parts.signal)
    }
    return isReplay ? made : this.#unique(made)
  }
  /** Rows whose key can be used: there, and not on an earlier row already. */
  #keyed(rows: readonly ReadRow[]): ReadRow[] {
    if (this.#key.length === 0) return [...rows]
    const { record, mapping } = this.#parts
    return rows.filter((row) => {
      const key = keyOf(record, this.#key, keyValues(row))
      const column = this.#columnOf(this.#key[0] ?? '') ?? ''
      const earlier = key === null ? undefined : this.#keys.get(key)
      if (key === null && this.#key.includes('number')) return true
      if (key === null) this.outcome.fail(keyIsEmpty(row, column))
      else if (earlier !== undefined && (mapping.events ?? null) === null)
        this.outcome.fail(keyComesTwice(row, column, earlier))
      else if (earlier === undefined) this.#keys.set(key, row.row)
      return key !== null && (earlier === undefined || (mapping.events ?? null) !== null)
    })
  }
  /** The record that the group is about: null for a new one, undefined when that cannot be said. */
  #oneOf(found: readonly AnyRow[], group: ReadGroup): AnyRow | null | undefined {
    const [first, second] = found
    const row = group.rows[0]
    if (row === undefined) return undefined
    const column = this.#columnOf(this.#key[0] ?? '') ?? ''
    if (second !== undefined) {
      this.outcome.fail(keyOfMany(row, column, found, this.#parts.record.labelPlural))
      return undefined
    }
    const number = row.values['number']
    if (first === undefined && this.#key.includes('number') && typeof number === 'string') {
      this.outcome.fail(keyIsUnknown(row, column, number))
      return undefined
    }
    return first ?? null
  }
  async #compose(context: ComposeContext, group: ReadGroup, before: AnyRow | null): Promise<PlannedWrite | null> {
    const last = group.rows.at(-1)
    if (last === undefined) {
      this.outcome.unchanged++
      return null
    }
    const composed = await compose(context, this.#deferred.without(group.rows), before)
    if ('refused' in composed) {
      const { column, because, todo } = composed.refused
      for (const row of group.rows)
        this.outcome.fail({
          row: row.row,
          column,
          value: column === null ? null : (row.cells[column] ?? null),
          because,
          todo,
        })
      return null
    }
    const id = before?.id ?? null
    if ('unchanged' in composed) {
      this.outcome.unchanged++
      this.#deferred.keep(last, { id, write: null })
      return null
    }
    this.#deferred.keep(last, { id, write: composed.write })
    return { write: composed.write, row: last.row, doneRows: group.doneRows }
  }
  async #unique(planned: readonly PlannedWrite[]): Promise<PlannedWrite[]> {
    const broken = await this.#uniques.check(planned)
    return planned.filter((one, index) => {
      const because = broken[index] ?? null
      if (because !== null) this.#refuse(one, because.because, because.todo)
      return because === null
    })
  }

  async #write(planned: readonly PlannedWrite[], doneRows: number): Promise<void> {
    const { store, actor, record } = this.#parts
    const left = planned.filter((one) => one.doneRows > this.#parts.doneRows)
    const made = left.filter(({ write }) => write.before === null)
    const first = made.length === 0 ? 0 : await store.numbers.take(actor.org, record.name, made.length)
    // The row is still nobody else's: it gets its number where it lies, so that what was deferred knows it too.
    for (const [index, { write }] of made.entries())
      Object.assign(write.after, { id: first + index, number: `${record.number}-${first + index}` })
    const refuse = (one: PlannedWrite, because: string, todo: string): void => this.#refuse(one, because, todo)
    await writeBatch(
      { store, actor, record, rules: this.#parts.rules.get(record.name), batch: this.#parts.batch, refuse },
      left,
      doneRows,
    )
    await this.#statistics.grown(record, made.length)
  }
  #refuse(one: PlannedWrite, because: string, todo: string): void {
    this.#refused.add(one)
    this.outcome.fail({ row: one.row, column: null, value: null, because, todo })
  }
  readonly #refused = new WeakSet<PlannedWrite>()
  #count(planned: readonly PlannedWrite[]): void {
    for (const one of planned) {
      if (this.#refused.has(one)) continue
      if (one.write.before === null) this.outcome.create++
      else this.outcome.update++
    }
  }
  #columnOf(field: string): string | null {
    return this.#parts.mapping.columns[field]?.column ?? null
  }
  #composeContext(): ComposeContext {
    const { store, actor, record, rules, mapping } = this.#parts
    return {
      store,
      actor,
      record,
      rules: rules.get(record.name),
      events: mapping.events ?? null,
      lastOnly: this.#reader.lastOnly,
      on: askedOnce(store.db),
      now: store.now(),
      columnOf: (field) => this.#columnOf(field),
    }
  }
}

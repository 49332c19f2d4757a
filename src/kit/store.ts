/** The store: the one way in which records are read and written. Every door (web, API, import, rules) ends here. */
import { amid, said, say } from '#engines/say.ts'
import { holdsEverywhere, may, mayAtAll, mayMove, near, readable } from './access.ts'
import type { Actor } from './actor.ts'
import type { Catalogue } from './catalogue.ts'
import { shownTo } from './added.ts'
import { actorRef, blankRow } from './blank-row.ts'
import { clearFields } from './clearance.ts'
import type { Database, Sql } from './database.ts'
import type { Values } from './draft.ts'
import { readDraft } from './draft.ts'
import type { DraftContext } from './draft.ts'
import { labelOf } from './field.ts'
import { keepReplaced } from './kept-files.ts'
import { Gather } from './gather.ts'
import { Inserts } from './inserts.ts'
import { Numbers } from './numbers.ts'
import { duplicate } from './duplicate.ts'
import { derived } from './misfits.ts'
import type { Misfits } from './problem.ts'
import { conflict, forbidden, notFound, stale, throwIfUnfit, unfit } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import { refuseHeld } from './retention/holds.ts'
import { rowsFrom, selection } from './select.ts'
import type { DatabaseRow } from './select.ts'
import { reloadTouched } from './reload.ts'
import { lacking } from './state-needs.ts'
import { among, raw, run, sql } from './sql.ts'
import type { OfferedMove } from './moves.ts'
import { isFor, moveOf, moveRefusal, offeredMoves } from './moves.ts'
import type { Write } from './write.ts'
import { changesBetween, insertRows, updateRows } from './write.ts'

/** What a record adds to its own writes. */
export interface Rules {
  /** More values that follow from the others; returned fields may be stamped ones. */
  readonly derive?: (facts: Deriving) => Promise<Values> | Values
  /** What is wrong with values that each fit alone: field → what to do (422, at the field). */
  readonly fits?: (facts: Deriving) => Promise<Misfits> | Misfits
  /** Why this write is refused, or null: the state of things is in its way (409). */
  readonly refuse?: (facts: Deriving) => Promise<string | null> | string | null
  /** More writes of the same transaction. */
  readonly after?: (facts: Deriving & { readonly unit: Unit; readonly action: string }) => Promise<void>
}
export interface Deriving {
  readonly before: AnyRow | null
  readonly after: AnyRow
  readonly actor: Actor
  readonly now: string
  readonly on: Sql
  readonly store: Store
}
/** One transaction and what it has touched so far. */
export interface Unit {
  readonly on: Sql
  readonly touched: [record: string, id: number][]
}
export interface WriteOptions {
  readonly unit?: Unit
  readonly reason?: string | null
  readonly trusted?: boolean
  readonly occurredAt?: string
  readonly action?: string
}
export interface StoreParts {
  readonly db: Database
  readonly catalogue: Catalogue
  readonly now: () => string
  readonly rules: ReadonlyMap<string, Rules>
  /** Told after each commit, with ids only. */
  readonly onCommit: (org: number, touched: readonly [string, number][]) => void
}

export class Store {
  readonly db: Database
  readonly catalogue: Catalogue
  readonly numbers: Numbers
  readonly gather: Gather
  readonly #inserts: Inserts
  readonly #parts: StoreParts
  constructor(parts: StoreParts) {
    this.db = parts.db
    this.catalogue = parts.catalogue
    this.numbers = new Numbers(parts.db)
    this.gather = new Gather(parts.db)
    this.#inserts = new Inserts(parts.db)
    this.#parts = parts
  }
  now(): string {
    return this.#parts.now()
  }

  /** Runs several writes as one; listeners hear of them after the commit. */
  async transaction<T>(actor: Actor, work: (unit: Unit) => Promise<T>): Promise<T> {
    const kept: [string, number][] = []
    const result = await this.db.transaction(async (on) => {
      const unit: Unit = { on, touched: [] }
      const made = await work(unit)
      kept.splice(0, kept.length, ...unit.touched)
      return made
    })
    if (kept.length > 0) await this.#committed(actor.org, kept)
    return result
  }

  async #committed(org: number, touched: readonly [string, number][]): Promise<void> {
    this.catalogue.titles.forget(
      org,
      touched.map(([name]) => name),
    )
    this.#parts.onCommit(org, touched)
    // Whoever is answered may write into an added field, or by a new setting, at once. Should it not be read now, it is with the notice of the change.
    await reloadTouched(this.db, this.catalogue, org, touched).catch(() => {})
  }

  /** The rows with these ids that the actor may see, in the order of the ids. */
  async many(
    actor: Actor,
    record: RecordType,
    ids: readonly number[],
    options: { unit?: Unit; binned?: boolean; fields?: readonly string[]; isWhole?: boolean } = {},
  ): Promise<AnyRow[]> {
    const on = options.unit?.on ?? this.db
    const known = options.isWhole === true ? record.fields : clearFields(actor, record)
    const selected = selection(record, options.fields ?? Object.keys(known), known, options.isWhole === true)
    const found = await run<DatabaseRow>(
      on,
      sql`select ${raw(selected.columns)} from ${raw(record.table)} t where t.org = ${actor.org} and ${among('t.id', ids)} and ${readable(actor, record, this.catalogue)}${raw(options.binned === true ? '' : ' and t.binned_at is null')}`,
    )
    const rows = new Map((await rowsFrom(on, this.catalogue, actor, selected, found)).map((row) => [row.id, row]))
    return ids.flatMap((id) => rows.get(id) ?? [])
  }
  /** @throws not found (404), also when the actor may not see it. `isWhole` keeps what is above the actor's clearance, for rules. */
  async get(
    actor: Actor,
    record: RecordType,
    id: number,
    options: { unit?: Unit; binned?: boolean; isWhole?: boolean } = {},
  ): Promise<AnyRow> {
    const [row] = await this.many(actor, record, [id], { binned: true, ...options })
    if (row === undefined || (row.binnedAt !== null && options.binned === false))
      throw notFound(`${record.number}-${id}`)
    return row
  }

  /** @throws a refusal when the draft does not fit (422) or the actor may not create (403). */
  async create(actor: Actor, record: RecordType, draft: unknown, options: WriteOptions = {}): Promise<AnyRow> {
    const isEverywhere = holdsEverywhere(actor, record, 'create')
    if (!isEverywhere && !mayAtAll(actor, record, 'create'))
      throw forbidden(say`You may not create ${amid(record.labelPlural)}. Ask an administrator for a role that may.`)
    const rules = this.#parts.rules.get(record.name)
    if (options.unit === undefined && (rules?.after !== undefined || !isEverywhere))
      return this.transaction(actor, (unit) => this.create(actor, record, draft, { ...options, unit }))
    const on = options.unit?.on ?? this.db
    const values = await readDraft(this.#drafting(on, actor), record, draft, {
      trusted: options.trusted,
    })
    const id = await this.numbers.take(actor.org, record.name)
    const now = this.now()
    const after = await derived(
      record,
      { before: null, after: blankRow(record, { id, now, actor }, values), actor, now, on, store: this },
      rules,
    )
    const write: Write = {
      before: null,
      after,
      action: 'create',
      reason: options.reason ?? null,
      occurredAt: options.occurredAt,
    }
    const writer = { on, actor, now, catalogue: this.catalogue }
    const inserted =
      options.unit === undefined ? this.#inserts.add(record, writer, write) : insertRows(writer, record, [write])
    await inserted.catch((error: unknown) => {
      throw duplicate(record, error)
    })
    if (!isEverywhere && !may(await this.near(actor, record, id, on), record, 'create', after))
      throw forbidden(
        say`You may create ${amid(record.labelPlural)} in your own part of the organisation only. Choose a unit or a team that is yours.`,
      )
    if (options.unit !== undefined) {
      await rules?.after?.({ before: null, after, actor, now, on, store: this, unit: options.unit, action: 'create' })
      options.unit.touched.push([record.name, id])
    } else await this.#committed(actor.org, [[record.name, id]])
    return shownTo(this.catalogue, actor, record, after)
  }

  #drafting(on: Sql, actor: Actor): DraftContext {
    return { catalogue: this.catalogue, gather: this.gather, on, actor, now: this.now() }
  }

  /** Changes fields. `rev` is the revision that was read; null takes the present one. */
  async change(
    actor: Actor,
    record: RecordType,
    target: { id: number; rev: number | null },
    patch: unknown,
    options: WriteOptions = {},
  ): Promise<AnyRow> {
    return this.#update(actor, record, target, options, async (before, unit, here) => {
      if (!may(here, record, 'update', before)) throw forbidden(say`You may not change ${before.number}.`)
      if (before.binnedAt !== null)
        throw conflict(say`${before.number} is in the bin. Restore it before you change it.`)
      const values = await readDraft(this.#drafting(unit.on, actor), record, patch, {
        partial: true,
        trusted: options.trusted,
        was: before,
      })
      // What is taken back (trusted) was so before; what is imported was so elsewhere, and does not come this way.
      if (options.trusted !== true) throwIfUnfit(lacking(record, before, { ...before, ...values }))
      return { values, action: options.action ?? 'change' }
    })
  }

  /** Makes a workflow move. @throws conflict (409) with the reason when it may not be made. */
  async move(
    actor: Actor,
    record: RecordType,
    target: { id: number; rev: number | null; move: string },
    input: unknown,
    options: WriteOptions = {},
  ): Promise<AnyRow> {
    return this.#update(actor, record, target, options, async (before, unit, here) => {
      const move = moveOf(record, before, target.move)
      if (!mayMove(here, record, move.by, before)) throw forbidden(isFor(record, move))
      const { reason: _, ...fields } = typeof input === 'object' && input !== null ? (input as Values) : {}
      const asked = new Set([...(move.needs ?? []), ...(move.asks ?? [])])
      const offered = asked.union(new Set(['tags', 'custom']))
      const values = await readDraft(this.#drafting(unit.on, actor), record, fields, {
        partial: true,
        trusted: options.trusted,
        asked,
        was: before,
      })
      const strange = Object.keys(values).filter((name) => !offered.has(name) && options.trusted !== true)
      if (strange.length > 0)
        throw unfit(
          strange.map((name) => ({
            pointer: `/${name}`,
            detail: say`${said(move.label, 'move')} does not take ${said(record.fields[name]?.label ?? labelOf(name))}; change it before.`,
          })),
        )
      const settings = this.catalogue.settings(actor.org)
      const because = moveRefusal(record, { row: before, actor: here, now: this.now(), settings }, { move, values })
      if (because !== null) throw conflict(because)
      const facts = { row: before, input: values, actor, now: this.now(), settings }
      return {
        values: { ...values, ...move.stamps?.(facts), [record.flow?.field ?? '']: move.to },
        action: `move:${move.name}`,
      }
    })
  }
  /** The actor as regards one row: grants for its unit or team hold. */
  near(actor: Actor, record: RecordType, id: number, on: Sql = this.db): Promise<Actor> {
    return near(on, actor, record, { id, kinds: this.catalogue })
  }
  /** Every move from the present state with the reason why it may not be made now. */
  moves(actor: Actor, record: RecordType, row: AnyRow): OfferedMove[] {
    return offeredMoves(record, { row, actor, now: this.now(), settings: this.catalogue.settings(actor.org) })
  }

  /** Puts a record into the bin, or takes it out again. */
  async bin(
    actor: Actor,
    record: RecordType,
    target: { id: number; rev: number | null },
    options: WriteOptions & { restore?: boolean } = {},
  ): Promise<AnyRow> {
    const restore = options.restore === true
    return this.#update(actor, record, target, options, async (before, unit, here) => {
      if (!may(here, record, 'bin', before))
        throw forbidden(
          restore ? say`You may not restore ${before.number}.` : say`You may not remove ${before.number}.`,
        )
      if ((before.binnedAt === null) === restore)
        throw conflict(
          restore ? say`${before.number} is not in the bin.` : say`${before.number} is already in the bin.`,
        )
      if (!restore) await refuseHeld(unit.on, this, here, { record, id: target.id })
      return { values: { binnedAt: restore ? null : this.now() }, action: restore ? 'restore' : 'bin' }
    })
  }

  async #update(
    actor: Actor,
    record: RecordType,
    target: { id: number; rev: number | null },
    options: WriteOptions,
    decide: (before: AnyRow, unit: Unit, here: Actor) => Promise<{ values: Values; action: string }>,
  ): Promise<AnyRow> {
    if (options.unit === undefined)
      return this.transaction(actor, (unit) => this.#update(actor, record, target, { ...options, unit }, decide))
    const unit = options.unit
    const before = await this.get(actor, record, target.id, { unit, isWhole: true })
    if (target.rev !== null && target.rev !== before.rev)
      throw stale(shownTo(this.catalogue, actor, record, before), before.rev)
    const here = await this.near(actor, record, target.id, unit.on)
    const { values, action } = await decide(before, unit, here)
    const now = this.now()
    const rules = this.#parts.rules.get(record.name)
    const custom =
      values['custom'] === undefined ? before.custom : { ...before.custom, ...(values['custom'] as object) }
    const after = await derived(
      record,
      { before, after: { ...before, ...values, custom }, actor, now, on: unit.on, store: this },
      rules,
    )
    const changes = changesBetween(record, before, after)
    if (Object.keys(changes).length === 0) return shownTo(this.catalogue, actor, record, before)
    const write: Write = { before, after, action, reason: options.reason ?? null, occurredAt: options.occurredAt }
    const isKept = await updateRows({ on: unit.on, actor, now, catalogue: this.catalogue }, record, [write]).catch(
      (error: unknown) => {
        throw duplicate(record, error)
      },
    )
    await keepReplaced(unit.on, actor, record, [before, after])
    if (!isKept) throw stale(await this.get(actor, record, target.id), before.rev + 1)
    await rules?.after?.({ before, after, actor, now, on: unit.on, store: this, unit, action })
    unit.touched.push([record.name, target.id])
    return shownTo(this.catalogue, actor, record, {
      ...after,
      rev: before.rev + 1,
      updatedAt: now,
      updatedBy: actorRef(actor),
    })
  }
}

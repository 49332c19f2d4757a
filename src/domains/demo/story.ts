/** One record and how it came to be what it is: every change is told, dated and allowed by the record's workflow. */
import type { Actor, Origin } from '#kit/actor.ts'
import type { AnyRef, Field, Ref } from '#kit/field.ts'
import type { Changes } from '#kit/journal.ts'
import { usualSettings } from '#kit/organisation-settings.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'

export type Values = Readonly<Record<string, unknown>>
/** When, by whom and through which door. */
export interface Step {
  readonly at: number
  readonly by: Ref | null
  readonly origin?: Origin
  readonly reason?: string
}
export interface Told {
  readonly action: string
  readonly changes: Changes
  readonly at: string
  readonly by: number | null
  readonly origin: Origin
  readonly reason: string | null
}

export class Story {
  readonly record: RecordType
  readonly told: Told[] = []
  readonly ref: Ref
  /** Changed in place: a copy per step would double what a million stories cost. */
  readonly #row: { -readonly [K in keyof AnyRow]: AnyRow[K] }

  /** @param values its fields at the beginning; the rest takes its defaults. */
  constructor(record: RecordType, id: number, values: Values, step: Step) {
    const at = instantOf(step.at)
    const number = `${record.number}-${id}`
    const title = values[record.title]
    this.record = record
    this.ref = { id, number, title: typeof title === 'string' ? title : number }
    this.#row = {
      custom: {},
      tags: [],
      ...defaults(record),
      ...values,
      id,
      number,
      rev: 0,
      createdAt: at,
      createdBy: step.by,
      updatedAt: at,
      updatedBy: step.by,
      binnedAt: null,
    }
    const changes: Record<string, readonly [unknown, unknown]> = {}
    for (const name of ['tags', ...Object.keys(record.fields)])
      if (!isBlank(this.#row[name])) changes[name] = [null, this.#row[name]]
    this.#tell('create', changes, step)
  }
  get row(): AnyRow {
    return this.#row
  }
  get any(): AnyRef {
    return { record: this.record.name, ...this.ref }
  }

  /** Nothing is told when nothing changes. */
  change(values: Values, step: Step, action = 'change'): void {
    const changes: Record<string, readonly [unknown, unknown]> = {}
    for (const [name, value] of Object.entries(values)) {
      const before = this.#row[name] ?? null
      if (!isSame(before, value)) changes[name] = [before, value]
    }
    if (Object.keys(changes).length === 0) return
    Object.assign(this.#row, values)
    this.#tell(action, changes, step)
  }

  /**
   * Makes a move of the record's workflow; what it stamps is stamped.
   * @throws when the workflow does not allow it: the story is wrong then, and must not be told.
   */
  move(name: string, input: Values, step: Step): void {
    const flow = this.record.flow
    const state = String(this.#row[flow?.field ?? ''])
    const move = flow?.moves.find((one) => one.name === name && one.from.includes(state))
    if (flow === null || move === undefined)
      throw new Error(`${this.ref.number} is ${state}; it has no move "${name}".`)
    const facts = { row: this.#row, input, actor: actorOf(step), now: instantOf(step.at), settings: usualSettings }
    const lacking = move.needs?.find((need) => isBlank(input[need] ?? this.#row[need]))
    const because = lacking === undefined ? move.guard?.(facts) : `it needs ${lacking}`
    if (typeof because === 'string') throw new Error(`${this.ref.number} refuses the move "${name}": ${because}`)
    this.change({ ...input, ...move.stamps?.(facts), [flow.field]: move.to }, step, `move:${name}`)
  }
  /** A change of fields that nothing else touches, told in its place among what happened before and after it. */
  recall(values: Values, step: Step): void {
    const { updatedAt, updatedBy } = this.#row
    this.change(values, step)
    const told = this.told.pop()
    if (told === undefined) return
    const place = this.told.findLastIndex((one) => one.at <= told.at) + 1
    this.told.splice(Math.max(place, 1), 0, told)
    if (told.at < updatedAt) Object.assign(this.#row, { updatedAt, updatedBy })
  }
  /** Caches, which no history tells. */
  cache(values: Values): void {
    Object.assign(this.#row, values)
  }

  #tell(action: string, changes: Changes, step: Step): void {
    const at = instantOf(step.at)
    this.#row.rev += 1
    this.#row.updatedAt = at
    this.#row.updatedBy = step.by
    this.told.push({
      action,
      changes,
      at,
      by: step.by?.id ?? null,
      origin: step.origin ?? 'web',
      reason: step.reason ?? null,
    })
  }
}

function actorOf({ by }: Step): Actor {
  return { org: 1, person: by?.id ?? null, name: by?.title ?? 'Pilothouse', roles: [], origin: 'system', request: '' }
}
export function instantOf(ms: number): string {
  return new Date(ms).toISOString()
}

const blanks = new WeakMap<RecordType, Values>()
/** What the store fills in where nothing is said. */
function defaults(record: RecordType): Values {
  const made =
    blanks.get(record) ??
    Object.fromEntries(Object.entries(record.fields).map(([name, field]) => [name, defaultOf(field)]))
  blanks.set(record, made)
  return made
}
function defaultOf(field: Field): unknown {
  if (field.default !== undefined) return field.default
  return field.kind === 'refs' || field.kind === 'tags' ? [] : null
}
function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}
function isSame(before: unknown, after: unknown): boolean {
  if (before === after || ((before ?? null) === null && (after ?? null) === null)) return true
  return typeof before === 'object' && typeof after === 'object' && JSON.stringify(before) === JSON.stringify(after)
}

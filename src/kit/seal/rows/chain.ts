/**
 * What the journal tells of one row, carefully: besides the last value of each field by the order of the entries, the end of
 * their chain. Each entry leads from one value to another, so the value that is led to once more than it is left is the last
 * one, in whatever order the entries are. Clocks of two nodes that differ may turn the order of two entries around.
 */
import { hash } from 'node:crypto'
import { addedChanges, addedIdentity } from './custom.ts'
import type { FieldPlan, KindPlan } from './plan.ts'
import type { EntryLine } from './told.ts'
import { saidOf } from './told.ts'
import { GONE, saidIdentity } from './values.ts'

export interface CarefulEntry extends EntryLine {
  readonly id: string
  readonly at: string
}
export interface Link {
  readonly said: unknown
  readonly entry: string
  readonly at: string
}

export class Chain {
  isCreated = false
  isBare = true
  most = 0
  /** The newest entry of the row. */
  newest: Omit<Link, 'said'> | null = null
  readonly last = new Map<string, Link>()
  /** The same of added fields, by their names. */
  added = new Map<string, Link>()
  readonly #transactions = new Set<string>()
  readonly #steps = new Map<string, Map<string, number>>()
  readonly #broken = new Set<string>()
  readonly #plans: ReadonlyMap<string, FieldPlan>

  constructor(kind: KindPlan) {
    this.#plans = new Map(kind.fields.map((plan) => [plan.name, plan]))
  }
  get least(): number {
    return this.#transactions.size
  }
  take(entry: CarefulEntry): void {
    if (entry.action === 'create') this.isCreated = true
    this.newest = { entry: entry.id, at: entry.at }
    const changed = Object.entries(entry.changes ?? {}).filter(([name]) => this.#plans.has(name))
    const said = changed.map(([name, sides]) => [name, sides, saidOf(entry, sides)] as const)
    if (!entry.is_erased || said.some(([, , value]) => value !== GONE)) this.isBare = false
    for (const [name, sides, value] of said) {
      const link = { said: value, entry: entry.id, at: entry.at }
      if (name === 'custom') this.#takeAdded(sides, link)
      else this.last.set(name, link)
      if (typeof value === 'symbol') this.#broken.add(name)
      else this.#step(name, sides)
    }
    const isTouched = changed.length > 0 || entry.action === 'create'
    if (isTouched) this.#transactions.add(entry.xid)
    if (isTouched || entry.is_imported) this.most++
  }
  #takeAdded(sides: readonly [unknown, unknown], link: Link): void {
    if (typeof link.said === 'symbol') {
      this.added = new Map()
      this.last.set('custom', link)
    } else for (const [name, , to] of addedChanges(sides)) this.added.set(name, { ...link, said: to })
  }
  #step(name: string, sides: readonly [unknown, unknown]): void {
    const plan = this.#plans.get(name)
    if (name === 'custom')
      for (const [added, from, to] of addedChanges(sides))
        this.#count(`custom.${added}`, addedIdentity(null), [addedIdentity(from), addedIdentity(to)])
    else if (plan !== undefined)
      this.#count(name, saidIdentity(plan, null), [saidIdentity(plan, sides[0]), saidIdentity(plan, sides[1])])
  }
  #count(name: string, nothing: string, [from, to]: readonly [string, string]): void {
    const steps = this.#steps.get(name) ?? new Map<string, number>([[short(nothing), 1]])
    this.#steps.set(name, steps)
    steps.set(short(from), (steps.get(short(from)) ?? 0) - 1)
    steps.set(short(to), (steps.get(short(to)) ?? 0) + 1)
  }
  /** Where the chain of a field ends; null when a part of it is gone, or it is no chain. */
  endOf(name: string): string | null {
    if (this.#broken.has(name.startsWith('custom.') ? 'custom' : name)) return null
    const ends = [...(this.#steps.get(name) ?? [])].filter(([, n]) => n !== 0)
    return ends.length === 1 && ends[0]?.[1] === 1 ? ends[0][0] : null
  }
}
/** Texts of any length as keys. */
export function short(identity: string): string {
  return identity.length <= 100 ? identity : hash('sha256', identity, 'base64')
}

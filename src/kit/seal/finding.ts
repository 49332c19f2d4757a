/** What a verification finds, each with a name, a place and a sentence that says what was found and what to do. */
import { say } from '#engines/say.ts'

export const FINDING_KINDS = [
  'changed',
  'missing',
  'truncated',
  'reordered',
  'backdated',
  'unsealed',
  'rewritten',
  'rolledBack',
  'unreadable',
  'unprotected',
  'forgedErasure',
  'rowChanged',
  'rowMissing',
  'rowUnexplained',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]
/** Where; null for what does not apply. `index` is the place in the log, from 0. */
export interface Where {
  readonly entry: string | null
  readonly index: number | null
  readonly record: string | null
  readonly recordId: number | null
  readonly at: string | null
  /** Of a row that differs: which field. */
  readonly field: string | null
}
export interface Finding {
  readonly kind: FindingKind
  readonly where: Where
  readonly says: string
}
export const NOWHERE: Where = { entry: null, index: null, record: null, recordId: null, at: null, field: null }
const MOST_OF_A_KIND = 100

/** Keeps the first hundred of each kind and counts the rest. */
export class Findings {
  readonly list: Finding[] = []
  readonly #counts = new Map<FindingKind, number>()
  #firstIndex = Infinity

  add(kind: FindingKind, where: Partial<Where>, says: string): void {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    if (count <= MOST_OF_A_KIND) this.list.push({ kind, where: { ...NOWHERE, ...where }, says })
  }
  /** A finding at this place changes the root of every log that covers it: those roots need no finding of their own. */
  breaksTreeAt(index: number): void {
    this.#firstIndex = Math.min(this.#firstIndex, index)
  }
  isTreeBrokenBefore(size: number): boolean {
    return this.#firstIndex < size
  }
  has(kind: FindingKind): boolean {
    return this.#counts.has(kind)
  }
  /** Findings beyond those in the list. */
  get more(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + Math.max(0, count - MOST_OF_A_KIND), 0)
  }
}

/** "incident 42" */
export function named(where: { readonly record: string; readonly recordId: number }): string {
  return `${where.record} ${where.recordId}`
}
/** "entry 7" or "entries 7 to 9" */
export function stretch(from: number, to: number): string {
  return from === to ? say`entry ${from}` : say`entries ${from} to ${to} (${to - from + 1})`
}

// What a map shows: things with their places, what each of them needs, and groups whose members stand in for each other.
import type { Tone } from '../data/contract.ts'

export interface Thing {
  id: string
  label: string
  kind: string
  tone: Tone
  state: string
  /** How far from what people use, in levels. */
  level: number
  /** Place within the level, in boxes. */
  beside: number
  address: string | null
}
/** `from` needs `to`; `group` names the group of which some members are enough. The line leads over `via`. */
export interface Need {
  from: string
  to: string
  via: Pick<Thing, 'level' | 'beside'>[]
  group?: string
  /** How the two are related, where lines say it. */
  label?: string
}
export interface Group {
  from: string
  name: string
  minimum: number
  members: string[]
}

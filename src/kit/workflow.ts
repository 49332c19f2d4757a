/** Workflows: which moves a record may make between its states, who may make them, what they need and what they stamp. */
import type { Actor } from './actor.ts'
import type { AnyRow, Fields, RecordType, Who } from './record.ts'
import { labelOf } from './field.ts'

/** What a guard sees: the row before the move, what the request adds, the actor and the moment. */
export interface GuardFacts {
  readonly row: AnyRow
  readonly input: Readonly<Record<string, unknown>>
  readonly actor: Actor
  readonly now: string
}
export interface Move {
  readonly to: string
  readonly label?: string
  readonly by: readonly Who[]
  /** Fields that must be filled, before or with the move. */
  readonly needs?: readonly string[]
  /** Fields that the move's form offers besides. */
  readonly asks?: readonly string[]
  /** Why it may not be made now, in a sentence for the person; null when it may. */
  readonly guard?: (facts: GuardFacts) => string | null
  /** Fields that the move sets. */
  readonly stamps?: (facts: GuardFacts) => Readonly<Record<string, unknown>>
}
export interface NamedMove extends Move {
  readonly name: string
  readonly label: string
  readonly from: readonly string[]
}
export interface Workflow {
  readonly field: string
  readonly moves: readonly NamedMove[]
  /** States in which work is over; such records leave the open lists. */
  readonly ends: readonly string[]
}

/** What stands below a record's address besides its moves. */
const ADDRESSES: ReadonlySet<string> = new Set([
  'restore',
  'history',
  'timeline',
  'comments',
  'attachments',
  'bulk',
  'groups',
  'export',
  'link',
])

/**
 * Attaches the moves of a record's states field.
 * @throws when a move names a state or a field that the record does not declare.
 */
export function workflow<F extends Fields>(
  of: RecordType<string, F>,
  field: string & keyof F,
  moves: Readonly<Record<string, Readonly<Record<string, Move>>>>,
): Workflow {
  const taken = Object.values(moves)
    .flatMap((named) => Object.keys(named))
    .find((name) => ADDRESSES.has(name))
  if (taken !== undefined)
    throw new Error(
      `${of.name}: a move cannot be called ${taken}, which is an address of every record. Give it another name.`,
    )
  const known = new Set((of.fields[field]?.options ?? []).map((option) => option.value))
  const merged = new Map<string, NamedMove>()
  const said = Object.entries(moves).flatMap(([from, named]) =>
    Object.entries(named).map(([name, move]) => ({ from, name, move })),
  )
  for (const { from, name, move } of said) {
    refuseStrange(of, known, { from, name, move })
    const earlier = merged.get(`${name}>${move.to}`)
    merged.set(
      `${name}>${move.to}`,
      earlier
        ? { ...earlier, from: [...earlier.from, from] }
        : { ...move, name, label: move.label ?? labelOf(name), from: [from] },
    )
  }
  const all = [...merged.values()]
  const ends = [...known].filter((state) => /^(closed|cancelled|done|retired|rejected|dropped|left)$/.test(state))
  const flow: Workflow = { field, moves: all, ends }
  of.flow = flow
  return flow
}

function refuseStrange(
  of: RecordType,
  known: ReadonlySet<string>,
  { from, name, move }: { from: string; name: string; move: Move },
): void {
  const state = [from, move.to].find((one) => !known.has(one))
  if (state !== undefined)
    throw new Error(`${of.name}: the move ${name} names the state ${state}, which it does not have.`)
  const need = [...(move.needs ?? []), ...(move.asks ?? [])].find((one) => !Object.hasOwn(of.fields, one))
  if (need !== undefined)
    throw new Error(`${of.name}: the move ${name} needs the field ${need}, which is not declared.`)
}

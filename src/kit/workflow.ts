/** Workflows: which moves a record may make between its states, who may make them, what they need and what they stamp. */
import type { Actor } from './actor.ts'
import type { OrganisationSettings } from './organisation-settings.ts'
import type { AnyRow, Fields, RecordType, Who } from './record.ts'
import { labelOf } from './field.ts'

/** What a guard sees: the row before the move, what the request adds, the actor, the moment and what the organisation has set. */
export interface GuardFacts {
  readonly row: AnyRow
  readonly input: Readonly<Record<string, unknown>>
  readonly actor: Actor
  readonly now: string
  readonly settings: OrganisationSettings
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

/**
 * Attaches the moves of a record's states field and says in which states its work is over.
 * @throws when a move names a state or a field that the record does not declare, or two moves of one name and aim
 * differ in anything but where they begin. An address that is taken already is refused where all routes are gathered.
 */
export function workflow<F extends Fields>(
  of: RecordType<string, F>,
  field: string & keyof F,
  moves: Readonly<Record<string, Readonly<Record<string, Move>>>>,
  { ends }: { readonly ends: readonly string[] },
): Workflow {
  const known = new Set((of.fields[field]?.options ?? []).map((option) => option.value))
  const strange = ends.find((state) => !known.has(state))
  if (strange !== undefined) throw new Error(`${of.name}: its work ends in ${strange}, a state that it does not have.`)
  const merged = new Map<string, NamedMove>()
  const said = Object.entries(moves).flatMap(([from, named]) =>
    Object.entries(named).map(([name, move]) => ({ from, name, move })),
  )
  for (const { from, name, move } of said) {
    refuseStrange(of, known, { from, name, move })
    const earlier = merged.get(`${name}>${move.to}`)
    if (earlier !== undefined) refuseDifferent(of, earlier, move)
    merged.set(
      `${name}>${move.to}`,
      earlier
        ? { ...earlier, from: [...earlier.from, from] }
        : { ...move, name, label: move.label ?? labelOf(name), from: [from] },
    )
  }
  const flow: Workflow = { field, moves: [...merged.values()], ends }
  of.flow = flow
  return flow
}

/** Moves of one name and aim are one move; what differs between them would be lost without a word. */
function refuseDifferent(of: RecordType, earlier: NamedMove, move: Move): void {
  const lists = (['by', 'needs', 'asks'] as const).find(
    (part) => (earlier[part] ?? []).join() !== (move[part] ?? []).join(),
  )
  const differs =
    lists ??
    (['guard', 'stamps'] as const).find((part) => earlier[part] !== move[part]) ??
    ((move.label ?? labelOf(earlier.name)) === earlier.label ? undefined : 'label')
  if (differs !== undefined)
    throw new Error(
      `${of.name}: the moves ${earlier.name} to ${move.to} differ in "${differs}". Declare one move and use it in each state, or give one another name.`,
    )
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

/** A record: one kind of thing, declared once. Everything else about it is made from this declaration. */
import type { Confidentiality, Field, Ref } from './field.ts'
import { labelOf, tags as tagsField } from './field.ts'
import type { Workflow } from './workflow.ts'

export type Role = 'administrator' | 'manager' | 'lead' | 'agent' | 'requester' | 'officer' | 'auditor'
/** A role, or a relation of the actor to the record: the name of a person field of it ("field:assignee"). */
export type Who = Role | `field:${string}` | 'everyone'
export interface Can {
  readonly read: readonly Who[]
  readonly create: readonly Who[]
  readonly update: readonly Who[]
  readonly bin?: readonly Who[]
}

/**
 * How rows belong to parts of the organisation, so that a grant for a unit, a team or one's own finds them. A path is a
 * field ('team'), the row itself ('id') or a field of what a reference points to ('person.unit').
 */
export interface Scope {
  readonly unit?: readonly string[]
  readonly team?: readonly string[]
  readonly own?: readonly string[]
  /** The `any` field by which it hangs on another record: whoever reads that one reads this one. */
  readonly on?: string
  /** For what hangs: a boolean field that keeps it to those whose role reads it, or true for all of them. */
  readonly staffOnly?: string | true
}

/** What happens to rows whose time is over: into the bin, gone for good, or kept without what says something about people. */
export const ENDS_OF_ROWS = ['bin', 'delete', 'anonymise'] as const
export type EndOfRows = (typeof ENDS_OF_ROWS)[number]
/** How long rows are kept. What an administrator says comes before it. */
export interface Retention {
  /** What the clock may run from besides createdAt and updatedAt: an instant or a day of the row. The first is the usual. */
  readonly from?: readonly string[]
  /** An ISO 8601 duration of days, months or years; absent: for good. */
  readonly keep?: string
  /** What happens then, the usual one first; 'delete' unless said. Without 'delete' no row of it is ever removed. */
  readonly ends?: readonly EndOfRows[]
}

/** When rows stand in a calendar. */
export interface Dated {
  /** A day or an instant; or the first day of several. */
  readonly from: string
  /** The last day, which belongs to it. */
  readonly to?: string
  /** The field of the person in whose own calendar it stands. */
  readonly who?: string
}

export type Fields = Readonly<Record<string, Field<unknown>>>
export interface SavedQuery {
  readonly name: string
  readonly label: string
  /** The query string of the list: `filter=…&sort=…`. */
  readonly query: string
}

export interface RecordIndex {
  /** None: the id alone. */
  readonly on: readonly string[]
  readonly open?: true
  readonly filled?: true
  readonly live?: true
}
export interface Declaration<F extends Fields> {
  readonly about: string
  /** Prefix of its number: INC → INC-1042. */
  readonly number: string
  readonly plural?: string
  readonly label?: string
  readonly labelPlural?: string
  /** The place in the navigation; records without one are reached through others. */
  readonly place?: string
  readonly icon?: string
  /** The field that names it in references; the first field unless said otherwise. */
  readonly title?: string
  readonly fields: F
  readonly list: readonly string[]
  readonly sections?: readonly { readonly label: string; readonly fields: readonly string[] }[]
  readonly views?: readonly SavedQuery[]
  readonly can: Can
  /**
   * What a grant for a part of the organisation reaches; nothing unless said. 'shared': belongs to nobody in
   * particular, so whoever holds a role anywhere reads it, and only a role for the whole organisation changes it.
   */
  readonly scope?: Scope | 'shared'
  /** The class of its rows; C1 (the team) unless said otherwise. A field may be above it, never what is searched. */
  readonly confidentiality?: Confidentiality
  /** Fields by which it is counted (kept, not counted): each entry is a combination. */
  readonly tallies?: readonly (readonly string[])[]
  /**
   * Indexes beside the key, "-field" descends; `open` keeps only records whose work is not over, `filled` those whose first
   * field says something, `live` those that are not in the bin: an undone import leaves thousands there that are newer than
   * all others. What refers to others is also asked of the bin and stays whole.
   */
  readonly indexes?: readonly RecordIndex[]
  /** Field combinations that exist once in an organisation. */
  readonly unique?: readonly (readonly string[])[]
  /** References to its own kind that make a tree: nothing stands under itself, not even through others. */
  readonly tree?: readonly string[]
  /** Days or instants of which the last is never before the first. */
  readonly spans?: readonly (readonly [first: string, last: string])[]
  /** Fields without which a choice says nothing: team: ['kind', 'team']. */
  readonly neededWhen?: Readonly<Record<string, readonly [field: string, value: string]>>
  /** The default order of its list. */
  readonly sort?: string
  readonly emptyText?: string
  /** When its rows stand in a calendar; absent: never. */
  readonly dated?: Dated
  /** Large tables vacuum early and keep rows narrow. */
  readonly large?: boolean
  /**
   * Rows for their owner alone, whatever the roles, unless `unless` holds: [field, value]. The members and the lead of the
   * team in the field `team`, and administrators, read them as well; its lead changes them.
   */
  readonly private?: {
    readonly owner: string
    readonly unless: readonly [field: string, value: string]
    readonly team?: string
  }
  /** How long its rows are kept, and what happens then; 'never' for what must not be removed by a rule. */
  readonly retention?: Retention | 'never'
  /** Fields that say something about a person: they are emptied when the row is anonymised or the person erased. */
  readonly personal?: readonly string[]
  /** The reference without which a row means nothing: it goes along when that row is removed. */
  readonly partOf?: string
  /** For rows about one person alone, the field that names them: these rows go when that person is erased. */
  readonly personalTo?: string
  /** Fields that a reaction refreshes without a journal entry: caches of what history already says. */
  readonly cached?: readonly string[]
}

export interface RecordType<N extends string = string, F extends Fields = Fields> extends Declaration<F> {
  readonly name: N
  readonly table: string
  readonly plural: string
  readonly label: string
  readonly labelPlural: string
  readonly title: string
  readonly sort: string
  /** Attached by workflow(). */
  flow: Workflow | null
  /** Names of the clocks that run on it; attached by clock(). */
  readonly clocks: Set<string>
}

/** What every row has besides its declared fields. */
export interface Base {
  readonly id: number
  readonly number: string
  readonly rev: number
  readonly createdAt: string
  readonly createdBy: Ref | null
  readonly updatedAt: string
  readonly updatedBy: Ref | null
  readonly binnedAt: string | null
  readonly tags: readonly string[]
  readonly custom: Readonly<Record<string, unknown>>
}
type TypeOf<X> = X extends Field<infer T> ? T : never
export type Row<R extends { readonly fields: Fields }> = Base & {
  readonly [K in keyof R['fields']]: TypeOf<R['fields'][K]>
}
type Sent<T> = T extends Ref ? Ref | number | string : T extends readonly Ref[] ? readonly (Ref | number | string)[] : T
/** What a request may say about a record: references by id, by number or as they were read. */
export type Draft<R extends { readonly fields: Fields }> = {
  readonly [K in keyof R['fields']]?: Sent<TypeOf<R['fields'][K]>>
} & { readonly tags?: readonly string[]; readonly custom?: Readonly<Record<string, unknown>> }

/** A row of a record that is not known when the code is written. */
export interface AnyRow extends Base {
  readonly [field: string]: unknown
}

/** Declares a record. The name is singular and camelCase; its table is its snake_case. */
export function record<const N extends string, const F extends Fields>(
  name: N,
  said: Declaration<F>,
): RecordType<N, F> {
  const plural = said.plural ?? `${name.toLowerCase()}s`
  const label = said.label ?? labelOf(name)
  const first = Object.keys(said.fields)[0]
  if (first === undefined) throw new Error(`The record ${name} declares no field: give it at least one.`)
  // Without a prototype: a name such as "constructor" in a request must find nothing.
  const fields: F = Object.assign(Object.create(null), said.fields)
  return {
    ...said,
    fields,
    name,
    table: plainSnake(name),
    plural,
    label,
    labelPlural: said.labelPlural ?? labelOf(plural),
    title: said.title ?? first,
    sort: said.sort ?? '-id',
    flow: null,
    clocks: new Set(),
  }
}

/** The fields of a record with the ones that every record has (tags). */
export function allFields(of: RecordType): Fields {
  return { ...of.fields, tags: tagsField({ label: 'Tags', help: 'Words to find it by.' }) }
}

const RESERVED = new Set(
  'all analyse analyze and any array as asc both case cast check collate column constraint create default desc distinct do else end except false for foreign from grant group having in initially intersect into leading limit not null offset on only or order placing primary references returning select some symmetric table then to trailing true union unique user using variadic when where window with'.split(
    ' ',
  ),
)

const plainNames = new Map<string, string>()
const columnNames = new Map<string, string>()

/** 'dueAt' → 'due_at'. Remembered: a page of fifty rows asks a thousand times. */
export function plainSnake(name: string): string {
  return (
    plainNames.get(name) ??
    remembered(
      plainNames,
      name,
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
  )
}
/** The column of a field: 'dueAt' → 'due_at'; a word that SQL keeps for itself gets a tail: 'group' → 'group_'. */
export function snake(name: string): string {
  const known = columnNames.get(name)
  if (known !== undefined) return known
  const plain = plainSnake(name)
  return remembered(columnNames, name, RESERVED.has(plain) ? `${plain}_` : plain)
}
/** Names come from declarations; the limit only matters to who would feed others. */
function remembered(names: Map<string, string>, name: string, column: string): string {
  if (names.size < 10_000) names.set(name, column)
  return column
}

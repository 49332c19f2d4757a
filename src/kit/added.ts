/** Fields that an administrator adds at run time: their kinds, what of them an actor may know, and how their values are kept. */
import type { Actor } from './actor.ts'
import { isProduct } from './actor.ts'
import type { Catalogue } from './catalogue.ts'
import { classOf, cleared, isClear, isWithin } from './clearance.ts'
import type { Confidentiality, Field, FieldKind, Option } from './field.ts'
import type { AnyRow, RecordType } from './record.ts'

/** What an administrator chooses: a kind of field; `person` is a reference to a person, `record` one to a record of any kind (`any` means "filled" in filters). */
export const CUSTOM_KINDS = [
  'text',
  'longText',
  'choice',
  'number',
  'boolean',
  'day',
  'instant',
  'url',
  'email',
  'duration',
  'money',
  'ip',
  'person',
  'ref',
  'record',
] as const
type CustomKind = (typeof CUSTOM_KINDS)[number]
/** Kinds whose words can be searched. */
export const WORDY_KINDS: readonly string[] = ['text', 'longText', 'email', 'url', 'choice'] satisfies CustomKind[]
/** Classes that an administrator may give: C5 and C6 are above every role, so nobody could fill such a field. */
export const CUSTOM_CLASSES = ['C0', 'C1', 'C2', 'C3', 'C4'] as const satisfies readonly Confidentiality[]

/** A field added at run time; its values live in the row's `custom` object under its name. */
export interface CustomField {
  readonly record: string
  readonly name: string
  readonly field: AddedField
  /** In the bin: its values are kept, and as secret as they were. */
  readonly isGone?: boolean
}
export interface AddedField extends Field {
  /** A column of the list unless somebody chooses others. */
  readonly isListed?: boolean
  /** An index holds its order, so that large records sort by it. */
  readonly isIndexed?: boolean
}
export type AddedFields = Readonly<Record<string, AddedField>>

export interface SaidField {
  readonly kind: string
  readonly label: string
  readonly help?: string | null
  readonly required?: boolean | null
  readonly options?: readonly Option[] | null
  readonly to?: string | null
  readonly unit?: string | null
  readonly confidentiality?: string | null
  readonly listed?: boolean | null
  readonly searched?: boolean | null
  readonly isIndexed?: boolean
}
const MOST: Partial<Record<FieldKind, number>> = { text: 500, longText: 20_000, duration: 10_000_000 }

/** What an administrator said, as a field. */
export function customField(said: SaidField): AddedField {
  const wanted = CUSTOM_KINDS.find((known) => known === said.kind) ?? 'text'
  const kind: FieldKind = wanted === 'person' ? 'ref' : wanted === 'record' ? 'any' : wanted
  const to = wanted === 'person' ? 'person' : wanted === 'ref' ? (said.to ?? undefined) : undefined
  return {
    kind,
    label: said.label,
    help: said.help ?? '',
    required: said.required === true,
    stamped: false,
    options: kind === 'choice' ? (said.options ?? []) : undefined,
    max: MOST[kind],
    ...(to === undefined ? {} : { to }),
    ...(kind === 'number' && said.unit ? { unit: said.unit } : {}),
    ...(kind === 'duration' ? { unit: 'minutes', min: 0 } : {}),
    ...(kind === 'boolean' ? { default: null } : {}),
    confidentiality: CUSTOM_CLASSES.find((known) => known === said.confidentiality) ?? 'C1',
    searchable: said.searched === true && WORDY_KINDS.includes(kind),
    isListed: said.listed === true,
    isIndexed: said.isIndexed === true,
  }
}

/** The added fields of a record that exist as far as this actor is concerned. */
export function clearAdded(catalogue: Catalogue, actor: Actor, record: RecordType): AddedFields {
  const all = catalogue.customFields(actor.org, record.name)
  const kept = Object.entries(all).filter(([, field]) => isPlain(record, field) || isClear(actor, record, field))
  return kept.length === Object.keys(all).length ? all : Object.assign(Object.create(null), Object.fromEntries(kept))
}
/** The added field of that name, with or without `custom.` before it, as long as the actor may know of it. */
export function clearAddedField(
  catalogue: Catalogue,
  actor: Actor,
  record: RecordType,
  name: string,
): { readonly name: string; readonly field: AddedField } | null {
  const bare = name.startsWith('custom.') ? name.slice('custom.'.length) : name
  const all = catalogue.customFields(actor.org, record.name)
  const field = Object.hasOwn(all, bare) ? all[bare] : undefined
  return field === undefined || !(isPlain(record, field) || isClear(actor, record, field))
    ? null
    : { name: bare, field }
}
/** Whether the actor may know the value kept under that name, also of a field that lies in the bin. */
export function mayKnowAdded(catalogue: Catalogue, actor: Actor, record: RecordType, name: string): boolean {
  const field = catalogue.knownCustomField(actor.org, record.name, name)
  return field === null || isPlain(record, field) || isClear(actor, record, field)
}
function isPlain(record: RecordType, field: Field): boolean {
  return isWithin(classOf(field), classOf(record))
}

/** A row without what the actor may not read, of declared and of added fields. */
export function shownTo(catalogue: Catalogue, actor: Actor, record: RecordType, row: AnyRow): AnyRow {
  const clear = clearAdded(catalogue, actor, record)
  const custom = Object.entries(row.custom).filter(([name]) => Object.hasOwn(clear, name))
  const own = Object.entries(record.fields).flatMap(([name, { shown }]) =>
    shown === undefined || isProduct(actor) || !Object.hasOwn(row, name)
      ? []
      : [[name, shown.show(row[name], { actor, catalogue, kept: (other) => row[other] ?? null })] as const],
  )
  return { ...cleared(actor, record, { ...row, ...Object.fromEntries(own) }), custom: Object.fromEntries(custom) }
}

/** As it stands in the database: references by what they point to, since each reader sees another title. */
export function storedCustom(custom: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(custom).map(([name, value]) => [name, storedValue(value)]))
}
function storedValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('number' in value)) return value
  return 'record' in value ? { record: value.record, id: value.id } : value.id
}
/** What of `custom` a write changes: new values as they are kept, and names that go. */
export function customPatch(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { readonly set: Record<string, unknown>; readonly gone: readonly string[] } {
  const [old, now] = [storedCustom(before), storedCustom(after)]
  const set = Object.entries(now).filter(([name, value]) => !Object.hasOwn(old, name) || JSON.stringify(old[name]) !== JSON.stringify(value)) // oxfmt-ignore
  return { set: Object.fromEntries(set), gone: Object.keys(old).filter((name) => !Object.hasOwn(now, name)) }
}

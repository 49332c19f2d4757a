/**
 * Confidentiality: what an actor may read of a record and its fields.
 * C0 directory · C1 team · C2 person and line manager · C3 author only · C4 review panel · C5 case · C6 health.
 * Whoever is named by a record's declaration (its author, its person, its panel) reads it whatever its class; a role
 * reads up to its ceiling. C5 and C6 are above every role, that of administrators included.
 */
import type { Actor, Grant } from './actor.ts'
import { isProduct } from './actor.ts'
import type { Confidentiality, Field } from './field.ts'
import type { AnyRow, Fields, RecordType, Role } from './record.ts'

export const CLASSES = ['C0', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6'] as const satisfies readonly Confidentiality[]
/** What a role may be given at most; above it stand named people alone. */
export const HIGHEST_OF_ROLES: Confidentiality = 'C4'
const CEILINGS: Readonly<Record<Role, Confidentiality>> = {
  administrator: 'C4',
  manager: 'C2',
  lead: 'C2',
  agent: 'C1',
  requester: 'C1',
  officer: 'C1',
  auditor: 'C1',
}

export function classOf(of: { readonly confidentiality?: Confidentiality }): Confidentiality {
  return of.confidentiality ?? 'C1'
}
export function isWithin(asked: Confidentiality, ceiling: Confidentiality): boolean {
  return CLASSES.indexOf(asked) <= CLASSES.indexOf(ceiling)
}
export function ceilingOfRole(role: string): Confidentiality {
  return Object.hasOwn(CEILINGS, role) ? CEILINGS[role as Role] : 'C1' // asked of the list itself just before
}
/** The highest class of a record that the actor's roles read everywhere; grants for a part of the organisation do not count. */
export function ceiling(actor: Actor, gives: (grant: Grant) => boolean): Confidentiality {
  if (isProduct(actor)) return 'C6'
  const everywhere = (actor.grants ?? []).filter((grant) => grant.reach.scope === 'organisation' && gives(grant))
  const all = [...actor.roles.map(ceilingOfRole), ...everywhere.map((grant) => grant.ceiling)]
  return all.reduce<Confidentiality>((most, one) => (isWithin(one, most) ? most : one), 'C1')
}

/** Whether the actor reads this field of rows that they may read: a field is no secret up to the class of its record. */
export function isClear(actor: Actor, record: RecordType, field: Field): boolean {
  const asked = classOf(field)
  return (
    isWithin(asked, classOf(record)) ||
    isWithin(
      asked,
      ceiling(actor, (grant) => readsBy(grant, record)),
    )
  )
}
function readsBy(grant: Grant, record: RecordType): boolean {
  return grant.rights === null ? record.can.read.includes(grant.role as Role) : isIn(grant, record)
}
function isIn({ rights }: Grant, record: RecordType): boolean {
  return rights !== null && Object.hasOwn(rights, record.name) && (rights[record.name]?.includes('read') ?? false)
}

const CLEAR = new WeakMap<RecordType, boolean>()
/** Whether no field of the record is above its class: then everybody who reads a row reads it whole. */
function isPlain(record: RecordType): boolean {
  const known = CLEAR.get(record)
  if (known !== undefined) return known
  const plain = Object.values(record.fields).every((field) => isWithin(classOf(field), classOf(record)))
  CLEAR.set(record, plain)
  return plain
}
/** The fields that exist as far as this actor is concerned. */
export function clearFields(actor: Actor, record: RecordType): Fields {
  if (isPlain(record)) return record.fields
  const kept = Object.entries(record.fields).filter(([, field]) => isClear(actor, record, field))
  return Object.assign(Object.create(null), Object.fromEntries(kept))
}
/** The field of that name, as long as the actor may know of it. */
export function clearField(actor: Actor, record: RecordType, name: string): Field | undefined {
  const field = Object.hasOwn(record.fields, name) ? record.fields[name] : undefined
  return field === undefined || isPlain(record) || isClear(actor, record, field) ? field : undefined
}
/** A row without what the actor may not read. */
export function cleared<R extends AnyRow>(actor: Actor, record: RecordType, row: R): R {
  if (isPlain(record)) return row
  const hidden = Object.entries(record.fields).filter(([, field]) => !isClear(actor, record, field))
  const made: Record<string, unknown> = { ...row }
  for (const [name] of hidden) delete made[name]
  return made as R // declared fields that may not be read are left out, as if they were not declared
}

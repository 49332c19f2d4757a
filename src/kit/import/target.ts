/** What a mapping may fill: the fields of a record, the added ones, and a few that every record has. */
import type { Actor } from '#kit/actor.ts'
import { clearAdded, clearAddedField } from '#kit/added.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import { clearField } from '#kit/clearance.ts'
import type { Field } from '#kit/field.ts'
import { instant, labelOf, person, tags, text } from '#kit/field.ts'
import type { RecordType } from '#kit/record.ts'

export interface Target {
  readonly name: string
  readonly label: string
  readonly field: Field
}
const COMMON: Readonly<Record<string, Field>> = {
  tags: tags({ label: 'Tags' }),
  createdAt: instant({ label: 'Created' }),
  createdBy: person({ label: 'Created by' }),
}

/** The target of that name, or null. `custom.shelf` is an added field; `number` serves as a key only. */
export function targetOf(catalogue: Catalogue, actor: Actor, record: RecordType, name: string): Target | null {
  if (name === 'number' && !Object.hasOwn(record.fields, name))
    return { name, label: 'Number', field: text({ label: 'Number', max: 40 }) }
  const own = Object.hasOwn(record.fields, name)
    ? clearField(actor, record, name)
    : Object.hasOwn(COMMON, name)
      ? COMMON[name]
      : undefined
  const added = clearAddedField(catalogue, actor, record, name)
  const bare = added?.name ?? name
  const field = own ?? added?.field
  if (field === undefined || field.kind === 'attachment' || record.cached?.includes(name)) return null
  return { name: own === undefined ? `custom.${bare}` : name, label: field.label ?? labelOf(bare), field }
}
export function targets(catalogue: Catalogue, actor: Actor, record: RecordType): Target[] {
  const names = [
    ...Object.keys(record.fields),
    ...Object.keys(clearAdded(catalogue, actor, record)).map((name) => `custom.${name}`),
    ...Object.keys(COMMON),
  ]
  return names.flatMap((name) => targetOf(catalogue, actor, record, name) ?? [])
}

/** The field by which a text finds a record of this kind. */
export function namingField(to: RecordType, by: string | undefined): string {
  return by ?? to.title
}
/** Persons are also known by their e-mail address. */
export function emailField(to: RecordType): string | null {
  return Object.entries(to.fields).find(([, field]) => field.kind === 'email')?.[0] ?? null
}

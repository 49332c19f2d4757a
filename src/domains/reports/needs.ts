/** Who may be shown what: from what a part was made of to a decision about one reader. */
import { createHash } from 'node:crypto'
import { mayAtAll, readable, readsAll } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { clearAddedField } from '#kit/added.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import { clearField } from '#kit/clearance.ts'
import { BASE_FIELDS } from '#kit/condition.ts'
import type { Field } from '#kit/field.ts'
import { parseFilter } from '#kit/filter.ts'
import type { RecordType } from '#kit/record.ts'
import { render } from '#kit/sql.ts'
import type { Needs, Snapshot } from './page.ts'

/** The field of that name, as this person may know it; null when there is none for them. */
export function knownField(catalogue: Catalogue, actor: Actor, record: RecordType, name: string): Field | null {
  return (
    clearField(actor, record, name) ??
    (Object.hasOwn(BASE_FIELDS, name) ? BASE_FIELDS[name] : undefined) ??
    clearAddedField(catalogue, actor, record, name)?.field ??
    null
  )
}
/** The names of the fields that a filter asks about. */
export function namesIn(filter: string): string[] {
  const parsed = parseFilter(filter)
  return 'problem' in parsed ? [] : parsed.terms.map((term) => term.field)
}

/** What is needed to be shown something that was made of these fields of a record. A reference shows the title of another record. */
export function needsOf(catalogue: Catalogue, actor: Actor, record: RecordType, names: readonly string[]): Needs {
  const fields = names.flatMap((name) => {
    const field = knownField(catalogue, actor, record, name)
    return field === null ? [] : [field]
  })
  const others = fields.flatMap((field) =>
    field.kind === 'any' ? catalogue.records.map((one) => one.name) : field.to === undefined ? [] : [field.to],
  )
  return {
    records: [...new Set([record.name, ...others])].sort(),
    fields: [...new Set(names.map((name) => `${record.name}.${name}`))].sort(),
  }
}

/** Names the rows of a record that somebody may read: two people with the same rights have the same. */
export function rightsTo(catalogue: Catalogue, actor: Actor, record: RecordType): string {
  const { text, values } = render(readable(actor, record, catalogue))
  return createHash('sha256')
    .update(JSON.stringify([text, values]))
    .digest('hex')
}
/**
 * Whether somebody may be shown a part that was read with the rights in `rights`: they read all rows of everything that
 * it was made of, or exactly the same ones, and every field exists for them.
 */
export function mayBeShown(catalogue: Catalogue, reader: Actor, needs: Needs, rights: Snapshot['rights']): boolean {
  return (
    needs.records.every((name) => {
      const record = catalogue.find(name)
      if (record === null || !mayAtAll(reader, record, 'read')) return false
      return readsAll(reader, record, catalogue) || rightsTo(catalogue, reader, record) === rights[name]
    }) &&
    needs.fields.every((name) => {
      const [of = '', ...rest] = name.split('.')
      const record = catalogue.find(of)
      return record !== null && knownField(catalogue, reader, record, rest.join('.')) !== null
    })
  )
}

/** Fields that a notice names: declared ones, and added ones as `custom.name`. */
import type { Actor } from '#kit/actor.ts'
import { mayKnowAdded } from '#kit/added.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import { clearField } from '#kit/clearance.ts'
import type { RecordType } from '#kit/record.ts'

/** 'custom.cabinet' → 'cabinet'; null for a field that is declared. */
export function nameOfAdded(name: string): string | null {
  return name.startsWith('custom.') ? name.slice('custom.'.length) : null
}
/** Whether this reader may know that there is such a field. */
export function mayKnowField(catalogue: Catalogue, actor: Actor, record: RecordType, name: string): boolean {
  // All added fields in one, as notices kept them until 0.1.0: nobody can say which it was.
  if (name === 'custom') return false
  const added = nameOfAdded(name)
  if (added !== null) return mayKnowAdded(catalogue, actor, record, added)
  return record.fields[name] === undefined || clearField(actor, record, name) !== undefined
}

/** Who may see and do what: one rule, compiled into SQL, so that lists, search, counters and exports obey it alike. */
import type { Actor } from './actor.ts'
import { isAllowed } from './actor.ts'
import type { AnyRow, RecordType, Who } from './record.ts'
import { snake } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, raw, sql } from './sql.ts'

export type Deed = 'read' | 'create' | 'update' | 'bin'

export function whoMay(record: RecordType, deed: Deed): readonly Who[] {
  return deed === 'bin' ? (record.can.bin ?? record.can.update) : record.can[deed]
}

/** The rows of a record that the actor may read, as a condition on the table alias `t`. */
export function readable(actor: Actor, record: RecordType): Fragment {
  const allowed = readableByRole(actor, record)
  // The product itself (a system actor without a person) also keeps what is private.
  if (record.private === undefined || actor.person === null) return allowed
  const { owner, unless } = record.private
  return sql`(${allowed} and (${raw(`t.${snake(unless[0])}`)} = ${unless[1]} or ${raw(`t.${snake(owner)}`)} = ${actor.person}))`
}
/** Whether the actor may read every row of it. */
export function readsAll(actor: Actor, record: RecordType): boolean {
  return readable(actor, record).parts[0] === 'true'
}
function readableByRole(actor: Actor, record: RecordType): Fragment {
  const who = whoMay(record, 'read')
  if (isAllowed(actor, who)) return raw('true')
  const relations = relationsIn(who).filter((name) => record.fields[name] !== undefined || name === 'createdBy')
  if (actor.person === null || relations.length === 0) return raw('false')
  const made = relations.map((name) => {
    const column = raw(`t.${snake(name)}`)
    return record.fields[name]?.kind === 'refs'
      ? sql`${actor.person} = any(${column})`
      : sql`${column} = ${actor.person}`
  })
  return sql`(${join(made, ' or ')})`
}

/** Whether the actor may do this, by role or by relation to the row. An empty list leaves it to the product itself. */
export function may(actor: Actor, who: readonly Who[], row: AnyRow | null): boolean {
  if (who.length === 0) return isProduct(actor)
  if (isAllowed(actor, who)) return true
  return row !== null && relationsIn(who).some((name) => isRelated(actor, row[name]))
}
/** Whether the actor may do it to some row at all: decides whether a button is offered. */
export function mayAtAll(actor: Actor, who: readonly Who[]): boolean {
  if (who.length === 0) return isProduct(actor)
  return isAllowed(actor, who) || relationsIn(who).length > 0
}

function isProduct(actor: Actor): boolean {
  return actor.person === null && actor.roles.includes('administrator')
}
function relationsIn(who: readonly Who[]): string[] {
  return who.filter((name) => name.startsWith('field:')).map((name) => name.slice('field:'.length))
}
function isRelated(actor: Actor, value: unknown): boolean {
  if (actor.person === null) return false
  if (Array.isArray(value)) return value.some((item) => isRelated(actor, item))
  return typeof value === 'object' && value !== null && 'id' in value && value.id === actor.person
}

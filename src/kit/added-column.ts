/** The SQL that reads a value of an added field out of `custom`, in a form that an index can hold. */
import type { Field, FieldKind } from './field.ts'
import type { Fragment } from './sql.ts'
import { raw } from './sql.ts'

/** A value under this name that is of another kind, in another organisation, reads as empty and never as a fault. */
const GUARDED: Partial<Record<FieldKind, readonly [json: string, type: string]>> = {
  number: ['number', 'double precision'],
  duration: ['number', 'double precision'],
  ref: ['number', 'bigint'],
  boolean: ['boolean', 'boolean'],
}
const CAST: Partial<Record<FieldKind, string>> = { instant: 'timestamptz', day: 'date', ip: 'inet' }

export interface AddedColumn {
  readonly column: Fragment
  /** The currency of money; the kind of record of a reference to any. */
  readonly beside: Fragment | null
}
/** To be read from the alias `t`. */
export function addedColumn(name: string, field: Field): AddedColumn {
  const at = `t.custom->'${plainName(name)}'`
  if (field.kind === 'money' || field.kind === 'any') {
    const [part, other] = field.kind === 'money' ? (['minor', 'currency'] as const) : (['id', 'record'] as const)
    const isObject = `jsonb_typeof(${at}) = 'object'`
    return {
      column: raw(`(case when ${isObject} then (${at}->>'${part}')::bigint end)`),
      beside: raw(`(${at}->>'${other}')`),
    }
  }
  const text = `(t.custom->>'${name}')`
  const guarded = GUARDED[field.kind]
  if (guarded !== undefined)
    return { column: raw(`(case when jsonb_typeof(${at}) = '${guarded[0]}' then ${text}::${guarded[1]} end)`), beside: null } // oxfmt-ignore
  const cast = CAST[field.kind]
  return { column: raw(cast === undefined ? text : `${text}::${cast}`), beside: null }
}
/** What a list is sorted by. Points in time and days are kept as ISO 8601, whose order as plain text is their own. */
export function addedOrder(name: string, field: Field): Fragment {
  return field.kind === 'instant' || field.kind === 'day'
    ? raw(`((t.custom->>'${plainName(name)}') collate "C")`)
    : addedColumn(name, field).column
}
/** Names are checked when a field is added; here once more, since they stand in the statement itself. */
function plainName(name: string): string {
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(name)) throw new Error(`"${name}" is not the name of an added field.`)
  return name
}

/** From filter terms to SQL conditions, checked against the record: unknown fields and values are refused at their place. */
import { amid, said, say } from '#engines/say.ts'
import { readable } from './access.ts'
import type { Actor } from './actor.ts'
import { clearAdded, clearAddedField } from './added.ts'
import { addedColumn } from './added-column.ts'
import { clearField, clearFields } from './clearance.ts'
import type { Catalogue } from './catalogue.ts'
import { CLOCK_STATES } from './clock.ts'
import { labelOf, tags } from './field.ts'
import type { Field } from './field.ts'
import type { Operator, Place, Term } from './filter.ts'
import { parseFilter } from './filter.ts'
import { ipIs, moneyIs } from './condition-values.ts'
import { readDay, readMoment } from './moment.ts'
import { nearestName } from './nearest.ts'
import { badRequest } from './problem.ts'
import type { RecordType } from './record.ts'
import { plainSnake, snake } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, raw, sql } from './sql.ts'
import { choice, instant, number, person } from './field.ts'

export interface FilterContext {
  readonly catalogue: Catalogue
  readonly actor: Actor
  readonly now: string
  readonly zone: string
}

/** Fields that exist on every record and can be filtered and sorted by. */
export const BASE_FIELDS: Readonly<Record<string, Field>> = Object.assign(Object.create(null), {
  id: number({ label: 'Number' }),
  createdAt: instant({ label: 'Created' }),
  createdBy: person({ label: 'Created by' }),
  updatedAt: instant({ label: 'Updated' }),
  updatedBy: person({ label: 'Updated by' }),
  tags: tags({ label: 'Tags' }),
})

export interface FilterField {
  readonly field: Field
  readonly column: Fragment
  /** The currency of money; the kind of record of a reference to any. */
  readonly beside: Fragment | null
}
/** The field of that name (declared, common or added by an administrator) and the SQL that reads it. */
export function filterField(context: FilterContext, record: RecordType, name: string): FilterField | null {
  const own = clearField(context.actor, record, name) ?? BASE_FIELDS[name]
  if (own !== undefined)
    return {
      field: own,
      column: raw(
        own.kind === 'money'
          ? `t.${plainSnake(name)}_minor`
          : own.kind === 'any'
            ? `t.${plainSnake(name)}_id`
            : own.kind === 'attachment'
              ? `t.${plainSnake(name)}_name`
              : `t.${snake(name)}`,
      ),
      beside:
        own.kind === 'money'
          ? raw(`t.${plainSnake(name)}_currency`)
          : own.kind === 'any'
            ? raw(`t.${plainSnake(name)}_record`)
            : null,
    }
  const added = clearAddedField(context.catalogue, context.actor, record, name)
  return added === null ? null : { field: added.field, ...addedColumn(added.name, added.field) }
}

/** @throws a refusal (400) with the place of the first mistake. */
export function conditions(context: FilterContext, record: RecordType, filter: string): Fragment[] {
  const parsed = parseFilter(filter)
  if ('problem' in parsed) throw misread(parsed.problem.because, parsed.problem.at, parsed.problem.length)
  return parsed.terms.map((term) => condition(context, record, term))
}
/** The refusal (400) of a filter, with the place of the mistake. */
export function misread(because: string, at: number, length: number): Error {
  return badRequest(say`The filter is not understood at character ${at + 1}: ${because}`, [
    { pointer: '/filter', detail: because, at, length },
  ])
}

/** One term as a condition. @throws a refusal (400) at its place */
export function condition(context: FilterContext, record: RecordType, term: Term): Fragment {
  const found = filterField(context, record, term.field)
  const together = found === null ? elsewhere(context, record, term) : holds(context, term, found)
  if (together === null)
    throw misread(
      say`${said(record.label)} has no field "${term.field}".${nearest(context, record, term.field)}`,
      nameAt(term),
      term.field.length,
    )
  return term.not ? sql`not coalesce((${together}), false)` : together
}
const CLOCK = choice(CLOCK_STATES)
/**
 * What is known of a row though it stands elsewhere: `clock.resolution:met`, how a clock of it stands; `obligation.duty:8`,
 * a field of what a reference names, among those that the actor may read. Null when there is no such thing.
 */
function elsewhere(context: FilterContext, record: RecordType, term: Term): Fragment | null {
  const [first = '', inner = '', ...more] = term.field.split('.')
  if (inner === '' || more.length > 0) return null
  const { org } = context.actor
  if (first === 'clock' && record.clocks.has(inner)) {
    const state = holds(context, term, { field: CLOCK, column: raw('c.state'), beside: null })
    return sql`exists (select 1 from clock c where c.org = t.org and c.record = ${record.name} and c.record_id = t.id and c.name = ${inner} and ${state})`
  }
  const reference = clearField(context.actor, record, first)
  if (reference?.kind !== 'ref') return null
  const to = context.catalogue.get(reference.to ?? '')
  const found = filterField(context, to, inner)
  return found === null
    ? null
    : sql`t.${raw(snake(first))} in (select t.id from ${raw(to.table)} t where t.org = ${org} and ${readable(context.actor, to, context.catalogue)} and (${holds(context, term, found)}))`
}
/** Whether one of the term's values is in the column, whatever its minus sign. @throws a refusal (400) at its place */
function holds(context: FilterContext, term: Term, { field, column, beside }: FilterField): Fragment {
  const because = operatorProblem(term, field)
  if (because !== null)
    throw misread(because, nameAt(term), term.field.length + (isSign(term.operator) ? term.operator.length : 1))
  const isMany = field.kind === 'refs' || field.kind === 'tags'
  const parts = term.values.map((value, index) => {
    if (value === 'none' && term.operator === 'is')
      return isMany ? sql`cardinality(${column}) = 0` : sql`${column} is null`
    if (value === 'any' && term.operator === 'is')
      return isMany ? sql`cardinality(${column}) > 0` : sql`${column} is not null`
    return one(context, { field, column, beside, term, value, place: term.places[index] ?? { at: term.at, length: 1 } })
  })
  return (
    choiceTogether(term, field, column) ??
    join(
      parts.map((part) => sql`(${part})`),
      ' or ',
    )
  )
}
/**
 * Values of a declared choice stand in the statement itself: they are words of the program, not of a request, and only
 * so can a kept plan use an index that holds open work alone.
 */
function choiceTogether(term: Term, field: Field, column: Fragment): Fragment | null {
  const options = field.options ?? []
  const isPlain =
    (field.kind === 'choice' || field.kind === 'states') &&
    term.operator === 'is' &&
    term.values.every((value) => options.some((option) => option.value === value && /^[\w.-]+$/.test(value)))
  return isPlain ? sql`${column} in (${raw(term.values.map((value) => `'${value}'`).join(', '))})` : null
}

const WORDY: ReadonlySet<Field['kind']> = new Set(['text', 'longText', 'email', 'url', 'attachment'])
const ORDERED: ReadonlySet<Field['kind']> = new Set([
  ...WORDY,
  'choice',
  'states',
  'number',
  'money',
  'duration',
  'instant',
  'day',
])
/** An operator that means nothing for a kind is refused, never read as another one. */
function operatorProblem({ operator, field: name }: Term, field: Field): string | null {
  if (operator === 'is' || (operator === 'contains' ? WORDY : ORDERED).has(field.kind)) return null
  const sign = operator === 'contains' ? '~' : operator
  return say`${said(field.label ?? labelOf(name))} cannot be compared with "${sign}". Write ${name}:value.`
}
interface Reading extends FilterField {
  readonly term: Term
  readonly value: string
  /** Where the value stands in the text. */
  readonly place: Place
}
/** The name stands behind the minus sign of a term that means not. */
function nameAt({ at, not }: Term): number {
  return not ? at + 1 : at
}
function isSign(operator: Operator): boolean {
  return operator !== 'is' && operator !== 'contains'
}
function one(context: FilterContext, reading: Reading): Fragment {
  const { field, column, term, value, place } = reading
  const compared = raw(term.operator === 'is' || term.operator === 'contains' ? '=' : term.operator)
  const refuse = (because: string): Error => misread(because, place.at, place.length)
  switch (field.kind) {
    case 'choice':
    case 'states':
      return choiceIs(reading, refuse)
    case 'duration':
      return lengthIs(reading, compared, refuse)
    case 'number': {
      if (field.unit === 'minutes') return lengthIs(reading, compared, refuse)
      const wanted = Number(value)
      if (value.trim() === '' || !Number.isFinite(wanted)) throw refuse(say`"${value}" is not a number.`)
      return sql`${column} ${compared} ${wanted}::double precision`
    }
    case 'money':
      return moneyIs(reading, refuse)
    case 'boolean': {
      if (!['true', 'false', 'yes', 'no'].includes(value)) throw refuse(say`Write true or false.`)
      return sql`${column} = ${value === 'true' || value === 'yes'}`
    }
    case 'instant':
      return instantIs(context, reading, refuse)
    case 'day': {
      const day = readDay(value, context.now, context.zone)
      if (day === null) throw refuse(say`"${value}" is not a day. Write 2026-11-21, today or -7d.`)
      return sql`${column} ${compared} ${day}::date`
    }
    case 'ref':
      return refIs(context, reading, refuse)
    case 'refs':
      return sql`${column} && ${refIds(context, reading, refuse)}`
    case 'any':
      return anyIs(context, reading, refuse)
    case 'tags':
      return sql`${column} @> array[${value.toLowerCase()}]::text[]`
    case 'ip':
      return ipIs(reading, refuse)
    case 'json':
      throw refuse(say`${said(field.label ?? labelOf(term.field))} holds a structure; it cannot be filtered.`)
    default:
      return textIs(reading)
  }
}

function lengthIs({ field, column, value }: Reading, compared: Fragment, refuse: (because: string) => Error): Fragment {
  const minutes = minutesIn(value)
  if (minutes === null)
    throw refuse(say`"${value}" is not a length of time. Write minutes, 90, or 1h30m, or 2d for 48 hours.`)
  // Minutes of a number may be working minutes, of which a day has as many as its calendar says.
  if (field.kind !== 'duration' && /d/i.test(value))
    throw refuse(say`"${value}" has no fixed length here: these minutes may be those of working days. Write hours.`)
  return sql`${column} ${compared} ${minutes}::double precision`
}
/** "90", "1h30m", "1.5h", "45min", "2d" (24 hours each, as in forms and imports): minutes; null for anything else. */
function minutesIn(value: string): number | null {
  const [, days, hours, minutes] =
    /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)(?:m|min)?)?$/i.exec(value.replaceAll(' ', '')) ?? []
  if (days === undefined && hours === undefined && minutes === undefined) return null
  return Number(days ?? 0) * 1440 + Number(hours ?? 0) * 60 + Number(minutes ?? 0)
}

function choiceIs({ field, column, term, value }: Reading, refuse: (because: string) => Error): Fragment {
  const options = field.options ?? []
  const index = options.findIndex((option) => option.value === value)
  if (index < 0) throw refuse(say`"${value}" is not one of: ${options.map((option) => option.value).join(', ')}.`)
  if (term.operator === 'is' || term.operator === 'contains') return sql`${column} = ${value}`
  const wanted = options.filter((_, at) =>
    term.operator === '<'
      ? at < index
      : term.operator === '<='
        ? at <= index
        : term.operator === '>'
          ? at > index
          : at >= index,
  )
  return sql`${column} = any(${wanted.map((option) => option.value)})`
}
function instantIs(
  context: FilterContext,
  { column, term, value }: Reading,
  refuse: (because: string) => Error,
): Fragment {
  const at = readMoment(value, context.now, context.zone)
  if (at === null)
    throw refuse(
      say`"${value}" is not a point in time. Write 2026-11-21, 2026-11-21T14:30:00Z, today, startOfMonth or -7d.`,
    )
  if (term.operator !== 'is' && term.operator !== 'contains')
    return sql`${column} ${raw(term.operator)} ${at}::timestamptz`
  const next = Temporal.Instant.from(at).toZonedDateTimeISO(context.zone).add({ days: 1 }).toInstant().toString()
  return sql`${column} >= ${at}::timestamptz and ${column} < ${next}::timestamptz`
}
function textIs({ column, term, value }: Reading): Fragment {
  if (term.operator === 'is') return sql`lower(${column}) = lower(${value})`
  if (term.operator === 'contains') return sql`${column} ilike ${`%${value.replace(/[\\%_]/g, '\\$&')}%`}`
  return sql`${column} ${raw(term.operator)} ${value}`
}
function refIs(context: FilterContext, reading: Reading, refuse: (because: string) => Error): Fragment {
  return sql`${reading.column} = any(${refIds(context, reading, refuse)})`
}
/** me, an id, a number (SVC-5) or an exact title, as an array of ids. */
function refIds(context: FilterContext, { field, value }: Reading, refuse: (because: string) => Error): Fragment {
  const to = context.catalogue.get(field.to ?? '')
  if (value === 'me' && to.name === 'person')
    return sql`${context.actor.person === null ? [] : [context.actor.person]}::bigint[]`
  const id = idOf(to, value)
  if (id !== null) return sql`${[id]}::bigint[]`
  if (/^[A-Z]{1,8}-\d+$/.test(value))
    throw refuse(say`"${value}" is not the number of a ${amid(to.label)} (${to.number}-1).`)
  return sql`array(select t.id from ${raw(to.table)} t where t.org = ${context.actor.org} and lower(t.${raw(snake(to.title))}) = lower(${value}) and ${readable(context.actor, to, context.catalogue)} limit 1000)`
}
function anyIs(
  context: FilterContext,
  { column, beside, value }: Reading,
  refuse: (because: string) => Error,
): Fragment {
  const found = context.catalogue.byNumber(value)
  const kind = context.catalogue.find(value)
  const record = beside ?? raw('null::text')
  if (found !== null) return sql`(${record} = ${found.record.name} and ${column} = ${found.id})`
  if (kind !== null) return sql`${record} = ${kind.name}`
  throw refuse(say`"${value}" is not the number of a record, such as INC-1042.`)
}

/** 5 or "SVC-5" → 5; null when it is neither. */
export function idOf(record: RecordType, value: string): number | null {
  const digits = /^\d{1,15}$/.test(value)
    ? value
    : value.toUpperCase().startsWith(`${record.number}-`)
      ? value.slice(record.number.length + 1)
      : ''
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null
}
function nearest({ actor, catalogue }: FilterContext, record: RecordType, name: string): string {
  const own = [...Object.keys(clearFields(actor, record)), ...Object.keys(clearAdded(catalogue, actor, record))]
  const known = [...own, ...Object.keys(BASE_FIELDS)]
  const close = nearestName(name, known)
  return close === null ? say` It has: ${known.slice(0, 12).join(', ')}.` : say` Did you mean ${close}?`
}

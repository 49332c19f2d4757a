/** Counts by group, on lists and reports: `by=priority`, `by=openedAt:month`, two levels at most. */
import { said, say } from '#engines/say.ts'
import { readable, readsAll } from './access.ts'
import type { FilterContext } from './condition.ts'
import { filterField } from './condition.ts'
import type { Sql } from './database.ts'
import type { ListQuery } from './list.ts'
import { listConditions } from './list.ts'
import { parseFilter } from './filter.ts'
import { badRequest } from './problem.ts'
import type { RecordType } from './record.ts'
import { snake } from './record.ts'
import type { Fragment } from './sql.ts'
import { all, join, raw, run, sql } from './sql.ts'
import { tallies } from './tally.ts'

export interface Group {
  /** One key per level; null is "empty". References carry their id. */
  readonly keys: readonly (string | number | boolean | null)[]
  readonly labels: readonly string[]
  readonly count: number
  /** The filter that lists exactly these records. */
  readonly filter: string
}
const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const
interface Level {
  readonly name: string
  readonly period: (typeof PERIODS)[number] | null
  readonly expression: Fragment
  readonly label: Fragment
  readonly options: ReadonlyMap<string, string>
}

/** Groups with their counts, largest first (periods in order), at most 500 unless said. */
export async function groups(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  asked: { by: string; query: ListQuery; most?: number },
): Promise<Group[]> {
  const levels = levelsOf(context, record, asked.by)
  const kept = await keptGroups(on, context, record, asked.query, levels)
  const rows = kept ?? (await counted(on, context, record, { levels, query: asked.query, most: asked.most ?? 500 }))
  const before = (asked.query.filter ?? '').trim()
  return rows.map((row) => ({
    keys: levels.map((_, index) => row.keys[index] ?? null),
    labels: levels.map((one, index) => labelOf(one, row.keys[index] ?? null, row.labels[index] ?? null)),
    count: row.count,
    filter: [before, ...levels.map((one, index) => term(one, row.keys[index] ?? null))]
      .filter((part) => part !== '')
      .join(' '),
  }))
}
/** @throws a refusal for what cannot be grouped by */
export function checkGroupBy(context: FilterContext, record: RecordType, by: string): void {
  levelsOf(context, record, by)
}
function levelsOf(context: FilterContext, record: RecordType, by: string): Level[] {
  const names = by
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0 || names.length > 2)
    throw badRequest('Name one or two fields in "by", such as by=priority or by=openedAt:month,team.')
  return names.map((name, index) => level(context, record, name, index))
}
interface Counted {
  readonly keys: readonly (string | number | boolean | null)[]
  readonly labels: readonly (string | null)[]
  readonly count: number
}

async function counted(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  { levels, query, most }: { levels: readonly Level[]; query: ListQuery; most: number },
): Promise<Counted[]> {
  const keys = levels.map((one, index) => sql`${one.expression} as ${raw(`k${index}`)}`)
  const labels = levels.map((one, index) => sql`${one.label} as ${raw(`l${index}`)}`)
  const order = levels.some((one) => one.period !== null)
    ? raw(levels.map((_, index) => `k${index} nulls last`).join(', '))
    : raw('n desc, k0')
  const inner = sql`select ${join(keys)}, count(*) as n from ${raw(record.table)} t where ${all(await listConditions(on, context, record, query))} group by ${raw(levels.map((_, index) => `k${index}`).join(', '))} order by ${order} limit ${most}`
  const rows = await run<Record<string, string | number | boolean | null>>(
    on,
    sql`select g.*, ${join(labels)} from (${inner}) g order by ${order}`,
  )
  return rows.map((row) => ({
    keys: levels.map((_, index) => row[`k${index}`] ?? null),
    labels: levels.map((_, index) => (row[`l${index}`] === null ? null : String(row[`l${index}`]))),
    count: Number(row['n']),
  }))
}
/** Kept counts answer where a combination without filter is tallied. */
async function keptGroups(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  query: ListQuery,
  levels: readonly Level[],
): Promise<Counted[] | null> {
  const parsed = parseFilter(query.filter ?? '')
  const isWhole =
    'terms' in parsed &&
    parsed.terms.length === 0 &&
    (query.q ?? '') === '' &&
    query.binned !== true &&
    levels.every((one) => one.options.size > 0)
  const names = levels.map((one) => one.name)
  const fields = (record.tallies ?? []).find(
    (combination) => combination.length === names.length && combination.every((name) => names.includes(name)),
  )
  if (!isWhole || fields === undefined || !readsAll(context.actor, record, context.catalogue)) return null
  const counts = await tallies(on, context.actor, record.name, fields)
  const rows = [...counts].map(([value, count]) => {
    const values = value.split('|')
    const keys = names.map((name) => values[fields.indexOf(name)] || null)
    return { keys, labels: keys, count }
  })
  return rows.sort((a, b) => b.count - a.count)
}

function level(context: FilterContext, record: RecordType, asked: string, at: number): Level {
  const [name = '', period = null] = asked.split(':')
  const found = filterField(context, record, name)
  if (found === null) throw badRequest(say`${said(record.label)} has no field "${name}" to group by.`)
  const { field, column } = found
  const options = new Map((field.options ?? []).map((option) => [option.value, option.label]))
  if (field.kind === 'instant' || field.kind === 'day') {
    const known = PERIODS.find((one) => one === (period ?? 'month'))
    if (known === undefined) throw badRequest(say`"${period}" is not a period: ${PERIODS.join(', ')}.`)
    const local = field.kind === 'day' ? column : sql`${column} at time zone ${context.zone}`
    return {
      name,
      period: known,
      expression: sql`to_char(date_trunc(${raw(`'${known}'`)}, ${local}), 'YYYY-MM-DD')`,
      label: raw('null'),
      options,
    }
  }
  if (field.kind === 'ref') {
    const to = context.catalogue.get(field.to ?? '')
    const label = sql`(select t.${raw(snake(to.title))} from ${raw(to.table)} t where t.org = ${context.actor.org} and t.id = ${raw(`g.k${at}`)} and ${readable(context.actor, to, context.catalogue)})`
    return { name, period: null, expression: column, label, options }
  }
  if (!['choice', 'states', 'boolean', 'text', 'email', 'number'].includes(field.kind))
    throw badRequest(say`"${name}" cannot be grouped by.`)
  return { name, period: null, expression: column, label: raw('null'), options }
}
function labelOf(of: Level, key: string | number | boolean | null, label: string | null): string {
  if (key === null) return said('none')
  const option = of.options.get(String(key))
  if (option !== undefined) return said(option, 'option')
  return label ?? (of.period === 'month' ? String(key).slice(0, 7) : String(key))
}
function term(of: Level, key: string | number | boolean | null): string {
  if (key === null) return `${of.name}:none`
  if (of.period === null) return `${of.name}:${/^[^\s,"]+$/.test(String(key)) ? key : JSON.stringify(String(key))}`
  const from = Temporal.PlainDate.from(String(key))
  const next = of.period === 'quarter' ? from.add({ months: 3 }) : from.add({ [`${of.period}s`]: 1 })
  return `${of.name}>=${from.toString()} ${of.name}<${next.toString()}`
}

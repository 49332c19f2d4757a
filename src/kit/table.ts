/** From a record's declaration to its table: columns, indexes and the side table that search reads. */
import type { Field } from './field.ts'
import type { RecordIndex, RecordType } from './record.ts'
import { plainSnake, snake } from './record.ts'

export interface Column {
  readonly name: string
  readonly type: string
  /** The rest of its definition: not null, default. */
  readonly rest: string
}
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Full statements by index name. */
  readonly indexes: Readonly<Record<string, string>>
  readonly searchable: boolean
  readonly large: boolean
}

const BASE: readonly Column[] = [
  { name: 'org', type: 'integer', rest: 'not null' },
  { name: 'id', type: 'bigint', rest: 'not null' },
  { name: 'rev', type: 'integer', rest: 'not null default 1' },
  { name: 'created_at', type: 'timestamptz', rest: 'not null' },
  { name: 'created_by', type: 'bigint', rest: '' },
  { name: 'updated_at', type: 'timestamptz', rest: 'not null' },
  { name: 'updated_by', type: 'bigint', rest: '' },
  { name: 'binned_at', type: 'timestamptz', rest: '' },
  { name: 'tags', type: 'text[]', rest: "not null default '{}'" },
  { name: 'custom', type: 'jsonb', rest: "not null default '{}'" },
]
const TYPES: Readonly<Record<Field['kind'], string>> = {
  text: 'text',
  longText: 'text',
  choice: 'text',
  states: 'text',
  email: 'text',
  url: 'text',
  attachment: 'text',
  number: 'double precision',
  boolean: 'boolean',
  instant: 'timestamptz',
  day: 'date',
  duration: 'integer',
  ref: 'bigint',
  refs: 'bigint[]',
  ip: 'inet',
  json: 'jsonb',
  tags: 'text[]',
  money: 'bigint',
  any: 'bigint',
}

/** The columns that hold one field; money and references to any record take two, a file what is known of it. */
export function columnsOf(name: string, field: Field): Column[] {
  const column = plainSnake(name)
  const rest = field.kind === 'refs' || field.kind === 'tags' ? "not null default '{}'" : ''
  if (field.kind === 'money')
    return [
      { name: `${column}_minor`, type: 'bigint', rest },
      { name: `${column}_currency`, type: 'text', rest },
    ]
  if (field.kind === 'any')
    return [
      { name: `${column}_record`, type: 'text', rest },
      { name: `${column}_id`, type: 'bigint', rest },
    ]
  if (field.kind === 'attachment')
    return [
      { name: `${column}_sha256`, type: 'text', rest },
      { name: `${column}_name`, type: 'text', rest },
      { name: `${column}_size`, type: 'bigint', rest },
      { name: `${column}_type`, type: 'text', rest },
    ]
  return [{ name: snake(name), type: TYPES[field.kind], rest }]
}

export function tableOf(of: RecordType): Table {
  const columns = [...BASE, ...Object.entries(of.fields).flatMap(([name, field]) => columnsOf(name, field))]
  const searchable = Object.values(of.fields).some((field) => field.searchable === true)
  return { name: of.table, columns, indexes: indexesOf(of), searchable, large: of.large === true }
}

function indexesOf(of: RecordType): Record<string, string> {
  return Object.fromEntries([
    ...(of.indexes ?? []).map((index) => indexOf(of, index)),
    ...(of.unique ?? []).map((on) => uniqueOf(of, on)),
    ...Object.entries(of.fields).flatMap(([name, { kind }]) =>
      kind === 'attachment' ? [contentIndexOf(of, name)] : [],
    ),
  ])
}
function indexOf(of: RecordType, { on, open, filled, live }: RecordIndex): [name: string, statement: string] {
  const names = on.map((field) => field.replace('-', ''))
  const columns = on.map((field, at) => indexColumn(of, names[at] ?? '') + (field.startsWith('-') ? ' desc' : ''))
  const marks = [open === true && 'open', filled === true && 'filled', live === true && 'live'].filter((mark) => mark !== false) // oxfmt-ignore
  const name = [of.table, ...names.map(plainSnake), ...marks, 'idx'].join('_')
  const body = holdsMany(of, names)
    ? `using gin (${columns.join(', ')})`
    : `(${['org', ...columns, 'id'].join(', ')}${on.at(-1)?.startsWith('-') === true ? ' desc' : ''})`
  const only = [
    open === true && openCondition(of),
    filled === true && `${columns[0]} is not null`,
    live === true && 'binned_at is null',
  ].filter(Boolean)
  const where = only.length === 0 ? '' : ` where ${only.join(' and ')}`
  return [name, `create index ${name} on ${of.table} ${body}${where}`]
}
/** Who holds a content is asked of every table that can. */
function contentIndexOf(of: RecordType, field: string): [name: string, statement: string] {
  const column = `${plainSnake(field)}_sha256`
  const name = `${of.table}_${column}_idx`
  return [name, `create index ${name} on ${of.table} (org, ${column}) where ${column} is not null`]
}
function uniqueOf(of: RecordType, on: readonly string[]): [name: string, statement: string] {
  const name = `${of.table}_${on.map(plainSnake).join('_')}_key`
  const columns = on.map((field) => indexColumn(of, field)).join(', ')
  return [
    name,
    `create unique index ${name} on ${of.table} (org, ${columns}) ${on.length > 1 ? 'nulls not distinct ' : ''}where binned_at is null`,
  ]
}
/** A list of references or tags is found by what it holds. */
function holdsMany(of: RecordType, names: readonly string[]): boolean {
  const [only = ''] = names
  return names.length === 1 && (only === 'tags' || of.fields[only]?.kind === 'refs' || of.fields[only]?.kind === 'tags')
}
function indexColumn(of: RecordType, name: string): string {
  const field = of.fields[name]
  if (field?.kind === 'any') return `${plainSnake(name)}_record, ${plainSnake(name)}_id`
  if (field?.kind === 'attachment') return `${plainSnake(name)}_sha256`
  return field?.kind === 'money'
    ? `${plainSnake(name)}_minor`
    : field?.kind === 'email'
      ? `lower(${snake(name)})`
      : snake(name)
}
/** Work that is not over: not binned and in none of the workflow's last states. */
export function openCondition(of: RecordType): string {
  const ends = (of.flow?.ends ?? []).map((state) => `'${state}'`).join(', ')
  return ends === '' ? 'binned_at is null' : `binned_at is null and ${snake(of.flow?.field ?? '')} not in (${ends})`
}

/** The statements that make a table as it should be out of nothing. */
export function createStatements(table: Table): string[] {
  const columns = table.columns.map(
    (column) => `  ${column.name} ${column.type}${column.rest === '' ? '' : ` ${column.rest}`}`,
  )
  const made = [
    `create table ${table.name} (\n${columns.join(',\n')},\n  primary key (org, id)\n)${storage(table)}`,
    ...Object.values(table.indexes),
  ]
  return table.searchable ? [...made, ...searchStatements(table)] : made
}
function storage(table: Table): string {
  return table.large
    ? ' with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)'
    : ''
}
/** Words live beside the table: an index on the row itself would cost every change of state. */
export function searchStatements(table: Table): string[] {
  const side = `${table.name}_search`
  return [
    `create table ${side} (\n  org integer not null,\n  id bigint not null,\n  words tsvector not null,\n  primary key (org, id)\n)`,
    `create index ${side}_words_idx on ${side} using gin (words)`,
    `alter table ${side} alter column words set statistics 1000`,
  ]
}

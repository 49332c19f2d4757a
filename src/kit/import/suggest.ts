/** The mapping that an upload begins with: the last one for such a file, else a shipped one that fits, else a suggestion. */
import { everyWording, say } from '#engines/say.ts'
import { normalised, suggestMapping } from '#engines/mapping.ts'
import type { Suggestion } from '#engines/mapping.ts'
import { synonyms } from '#engines/mapping-synonyms.ts'
import { findParseOptions } from '#engines/parse-value.ts'
import type { Actor } from '#kit/actor.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Found } from './batch.ts'
import type { ColumnSource, ImportMapping, ReadyMapping } from './mapping.ts'
import { checkMapping } from './mapping-check.ts'
import type { FoundTable } from './ports.ts'
import type { Target } from './target.ts'
import { targets } from './target.ts'

interface Facts {
  readonly store: Store
  readonly actor: Actor
  readonly record: RecordType
  readonly found: Found
}
/** Kinds of record that a name alone may bring into being. */
const MADE_BY_NAME: ReadonlySet<string> = new Set(['person', 'team', 'location', 'category'])

export async function firstMapping(facts: Facts, ready: readonly ReadyMapping[]): Promise<ImportMapping> {
  return (await remembered(facts)) ?? fitting(facts, ready) ?? suggested(facts)
}
/** Shipped mappings of this record, those that fit the file first. */
export function readyFor(record: string, ready: readonly ReadyMapping[], columns: readonly string[]): ReadyMapping[] {
  const lacks = (one: ReadyMapping): number =>
    Number(!Object.values(one.mapping.columns).every((from) => columns.includes(from.column)))
  return ready.filter((one) => one.record === record).sort((a, b) => lacks(a) - lacks(b))
}

async function remembered(facts: Facts): Promise<ImportMapping | null> {
  const { store, actor, record, found } = facts
  const rows = await run<{ id: number; mapping: ImportMapping }>(
    store.db,
    sql`select id, mapping from import_batch where org = ${actor.org} and record = ${record.name} and found->>'signature' = ${found.signature}
      and mapping is not null and state in ('done', 'undone', 'checked') order by updated_at desc, id desc limit 1`,
  )
  const [last] = rows
  return last === undefined ? null : checked(facts, { ...last.mapping, from: say`As in IMP-${last.id}.` })
}
function fitting(facts: Facts, ready: readonly ReadyMapping[]): ImportMapping | null {
  const names = facts.found.columns.map((column) => column.name)
  for (const one of readyFor(facts.record.name, ready, names)) {
    const mapping = checked(facts, { ...one.mapping, from: one.label })
    if (mapping !== null) return mapping
  }
  return null
}
function checked({ store, actor, record, found }: Facts, mapping: ImportMapping): ImportMapping | null {
  const result = checkMapping(
    { catalogue: store.catalogue, actor, record, columns: found.columns.map((column) => column.name) },
    mapping,
  )
  return 'mapping' in result ? result.mapping : null
}

export function suggested({ store, actor, record, found }: Facts): ImportMapping {
  const all = targets(store.catalogue, actor, record)
  const own = ownNumbers(store, record, all, found)
  const left = found.columns.filter((column) => !own.taken.has(column.name))
  const open = all.filter((target) => own.columns[target.name] === undefined)
  const fields = open.map(({ name, label, field }) => ({
    name: name.replace(/^custom\./, ''),
    label,
    kind: field.kind,
    options: field.options,
    aliases: field.aliases,
  }))
  const chosen = suggestMapping(left, fields)
  const columns: Record<string, ColumnSource> = { ...own.columns }
  for (const target of open) {
    const suggestion = chosen[target.name.replace(/^custom\./, '')]
    if (suggestion !== undefined)
      columns[target.name] = sourceOf(
        target,
        suggestion,
        left.find((column) => column.name === suggestion.column)?.samples ?? [],
      )
  }
  Object.assign(columns, nameOfTwo(open, found, columns))
  return { key: keyOf(record, columns), columns, from: say`Suggested from the names and values of the columns.` }
}
const GIVEN: ReadonlySet<string> = new Set(synonyms['givenname'])
const FAMILY: ReadonlySet<string> = new Set(synonyms['familyname'])
/** Lists of people often have the name in two columns; "name" beside a first name is the family's. */
function nameOfTwo(
  open: readonly Target[],
  { columns }: FoundTable,
  chosen: Readonly<Record<string, ColumnSource>>,
): Record<string, ColumnSource> {
  if (!open.some(({ name, field }) => name === 'name' && field.kind === 'text')) return {}
  const called = (names: ReadonlySet<string>): string | undefined =>
    columns.find(({ name }) => names.has(normalised(name)))?.name
  const given = called(GIVEN)
  const family = called(FAMILY) ?? chosen['name']?.column
  if (given === undefined || family === undefined || family === given) return {}
  const because = say`The name stands in two columns.`
  return { name: { column: given, and: [family], between: ' ', confidence: 0.9, because } }
}
/** Columns that hold our own numbers, as our exports write them: INC-1042 for the record, TEAM-5 for its team. */
function ownNumbers(
  store: Store,
  record: RecordType,
  all: readonly Target[],
  found: FoundTable,
): { columns: Record<string, ColumnSource>; taken: Set<string> } {
  const columns: Record<string, ColumnSource> = {}
  const taken = new Set<string>()
  for (const { name, samples } of found.columns) {
    const prefixes = prefixesIn(samples)
    if (prefixes === null) continue
    const source: ColumnSource = {
      column: name,
      confidence: 1,
      because: say`Its values are numbers of Pilothouse, such as ${samples.find((sample) => sample !== '')}.`,
    }
    const target = all.find((one) => isNumberOf(one, name) && fits(store, one, prefixes))
    if (target !== undefined) {
      columns[target.name] = source
      for (const other of [name, ...everyWording(target.label), target.name]) taken.add(other)
    } else if (/^(number|id|nummer)$/i.test(name) && prefixes.size === 1 && prefixes.has(record.number)) {
      columns['number'] = source
      taken.add(name)
    }
  }
  return { columns, taken }
}
/** "Assignee number" of a table, `assigneeNumber` of JSON lines. */
function isNumberOf({ name, label }: Target, column: string): boolean {
  const headings = everyWording('{0} number').flatMap((heading) =>
    everyWording(label).map((one) => heading.replace('{0}', one).toLowerCase()),
  )
  return headings.includes(column.toLowerCase()) || column === `${name}Number`
}
function fits(store: Store, { field }: Target, prefixes: ReadonlySet<string>): boolean {
  if (field.kind === 'any') return [...prefixes].every((prefix) => store.catalogue.byNumber(`${prefix}-1`) !== null)
  return field.to !== undefined && prefixes.size === 1 && prefixes.has(store.catalogue.find(field.to)?.number ?? '')
}
/** The prefixes of a column that holds nothing but numbers of records; null for any other. */
function prefixesIn(samples: readonly string[]): ReadonlySet<string> | null {
  const filled = samples
    .flatMap((sample) => sample.split(';'))
    .map((sample) => sample.trim())
    .filter((sample) => sample !== '')
  const prefixes = new Set(filled.map((sample) => /^([A-Z]{1,8})-\d{1,15}$/.exec(sample)?.[1] ?? ''))
  return prefixes.size === 0 || prefixes.has('') ? null : prefixes
}
function sourceOf(target: Target, suggestion: Suggestion, samples: readonly string[]): ColumnSource {
  const { options, question } = findParseOptions(target.field.kind, samples)
  return {
    column: suggestion.column,
    ...(options.dateOrder === undefined ? {} : { dateOrder: options.dateOrder }),
    ...(options.decimalSign === undefined ? {} : { decimalSign: options.decimalSign }),
    ...(question === null ? {} : { question: question.text }),
    ...(target.field.to !== undefined && MADE_BY_NAME.has(target.field.to) ? { create: true } : {}),
    confidence: suggestion.confidence,
    because: suggestion.because,
  }
}
/** Our own number, else a field that exists once only, else the number of the other system. */
function keyOf(record: RecordType, columns: Readonly<Record<string, ColumnSource>>): string | readonly string[] | null {
  if (columns['number'] !== undefined && record.fields['number'] === undefined) return 'number'
  const singles = (record.unique ?? []).flatMap((fields) => (fields.length === 1 ? fields : []))
  return [...singles, 'formerNumber', 'employeeNumber'].find((field) => columns[field] !== undefined) ?? null
}

/** Counts by group: of the present, or step by step over the days of the period, split by a second field if asked for. */
import { say, said, toSay } from '#engines/say.ts'
import { filterField } from '#kit/condition.ts'
import { labelOf } from '#kit/field.ts'
import type { Field } from '#kit/field.ts'
import { groups } from '#kit/groups.ts'
import type { Group } from '#kit/groups.ts'
import { badRequest } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import type { GroupsBlock } from './blocks.ts'
import type { GroupsPart, Name } from './page.ts'
import type { Span, Step } from './periods.ts'
import { MOST_STEPS, STEP_NAMES, stepsOf, stepWithin, within } from './periods.ts'
import type { Reading } from './reading.ts'
import { countOf, filterOver, listBehind, neededField, recordOf, whereOf } from './reading.ts'

/** More are hard to tell apart; the rest goes together as others. */
const MOST_SERIES = 6
const MOST_BARS = 12
const MOST_ROWS = 60
const MOST_GROUPS = 20_000
type Key = string | number | boolean | null
interface Level {
  readonly name: string
  readonly field: Field
  readonly step: Step | null
  /** It is what has to lie in the period: then steps without rows are told too, and the first and last are cut. */
  readonly isPeriod: boolean
}

/** @throws a refusal for what cannot be read, or not by this reader */
export async function readGroups(reading: Reading, block: GroupsBlock): Promise<GroupsPart> {
  const record = recordOf(reading, block.source)
  const filter = filterOver(block.source, reading.span)
  await whereOf(reading, record, filter)
  const levels = [block.by, ...(block.split === null ? [] : [block.split])].map((name) =>
    levelOf(reading, record, { asked: name, when: block.source.when }),
  )
  const [first, second] = levels
  if (first === undefined) throw badRequest(say`Choose what to group by.`)
  const by = levels.map(({ name, step }) => (step === null ? name : `${name}:${step}`)).join(',')
  const found = await foundBy(reading, record, { by, filter })
  const keys = keysOf(reading, first, found, block.as)
  const kinds = second === undefined ? [null] : seriesOf(found, second)
  const numbers = numbersOf(found, keys, kinds)
  return {
    kind: 'groups',
    id: block.id,
    title: block.title,
    as: block.as,
    by: first.field.label ?? labelOf(first.name.replace(/^custom\./, '')),
    names: keys.map((key) => nameOf(first, key, found, 0)),
    series: kinds.map((kind, at) => ({
      name: kind === null || second === undefined ? { text: '', kind: 'none' } : nameOf(second, kind, found, 1),
      values: numbers[at] ?? [],
      filters: keys.map((key) => filterFor(reading, block, { first, key, second, kind })),
    })),
    total: await countOf(reading, record, filter),
    list: listBehind(block.source, reading.span),
  }
}

/** @throws a refusal for more than can be counted: a part of them would be wrong without a word */
async function foundBy(
  { on, context, inTime }: Reading,
  record: RecordType,
  { by, filter }: { by: string; filter: string },
): Promise<Group[]> {
  await inTime()
  const found = await groups(on, context, record, { by, query: { filter }, most: MOST_GROUPS + 1 })
  if (found.length > MOST_GROUPS)
    throw badRequest(say`There are more than ${MOST_GROUPS} groups. Group by longer periods or by another field, or narrow the filter.`) // oxfmt-ignore
  return found
}
/** One key, or all that stand in no line of their own. */
type Keys = { readonly key: Key } | { readonly without: readonly Key[] }
/** The numbers of each series, by key. Every group is looked at once: there may be 20,000 of them. */
function numbersOf(found: readonly Group[], keys: readonly Keys[], kinds: readonly (Keys | null)[]): number[][] {
  const counts = kinds.map(() => keys.map(() => 0))
  const [rowOf, kindOf] = [placesOf(keys), placesOf(kinds)]
  for (const {
    keys: [first = null, second = null],
    count,
  } of found) {
    const [values, row] = [counts[kindOf(second)], rowOf(first)]
    if (values?.[row] !== undefined) values[row] += count
  }
  return counts
}
/** Where a key is counted: in its own place, else with the others; everywhere in the one place where there is no second level. */
function placesOf(keys: readonly (Keys | null)[]): (key: Key) => number {
  const own = new Map(keys.flatMap((one, at) => (one !== null && 'key' in one ? [[one.key, at] as const] : [])))
  const others = keys.findIndex((one) => one === null || 'without' in one)
  return (key) => own.get(key) ?? others
}
/** Every step of the period, else groups by their size. */
function keysOf({ span }: Reading, level: Level, found: readonly Group[], as: GroupsBlock['as']): Keys[] {
  if (level.step !== null && level.isPeriod) return stepsOf(level.step, span).map((key) => ({ key }))
  if (level.step !== null) {
    const keys = [...new Set(found.map((group) => group.keys[0] ?? null))]
    if (keys.length > MOST_STEPS)
      throw badRequest(say`There are more than ${MOST_STEPS} days or periods in it. Group by longer ones, or narrow the filter.`) // oxfmt-ignore
    return keys.map((key) => ({ key }))
  }
  return largest(found, 0, as === 'table' ? MOST_ROWS : MOST_BARS, level.field)
}
function seriesOf(found: readonly Group[], level: Level): Keys[] {
  return largest(found, 1, MOST_SERIES, level.field)
}
function largest(found: readonly Group[], at: number, most: number, field: Field): Keys[] {
  const counts = new Map<Key, number>()
  for (const group of found) counts.set(group.keys[at] ?? null, (counts.get(group.keys[at] ?? null) ?? 0) + group.count)
  const sized = [...counts].toSorted(
    ([a, n], [b, m]) => m - n || order(field, a) - order(field, b) || (String(a) < String(b) ? -1 : 1),
  )
  const kept = sized.slice(0, sized.length > most ? most - 1 : most).map(([key]) => key)
  // A choice has an order of its own.
  const ordered = field.options === undefined ? kept : kept.toSorted((a, b) => order(field, a) - order(field, b))
  return [...ordered.map((key) => ({ key })), ...(sized.length > most ? [{ without: kept }] : [])]
}
function order({ options = [] }: Field, key: Key): number {
  const at = options.findIndex(({ value }) => value === key)
  return at < 0 ? options.length : at
}

function levelOf(reading: Reading, record: RecordType, { asked, when }: { asked: string; when: string | null }): Level {
  const [name = '', step = null] = asked.split(':')
  const field = neededField(reading, record, name)
  if (filterField(reading.context, record, name) === null)
    throw badRequest(say`${said(record.label)} has no field "${name}" to group by.`)
  const isDated = field.kind === 'instant' || field.kind === 'day'
  const known = STEP_NAMES.find((one) => one === (step ?? 'month'))
  if (isDated && known === undefined) throw badRequest(say`"${step}" is not a period: ${STEP_NAMES.join(', ')}.`)
  return { name, field, step: isDated && known !== undefined ? known : null, isPeriod: name === when }
}
function nameOf({ field, step }: Level, keys: Keys, found: readonly Group[], at: number): Name {
  if ('without' in keys) return { text: '', kind: 'others' }
  const { key } = keys
  if (key === null) return { text: '', kind: 'none' }
  if (step !== null) return { text: String(key), kind: step }
  const option = field.options?.find(({ value }) => value === key)
  if (option !== undefined) return { text: option.label, kind: 'label' }
  if (field.kind === 'boolean') return { text: key === true ? toSay('Yes') : toSay('No'), kind: 'label' }
  const group = found.find((one) => one.keys[at] === key)
  return { text: group?.labels[at] ?? String(key), kind: 'title' }
}

interface Spot {
  readonly first: Level
  readonly key: Keys
  readonly second: Level | undefined
  readonly kind: Keys | null
}
const ALWAYS: Span = { from: '0000-01-01', to: '9999-12-31' }
/** The list behind one number; null for others, which no filter says. */
function filterFor({ span }: Reading, block: GroupsBlock, { first, key, second, kind }: Spot): string | null {
  const row = termOf(first, key, span)
  const series = second === undefined || kind === null ? '' : termOf(second, kind, span)
  if (row === null || series === null) return null
  return [filterOver(block.source, span), row, series].filter((part) => part !== '').join(' ')
}
function termOf({ name, step, isPeriod }: Level, keys: Keys, span: Span): string | null {
  if ('without' in keys) return null
  const { key } = keys
  if (key === null) return `${name}:none`
  if (step !== null) return within(name, stepWithin(step, String(key), isPeriod ? span : ALWAYS))
  return `${name}:${/^[^\s,"]+$/.test(String(key)) ? key : JSON.stringify(String(key))}`
}

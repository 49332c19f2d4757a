/** Values that each fit alone and contradict each other: what the declaration says of them together, and the record's own rules. */
import { amid, said, say } from '#engines/say.ts'
import { isEmpty } from './check.ts'
import { labelOf } from './field.ts'
import { conflict, throwIfUnfit } from './problem.ts'
import type { Misfits } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import { snake } from './record.ts'
import { raw, run, sql } from './sql.ts'
import type { Deriving, Rules } from './store.ts'
import { idIn } from './write.ts'

/** What is wrong, by field, with a sentence that says what to do; empty when everything fits. Only what this write touches is asked. */
export async function misfits(
  record: RecordType,
  facts: Deriving,
  rules: Rules | undefined,
): Promise<Readonly<Record<string, string>>> {
  const found: Misfits[] = [needed(record, facts), spans(record, facts), await trees(record, facts)]
  found.push((await rules?.fits?.(facts)) ?? {})
  const entries = found.flatMap((one) => Object.entries(one))
  return Object.fromEntries(entries.flatMap(([field, because]) => (because ? [[field, because]] : [])))
}

/** The row with what the record's rules add to it. @throws a refusal when it contradicts itself (422) or they refuse it (409). */
export async function derived(record: RecordType, facts: Deriving, rules: Rules | undefined): Promise<AnyRow> {
  const after = { ...facts.after, ...(await rules?.derive?.(facts)) }
  throwIfUnfit(await misfits(record, { ...facts, after }, rules))
  const because = (await rules?.refuse?.({ ...facts, after })) ?? null
  if (because !== null) throw conflict(because)
  return after
}

/** Whether a write touches one of these fields, makes the row, or brings it back out of the bin. Rules ask nothing else: what contradicted before may still be worked on. */
export function touches({ before, after }: Pick<Deriving, 'before' | 'after'>, fields: readonly string[]): boolean {
  if (after.binnedAt !== null) return false
  if (before === null || before.binnedAt !== null) return true
  return fields.some((field) => identity(before[field]) !== identity(after[field]))
}
/** Titles change, references stay. */
function identity(value: unknown): string {
  return JSON.stringify(idIn(value) ?? (Array.isArray(value) ? value.map((one) => idIn(one) ?? one) : (value ?? null)))
}

function needed(record: RecordType, facts: Deriving): Misfits {
  const entries = Object.entries(record.neededWhen ?? {})
  return Object.fromEntries(entries.map(([name, when]) => [name, neededProblem(record, facts, [name, ...when])]))
}
function neededProblem(
  record: RecordType,
  facts: Deriving,
  [name, by, value]: readonly [name: string, by: string, value: string],
): string | null {
  if (facts.after[by] !== value || !isEmpty(facts.after[name]) || !touches(facts, [name, by])) return null
  const option = record.fields[by]?.options?.find((one) => one.value === value)
  return say`${label(record, name)} is needed where ${label(record, by)} is "${said(option?.label ?? value)}". Give it, or choose another ${amid(record.fields[by]?.label ?? labelOf(by))}.`
}

function spans(record: RecordType, facts: Deriving): Misfits {
  return Object.fromEntries(
    (record.spans ?? []).map(([first, last]) => [last, spanProblem(record, facts, [first, last])]),
  )
}
function spanProblem(
  record: RecordType,
  facts: Deriving,
  [first, last]: readonly [first: string, last: string],
): string | null {
  const [from, to] = [moment(facts.after, first), moment(facts.after, last)]
  if (from === null || to === null || to >= from || !touches(facts, [first, last])) return null
  return say`${label(record, last)} (${to}) is before ${label(record, first)} (${from}). Exchange them, or mend one.`
}
/** Days and instants as ISO text compare as text. */
function moment(row: AnyRow, field: string): string | null {
  const value = row[field]
  return typeof value === 'string' ? value : null
}

async function trees(record: RecordType, facts: Deriving): Promise<Misfits> {
  const found: [string, string | null][] = []
  for (const field of record.tree ?? []) found.push([field, await treeProblem(record, facts, field)])
  return Object.fromEntries(found)
}
/** Why this parent would close a circle, or null. A new row stands above nothing yet. Two changes at once wait for each other. */
async function treeProblem(
  record: RecordType,
  { before, after, actor, on }: Deriving,
  field: string,
): Promise<string | null> {
  const parent = idIn(after[field])
  if (parent === null || before === null || idIn(before[field]) === parent) return null
  if (parent === after.id)
    return say`${after.number} cannot stand under itself. Choose another ${labelAmid(record, field)}, or leave it empty.`
  await run(on, sql`select pg_advisory_xact_lock(hashtextextended(${`tree of ${record.name}`}, ${actor.org}))`)
  const column = raw(snake(field))
  // Rows in the bin count: they may come back. An older circle, brought in past the rules, ends after a hundred steps.
  const found = await run<{ depth: number }>(
    on,
    sql`with recursive up (id, depth) as (
      select ${parent}::bigint, 0 union
      select t.${column}, up.depth + 1 from ${raw(record.table)} t join up on t.id = up.id where t.org = ${actor.org} and t.${column} is not null and up.depth < 100
    ) select depth from up where id = ${after.id} limit 1`,
  )
  return found.length === 0
    ? null
    : say`${record.number}-${parent} stands under ${after.number} already: this would be a circle. Choose another ${labelAmid(record, field)}.`
}
function label(record: RecordType, field: string): string {
  return said(record.fields[field]?.label ?? labelOf(field))
}
function labelAmid(record: RecordType, field: string): string {
  return amid(record.fields[field]?.label ?? labelOf(field))
}

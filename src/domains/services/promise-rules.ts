/** What an agreement and its targets name must exist: clocks, fields and values of pauses, the persons who are told. */
import { said, say } from '#engines/say.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import type { ClockType } from '#kit/clock.ts'
import { idOf } from '#kit/condition.ts'
import { labelOf } from '#kit/field.ts'
import type { Field } from '#kit/field.ts'
import type { Term } from '#kit/filter.ts'
import { parseFilter } from '#kit/filter.ts'
import { touches } from '#kit/misfits.ts'
import type { RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { clockedRecords } from './clock-reaction.ts'
import { escalationsProblem, pausesProblem } from './level-checks.ts'
import type { Escalation, Pause } from './level-checks.ts'
import { hoursProblem } from './own-hours.ts'

export function agreementRules(clocks: readonly ClockType[]): Rules {
  return {
    fits: async (facts) => ({
      calendar: await hoursProblem(facts),
      pauses: touches(facts, ['pauses']) ? await pausesMisfit(clocks, facts) : null,
    }),
  }
}
export function targetRules(clocks: readonly ClockType[]): Rules {
  return {
    fits: async (facts) => ({
      workingMinutes:
        (facts.after['workingMinutes'] === null) === (facts.after['workingDays'] === null)
          ? say`Give either working minutes or working days.`
          : null,
      clock: touches(facts, ['clock']) ? clockMisfit(clocks, String(facts.after['clock'])) : null,
      escalations: touches(facts, ['escalations']) ? await escalationsMisfit(facts) : null,
    }),
  }
}

function clockMisfit(clocks: readonly ClockType[], name: string): string | null {
  const known = [...new Set(clocks.map((clock) => clock.name))].sort()
  return known.includes(name) ? null : say`No clock is called "${name}". Choose one of: ${known.join(', ')}.`
}

/** A pause says something where one of the records that have clocks knows its fields and values. */
async function pausesMisfit(clocks: readonly ClockType[], facts: Deriving): Promise<string | null> {
  const value = facts.after['pauses']
  if (value === null || pausesProblem(value) !== null) return null
  // Held by the check above.
  for (const { when } of value as readonly Pause[]) {
    const parsed = parseFilter(when)
    if ('problem' in parsed) continue
    const because = await termsMisfit(clockedRecords(clocks), parsed.terms, facts)
    if (because !== null) return say`The pause "${when}" never holds: ${because}`
  }
  return null
}
async function termsMisfit(
  records: readonly RecordType[],
  terms: readonly Term[],
  facts: Deriving,
): Promise<string | null> {
  let first: string | null = null
  for (const record of records) {
    let because: string | null = null
    for (const term of terms) because ??= await termMisfit(record, term, facts)
    if (because === null) return null
    first ??= because
  }
  return first
}
async function termMisfit(record: RecordType, term: Term, facts: Deriving): Promise<string | null> {
  const field = Object.hasOwn(record.fields, term.field) ? record.fields[term.field] : undefined
  if (field === undefined || record.cached?.includes(term.field) === true)
    return say`${said(record.label)} has no field "${term.field}" whose history is kept. Name another one, such as ${record.flow?.field ?? 'status'}.`
  const values = term.values.filter((value) => value !== 'none' && value !== 'any')
  if (field.to !== undefined) return referenceMisfit(field, values, facts)
  const options = field.options?.map((option) => option.value) ?? (field.kind === 'boolean' ? ['true', 'false'] : null)
  const strange = values.find((value) => options !== null && !options.some((one) => one.toLowerCase() === value.toLowerCase())) // oxfmt-ignore
  return strange === undefined || options === null
    ? null
    : say`${said(field.label ?? labelOf(term.field))} is never "${strange}". Choose one of: ${options.join(', ')}.`
}
async function referenceMisfit(field: Field, values: readonly string[], facts: Deriving): Promise<string | null> {
  const to = kindOf(facts.store.catalogue, field)
  if (to === null) return null
  for (const value of values) {
    const id = idOf(to, value)
    const rows =
      id === null
        ? []
        : await run(facts.on, sql`select 1 from ${raw(to.table)} where org = ${facts.actor.org} and id = ${id} and binned_at is null`) // oxfmt-ignore
    if (rows.length === 0) return say`"${value}" was not found. Give a number such as ${to.number}-1.`
  }
  return null
}
function kindOf(catalogue: Catalogue, field: Field): RecordType | null {
  return field.to === undefined ? null : catalogue.find(field.to)
}

async function escalationsMisfit({ after, actor, on }: Deriving): Promise<string | null> {
  const value = after['escalations']
  if (value === null || escalationsProblem(value) !== null) return null
  // Held by the check above.
  const named = (value as readonly Escalation[]).flatMap(({ to }) => (to.startsWith('P-') ? [Number(to.slice(2))] : []))
  if (named.length === 0) return null
  const rows = await run<{ id: number; status: string }>(
    on,
    sql`select id, status from person where org = ${actor.org} and id = any(${named}::bigint[]) and binned_at is null`,
  )
  const lost = named.find((id) => !rows.some((row) => row.id === id))
  if (lost !== undefined) return say`P-${lost} was not found, so nobody would be told. Name another person, or "lead".`
  const left = rows.find((row) => row.status === 'left')
  return left === undefined
    ? null
    : say`P-${left.id} has left, so nobody would be told. Name another person, or "lead".`
}

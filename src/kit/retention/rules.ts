/** The rules of retention that are in force: what each record declares, and what an administrator says in place of it. */
import { counted, said, say, toSay } from '#engines/say.ts'
import { BASE_FIELDS } from '#kit/condition.ts'
import type { Sql } from '#kit/database.ts'
import { labelOf } from '#kit/field.ts'
import type { EndOfRows, RecordType, Retention } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { unfit } from '#kit/problem.ts'
import type { FieldProblem } from '#kit/problem.ts'

export interface Rule {
  readonly record: string
  /** The field that the clock runs from. */
  readonly clock: string
  /** ISO 8601, such as P5Y; null: for good. */
  readonly keep: string | null
  readonly end: EndOfRows
  /** How long a row stays in the bin; null: for good. */
  readonly binKeep: string | null
  /** Whether an administrator has said so. */
  readonly isOwn: boolean
}
const BIN_KEEP = 'P30D'
/** Nothing is removed that is younger, whatever a rule says: a slip of the hand must not empty a table. */
const LEAST_DAYS = 7

/** Null for what no rule may remove. */
export function declaredRetention(record: RecordType): Retention | null {
  return record.retention === 'never' ? null : (record.retention ?? {})
}
export function clocksOf(record: RecordType): string[] {
  return [...(declaredRetention(record)?.from ?? []), 'createdAt', 'updatedAt']
}
export function endsOf(record: RecordType): readonly EndOfRows[] {
  return declaredRetention(record)?.ends ?? ['delete', 'bin']
}
/** Whether rows of it are ever removed, rather than only emptied of people. */
export function isRemovable(record: RecordType): boolean {
  return endsOf(record).includes('delete')
}
export function declaredRule(record: RecordType): Rule {
  return {
    record: record.name,
    clock: clocksOf(record)[0] ?? 'createdAt',
    keep: declaredRetention(record)?.keep ?? null,
    end: endsOf(record)[0] ?? 'delete',
    binKeep: isRemovable(record) ? BIN_KEEP : null,
    isOwn: false,
  }
}

interface Kept {
  readonly record: string
  readonly clock: string
  readonly keep: string | null
  readonly deed: EndOfRows
  readonly bin_keep: string | null
}
/** One for each kind of record that may have one. */
export async function rulesOf(on: Sql, org: number, records: readonly RecordType[]): Promise<Rule[]> {
  const rows = await run<Kept>(
    on,
    sql`select record, clock, keep, deed, bin_keep from retention_rule where org = ${org}`,
  )
  const own = new Map(rows.map((row) => [row.record, row]))
  return records
    .filter((record) => declaredRetention(record) !== null)
    .map((record) => {
      const kept = own.get(record.name)
      return kept === undefined || ruleProblems(record, fromKept(kept)).length > 0
        ? declaredRule(record)
        : fromKept(kept)
    })
}
function fromKept({ record, clock, keep, deed, bin_keep: binKeep }: Kept): Rule {
  return { record, clock, keep, end: deed, binKeep, isOwn: true }
}
export async function keepRule(
  on: Sql,
  of: { org: number; by: number | null; now: string },
  rule: Rule,
): Promise<void> {
  await run(
    on,
    sql`insert into retention_rule (org, record, clock, keep, deed, bin_keep, changed_at, changed_by) values (${of.org}, ${rule.record}, ${rule.clock}, ${rule.keep}, ${rule.end}, ${rule.binKeep}, ${of.now}, ${of.by})
      on conflict (org, record) do update set clock = excluded.clock, keep = excluded.keep, deed = excluded.deed, bin_keep = excluded.bin_keep, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
  )
}
export async function dropRule(on: Sql, org: number, record: string): Promise<void> {
  await run(on, sql`delete from retention_rule where org = ${org} and record = ${record}`)
}

/** @throws unfit (422) with each part that does not fit the record */
export function checkRule(record: RecordType, rule: Rule): Rule {
  const problems = ruleProblems(record, rule)
  if (problems.length > 0) throw unfit(problems)
  return rule
}
function ruleProblems(record: RecordType, { clock, keep, end, binKeep }: Rule): FieldProblem[] {
  const least = say`Days, months or years, at least ${LEAST_DAYS} days, such as P90D or P5Y; null keeps it for good.`
  const isBinKept = binKeep === null || (isRemovable(record) && isLongEnough(binKeep))
  return [
    ...(clocksOf(record).includes(clock) ? [] : [{ pointer: '/clock', detail: say`One of: ${clocksOf(record).join(', ')}.` }]), // oxfmt-ignore
    ...(keep === null || isLongEnough(keep) ? [] : [{ pointer: '/keep', detail: least }]),
    ...(endsOf(record).includes(end) ? [] : [{ pointer: '/end', detail: say`One of: ${endsOf(record).join(', ')}.` }]),
    ...(isBinKept ? [] : [{ pointer: '/binKeep', detail: isRemovable(record) ? least : say`${said(record.labelPlural)} are never removed: everything refers to them.` }]), // oxfmt-ignore
  ]
}
/** P5Y, P18M, P90D. */
const DURATION = /^P([1-9]\d{0,3})([DMY])$/
function isLongEnough(text: string): boolean {
  const match = DURATION.exec(text)
  return match !== null && (match[2] !== 'D' || Number(match[1]) >= LEAST_DAYS)
}
/** The moment before which a clock must have begun: what is older is due. */
export function dueBefore(keep: string, now: string): string {
  const at = Temporal.Instant.from(now).toZonedDateTimeISO('UTC').subtract(Temporal.Duration.from(keep)).toInstant()
  return at.toString({ smallestUnit: 'millisecond' })
}

/** "kept 5 years after closed at, then deleted" */
export function ruleSays(record: RecordType, rule: Pick<Rule, 'clock' | 'keep' | 'end'>): string {
  const field = said((record.fields[rule.clock] ?? BASE_FIELDS[rule.clock])?.label ?? labelOf(rule.clock))
  if (rule.keep === null) return say`kept for good`
  return say`kept ${durationSays(rule.keep)} after "${field}", then ${said(DONE[rule.end])}`
}
export const DONE: Readonly<Record<EndOfRows, string>> = {
  bin: toSay('put into the bin'),
  delete: toSay('deleted'),
  anonymise: toSay('anonymised'),
}
/** P5Y → "5 years" */
export function durationSays(text: string): string {
  const match = DURATION.exec(text)
  const n = Number(match?.[1])
  if (match?.[2] === 'Y') return counted(n, say`${n} year`, say`${n} years`)
  return match?.[2] === 'M' ? counted(n, say`${n} month`, say`${n} months`) : counted(n, say`${n} day`, say`${n} days`)
}

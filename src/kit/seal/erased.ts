/** Verification of erased entries: each must be named, with the hash of what it still says, by a sealed entry that is whole. */
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import { isSealedOrg } from '#kit/demo-beside.ts'
import type { Changes, JournalRow } from '#kit/journal.ts'
import { entryFrom, leafOf } from '#kit/journal.ts'
import { run, sql } from '#kit/sql.ts'
import { ERASURE, leftHash } from './erase.ts'
import type { Findings } from './finding.ts'
import { named } from './finding.ts'

interface ErasedLine {
  readonly org: number
  readonly id: string
  readonly at: string
  readonly record: string
  readonly recordId: number
}
const NO_ID = '00000000-0000-0000-0000-000000000000'
const AT_ONCE = 1000
/** What an erasure names: entry → hash of what it left. Of the newest few, since entries come in the order of their times. */
const KEPT = 100

/** Adds a finding for each entry that looks erased and is not; those that are known to be changed are not told again. */
export async function erasureFindings(on: Sql, findings: Findings): Promise<void> {
  const changed = new Set(findings.list.map(({ where }) => where.entry))
  const known = new Map<string, Readonly<Record<string, unknown>>>()
  for (let last: ErasedLine | undefined; ;) {
    const lines = await linesAfter(on, last)
    last = lines.at(-1)
    if (last === undefined) return
    const found = await erasuresOf(on, lines)
    await remember(on, known, [...found.values()])
    for (const line of lines.filter(({ id }) => !changed.has(id))) {
      const one = found.get(line.id)
      const said = one === undefined ? undefined : known.get(one.erasure)?.[line.id]
      if (line.record === ERASURE.record || one === undefined || said !== leftHash(one.changes, one.salt))
        tell(findings, line)
    }
  }
}
/** Entries without salt, from an index that holds no others. */
function linesAfter(on: Sql, last: ErasedLine | undefined): Promise<ErasedLine[]> {
  return run<ErasedLine>(
    on,
    sql`select org, id::text, at, record, record_id as "recordId" from journal where salt is null and ${isSealedOrg} and (org, id) > (${last?.org ?? 0}, ${last?.id ?? NO_ID}::uuid) order by journal.org, journal.id limit ${AT_ONCE}`,
  )
}
function tell(findings: Findings, line: ErasedLine): void {
  findings.add(
    'forgedErasure',
    { entry: line.id, record: line.record, recordId: line.recordId, at: line.at },
    say`The values of the entry on ${named(line)} of ${line.at} are gone or replaced as if they had been erased, but no erasure in the journal says so: somebody took them away by hand. Restore a backup from before, and ask who had access to the database.`,
  )
}

interface Erased {
  readonly entry: string
  readonly org: number
  readonly erasure: string
  readonly salt: Buffer
  readonly changes: Changes
}
async function erasuresOf(on: Sql, lines: readonly ErasedLine[]): Promise<Map<string, Erased>> {
  const rows = await run<Erased>(
    on,
    sql`select e.entry::text, e.org, e.erasure::text, e.salt, j.changes from unnest(${lines.map(({ org }) => org)}::integer[], ${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ at }) => at)}::timestamptz[]) l (org, id, at)
      join journal_erasure e on e.org = l.org and e.entry = l.id join journal j on j.org = l.org and j.id = l.id and j.at = l.at`,
  )
  return new Map(rows.map((row) => [row.entry, row]))
}
/** An erasure counts when it is an entry of its kind whose own leaf fits: one that is sealed is held against the log by the walk. */
async function remember(
  on: Sql,
  known: Map<string, Readonly<Record<string, unknown>>>,
  wanted: readonly Erased[],
): Promise<void> {
  const missing = wanted.filter(({ erasure }) => !known.has(erasure))
  if (missing.length === 0) return
  while (known.size > KEPT) known.delete(known.keys().next().value ?? '')
  const rows = await run<JournalRow>(
    on,
    sql`select id::text, org, at, occurred_at, actor, on_behalf_of, request, record, record_id, action, changes, reason, origin, salt, leaf
      from journal where (org, id) in (select * from unnest(${missing.map(({ org }) => org)}::integer[], ${missing.map(({ erasure }) => erasure)}::uuid[]))`,
  )
  for (const row of rows) {
    const names: unknown = row.changes['entries']?.[1]
    const isWhole = row.record === ERASURE.record && row.action === ERASURE.action && row.salt !== null && leafOf(entryFrom(row), row.salt).equals(row.leaf) // oxfmt-ignore
    if (isWhole && typeof names === 'object' && names !== null) known.set(row.id, names as Record<string, unknown>) // an object: just asked
  }
}

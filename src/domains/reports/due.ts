/** What time does to reports: each whose day has come is made once, whatever else runs, and none stands in the way of the others. */
import { say, speaking } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { readersOf } from '#kit/notices/readers.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import type { Prepared } from './issue.ts'
import { createIssue, prepare } from './issue.ts'
import { neededOf } from './issue-facts.ts'
import type { SendParts } from './letters.ts'
import { tellOfProblem, tellToExplain } from './letters.ts'
import { report, reportIssue } from './report.ts'
import { sendingAfter } from './rules.ts'
import { todayAt } from './take.ts'

interface Due {
  readonly org: number
  readonly id: number
  readonly request: string
}
/**
 * Makes the issues of all reports whose day has come. One that needs no explanation is released at once.
 * @returns how many were made. @throws an error that names each report with which something is wrong, once all others are done
 */
export async function makeDueIssues(parts: SendParts, request: string): Promise<number> {
  const { store } = parts
  const faults: { name: string; error: unknown }[] = []
  let made = 0
  // Each is looked at once in a round: those that cannot be made stay due, and must not fill the place of the others.
  let due = await dueAfter(store, { org: 0, id: 0 })
  for (; due.length > 0; due = await dueAfter(store, due.at(-1)))
    for (const { org, id } of due)
      try {
        made += await makeDue(parts, { org, id, request })
      } catch (error) {
        faults.push({ name: `${report.number}-${id} of organisation ${org}`, error })
      }
  const [first] = faults
  if (first !== undefined)
    throw new Error(`Reports were not made: ${faults.map(({ name }) => name).join(', ')}.`, { cause: first.error })
  return made
}

const AT_ONCE = 200
/** The next ones in order, at most so many. */
function dueAfter(
  store: Pick<Store, 'db' | 'now'>,
  last: { org: number; id: number } | undefined,
): Promise<Pick<Due, 'org' | 'id'>[]> {
  return run(
    store.db,
    sql`select r.org, r.id from report r join organisation o on o.id = r.org
      where r.binned_at is null and r.next_on is not null and r.next_on <= (${store.now()}::timestamptz at time zone o.time_zone)::date
        and (r.org, r.id) > (${last?.org ?? 0}, ${last?.id ?? 0}) order by r.org, r.id limit ${AT_ONCE}`,
  )
}

async function makeDue(parts: SendParts, of: Due): Promise<number> {
  const { store } = parts
  const actor = system(of.org, of.request, 'rule')
  const row = await store.get(actor, report, of.id)
  const person = idIn(row['owner'])
  const found = person === null ? undefined : (await readersOf(store.db, of.org, [person])).get(person)
  const owner = found === undefined ? null : { ...found.actor, origin: actor.origin, request: of.request }
  return speaking(found?.language, async () => {
    const prepared = await preparedBy(parts, owner, row)
    return store.transaction(actor, async (unit) => {
      await run(unit.on, sql`select 1 from report where org = ${of.org} and id = ${of.id} for update`)
      const now = await store.get(actor, report, of.id, { unit })
      // Another node was faster, or somebody has binned it or changed its schedule meanwhile.
      if (now.binnedAt !== null || now['nextOn'] !== row['nextOn'] || typeof now['nextOn'] !== 'string') return 0
      const problem = typeof prepared === 'string' ? prepared : null
      // What was missed while nobody ran is made once, not once for each day.
      const next = { nextOn: sendingAfter(now, await todayAt(unit.on, of.org, store.now())), problem: problem === null ? null : problem.slice(0, 500) } // oxfmt-ignore
      await store.change(actor, report, { id: of.id, rev: null }, next, { unit, trusted: true })
      if (owner === null) return 0
      const to = { org: of.org, person: owner.person }
      if (typeof prepared !== 'string') return finish(parts, { by: actor, owner, report: now, prepared, unit, to })
      await tellOfProblem(unit.on, parts, to, { ...now, problem: prepared })
      return 0
    })
  })
}
/** What was read, or the sentence that says what is in the way. */
async function preparedBy(parts: SendParts, owner: Actor | null, row: AnyRow): Promise<Prepared | string> {
  if (owner === null) return say`Its owner is not here any more. Somebody else has to make a report of it.`
  return prepare(parts, owner, row).catch((error: unknown) => {
    if (error instanceof Refusal) return error.message
    throw error
  })
}
async function finish(
  parts: SendParts,
  of: { by: Actor; owner: Actor; report: AnyRow; prepared: Prepared; unit: Unit; to: { org: number; person: number } },
): Promise<number> {
  const { unit } = of
  const issue = await createIssue(parts, of.owner, of)
  if (neededOf(issue).length > 0) await tellToExplain(unit.on, parts, of.to, issue)
  else
    await parts.store.move(of.by, reportIssue, { id: issue.id, rev: null, move: 'release' }, { why: say`Released by its schedule: nothing had to be explained.` }, { unit }) // oxfmt-ignore
  return 1
}

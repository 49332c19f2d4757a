/** What waits for its moment to leave the house, for mails and for browsers alike: one row an event, sent together when it is time. */
import { sendAt } from '#engines/notice-time.ts'
import type { Sql, Tx } from '#kit/database.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Kept } from './described.ts'
import type { Happened } from './events.ts'
import type { Reader } from './readers.ts'
import type { Told } from './recipients.ts'

export const PILED = ['mail', 'push'] as const
export type Piled = (typeof PILED)[number]
const TABLES = { mail: raw('notice_mail'), push: raw('notice_push') } satisfies Record<Piled, Fragment>
/** Whoever is named by a step, mentioned or told of their own door hears of it though the record is muted, and at once where it is sent to a browser. */
export function isUrgent({ event }: Pick<Happened, 'event'>): boolean {
  return ['security', 'escalated', 'mentioned'].includes(event)
}

/** Each with the moment at which it goes. What concerns somebody's door is written as a mail where it happens. */
export async function pileUp(
  on: Sql,
  now: string,
  heard: readonly (Told & { readonly reader: Reader })[],
): Promise<void> {
  const [first] = heard
  if (first === undefined) return
  const goes = (to: Piled) => heard.filter(({ reader, happened }) => reader.choices.goes(happened.event, to))
  const { org } = first.reader.actor
  const toBrowsers = goes('push')
  const reached = await withBrowser(on, org, toBrowsers.map(({ person }) => person)) // oxfmt-ignore
  await pile(on, { to: 'mail', org, now }, goes('mail').filter(({ happened }) => happened.event !== 'security')) // oxfmt-ignore
  await pile(on, { to: 'push', org, now }, toBrowsers.filter(({ person }) => reached.has(person))) // oxfmt-ignore
}
async function withBrowser(on: Sql, org: number, persons: readonly number[]): Promise<Set<number>> {
  if (persons.length === 0) return new Set()
  const rows = await run<{ person: number }>(
    on,
    sql`select distinct person from push_subscription where org = ${org} and person = any(${[...new Set(persons)]}::bigint[])`,
  )
  return new Set(rows.map(({ person }) => person))
}
async function pile(
  on: Sql,
  { to, org, now }: { to: Piled; org: number; now: string },
  some: readonly (Told & { readonly reader: Reader })[],
): Promise<void> {
  if (some.length === 0) return
  const due = new Map<number, string>()
  for (const { person, reader } of some) if (!due.has(person)) due.set(person, dueFor(reader, now))
  // A new password is told at once, also at night.
  const dueAt = some.map(({ person, happened }) => (happened.event === 'security' ? now : (due.get(person) ?? now)))
  await run(
    on,
    sql`insert into ${TABLES[to]} (org, person, record, record_id, happened, at, due_at)
      select ${org}::integer, n.* from unnest(${some.map(({ person }) => person)}::bigint[], ${some.map(({ record }) => record)}::text[], ${some.map(({ recordId }) => recordId)}::bigint[],
        ${some.map(({ happened }): string => JSON.stringify(happened satisfies Happened))}::jsonb[], ${some.map(({ happened }) => happened.at)}::timestamptz[], ${dueAt}::timestamptz[]) n`,
  )
}
/** When what happens `now` goes to this person: at once, with the digest, after the quiet hours. */
export function dueFor({ choices, zone }: Pick<Reader, 'choices' | 'zone'>, now: string): string {
  const { digest, quiet } = choices
  return sendAt(Temporal.Instant.from(now), { zone, digest, quiet }, false).toString()
}

/** What is due of one person, a record at a time. */
export interface Due {
  readonly org: number
  readonly person: number
  readonly kept: readonly Kept[]
}
const AGAIN_AFTER_MS = 15 * 60_000
/**
 * Sends on what is due, person by person, each in one transaction with its going off the pile.
 * Whose cannot be sent waits for a quarter of an hour, and the others do not wait for it.
 * @returns for how many people. @throws the first fault, after all others
 */
export async function sendDue(
  store: Store,
  { to, signal }: { to: Piled; signal: AbortSignal },
  send: (tx: Tx, due: Due) => Promise<void>,
): Promise<number> {
  const now = store.now()
  const faults: unknown[] = []
  let done = 0
  for (let isOver = false; !isOver && !signal.aborted;) {
    const met: Due[] = []
    try {
      isOver = await store.db.transaction(async (tx) => {
        const due = await takeDue(tx, to, now)
        if (due === null) return true
        met.push(due)
        await send(tx, due)
        return false
      })
      if (!isOver) done++
    } catch (error) {
      const who = met.at(-1)
      if (who === undefined) throw error
      faults.push(error)
      await delay(store.db, to, { ...who, now, until: new Date(Date.parse(now) + AGAIN_AFTER_MS).toISOString() })
    }
  }
  if (faults.length > 0) throw faults[0]
  return done
}
/**
 * Of what was settled in the meantime nothing is left to be sent. Whoever holds the first of a person's rows has all of them:
 * two workers who held different ones would wait for each other.
 */
async function takeDue(tx: Tx, to: Piled, now: string): Promise<Due | null> {
  const [next] = await run<{ org: number; person: number }>(
    tx,
    sql`select n.org, n.person from ${TABLES[to]} n where n.due_at <= ${now}::timestamptz
        and not exists (select from ${TABLES[to]} f where f.org = n.org and f.person = n.person and f.due_at <= ${now}::timestamptz and f.id < n.id)
      order by n.due_at, n.id limit 1 for update skip locked`,
  )
  if (next === undefined) return null
  const { org, person } = next
  const rows = await run<Omit<Kept, 'happened'> & { happened: Happened }>(
    tx,
    sql`with held as (select id from ${TABLES[to]} where org = ${org} and person = ${person} and due_at <= ${now}::timestamptz order by id for update),
        gone as (delete from ${TABLES[to]} where org = ${org} and id in (select id from held) returning id, record, record_id, happened, settled)
      select record, record_id as "recordId", happened from gone where settled is null order by id`,
  )
  const kept = [...Map.groupBy(rows, ({ record, recordId }) => `${record}/${recordId}`).values()].flatMap(
    (some): Kept[] => {
      const [first] = some
      return first === undefined ? [] : [{ ...first, happened: some.map(({ happened }) => happened) }]
    },
  )
  return { org, person, kept }
}
async function delay(
  on: Sql,
  to: Piled,
  { org, person, now, until }: { org: number; person: number; now: string; until: string },
): Promise<void> {
  await run(on, sql`update ${TABLES[to]} set due_at = ${until}::timestamptz where org = ${org} and person = ${person} and due_at <= ${now}::timestamptz`) // oxfmt-ignore
}
/** Moves what waits to another moment. */
export async function putOff(on: Sql, who: { org: number; person: number }, until: string): Promise<void> {
  for (const to of PILED)
    await run(on, sql`update ${TABLES[to]} set due_at = ${until}::timestamptz where org = ${who.org} and person = ${who.person}`) // oxfmt-ignore
}
/** Takes events off one pile: the person wants them there no more. */
export async function takeOff(
  on: Sql,
  { org, person, to }: { org: number; person: number; to: Piled },
  events: readonly string[],
): Promise<void> {
  await run(on, sql`delete from ${TABLES[to]} where org = ${org} and person = ${person} and happened->>'event' = any(${events}::text[])`) // oxfmt-ignore
}
type Records = readonly { readonly record: string; readonly id: number }[]
function among(of: Records): Fragment {
  return sql`(select distinct * from unnest(${of.map(({ record }) => record)}::text[], ${of.map(({ id }) => id)}::bigint[])) w (record, record_id)`
}
/** Takes records off both piles: they are muted. */
export async function dropRecords(on: Sql, who: { org: number; person: number }, of: Records): Promise<void> {
  if (of.length === 0) return
  for (const to of PILED)
    await run(
      on,
      sql`delete from ${TABLES[to]} n using ${among(of)} where n.org = ${who.org} and n.person = ${who.person} and n.record = w.record and n.record_id = w.record_id`,
    )
}
/** Nothing of these records is sent any more, unless the batch of this triage is taken back. */
export async function settleRecords(
  on: Sql,
  { org, person, batch }: { org: number; person: number; batch: string },
  of: Records,
): Promise<void> {
  if (of.length === 0) return
  for (const to of PILED)
    await run(
      on,
      sql`update ${TABLES[to]} n set settled = ${batch}::uuid from ${among(of)} where n.org = ${org} and n.person = ${person} and n.settled is null and n.record = w.record and n.record_id = w.record_id`,
    )
}
/** What a batch has settled waits again. */
export async function unsettle(
  on: Sql,
  { org, person, batch }: { org: number; person: number; batch: string },
): Promise<void> {
  for (const to of PILED)
    await run(on, sql`update ${TABLES[to]} set settled = null where org = ${org} and person = ${person} and settled = ${batch}::uuid`) // oxfmt-ignore
}
/** What waits when a database is brought back to an earlier moment was told already. @param org null for all */
export async function emptyPiles(on: Sql, org: number | null = null): Promise<void> {
  for (const table of [...Object.values(TABLES), raw('push_message')])
    await run(on, sql`delete from ${table} where ${org}::integer is null or org = ${org}::integer`)
}

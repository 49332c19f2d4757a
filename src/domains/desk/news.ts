/** News of major incidents: each promises the next. What is late stands on the major incident, and whoever tells the others hears of it. */
import { say, toSay } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { tell } from '#kit/notices/reaction.ts'
import type { AnyRow } from '#kit/record.ts'
import { actorOfPerson } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules, Store, Unit } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { majorIncident } from './around.ts'
import { byRule } from './by-rule.ts'
import { nextNews } from './chronicle.ts'
import { RUNNING } from './major.ts'

/** A news item says when the next one is due, unless it is the last. */
export const newsRules: Rules = {
  derive: async (facts) => (facts.before === null ? promised(facts) : {}),
  refuse: async ({ before, after, actor, on }) => {
    if (before !== null) return null
    const rows = await run<{ status: string }>(
      on,
      sql`select status from major_incident where org = ${actor.org} and id = ${idIn(after['major'])}`,
    )
    return rows[0]?.status === 'dropped' || rows[0]?.status === 'reviewed'
      ? say`MAJ-${idIn(after['major'])} is finished. Tell it on the incident.`
      : null
  },
  after: async ({ after, actor, store, unit }) => {
    const id = idIn(after['major'])
    if (id !== null) await followNews(store, { actor: byRule(actor), unit, id })
  },
}
async function promised({ after, actor, now, on }: Deriving): Promise<Record<string, unknown>> {
  if (after['isLast'] === true) return { nextAt: null }
  if (after['nextAt'] !== null && after['nextAt'] !== undefined) return {}
  const rows = await run<{ news_every: number | null; status: string }>(
    on,
    sql`select news_every, status from major_incident where org = ${actor.org} and id = ${idIn(after['major'])}`,
  )
  const minutes = rows[0]?.news_every ?? 0
  const isRunning = RUNNING.includes(rows[0]?.status ?? '')
  return minutes > 0 && isRunning ? { nextAt: new Date(Date.parse(now) + minutes * 60_000).toISOString() } : {}
}

/** By schedule. Done twice, it tells nobody twice: the due time that was told of stands on the row. @returns how many rows changed */
export async function noteLateNews(store: Store, request: string): Promise<number> {
  const [running, noted] = await Promise.all([
    nextNews(store.db, { org: null, id: null, now: store.now() }),
    run<{ org: number; id: number }>(
      store.db,
      sql`select org, id from major_incident where news_late_since is not null and binned_at is null`,
    ),
  ])
  let count = 0
  const asked = new Map([...running.filter(({ next }) => next?.isLate === true), ...noted].map((one) => [`${one.org}/${one.id}`, one])) // oxfmt-ignore
  for (const { org, id } of asked.values()) {
    const actor = system(org, request, 'rule')
    if (await store.transaction(actor, (unit) => followNews(store, { actor, unit, id }))) count += 1
  }
  return count
}
interface Following {
  /** With the product's rights. */
  readonly actor: Actor
  readonly unit: Unit
  readonly id: number
}
/** Writes down since when news is late, or that it is not any more. @returns whether anything changed */
async function followNews(store: Store, { actor, unit, id }: Following): Promise<boolean> {
  const { org } = actor
  await run(unit.on, sql`select id from major_incident where org = ${org} and id = ${id} for update`)
  const row = await store.get(actor, majorIncident, id, { unit })
  const [found] = await nextNews(unit.on, { org, id, now: store.now() })
  const since = found?.next?.isLate === true ? found.next.dueAt : null
  if (row.binnedAt !== null || row['newsLateSince'] === since) return false
  const reason = since === null ? say`Nobody waits for news any more` : say`Those affected wait for news`
  await store.change(actor, majorIncident, { id, rev: null }, { newsLateSince: since }, { unit, trusted: true, reason })
  if (since !== null) await tellCrew(store, unit, org, row)
  return true
}
/** The communicator; where there is none who may read it, whoever leads or writes. */
async function tellCrew(store: Store, unit: Unit, org: number, row: AnyRow): Promise<void> {
  const clock = toSay('The news to those affected')
  for (const as of ['communicator', 'commander', 'scribe']) {
    const person = idIn(row[as])
    if (person === null || !(await reads(store, unit, { org, person, id: row.id }))) continue
    const happened = { event: 'due', at: store.now(), by: null, as, clock, part: 1 } as const
    return tell(store, unit.on, org, [{ person, record: majorIncident.name, recordId: row.id, happened }])
  }
}
async function reads(store: Store, unit: Unit, of: { org: number; person: number; id: number }): Promise<boolean> {
  const reader = await actorOfPerson(unit.on, { org: of.org, person: of.person, request: 'late-news' })
  return reader !== null && (await store.many(reader, majorIncident, [of.id], { unit })).length > 0
}

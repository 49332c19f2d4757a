/** Satisfaction: each resolved incident asks its requester one question, which is answered once and stays as answered. */
import { say, toSay } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { conflict, notFound } from '#kit/problem.ts'
import type { Reaction, ReactionEntry } from '#kit/reaction.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Rules, Store, Unit } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { survey } from './around.ts'
import { readSurveyKey } from './survey-key.ts'

export const SURVEY_DAYS = 60
/** History that is brought in asks nobody anything, and nobody is asked about what was solved long ago. */
const SILENT = ['import', 'setup']
const FRESH_MS = 7 * 86_400_000

export const surveyRules: Rules = {
  refuse: async ({ before, after, actor, on }) => {
    if (before !== null && before['status'] === 'answered' && before.binnedAt === after.binnedAt)
      return say`An answer stays as it was given.`
    if (before !== null) return null
    const open = await run<{ id: number }>(
      on,
      sql`select id from survey where org = ${actor.org} and incident = ${idIn(after['incident'])} and status = 'open' and binned_at is null limit 1`,
    )
    return open[0] === undefined ? null : say`SRV-${open[0].id} asks about this incident already.`
  },
}

/** Asks when an incident is resolved; takes an open question back when the incident turns out to be a duplicate. */
export function surveysFollowResolution(store: Store): Reaction {
  return {
    name: 'desk-surveys',
    since: 'now',
    records: ['incident'],
    handle: async (on, entries) => {
      const unit: Unit = { on, touched: [] }
      const since = new Date(Date.parse(store.now()) - FRESH_MS).toISOString()
      for (const entry of entries.filter((one) => !SILENT.includes(one.origin) && one.occurredAt >= since)) {
        if (entry.changes['status']?.[1] === 'resolved') await ask(store, unit, entry)
        if (entry.action === 'merge' && idIn(entry.changes['duplicateOf']?.[1]) !== null)
          await withdraw(store, unit, entry)
      }
    },
  }
}
/** One question at a time, to somebody who is here, about an incident that is still resolved. */
async function ask(store: Store, unit: Unit, entry: ReactionEntry): Promise<void> {
  const rows = await run<{ requester: number }>(
    unit.on,
    sql`select i.requester from incident i join person p on p.org = i.org and p.id = i.requester and p.binned_at is null and p.status = 'active'
      where i.org = ${entry.org} and i.id = ${entry.recordId} and i.binned_at is null and i.duplicate_of is null and i.status in ('resolved', 'closed')
      and coalesce(i.closure_code, '') not in ('duplicate', 'withdrawn')
      and not exists (select 1 from survey s where s.org = i.org and s.incident = i.id and s.binned_at is null and (s.status = 'open' or s.created_at >= ${entry.occurredAt}::timestamptz))`,
  )
  const requester = rows[0]?.requester
  if (requester === undefined) return
  await store.create(
    system(entry.org, entry.request, 'rule'),
    survey,
    { incident: entry.recordId, person: requester },
    { unit, reason: toSay('The incident was resolved') },
  )
}
async function withdraw(store: Store, unit: Unit, entry: ReactionEntry): Promise<void> {
  const open = await run<{ id: number }>(
    unit.on,
    sql`select id from survey where org = ${entry.org} and incident = ${entry.recordId} and status = 'open' and binned_at is null`,
  )
  for (const { id } of open)
    await store.bin(
      system(entry.org, entry.request, 'rule'),
      survey,
      { id, rev: null },
      { unit, reason: toSay('The incident was a duplicate') },
    )
}

export interface OpenSurvey {
  readonly incident: { readonly number: string; readonly subject: string }
  readonly status: string
  readonly expiresAt: string
}
/** What somebody who holds the key may know. @throws not found for a wrong, old or withdrawn key */
export async function surveyOfKey(store: Store, secret: Buffer, key: string): Promise<OpenSurvey> {
  const { row } = await byKey(store, secret, key)
  const about = row['incident']
  const isRef = typeof about === 'object' && about !== null && 'number' in about && 'title' in about
  return {
    incident: isRef ? { number: String(about.number), subject: String(about.title) } : { number: '', subject: '' },
    status: String(row['status']),
    expiresAt: expiry(row),
  }
}
/** Answers by key, once, in the name of the person who was asked. @throws conflict (409) when it is answered already */
export async function answerByKey(
  store: Store,
  secret: Buffer,
  said: { key: string; request: string; score: number; comment: string | null },
): Promise<void> {
  const { row, org } = await byKey(store, secret, said.key)
  if (row['status'] !== 'open') throw conflict(say`This question was answered already. Thank you.`)
  const asked = row['person']
  const isNamed = typeof asked === 'object' && asked !== null && 'title' in asked
  const actor: Actor = {
    ...system(org, said.request, 'web'),
    ...(isNamed ? { person: idIn(asked), name: String(asked.title) } : {}),
  }
  await store.move(
    actor,
    survey,
    { id: row.id, rev: row.rev, move: 'answer' },
    { score: said.score, comment: said.comment },
    { reason: toSay('Answered by the link') },
  )
}
async function byKey(store: Store, secret: Buffer, key: string): Promise<{ row: AnyRow; org: number }> {
  const named = readSurveyKey(secret, key)
  if (named === null) throw notFound(say`This question`)
  const row = await store.get(system(named.org, 'survey'), survey, named.id, { binned: false })
  if (expiry(row) < store.now()) throw notFound(say`This question, which was open for ${SURVEY_DAYS} days,`)
  return { row, org: named.org }
}
function expiry(row: AnyRow): string {
  return new Date(Date.parse(row.createdAt) + SURVEY_DAYS * 86_400_000).toISOString()
}

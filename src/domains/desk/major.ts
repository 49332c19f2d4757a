/** Major incidents: one crew per incident at a time, proposed from who answers for what; the incident says that it is one. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { conflict } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Rules, Store } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { awayAmong, personRef } from './absences.ts'
import { majorIncident } from './around.ts'
import { byRule } from './by-rule.ts'
import { incident } from './incident.ts'
import type { Suggested } from './routing.ts'

/** States in which the crew is at work. */
export const RUNNING = ['declared', 'mitigated']

export const majorRules: Rules = {
  refuse: async ({ before, after, actor, on }) =>
    before === null
      ? declarationProblem(on, actor, after)
      : idIn(before['incident']) === idIn(after['incident'])
        ? null
        : say`A major incident stays with its incident. Drop it, and declare the other one.`,
  after: async ({ before, after, actor, store, unit }) => {
    const isDropped = after['status'] === 'dropped' && before?.['status'] !== 'dropped'
    const id = idIn(after['incident'])
    if ((before !== null && !isDropped) || id === null) return
    await store.change(
      byRule(actor),
      incident,
      { id, rev: null },
      { major: !isDropped },
      { unit, trusted: true, reason: isDropped ? say`${after.number} was dropped` : say`${after.number} was declared` },
    )
  },
}
async function declarationProblem(on: Sql, actor: Actor, after: AnyRow): Promise<string | null> {
  const id = idIn(after['incident'])
  // The lock makes two declarations at once wait for each other.
  const rows = await run<{ merged: number | null }>(
    on,
    sql`select duplicate_of as merged from incident where org = ${actor.org} and id = ${id} and binned_at is null for update`,
  )
  const row = rows[0]
  if (row === undefined) return say`INC-${id} is in the bin. Restore it first.`
  if (row.merged !== null) return say`INC-${id} was merged into INC-${row.merged}. Declare that one.`
  const running = await run<{ id: number }>(
    on,
    sql`select id from major_incident where org = ${actor.org} and incident = ${id} and binned_at is null and status <> 'dropped' and status <> 'reviewed' limit 1`,
  )
  return running[0] === undefined ? null : say`INC-${id} is a major incident already: MAJ-${running[0].id}.`
}

export interface Crew {
  readonly commander: Suggested | null
  readonly communicator: Suggested | null
  readonly scribe: Suggested | null
  readonly warnings: readonly { readonly because: string }[]
}
interface CrewRow {
  readonly lead: number | null
  readonly lead_name: string | null
  readonly team: string | null
  readonly owner: number | null
  readonly owner_name: string | null
  readonly service: string | null
}
/** Who leads the team commands, who owns the service tells the others, whoever declares writes. A deputy stands in for somebody who is away. */
export async function proposeCrew(on: Sql, actor: Actor, id: number, today: string): Promise<Crew> {
  const rows = await run<CrewRow>(
    on,
    sql`select l.id as lead, l.name as lead_name, t.name as team, o.id as owner, o.name as owner_name, s.name as service from incident i
      left join service s on s.org = i.org and s.id = i.service
      left join team t on t.org = i.org and t.id = coalesce(i.team, s.team)
      left join person l on l.org = i.org and l.id = t.lead and l.binned_at is null
      left join person o on o.org = i.org and o.id = s.owner and o.binned_at is null
      where i.org = ${actor.org} and i.id = ${id}`,
  )
  const row = rows[0]
  const away = await awayAmong(
    on,
    actor.org,
    [row?.lead, row?.owner].flatMap((one) => one ?? []),
    today,
  )
  const present = (
    person: number | null | undefined,
    name: string | null | undefined,
    because: string,
  ): Suggested | null => {
    if (person === null || person === undefined) return null
    const gone = away.find((one) => one.person.id === person)
    if (gone === undefined) return { ref: personRef(person, name ?? null), because }
    return gone.deputy === null
      ? null
      : { ref: gone.deputy, because: say`Acts for ${gone.person.title}, who is away. ${because}` }
  }
  const me = actor.person === null ? null : personRef(actor.person, actor.name)
  const lead = present(row?.lead, row?.lead_name, say`Leads ${row?.team ?? say`the team`}.`)
  const owner = present(row?.owner, row?.owner_name, say`Answers for ${row?.service ?? say`the service`}.`)
  return {
    commander: lead ?? (me === null ? null : { ref: me, because: say`Declares it; no team lead is at hand.` }),
    communicator: owner,
    scribe: me === null ? null : { ref: me, because: say`Declares it.` },
    warnings: away.map(({ because }) => ({ because })),
  }
}

export interface Declaration {
  readonly id: number
  readonly today: string
  /** Fields of the major incident that the caller has chosen. */
  readonly chosen: Readonly<Record<string, unknown>>
}
/** Declares an incident major with the proposed crew where none is chosen. @throws conflict when it is one already, is merged or binned */
export async function declareMajor(
  store: Store,
  actor: Actor,
  { id, today, chosen }: Declaration,
): Promise<{ major: AnyRow; crew: Crew }> {
  const row = await store.get(actor, incident, id)
  if (row.binnedAt !== null) throw conflict(say`${row.number} is in the bin. Restore it first.`)
  const crew = await proposeCrew(store.db, actor, id, today)
  const proposed = {
    commander: crew.commander?.ref.id,
    communicator: crew.communicator?.ref.id,
    scribe: crew.scribe?.ref.id,
  }
  const draft = { subject: row['subject'], incident: id, ...proposed, ...chosen }
  const said = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined))
  return { major: await store.create(actor, majorIncident, said), crew }
}

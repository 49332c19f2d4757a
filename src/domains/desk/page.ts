/** What an incident's page shows besides its fields: warnings, children, the major incident, the survey. Two queries at most. */
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { isAllowed } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { readDay } from '#kit/moment.ts'
import type { AnyRow } from '#kit/record.ts'
import type { RestParts } from '#kit/rest.ts'
import { run, sql } from '#kit/sql.ts'
import { idIn } from '#kit/write.ts'
import { awayAmong } from './absences.ts'
import type { NextNews } from './chronicle.ts'
import { nextNewsOf } from './chronicle.ts'
import { incident } from './incident.ts'
import { RUNNING } from './major.ts'
import { howManyReported } from './reporters.ts'
import { surveyKey } from './survey-key.ts'

export interface PageParts extends Pick<RestParts, 'store' | 'zone'> {
  /** Of the installation; signs the addresses of surveys. */
  readonly secret: Buffer
}
export interface IncidentPage {
  readonly warnings: readonly { readonly because: string }[]
  /** `reported`: how many people have reported it, with the children and the merged ones. */
  readonly children: { readonly total: number; readonly open: number; readonly reported: number }
  readonly majorIncident: {
    readonly id: number
    readonly number: string
    readonly title: string
    readonly status: string
  } | null
  readonly survey: {
    readonly id: number
    readonly number: string
    readonly status: string
    readonly score: number | null
    readonly link: string | null
  } | null
}
/** The same, under any name, as pages of records take it. */
type IncidentExtras = IncidentPage & Readonly<Record<string, unknown>>
const STAFF = ['manager', 'lead', 'agent'] as const

export function incidentExtras(parts: PageParts): (actor: Actor, row: AnyRow) => Promise<IncidentExtras> {
  return async (actor, row) => {
    const around = await aroundIncident(parts, actor, row)
    return isAllowed(actor, STAFF) ? { ...around, warnings: await warnings(parts, actor, row) } : around
  }
}
/** For a major incident: when those affected hear something next. */
export function majorExtras(
  parts: PageParts,
): (actor: Actor, row: AnyRow) => Promise<{ readonly nextNews: NextNews | null }> {
  return async (actor, row) => ({
    nextNews: RUNNING.includes(String(row['status'])) ? await nextNewsOf(parts.store, actor.org, row.id) : null,
  })
}

/** The calendar day where the actor is. */
export async function todayOf(parts: Pick<RestParts, 'store' | 'zone'>, actor: Actor): Promise<string> {
  const now = parts.store.now()
  return readDay('today', now, await parts.zone(actor)) ?? now.slice(0, 10)
}

async function warnings(parts: PageParts, actor: Actor, row: AnyRow): Promise<{ because: string }[]> {
  const assignee = idIn(row['assignee'])
  if (assignee === null || ['resolved', 'closed', 'cancelled'].includes(String(row['status']))) return []
  const away = await awayAmong(parts.store.db, actor.org, [assignee], await todayOf(parts, actor))
  return away.map(({ because }) => ({ because }))
}

interface Around {
  readonly total: number
  readonly open: number
  readonly reported: number
  readonly major: { readonly id: number; readonly subject: string; readonly status: string } | null
  readonly survey: { readonly id: number; readonly status: string; readonly score: number | null } | null
}
async function aroundIncident(parts: PageParts, actor: Actor, row: AnyRow): Promise<IncidentExtras> {
  const found = await readAround(parts.store.db, actor, row.id)
  const isAsked = idIn(row['requester']) === actor.person && actor.person !== null
  const mayAsk = isAsked || isAllowed(actor, [...STAFF, 'auditor', 'officer'])
  const { survey, major } = found
  const mayAnswer = survey?.status === 'open' && (isAsked || isAllowed(actor, STAFF))
  return {
    warnings: [],
    children: { total: found.total, open: found.open, reported: found.reported },
    majorIncident:
      major === null || !isAllowed(actor, [...STAFF, 'auditor', 'officer'])
        ? null
        : { id: major.id, number: `MAJ-${major.id}`, title: major.subject, status: major.status },
    survey:
      survey === null || !mayAsk
        ? null
        : {
            id: survey.id,
            number: `SRV-${survey.id}`,
            status: survey.status,
            score: survey.score,
            link: mayAnswer ? `/survey/${surveyKey(parts.secret, actor.org, survey.id)}` : null,
          },
  }
}
async function readAround(on: Sql, actor: Actor, incidentId: number): Promise<Around> {
  const { org } = actor
  // Not seen by the planner: it expects the same of every incident, and keeps its plan instead of making one each time.
  const id = sql`(select ${incidentId}::bigint)`
  const rows = await run<Around>(
    on,
    sql`select c.total, c.open, ${howManyReported(actor, id)} as reported,
      (select jsonb_build_object('id', m.id, 'subject', m.subject, 'status', m.status) from major_incident m where m.org = ${org} and m.incident = ${id} and m.binned_at is null and m.status <> 'dropped' order by m.id desc limit 1) as major,
      (select jsonb_build_object('id', s.id, 'status', s.status, 'score', s.score) from survey s where s.org = ${org} and s.incident = ${id} and s.binned_at is null order by s.id desc limit 1) as survey
      from (select count(*) as total, count(*) filter (where t.status in ('new', 'assigned', 'working', 'waiting')) as open from incident t where t.org = ${org} and t.parent = ${id} and t.binned_at is null and ${readable(actor, incident)}) c`,
  )
  return rows[0] ?? { total: 0, open: 0, reported: 0, major: null, survey: null }
}

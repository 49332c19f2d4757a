/** For administrators: the state of the installation, background jobs, settings of the organisation. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { isTimeZone } from '#engines/wall-clock.ts'
import { checkMatrix } from '#engines/priority.ts'
import type { PriorityMatrix } from '#engines/priority.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import type { OrganisationSettings } from '#kit/organisation-settings.ts'
import { settingsIn } from '#kit/organisation-settings.ts'
import { conflict, notFound, unfit } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { DemoParts } from './demo.ts'
import { demoRoutes } from './demo.ts'
import { firstStepsRoutes } from './first-steps.ts'
import type { FailedJob, JobsShown, QueueShown } from './jobs-shape.ts'
import { JOBS } from './jobs-shape.ts'
import { among, itemsOf, mapOf, shape, shapeOf, TEXT, TEXTS, WHOLE, YES_NO } from './shape.ts'

export interface HealthItem {
  readonly name: string
  readonly state: 'good' | 'warn' | 'bad'
  readonly value: string
  /** What to do about it; empty when nothing. */
  readonly todo: string
}
/** A queue as the port names it. */
export type QueueState = Omit<QueueShown, 'name'> & { readonly queue: string }
export interface JobsPort {
  queues(): Promise<readonly QueueState[]>
  failures(limit: number): Promise<readonly FailedJob[]>
  retry(id: string): Promise<boolean>
}
export interface AdminParts extends DemoParts {
  readonly store: Store
  readonly jobs: JobsPort
  readonly health: () => Promise<readonly HealthItem[]>
  /** What of it needs somebody now; may be some seconds old. */
  readonly urgent: () => Promise<readonly HealthItem[]>
}
const names = z.array(z.string().max(60)).max(20)
const matrixBody = z.strictObject({
  impacts: names,
  urgencies: names,
  priorities: names,
  cells: z.record(z.string(), z.record(z.string(), z.string())),
})
const settingsBody = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  timeZone: z.string().max(60).optional(),
  priorityMatrix: matrixBody.optional(),
  financialYearBegins: z.int().min(1).max(12).optional(),
  closeAfterDays: z.int('Give whole days.').min(1, 'At least one day.').max(365, 'At most a year.').optional(),
  reopenWithinDays: z.int('Give whole days.').min(0, 'Give 0 days or more.').max(365, 'At most a year.').optional(),
})

/** What GET /settings answers. */
export interface Settings extends OrganisationSettings {
  readonly name: string
  readonly timeZone: string
  readonly priorityMatrix: PriorityMatrix
  /** On the first day of this month: 1 to 12. */
  readonly financialYearBegins: number
  readonly isDemo: boolean
}
const HEALTH_ITEM = shapeOf<HealthItem>({ name: TEXT, state: among('good', 'warn', 'bad'), value: TEXT, todo: TEXT })
const SETTINGS = shapeOf<Settings>({
  name: TEXT,
  timeZone: TEXT,
  priorityMatrix: shapeOf<PriorityMatrix>({
    impacts: TEXTS,
    urgencies: TEXTS,
    priorities: TEXTS,
    cells: mapOf(mapOf(TEXT)),
  }),
  financialYearBegins: WHOLE,
  closeAfterDays: WHOLE,
  reopenWithinDays: WHOLE,
  isDemo: YES_NO,
})

export function adminRoutes(parts: AdminParts): Route[] {
  const tag = 'Administration'
  return [
    ...healthRoutes(parts, tag),
    {
      method: 'GET',
      path: '/admin/jobs',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'Background jobs and reactions',
      ok: JOBS,
      handle: async () => ({ body: await jobs(parts) }),
    },
    {
      method: 'POST',
      path: '/admin/jobs/{id}/retry',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'Run a failed job again',
      ok: shape({ id: TEXT }),
      okStatus: 202,
      audited: say`The job writes down what it does.`,
      handle: (call) => retry(parts, call),
    },
    {
      method: 'GET',
      path: '/settings',
      tag,
      access: 'signed-in',
      summary: 'Settings of the organisation',
      ok: SETTINGS,
      handle: async (call) => ({ body: await settings(parts, call) }),
    },
    {
      method: 'PATCH',
      path: '/settings',
      tag,
      access: 'administrator',
      summary:
        'Change settings: name, time zone, priority matrix, the month in which the financial year begins, the days until incidents close and within which they reopen',
      body: settingsBody,
      ok: SETTINGS,
      audited: 'journal',
      handle: (call) => change(parts, call, settingsBody.parse(call.body)),
    },
    ...firstStepsRoutes(parts),
    ...demoRoutes(parts),
  ]
}

function healthRoutes(parts: AdminParts, tag: string): Route[] {
  return [
    {
      method: 'GET',
      path: '/admin/health',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'The state of the installation, with what to do',
      ok: itemsOf(HEALTH_ITEM),
      handle: async () => ({ body: { items: await parts.health() } }),
    },
    {
      method: 'GET',
      path: '/admin/health/urgent',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'What of the state of the installation needs somebody now; at most five seconds old',
      ok: itemsOf(HEALTH_ITEM),
      handle: async () => ({ body: { items: await parts.urgent() } }),
    },
  ]
}

async function jobs(parts: AdminParts): Promise<JobsShown> {
  const reactions = await run<{
    name: string
    failures: number
    last_error: string | null
    at: string | null
    waiting: number
  }>(
    parts.store.db,
    sql`select c.name, c.failures, c.last_error, c.at, (select count(*) from (select 1 from journal j where (j.xid, j.id) > (c.xid, c.id) order by j.xid, j.id limit 10001) behind) as waiting from reaction_cursor c order by c.name`,
  )
  const rows = reactions.map((row) => ({
    name: `reaction: ${row.name}`,
    waiting: row.waiting,
    active: 0,
    failed: row.failures,
    lastError: row.last_error,
    lastDoneAt: row.at,
  }))
  const [queues, failures] = await Promise.all([parts.jobs.queues(), parts.jobs.failures(100)])
  return { queues: [...queues.map(({ queue, ...rest }) => ({ name: queue, ...rest })), ...rows], failures }
}
async function retry(parts: AdminParts, call: Call): Promise<Answer> {
  const id = call.params['id'] ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) || !(await parts.jobs.retry(id)))
    throw notFound(say`A failed job with this id`)
  return { status: 202, body: { id } }
}

type KeptSettings = Partial<Pick<Settings, 'financialYearBegins'> & OrganisationSettings>
async function settings(parts: AdminParts, call: Call): Promise<Settings> {
  const rows = await run<{ name: string; time_zone: string; settings: KeptSettings }>(
    parts.store.db,
    sql`select name, time_zone, settings from organisation where id = ${call.actor.org}`,
  )
  const row = rows[0]
  if (row === undefined) throw notFound(say`The organisation`)
  return {
    name: row.name,
    timeZone: row.time_zone,
    financialYearBegins: row.settings.financialYearBegins ?? 1,
    ...settingsIn(row.settings),
    isDemo: 'demo' in row.settings,
  }
}
async function change(parts: AdminParts, call: Call, body: z.infer<typeof settingsBody>): Promise<Answer> {
  const matrix = body.priorityMatrix === undefined ? [] : checkMatrix(body.priorityMatrix)
  if (matrix.length > 0)
    throw unfit(matrix.map(({ pointer, detail }) => ({ pointer: `/priorityMatrix${pointer}`, detail })))
  if (body.timeZone !== undefined && !isTimeZone(body.timeZone))
    throw conflict(say`"${body.timeZone}" is not a time zone. Write one such as Europe/Berlin.`)
  const before = await settings(parts, call)
  const { name: _name, timeZone: _zone, ...kept } = body
  await parts.store.transaction(call.actor, async ({ on, touched }) => {
    await run(
      on,
      sql`update organisation set name = coalesce(${body.name ?? null}::text, name), time_zone = coalesce(${body.timeZone ?? null}::text, time_zone),
      settings = settings || ${JSON.stringify(kept)}::jsonb where id = ${call.actor.org}`,
    )
    const changes = Object.fromEntries(
      Object.entries(body).map(([name, value]) => [
        name,
        [before[name as keyof typeof before] ?? null, value] as const,
      ]),
    )
    await run(
      on,
      journalInsert([
        entry(call.actor, parts.store.now(), {
          record: 'organisation',
          recordId: call.actor.org,
          action: 'change',
          changes,
        }),
      ]),
    )
    touched.push(['organisation', call.actor.org]) // every process reads what was set
  })
  return { body: await settings(parts, call) }
}

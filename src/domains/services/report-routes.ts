/** Reports over REST: service levels by month, service, priority or agreement; the health of services. */
import { say } from '#engines/say.ts'
import { isAllowed } from '#kit/actor.ts'
import type { Actor } from '#kit/actor.ts'
import type { ClockType } from '#kit/clock.ts'
import type { Call, Route } from '#kit/contract.ts'
import { rowOf } from '#kit/json-schema.ts'
import { readMoment } from '#kit/moment.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { pageOf } from '#kit/routes/shape.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { clockedRecords } from './clock-reaction.ts'
import { workNow } from './impact-routes.ts'
import { KeptAnswers } from './kept-answer.ts'
import type { Asked, LevelRow } from './level-report.ts'
import { BY, levelRows, percentOf, recordsBehind } from './level-report.ts'
import { agreement } from './level.ts'
import { HEALTH_REPORT, LEVEL_REPORT } from './report-shape.ts'
import type { ServiceHealth } from './service-health.ts'
import { serviceHealth } from './service-health.ts'

export interface ReportParts {
  readonly store: Store
  readonly clocks: readonly ClockType[]
}
export interface LevelReport extends Pick<Asked, 'from' | 'to' | 'by' | 'clock' | 'record'> {
  readonly asOf: string
  readonly rows: readonly LevelRow[]
  readonly total: Pick<LevelRow, 'met' | 'breached' | 'running' | 'percent'>
}
export interface HealthReport {
  readonly asOf: string
  readonly days: number
  readonly items: readonly ServiceHealth[]
}
const TAG = 'Reports'
/** Asks for every clock of the record together: all that was promised. */
const EVERY = 'all'
const text = (about: string, maxLength = 60): { about: string; schema: Record<string, unknown> } => ({
  about,
  schema: { type: 'string', maxLength },
})
const SPAN: NonNullable<Route['query']> = {
  from: text('The clock began at or after: 2026-01-01, startOfYear, -90d; twelve months ago when empty.'),
  to: text('The clock began before; now when empty.'),
  by: { about: 'What the rows are.', schema: { type: 'string', enum: BY } },
  clock: text('Which clock: resolution when empty; firstResponse, assignment, team:5:resolution, or all.'),
  record: text('Whose clock: incident when empty.'),
}

const common = { tag: TAG, access: 'signed-in', refusals: [400, 403] } as const

export function reportRoutes(parts: ReportParts): Route[] {
  const levels = new KeptAnswers<unknown>(60)
  return [
    {
      ...common,
      method: 'GET',
      path: '/reports/service-levels',
      summary: 'How service levels were kept, at most a minute old',
      query: SPAN,
      ok: LEVEL_REPORT,
      handle: async (call) => {
        const asked = await askedOf(parts, call)
        // Spans relative to now differ by milliseconds; the minute is fine enough for an answer of that age.
        const question = JSON.stringify({ ...asked, from: asked.from.slice(0, 16), to: asked.to.slice(0, 16) })
        return {
          body: await levels.get(question, Date.parse(parts.store.now()), () => levelReport(parts.store, asked)),
        }
      },
    },
    {
      ...common,
      method: 'GET',
      path: '/reports/service-levels/list',
      summary: 'The records behind a figure of that report',
      ok: pageOf({ anyOf: clockedRecords(parts.clocks).map(rowOf) }),
      query: {
        ...SPAN,
        key: text(say`The key of the row; empty: all.`),
        state: {
          about: 'Which of them; all when empty.',
          schema: { type: 'string', enum: ['met', 'breached', 'running'] },
        },
        limit: { about: 'How many, 1 to 200; 50 unless said.', schema: { type: 'integer', minimum: 1, maximum: 200 } },
        after: text(say`The "next" of the page before.`, 200),
      },
      handle: async (call) => ({ body: await listBehind(parts, call) }),
    },
    healthRoute(parts),
  ]
}
function healthRoute(parts: ReportParts): Route {
  const health = new KeptAnswers<unknown>(15)
  return {
    ...common,
    method: 'GET',
    path: '/reports/service-health',
    summary: 'The health of business services',
    ok: HEALTH_REPORT,
    query: {
      days: {
        about: 'Over how many days promises are counted: 1 to 366; 30 unless said.',
        schema: { type: 'integer', minimum: 1, maximum: 366 },
      },
    },
    handle: async (call) => {
      const days = numberOf(call, 'days', { usual: 30, most: 366 })
      refuseStrangers(call.actor)
      return {
        body: await health.get(`${call.actor.org}/${days}`, Date.parse(parts.store.now()), () =>
          healthReport(parts, call.actor, days),
        ),
      }
    },
  }
}
function refuseStrangers(actor: Actor): void {
  if (!isAllowed(actor, agreement.can.read))
    throw forbidden(say`Reports on service levels are for the staff, officers and auditors.`)
}

async function levelReport(store: Store, asked: Asked): Promise<LevelReport> {
  const rows = await levelRows(store.db.reader, asked)
  const sum = (key: 'met' | 'breached' | 'running'): number => rows.reduce((total, row) => total + row[key], 0)
  const total = { met: sum('met'), breached: sum('breached'), running: sum('running') }
  const { from, to, by, clock, record } = asked
  return {
    asOf: store.now(),
    from,
    to,
    by,
    clock,
    record,
    rows,
    total: { ...total, percent: percentOf(total.met, total.breached) },
  }
}
async function healthReport(parts: ReportParts, actor: Actor, days: number): Promise<HealthReport> {
  const { store, clocks } = parts
  // As the level report reads "-30d", so that its list holds what is counted here.
  const since = readMoment(`-${days}d`, store.now(), await zoneOf(store, actor.org)) ?? store.now()
  const work = await workNow(parts, actor.org)
  const record = clockedRecords(clocks)[0]
  const items = record === undefined ? [] : await serviceHealth({ store, org: actor.org, record, clocks, since, work })
  return { asOf: store.now(), days, items }
}
async function listBehind(parts: ReportParts, call: Call): Promise<unknown> {
  const asked = await askedOf(parts, call)
  const state = call.query['state'] ?? null
  if (state !== null && !['met', 'breached', 'running'].includes(state))
    throw badRequest(say`"state" is met, breached or running.`)
  const after = call.query['after'] ?? null
  if (after !== null && !/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z\/\d{1,15}$/.test(after))
    throw badRequest(say`"after" is the "next" of the page before.`)
  const { ids, next } = await recordsBehind(parts.store.db, asked, {
    key: call.query['key'] ?? null,
    state,
    after,
    limit: numberOf(call, 'limit', { usual: 50, most: 200 }),
  })
  const record = recordOf(parts, asked.record)
  return { items: await parts.store.many(call.actor, record, ids, { fields: record.list }), next }
}

/** @throws a refusal for a span, a grouping or a clock that is not understood */
async function askedOf(parts: ReportParts, call: Call): Promise<Asked> {
  refuseStrangers(call.actor)
  const { store } = parts
  const zone = await zoneOf(store, call.actor.org)
  const now = store.now()
  const moment = (name: string, usual: string): string => {
    const said = call.query[name] === undefined || call.query[name] === '' ? usual : call.query[name]
    const at = readMoment(said, now, zone)
    if (at === null) throw badRequest(say`"${name}" is not a point in time. Write 2026-01-01, startOfYear or -90d.`)
    return at
  }
  const by = BY.find((one) => one === (call.query['by'] ?? 'month'))
  if (by === undefined) throw badRequest(say`"by" is one of: ${BY.join(', ')}.`)
  const clock = call.query['clock'] || 'resolution'
  if (!/^[\w:]{1,60}$/.test(clock)) throw badRequest(say`"clock" is the name of a clock, such as resolution.`)
  const record = recordOf(parts, call.query['record'] || 'incident')
  const asked = {
    org: call.actor.org,
    from: moment('from', '-12mo'),
    to: moment('to', 'now'),
    by,
    clock,
    clocks: clock === EVERY ? clocksOn(parts, record) : [clock],
    zone,
    record: record.name,
  }
  if (asked.from >= asked.to) throw badRequest(say`"from" is not before "to". Exchange them.`)
  return asked
}
async function zoneOf(store: Store, org: number): Promise<string> {
  const rows = await run<{ zone: string }>(store.db, sql`select time_zone as zone from organisation where id = ${org}`)
  return rows[0]?.zone ?? 'UTC'
}
function recordOf({ clocks }: ReportParts, name: string): RecordType {
  const records = clockedRecords(clocks)
  const found = records.find((record) => record.name === name)
  if (found === undefined)
    throw badRequest(
      say`No clocks run on "${name.slice(0, 40)}". They run on: ${records.map((record) => record.name).join(', ')}.`,
    )
  return found
}
function clocksOn({ clocks }: ReportParts, record: RecordType): string[] {
  return clocks.filter((one) => one.record.name === record.name).map((one) => one.name)
}
function numberOf(call: Call, name: string, { usual, most }: { usual: number; most: number }): number {
  const value = call.query[name] === undefined ? usual : Number(call.query[name])
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw badRequest(say`"${name}" is a whole number from 1 to ${most}.`)
  return value
}

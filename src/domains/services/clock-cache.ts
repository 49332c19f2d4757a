/** The table of clocks and the cached fields of their rows: brought up to date in sets, for lists, reports and the watch. */
import { refreshCache } from '#kit/refresh-cache.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { DerivedClock } from './clocks.ts'
import { bareRows, derivedClocks, figuresOf, iso } from './clocks-of.ts'
import type { Reading } from './clocks-of.ts'

/** A row of the table `clock`, with what the watch needs to act. */
export interface ClockState {
  readonly recordId: number
  readonly name: string
  readonly clock: DerivedClock
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'stopped'
  readonly startedAt: string
  readonly dueMs: number
  readonly stoppedMs: number | null
  readonly targetSeconds: number
  readonly usedSeconds: number
  /** Fractions at which something happens, with their instants, soonest first. */
  readonly moments: readonly { readonly fraction: number; readonly atMs: number }[]
  /** The highest fraction whose consequences were drawn. */
  readonly warned: number
  readonly isAtRisk: boolean
}
export interface Recomputed {
  readonly rows: readonly AnyRow[]
  readonly states: readonly ClockState[]
}
/** How long after the end of a late clock its steps are still taken: a breach seen late is still a breach. */
const LATE_MS = 24 * 3_600_000

/** Derives the clocks of these rows anew and keeps what changed. */
export async function recompute(reading: Reading, ids: readonly number[]): Promise<Recomputed> {
  const rows = await bareRows(reading.on, reading.record, reading.org, ids)
  const derived = await derivedClocks(reading, rows)
  const before = await warnedBefore(reading, ids)
  const states = rows.flatMap((row) =>
    (derived.get(row.id) ?? []).flatMap(
      (clock) => stateOf(row.id, clock, { nowMs: reading.nowMs, before: before.get(`${row.id}/${clock.name}`) }) ?? [],
    ),
  )
  await keep(reading, ids, states)
  await refresh(reading, rows, states)
  return { rows, states }
}

interface Before {
  readonly target: number
  readonly warned: number
}
async function warnedBefore({ on, org, record }: Reading, ids: readonly number[]): Promise<Map<string, Before>> {
  const rows = await run<{ id: number; name: string; target: number; warned: number }>(
    on,
    sql`select record_id as id, name, target, warned from clock where org = ${org} and record = ${record.name} and record_id = any(${ids}::bigint[])`,
  )
  return new Map(rows.map((row) => [`${row.id}/${row.name}`, row]))
}

function stateOf(
  recordId: number,
  clock: DerivedClock,
  { nowMs, before }: { nowMs: number; before: Before | undefined },
): ClockState | null {
  const { target, facts } = clock
  const lastWarning = Math.max(0, ...target.warnAt)
  const fractions = [
    ...new Set([...target.warnAt.filter((part) => part > 0), ...target.escalations.map((step) => step.at), 1]),
  ].sort((a, b) => a - b)
  const figures = figuresOf(clock, fractions)
  if (figures === null) return null
  const stoppedMs = facts.stop?.atMs ?? null
  const moments = inOrder(
    figures.warnings.map(({ fraction, atMs }) => ({ fraction, atMs: fraction === 1 ? figures.dueMs : atMs })),
  )
  // Another target is another promise: its steps have not been taken yet.
  const warned = before?.target === target.id ? before.warned : 0
  const isAtRisk =
    stoppedMs === null &&
    figures.state !== 'breached' &&
    moments.some(({ fraction, atMs }) => fraction === lastWarning && atMs <= nowMs)
  return {
    recordId,
    name: clock.name,
    clock,
    state: figures.state,
    startedAt: iso(facts.startedAt),
    dueMs: figures.dueMs,
    stoppedMs,
    targetSeconds: figures.targetSeconds,
    usedSeconds: figures.usedSeconds,
    moments,
    warned,
    isAtRisk,
  }
}

/** A due at the end of a day can lie behind a later fraction of its hours; nothing comes before what precedes it. */
function inOrder(moments: readonly { fraction: number; atMs: number }[]): { fraction: number; atMs: number }[] {
  let reached = Number.NEGATIVE_INFINITY
  return moments.map(({ fraction, atMs }) => ({ fraction, atMs: (reached = Math.max(reached, atMs)) }))
}

/** The moments up to now (or the clock's end) whose consequences were not drawn yet. */
export function momentsDue(state: ClockState, nowMs: number): { fraction: number; atMs: number }[] {
  const isOldNews = state.stoppedMs !== null && (state.state !== 'breached' || state.stoppedMs < nowMs - LATE_MS)
  const end = state.stoppedMs ?? nowMs
  // The due instant itself is still in time; a warning has come when it is reached.
  const hasCome = ({ fraction, atMs }: { fraction: number; atMs: number }): boolean =>
    fraction >= 1 ? atMs < end : atMs <= end
  return isOldNews ? [] : state.moments.filter((moment) => moment.fraction > state.warned + 1e-6 && hasCome(moment))
}
/** When the watch must look at this clock next; null when nothing will happen by itself. */
function nextMoment(state: ClockState, nowMs: number): string | null {
  const due = momentsDue(state, nowMs)[0]
  if (due !== undefined) return iso(due.atMs)
  if (state.stoppedMs !== null || state.state === 'paused') return null
  const next = state.moments.find((moment) => moment.fraction > state.warned + 1e-6)
  return next === undefined ? null : iso(next.fraction >= 1 ? next.atMs + 1 : next.atMs)
}

/** Deletes the clocks that no longer apply and writes those that changed. */
async function keep(reading: Reading, ids: readonly number[], states: readonly ClockState[]): Promise<void> {
  const { on, org, record, nowMs } = reading
  const rows = states.map((state) => ({
    id: state.recordId,
    name: state.name,
    agreement: state.clock.agreement.id,
    target: state.clock.target.id,
    calendar: state.clock.agreement.calendar.id,
    state: state.state,
    started: state.startedAt,
    due: state.state === 'paused' ? null : iso(state.dueMs),
    stopped: state.stoppedMs === null ? null : iso(state.stoppedMs),
    seconds: Math.round(state.targetSeconds),
    used: state.stoppedMs === null ? null : Math.round(state.usedSeconds),
    warn: nextMoment(state, nowMs),
    warned: state.warned,
  }))
  await run(
    on,
    sql`delete from clock where org = ${org} and record = ${record.name} and record_id = any(${ids}::bigint[])
    and not exists (select from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.name)}::text[]) v (id, name) where v.id = clock.record_id and v.name = clock.name)`,
  )
  if (rows.length === 0) return
  await run(
    on,
    sql`insert into clock as c (org, record, record_id, name, agreement, target, calendar, service, priority, state, started_at, due_at, stopped_at, target_seconds, used_seconds, warn_at, warned)
    select ${org}::integer, ${record.name}::text, v.id, v.name, v.agreement, v.target, v.calendar, ${column(record, 'service')}, ${column(record, 'priority')}, v.state, v.started, v.due, v.stopped, v.seconds, v.used, v.warn, v.warned
    from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.agreement)}::bigint[], ${rows.map((row) => row.target)}::bigint[], ${rows.map((row) => row.calendar)}::bigint[],
      ${rows.map((row) => row.state)}::text[], ${rows.map((row) => row.started)}::timestamptz[], ${rows.map((row) => row.due)}::timestamptz[], ${rows.map((row) => row.stopped)}::timestamptz[],
      ${rows.map((row) => row.seconds)}::bigint[], ${rows.map((row) => row.used)}::bigint[], ${rows.map((row) => row.warn)}::timestamptz[], ${rows.map((row) => row.warned)}::real[])
      v (id, name, agreement, target, calendar, state, started, due, stopped, seconds, used, warn, warned)
    join ${raw(record.table)} t on t.org = ${org} and t.id = v.id order by v.id, v.name
    on conflict (org, record, record_id, name) do update set agreement = excluded.agreement, target = excluded.target, calendar = excluded.calendar, service = excluded.service, priority = excluded.priority,
      state = excluded.state, started_at = excluded.started_at, due_at = excluded.due_at, stopped_at = excluded.stopped_at, target_seconds = excluded.target_seconds, used_seconds = excluded.used_seconds, warn_at = excluded.warn_at, warned = excluded.warned
    where (c.agreement, c.target, c.calendar, c.service, c.priority, c.state, c.started_at, c.due_at, c.stopped_at, c.target_seconds, c.used_seconds, c.warn_at, c.warned)
      is distinct from (excluded.agreement, excluded.target, excluded.calendar, excluded.service, excluded.priority, excluded.state, excluded.started_at, excluded.due_at, excluded.stopped_at, excluded.target_seconds, excluded.used_seconds, excluded.warn_at, excluded.warned)`,
  )
}

function column(record: RecordType, name: string): Fragment {
  return raw(record.fields[name] === undefined ? 'null' : `t.${name}`)
}

/** The row's next due instant and its level, from the promises to the business; from the others where there are none. */
async function refresh(
  { on, org, record }: Reading,
  rows: readonly AnyRow[],
  states: readonly ClockState[],
): Promise<void> {
  if (record.cached?.includes('level') !== true || record.cached.includes('dueAt') !== true) return
  const byRow = Map.groupBy(states, (state) => state.recordId)
  await refreshCache(
    on,
    org,
    record,
    rows.map((row) => ({ row, values: standing(byRow.get(row.id) ?? []) })),
  )
}
/**
 * What lists show of a row's clocks. `dueAt` is the soonest of those that run; null when none does. `timeLeft`, in whole
 * minutes, is the least that one of them has left while all of them are paused.
 */
export function standing(all: readonly ClockState[]): {
  dueAt: string | null
  level: 'ok' | 'risk' | 'paused' | 'breached' | null
  timeLeft: number | null
} {
  const customer = all.filter((state) => state.clock.agreement.kind === 'customer')
  const states = customer.length > 0 ? customer : all
  const open = states.filter((state) => state.stoppedMs === null)
  const dues = open.filter((state) => state.state !== 'paused').map((state) => state.dueMs)
  const level = levelOf(states, open)
  const lefts = open.map((state) => Math.floor((state.targetSeconds - state.usedSeconds) / 60))
  return {
    dueAt: dues.length === 0 ? null : iso(Math.min(...dues)),
    level,
    timeLeft: level === 'paused' ? Math.min(...lefts) : null,
  }
}
function levelOf(
  states: readonly ClockState[],
  open: readonly ClockState[],
): 'ok' | 'risk' | 'paused' | 'breached' | null {
  if (states.length === 0) return null
  if (states.some((state) => state.state === 'breached')) return 'breached'
  if (open.length > 0 && open.every((state) => state.state === 'paused')) return 'paused'
  return open.some((state) => state.isAtRisk && state.state === 'running') ? 'risk' : 'ok'
}

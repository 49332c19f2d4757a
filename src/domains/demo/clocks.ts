/** The clocks of an incident as the services domain keeps them in its table, and what lists show of them. */
import { clockFigures } from '#engines/service-level.ts'
import type { ClockFigures, Stop } from '#engines/service-level.ts'
import type { Pause } from '#engines/pauses.ts'
import type { AnyRow } from '#kit/record.ts'
import { idIn } from '#kit/write.ts'
import type { Book } from './book.ts'
import type { ClockName, Pledge } from './levels.ts'
import { WARNINGS } from './levels.ts'
import type { Story } from './story.ts'
import { instantOf } from './story.ts'

export interface Kept {
  readonly firstResponse: ClockFigures['state'] | null
  readonly resolution: ClockFigures['state'] | null
}
interface Running {
  readonly name: ClockName
  readonly figures: ClockFigures
  readonly stop: Stop | null
}
const NAMES = ['firstResponse', 'resolution'] as const

/** Writes both clocks of an incident and its cached due instant and level. @param pauses stays in waiting, and in resolved when it was reopened */
export function keepClocks(
  book: Book,
  story: Story,
  pledge: Pledge,
  facts: { pauses: readonly Pause[]; nowMs: number },
): Kept {
  const { row } = story
  const clocks = NAMES.flatMap((name) => clockOf(row, pledge, name, facts) ?? [])
  for (const clock of clocks) book.clock(values(row, pledge, clock))
  story.cache(standing(clocks))
  const stateOf = (name: ClockName): ClockFigures['state'] | null =>
    clocks.find((clock) => clock.name === name)?.figures.state ?? null
  return { firstResponse: stateOf('firstResponse'), resolution: stateOf('resolution') }
}

function clockOf(
  row: AnyRow,
  pledge: Pledge,
  name: ClockName,
  { pauses, nowMs }: { pauses: readonly Pause[]; nowMs: number },
): Running | null {
  const target = pledge.targets.get(`${String(row['priority'])}/${name}`)
  if (target === undefined) return null
  const startedAt = msOf(row['openedAt']) ?? nowMs
  const done = msOf(row[name === 'resolution' ? 'resolvedAt' : 'respondedAt'])
  const cancelled = row['status'] === 'cancelled' ? msOf(row['closedAt']) : null
  const isDone = done !== null && (cancelled === null || done <= cancelled)
  const stop: Stop | null = isDone
    ? { atMs: done, how: 'fulfilled' }
    : cancelled === null
      ? null
      : { atMs: cancelled, how: 'cancelled' }
  const figures = clockFigures({
    startedAt,
    target: { workingSeconds: target.seconds },
    calendar: pledge.calendar,
    pauses,
    stop,
    now: nowMs,
    warnings: [...WARNINGS],
  })
  return { name, figures, stop }
}
function values(row: AnyRow, pledge: Pledge, { name, figures, stop }: Running): readonly unknown[] {
  const target = pledge.targets.get(`${String(row['priority'])}/${name}`)
  const reached = figures.warnings.findLast(({ passed }) => passed)?.fraction ?? 0
  const warned = figures.state === 'breached' ? 1 : reached
  const isWatched = stop === null && figures.state === 'running'
  const next = figures.warnings.find(({ passed }) => !passed)
  const warnAt = isWatched ? instantOf(next?.atMs ?? figures.dueMs + 1) : null
  return [
    'incident',
    row.id,
    name,
    pledge.ref.id,
    target?.ref.id ?? null,
    pledge.calendarRef.id,
    idIn(row['service']),
    row['priority'],
    figures.state,
    row['openedAt'],
    figures.state === 'paused' ? null : instantOf(figures.dueMs),
    stop === null ? null : instantOf(stop.atMs),
    Math.round(figures.targetSeconds),
    stop === null ? null : Math.round(figures.usedSeconds),
    warnAt,
    warned,
  ]
}
function standing(clocks: readonly Running[]): { dueAt: string | null; level: string | null; timeLeft: number | null } {
  const open = clocks.filter((clock) => clock.stop === null)
  const dues = open.filter((clock) => clock.figures.state !== 'paused').map((clock) => clock.figures.dueMs)
  const level = levelOf(clocks, open)
  const lefts = open.map(({ figures }) => Math.floor((figures.targetSeconds - figures.usedSeconds) / 60))
  return {
    dueAt: dues.length === 0 ? null : instantOf(Math.min(...dues)),
    level,
    timeLeft: level === 'paused' ? Math.min(...lefts) : null,
  }
}
function levelOf(clocks: readonly Running[], open: readonly Running[]): string | null {
  if (clocks.length === 0) return null
  if (clocks.some((clock) => clock.figures.state === 'breached')) return 'breached'
  if (open.length > 0 && open.every((clock) => clock.figures.state === 'paused')) return 'paused'
  return open.some((clock) => clock.figures.state === 'running' && clock.figures.warnings.at(-1)?.passed === true)
    ? 'risk'
    : 'ok'
}
function msOf(value: unknown): number | null {
  return typeof value === 'string' ? Date.parse(value) : null
}

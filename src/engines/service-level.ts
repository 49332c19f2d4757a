/**
 * Service-level clocks, derived from history at every question and never stored: change the calendar, the target or
 * the history, and the due instant follows. The due instant of an unpaused clock is moved on by the service hours of
 * each pause that begins before it.
 */

import { closedPauses } from './pauses.ts'
import type { ClosedPause, Pause } from './pauses.ts'
import { addWorking, workingSecondsBetween } from './service-hours.ts'
import type { Calendar } from './service-hours.ts'
import { clockArithmetic } from './service-level-because.ts'
import { addWorkingDays } from './working-days.ts'

/** Seconds of service hours, or working days with the wall clock kept (to the last closing of that day with `endOfDay`). */
export type Target = { workingSeconds: number } | { workingDays: number; endOfDay?: boolean }

/** Why a clock ended: its duty was done, or there was nothing left to do (withdrawn, merged). */
export interface Stop {
  atMs: number
  how: 'fulfilled' | 'cancelled'
}

export interface ClockFacts {
  startedAt: number
  target: Target
  calendar: Calendar
  pauses: readonly Pause[]
  stop: Stop | null
  now: number
  /** Parts of the target (0.5, 0.8) at which to warn. */
  warnings: readonly number[]
}

export interface Warning {
  fraction: number
  atMs: number
  passed: boolean
}

/**
 * `state`: 'met' and 'breached' compare the stop (or now) with the due instant, and the due instant itself is in time.
 * A clock that breached stays so, paused or not; 'stopped' is a clock cancelled in time.
 * `dueMs` while paused is when it would be due if it resumed now, so it moves on with the service hours.
 * `targetSeconds` of a target in days is the service hours from the start to the unpaused due instant.
 * `marginSeconds` is target less used: below 0 it is late by that much service time. A due at closing time can be
 * breached with a margin of 0, when it is still closed.
 */
export interface ClockFigures {
  state: 'running' | 'paused' | 'met' | 'breached' | 'stopped'
  dueMs: number
  usedSeconds: number
  targetSeconds: number
  marginSeconds: number
  warnings: Warning[]
}

/** `because` is the arithmetic line by line, in time order, with its numbers. */
export interface ClockDecision extends ClockFigures {
  because: { text: string; atMs: number }[]
}

/** Where the clock stands, with its reasons. @throws as `addWorking` and `addWorkingDays` */
export function decideClock(facts: ClockFacts): ClockDecision {
  const figures = clockFigures(facts)
  const pauses = pausesOf(facts)
  return { ...figures, because: clockArithmetic({ facts, figures, pauses, end: endOf(facts) }) }
}

/** The same without the reasons, for long lists. @throws as `addWorking` and `addWorkingDays` */
export function clockFigures(facts: ClockFacts): ClockFigures {
  const { calendar, startedAt, target } = facts
  const end = endOf(facts)
  const pauses = pausesOf(facts)
  const unpausedDue = dueWithoutPauses(facts)
  const targetSeconds =
    'workingSeconds' in target ? target.workingSeconds : workingSecondsBetween(calendar, startedAt, unpausedDue)
  const pausedSeconds = pauses.reduce(
    (sum, pause) => sum + workingSecondsBetween(calendar, pause.fromMs, pause.toMs),
    0,
  )
  const usedSeconds = workingSecondsBetween(calendar, startedAt, end) - pausedSeconds
  const dueMs = endedDay(facts, unpausedDue, movedOn(calendar, unpausedDue, pauses))
  return {
    state: stateOf(facts, dueMs, pauses),
    dueMs,
    usedSeconds,
    targetSeconds,
    marginSeconds: targetSeconds - usedSeconds,
    warnings: facts.warnings.map((fraction) => {
      const atMs = movedOn(calendar, addWorking(calendar, startedAt, Math.round(targetSeconds * fraction)), pauses)
      return { fraction, atMs, passed: atMs <= end }
    }),
  }
}

function endOf({ stop, now }: ClockFacts): number {
  return stop === null ? now : stop.atMs
}

function pausesOf(facts: ClockFacts): ClosedPause[] {
  return closedPauses(facts.pauses, facts.startedAt, endOf(facts))
}

function dueWithoutPauses({ calendar, startedAt, target }: ClockFacts): number {
  if ('workingSeconds' in target) return addWorking(calendar, startedAt, target.workingSeconds)
  return addWorkingDays(calendar, startedAt, target.workingDays, { endOfDay: target.endOfDay === true })
}

/** An instant of an unpaused clock moved on by the service hours of each pause that begins before it. */
function movedOn(calendar: Calendar, unpausedMs: number, pauses: readonly ClosedPause[]): number {
  return pauses.reduce((atMs, pause) => {
    const paused = pause.fromMs < atMs ? workingSecondsBetween(calendar, pause.fromMs, pause.toMs) : 0
    return paused > 0 ? addWorking(calendar, atMs, paused) : atMs
  }, unpausedMs)
}

/** A target at the end of a day stays one after pauses: it moves to the end of the day it was moved into. */
function endedDay({ calendar, target }: ClockFacts, unpausedDue: number, dueMs: number): number {
  const isEndOfDay = 'workingDays' in target && target.endOfDay === true
  return isEndOfDay && dueMs !== unpausedDue ? addWorkingDays(calendar, dueMs, 0, { endOfDay: true }) : dueMs
}

function stateOf(facts: ClockFacts, dueMs: number, pauses: readonly ClosedPause[]): ClockFigures['state'] {
  if (endOf(facts) > dueMs) return 'breached'
  if (facts.stop !== null) return facts.stop.how === 'fulfilled' ? 'met' : 'stopped'
  return pauses.at(-1)?.isOpen === true ? 'paused' : 'running'
}

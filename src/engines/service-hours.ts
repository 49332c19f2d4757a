/**
 * Arithmetic in service hours on epoch milliseconds: when is it due, how long was worked, is it open.
 * Boundary rule: an amount that is used up exactly at closing time is due at closing time, not at the next opening.
 */

import { say } from './say.ts'
import { lastAtMost, nextStretch, stretchAt, stretchOf, workedBefore } from './opening-hours.ts'
import type { Calendar } from './opening-hours.ts'

export { compileCalendar, BeyondCalendar, NoServiceHours, TooFar } from './opening-hours.ts'
export type { Calendar } from './opening-hours.ts'

/**
 * The instant at which `workingSeconds` of service hours have passed since `fromMs`.
 * Used up exactly at closing: closing time. 0 seconds: `fromMs` itself when open (opening included, closing not),
 * else the next opening.
 * @throws NoServiceHours when ten years hold no opening, TooFar beyond 40 years, BeyondCalendar outside 1900 to 2200,
 * RangeError for a negative amount
 */
export function addWorking(calendar: Calendar, fromMs: number, workingSeconds: number): number {
  refuseNegative(workingSeconds)
  if (workingSeconds === 0) return isWorking(calendar, fromMs) ? fromMs : nextOpening(calendar, fromMs)
  const walk = { index: stretchAt(calendar, fromMs), empty: 0, walked: 0 }
  let stretch = stretchOf(calendar, walk.index)
  let wanted = workedBefore(stretch, fromMs) + workingSeconds * 1000
  while (wanted > stretch.totalMs) {
    wanted -= stretch.totalMs
    stretch = nextStretch(calendar, walk, 1)
  }
  // The opening before which less than `wanted` was worked: at exactly `wanted` the one before has just closed.
  let index = lastAtMost(stretch.before, wanted)
  if (stretch.before[index] === wanted) index--
  // wanted is above 0 and at most the total, so index is an opening of this stretch.
  return (stretch.starts[index] as number) + wanted - (stretch.before[index] as number)
}

/**
 * The latest instant from which `workingSeconds` of service hours lead to `fromMs`; the mirror of `addWorking`.
 * Used up exactly at an opening: that opening. 0 seconds: `fromMs` itself when open or just closing, else the last closing.
 * @throws as `addWorking`
 */
export function subtractWorking(calendar: Calendar, fromMs: number, workingSeconds: number): number {
  refuseNegative(workingSeconds)
  if (workingSeconds === 0) return isWorking(calendar, fromMs) ? fromMs : lastClosing(calendar, fromMs)
  const walk = { index: stretchAt(calendar, fromMs), empty: 0, walked: 0 }
  let stretch = stretchOf(calendar, walk.index)
  let wanted = workedBefore(stretch, fromMs) - workingSeconds * 1000
  while (wanted < 0) {
    stretch = nextStretch(calendar, walk, -1)
    wanted += stretch.totalMs
  }
  const index = lastAtMost(stretch.before, wanted)
  // wanted is at least 0 and below the total, so index is an opening of this stretch.
  return (stretch.starts[index] as number) + wanted - (stretch.before[index] as number)
}

/** Seconds of service hours from `fromMs` to `toMs`; 0 when `toMs` is not later. @throws BeyondCalendar outside 1900 to 2200 */
export function workingSecondsBetween(calendar: Calendar, fromMs: number, toMs: number): number {
  if (!(fromMs < toMs)) return 0
  const last = stretchAt(calendar, toMs)
  let index = stretchAt(calendar, fromMs)
  let worked = -workedBefore(stretchOf(calendar, index), fromMs)
  for (; index < last; index++) worked += stretchOf(calendar, index).totalMs
  return (worked + workedBefore(stretchOf(calendar, last), toMs)) / 1000
}

/** Whether an instant is in service hours: opening time is, closing time is not. */
export function isWorking(calendar: Calendar, ms: number): boolean {
  const stretch = stretchOf(calendar, stretchAt(calendar, ms))
  const index = lastAtMost(stretch.starts, ms)
  return index >= 0 && ms < (stretch.ends[index] as number)
}

/** Whether an opening ends at exactly this instant. */
export function closesAt(calendar: Calendar, ms: number): boolean {
  const stretch = stretchOf(calendar, stretchAt(calendar, ms - 1))
  return stretch.ends[lastAtMost(stretch.starts, ms - 1)] === ms
}

/** The first opening time at or after an instant. @throws as `addWorking` */
export function nextOpening(calendar: Calendar, ms: number): number {
  const walk = { index: stretchAt(calendar, ms), empty: 0, walked: 0 }
  let stretch = stretchOf(calendar, walk.index)
  let found = stretch.starts[lastAtMost(stretch.starts, ms - 1) + 1]
  while (found === undefined) {
    stretch = nextStretch(calendar, walk, 1)
    found = stretch.starts[0]
  }
  return found
}

/** The last closing time at or before an instant. @throws as `addWorking` */
export function lastClosing(calendar: Calendar, ms: number): number {
  const walk = { index: stretchAt(calendar, ms), empty: 0, walked: 0 }
  let stretch = stretchOf(calendar, walk.index)
  let found = stretch.ends[lastAtMost(stretch.ends, ms)]
  while (found === undefined) {
    stretch = nextStretch(calendar, walk, -1)
    found = stretch.ends.at(-1)
  }
  return found
}

function refuseNegative(workingSeconds: number): void {
  if (workingSeconds >= 0) return
  throw new RangeError(
    say`${workingSeconds} is no amount of service time. Give 0 seconds or more; subtractWorking goes back.`,
  )
}

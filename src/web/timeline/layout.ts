// Where bars, milestones and dependencies lie on a scale. Arithmetic alone: rows and a scale in, places out.
import { plusDays } from '../when/days.ts'
import type { Span } from '../when/when.ts'
import { xOf, type Scale } from './scale.ts'

export interface Bar {
  /** From the beginning of the scale, cut at its ends. */
  x: number
  width: number
  /** One date: a diamond in the middle of its day. */
  isMilestone: boolean
  /** It goes on outside of what is shown. */
  isCutBefore: boolean
  isCutAfter: boolean
  /** It has no end yet: drawn up to the end of the scale. */
  isOpen: boolean
}
const narrowest = 6
const milestone = 24

/** @param hasEnd whether the record says an end at all; without one, a date is a milestone. Null outside of the scale. */
export function barOf(span: Span, hasEnd: boolean, scale: Scale): Bar | null {
  const last = span.last ?? scale.last
  if (span.first > scale.last || last < scale.first) return null
  if (!hasEnd) {
    const middle = xOf(scale, span.first) + scale.perDay / 2
    return { x: middle - milestone / 2, width: milestone, isMilestone: true, isCutBefore: false, isCutAfter: false, isOpen: false } // oxfmt-ignore
  }
  const begin = Math.max(0, xOf(scale, span.first))
  const end = Math.min(scale.width, xOf(scale, plusDays(last, 1)))
  return {
    x: begin,
    width: Math.max(narrowest, end - begin),
    isMilestone: false,
    isCutBefore: span.first < scale.first,
    isCutAfter: span.last !== null && span.last > scale.last,
    isOpen: span.last === null,
  }
}

/** An end of a dependency: a bar and the row in which it stands. */
export interface End {
  bar: Pick<Bar, 'x' | 'width'>
  row: number
}
const elbow = 9

/** From the end of what must be over to the beginning of what waits for it, with right angles; around it where that lies earlier. */
export function arrowPath(from: End, to: End, rowHeight: number): string {
  const [x1, y1] = [from.bar.x + from.bar.width, (from.row + 0.5) * rowHeight]
  const [x2, y2] = [to.bar.x, (to.row + 0.5) * rowHeight]
  if (x2 >= x1 + 2 * elbow) return `M${x1},${y1}H${x1 + elbow}V${y2}H${x2}`
  const between = (to.row > from.row ? from.row + 1 : from.row) * rowHeight
  return `M${x1},${y1}H${x1 + elbow}V${between}H${x2 - elbow}V${y2}H${x2}`
}

/** Days for a way of the pointer, to whole ones. */
export function daysOf(pixels: number, { perDay }: Pick<Scale, 'perDay'>): number {
  const days = Math.round(pixels / perDay)
  return days === 0 ? 0 : days
}

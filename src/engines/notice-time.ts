/** When a notice goes by mail: at once, with a digest, or after the quiet hours. Wall clock of the person, across clock changes. */

/** '07:30' */
export type ClockTime = string
export interface Digest {
  readonly kind: 'off' | 'hourly' | 'daily' | 'weekdays'
  /** Of daily and weekdays. */
  readonly at: ClockTime
}
/** From and until, over midnight where the second is the earlier one; the same time twice is none. */
export interface Quiet {
  readonly from: ClockTime
  readonly until: ClockTime
}
export interface Rhythm {
  readonly zone: string
  readonly digest: Digest
  readonly quiet: Quiet | null
}
/** What comes together goes together. */
const GATHER_SECONDS = 30

/** The instant at which something that happened `now` is sent. Urgent is sent at once, whatever the hour. */
export function sendAt(now: Temporal.Instant, rhythm: Rhythm, isUrgent: boolean): Temporal.Instant {
  return isUrgent ? now : afterQuiet(digestAt(now, rhythm), rhythm)
}

function digestAt(now: Temporal.Instant, { zone, digest }: Rhythm): Temporal.Instant {
  const here = now.toZonedDateTimeISO(zone)
  if (digest.kind === 'off') return now.add({ seconds: GATHER_SECONDS })
  if (digest.kind === 'hourly') return here.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 }).toInstant() // oxfmt-ignore
  const time = Temporal.PlainTime.from(digest.at)
  for (let day = here.toPlainDate(); ; day = day.add({ days: 1 })) {
    if (digest.kind === 'weekdays' && day.dayOfWeek > 5) continue
    // A time that the clock leaves out is the later one, one that it has twice the first: each digest goes once.
    const at = day.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()
    if (Temporal.Instant.compare(at, now) > 0) return at
  }
}

function afterQuiet(at: Temporal.Instant, { zone, quiet }: Rhythm): Temporal.Instant {
  if (quiet === null || quiet.from === quiet.until) return at
  const from = Temporal.PlainTime.from(quiet.from)
  const until = Temporal.PlainTime.from(quiet.until)
  const isOverMidnight = Temporal.PlainTime.compare(until, from) < 0
  const today = at.toZonedDateTimeISO(zone).toPlainDate()
  for (const first of [today.subtract({ days: 1 }), today]) {
    const begin = first.toZonedDateTime({ timeZone: zone, plainTime: from }).toInstant()
    const last = isOverMidnight ? first.add({ days: 1 }) : first
    const end = last.toZonedDateTime({ timeZone: zone, plainTime: until }).toInstant()
    if (Temporal.Instant.compare(begin, at) <= 0 && Temporal.Instant.compare(at, end) < 0) return end
  }
  return at
}

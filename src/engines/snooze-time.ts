/** Until when something is put off: a usual moment, one by the wall clock of the person, or an instant. */

const MORNING = '08:00'

/** 'hours' | 'tomorrow' | 'monday' | '2026-11-23T08:00' in the zone | an instant with Z; null when it is none of these. */
export function snoozeUntil(asked: string, now: Temporal.Instant, zone: string): Temporal.Instant | null {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const morning = (days: number): Temporal.Instant =>
    today
      .add({ days })
      .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(MORNING) })
      .toInstant()
  if (asked === 'hours') return now.add({ hours: 3 })
  if (asked === 'tomorrow') return morning(1)
  if (asked === 'monday') return morning(8 - today.dayOfWeek)
  try {
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(asked)) return Temporal.PlainDateTime.from(asked, { overflow: 'reject' }).toZonedDateTime(zone).toInstant() // oxfmt-ignore
    return /^\d{4}-[\dT:.-]+Z$/.test(asked) ? Temporal.Instant.from(asked) : null
  } catch {
    return null // a day or an hour that there is not
  }
}

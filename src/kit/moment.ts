/** Points in time as people write them in filters: now, today, startOfMonth, -7d, +2h, 2026-11-21, full instants. */

const RELATIVE = /^([+-])(\d{1,5})(m|h|d|w|mo|y)$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const UNITS = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks', mo: 'months', y: 'years' } as const

/** The instant in ISO form, or null when it is not understood. Days begin in `zone`. */
export function readMoment(text: string, now: string, zone: string): string | null {
  try {
    const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone)
    const zoned =
      named(text, here) ??
      relative(text, here) ??
      (DAY.test(text) ? Temporal.PlainDate.from(text).toZonedDateTime(zone) : null)
    const at = zoned === null ? Temporal.Instant.from(text) : zoned.toInstant()
    return at.epochMilliseconds < -2.2e12 || at.epochMilliseconds > 7.3e12
      ? null
      : new Date(at.epochMilliseconds).toISOString()
  } catch {
    return null // Temporal throws RangeError on what is no date; the caller says so to the person
  }
}
/** The calendar day in `zone`, or null. */
export function readDay(text: string, now: string, zone: string): string | null {
  const at = readMoment(text, now, zone)
  return at === null ? null : Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

function named(text: string, here: Temporal.ZonedDateTime): Temporal.ZonedDateTime | null {
  const today = here.startOfDay()
  switch (text) {
    case 'now':
      return here
    case 'today':
      return today
    case 'yesterday':
      return today.subtract({ days: 1 })
    case 'tomorrow':
      return today.add({ days: 1 })
    case 'startOfWeek':
      return today.subtract({ days: here.dayOfWeek - 1 })
    case 'startOfMonth':
      return today.with({ day: 1 })
    case 'startOfYear':
      return today.with({ day: 1, month: 1 })
    default:
      return null
  }
}
function relative(text: string, here: Temporal.ZonedDateTime): Temporal.ZonedDateTime | null {
  const match = RELATIVE.exec(text)
  if (match === null) return null
  const unit = UNITS[match[3] as keyof typeof UNITS] // the pattern admits nothing else
  const amount = { [unit]: Number(match[2]) }
  return match[1] === '-' ? here.subtract(amount) : here.add(amount)
}

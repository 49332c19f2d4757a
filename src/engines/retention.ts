/** Which backups to keep: the newest of each of the last so many days, weeks and months that have one. */

export interface Keep {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}
export interface Kept {
  readonly name: string
  /** When it was begun. */
  readonly at: string
  readonly isProven: boolean
}
type Period = (day: Temporal.PlainDate) => string

/**
 * Names to remove, oldest first. Days are those of UTC, weeks begin on Monday. The newest backup and the newest proven
 * one always stay, whatever the counts say: there is no moment without a backup that is known to be good.
 */
export function toRemove(backups: readonly Kept[], keep: Keep): string[] {
  const newest = [...backups].sort((a, b) => (a.at < b.at ? 1 : -1))
  const kept = new Set<string>()
  const [first, proven] = [newest[0], newest.find(({ isProven }) => isProven)]
  if (first !== undefined) kept.add(first.name)
  if (proven !== undefined) kept.add(proven.name)
  const counts: readonly (readonly [Period, number])[] = [
    [(day) => day.toString(), keep.daily],
    [(day) => `${day.yearOfWeek}-${day.weekOfYear}`, keep.weekly],
    [(day) => day.toPlainYearMonth().toString(), keep.monthly],
  ]
  for (const [period, count] of counts) for (const name of newestOfEach(newest, period, count)) kept.add(name)
  return newest
    .filter(({ name }) => !kept.has(name))
    .map(({ name }) => name)
    .reverse()
}

function newestOfEach(newest: readonly Kept[], period: Period, count: number): string[] {
  const found = new Map<string, string>()
  for (const { name, at } of newest) {
    const of = period(Temporal.Instant.from(at).toZonedDateTimeISO('UTC').toPlainDate())
    if (!found.has(of) && found.size < count) found.set(of, name)
  }
  return [...found.values()]
}

/** The last moment at or before `now` when a daily job at `at` ("02:15", UTC) was due. */
export function lastDue(at: string, now: string): string {
  const time = Temporal.PlainTime.from(at)
  const moment = Temporal.Instant.from(now).toZonedDateTimeISO('UTC')
  const today = moment.withPlainTime(time)
  const due = Temporal.ZonedDateTime.compare(today, moment) <= 0 ? today : today.subtract({ days: 1 })
  return due.toInstant().toString({ smallestUnit: 'millisecond' })
}

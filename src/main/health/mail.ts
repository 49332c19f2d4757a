/** The line "Mail" of the health page and the doctor, and what /metrics says of the outbox. */
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import type { MailStanding } from '#kit/mail/standing.ts'
import { mailStanding } from '#kit/mail/standing.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { Gauge } from '#platform/metrics.ts'

const LATE_MS = 3_600_000

export async function mailItem(on: Sql, now: () => string): Promise<HealthItem> {
  return mailVerdict(await mailStanding(on, null), now())
}
export function mailVerdict(of: MailStanding, now: string): HealthItem {
  const { isOn, failingSince, lastError, lastDeliveredAt, waiting, oldestAt, held, failed } = of
  const last = lastDeliveredAt === null ? say`nothing delivered yet` : say`last delivered ${minute(lastDeliveredAt)}`
  const value = [
    isOn ? last : say`not set up`,
    ...(waiting === 0 ? [] : [say`${waiting} waiting`]),
    ...(held === 0 ? [] : [say`${held} held`]),
    ...(failed === 0 ? [] : [say`${failed} failed in seven days`]),
  ].join(', ')
  const item = (state: HealthItem['state'], todo: string): HealthItem => ({ name: say`Mail`, state, value, todo })
  if (!isOn)
    return held + waiting === 0
      ? item('good', '')
      : item('warn', say`Mails wait that nobody sends. Give a server under Settings, Mail; what waits is shown there.`)
  if (failingSince !== null)
    return item('bad', say`No mail leaves since ${minute(failingSince)}: ${lastError ?? ''} Mend it under Settings, Mail; nothing is lost, it goes on by itself.`) // oxfmt-ignore
  if (oldestAt !== null && Date.parse(now) - Date.parse(oldestAt) > LATE_MS)
    return item('warn', say`Mails wait for more than an hour. Settings, Mail says why; see whether a process with the role worker runs.`) // oxfmt-ignore
  if (failed > 0) return item('warn', say`Settings, Mail says which were refused and why. Correct the address, then send again, or discard them.`) // oxfmt-ignore
  return item('good', '')
}
/** Queue length and age; nothing while the database cannot be asked. */
export async function mailGauges(on: Sql, now: () => string): Promise<Gauge[]> {
  try {
    const { waiting, oldestAt, failingSince } = await mailStanding(on, null)
    const age = oldestAt === null ? 0 : Math.max(0, (Date.parse(now()) - Date.parse(oldestAt)) / 1000)
    return [
      { name: 'pilothouse_mail_waiting', help: 'Mails that wait to be sent.', value: waiting },
      { name: 'pilothouse_mail_oldest_seconds', help: 'Age of the oldest mail that waits.', value: age },
      { name: 'pilothouse_mail_failing', help: 'Whether the mail server cannot be used (1).', value: failingSince === null ? 0 : 1 }, // oxfmt-ignore
    ]
  } catch {
    return [] // whoever scrapes sees the rest; readyz says what is the matter
  }
}
function minute(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}

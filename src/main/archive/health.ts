/** The line "Point in time" of the health page and the doctor. */
import { counted, say } from '#engines/say.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { Installation } from '#main/installation.ts'
import type { Standing } from './standing.ts'
import { standing } from './standing.ts'

const NAME = (): string => say`Point in time`
const MINUTE_MS = 60_000
/** Four times what is usual. */
const LATE_MS = 20 * MINUTE_MS

export async function archiveItem(of: Installation): Promise<HealthItem> {
  if (of.config.databaseUrl !== null)
    return good(say`the log of an external database is archived by its own administrators`)
  if (of.config.archive === null) return good(say`switched off (PILOTHOUSE_ARCHIVE_TO=off)`)
  const found = await standing(of)
  return found === null ? good(say`the server of this database archives nothing`) : verdict(found, of.store.now())
}

export function verdict(of: Standing, now: string): HealthItem {
  const age = (at: string | null | undefined): number => (at === null || at === undefined ? 0 : Date.parse(now) - Date.parse(at)) // oxfmt-ignore
  const { said, server, waiting: wait } = of
  const value = valueOf(of, now)
  const item = (state: HealthItem['state'], todo: string): HealthItem => ({ name: NAME(), state, value, todo })
  if (said.shipping !== undefined)
    return item(
      'bad',
      say`Since ${minute(said.shipping.since)} the log cannot be written to ${of.place}: ${said.shipping.because} Make room or mend the folder; then it goes on by itself. Pilothouse works on, but moments since then cannot be brought back yet.`,
    )
  if (server.failedAt !== null && server.failedAt > (server.archivedAt ?? ''))
    return item(
      'bad',
      say`The database cannot hand over its log since ${minute(server.failedAt)}. See whether the disk is full; the reason is in postgres-logs in the data folder. Then it goes on by itself.`,
    )
  if (said.base !== undefined)
    return item('bad', say`The last base backup failed: ${said.base.because} Then make one: pilothouse archive base`)
  if (of.trouble !== null) return item('bad', say`The archive cannot be read: ${of.trouble} Mend ${of.place}.`)
  if (!server.isArchiving)
    return item('warn', say`The database was started without it. Stop Pilothouse and start it again.`)
  if (of.bases === 0)
    return item('warn', say`The first base backup is made within minutes of the start. Or make it now: pilothouse archive base`) // oxfmt-ignore
  if (age(wait.since) > LATE_MS)
    return item('warn', say`${wait.count} segments of the log wait to be archived. See whether a process with the role worker runs.`) // oxfmt-ignore
  if (of.missing !== null)
    return item(
      'warn',
      say`The segment ${of.missing} of the log is missing, so later moments cannot be brought back. A new base backup is made within the hour; or make it now: pilothouse archive base`,
    )
  return item('good', '')
}
function valueOf({ windows, lastArchived, bytes }: Standing, now: string): string {
  const [newest, ...others] = windows
  const span = newest === undefined ? say`no moment can be brought back` : spanOf(newest, others.length)
  const last = lastArchived === null ? say`nothing archived yet` : say`last archived ${Math.max(0, Math.round((Date.parse(now) - Date.parse(lastArchived)) / MINUTE_MS))} min ago` // oxfmt-ignore
  return `${span}, ${last}, ${Math.round(bytes / 1e6)} MB`
}
function spanOf({ from, until }: Standing['windows'][number], others: number): string {
  const [first, last] = [minute(from), minute(until)]
  if (others === 0) return say`any moment from ${first} to ${last}`
  const one = say`any moment from ${first} to ${last}, and an earlier span`
  return counted(others, one, say`any moment from ${first} to ${last}, and ${others} earlier spans`)
}
function minute(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
function good(value: string): HealthItem {
  return { name: NAME(), state: 'good', value, todo: '' }
}

/** What the clock asks for, from the book alone. */
import { lastDue } from '#engines/retention.ts'
import type { Noted } from './book.ts'
import type { BackupSettings } from './settings.ts'

export interface Due {
  readonly isBackupDue: boolean
  /** Also after a backup that is just being made: then that one is proven. */
  readonly isProofDue: boolean
}
const DAY_MS = 24 * 3_600_000
/** After a failure it is tried again, but not every five minutes. */
const AGAIN_MS = 3_600_000
/** A proof that began so long ago has died. */
const LONGEST_MS = 12 * 3_600_000

/** @param backups newest first */
export function isNewerDue(settings: BackupSettings, backups: readonly Noted[], now: string): Due {
  const nowMs = Date.parse(now)
  const [last, good] = [backups[0], backups.find(({ state }) => state === 'done')]
  const hasRested =
    last === undefined ||
    last.state === 'done' ||
    nowMs - Date.parse(last.startedAt) > (last.state === 'running' ? LONGEST_MS : AGAIN_MS)
  const isBackupDue = settings.isOn && hasRested && (good === undefined || good.startedAt < lastDue(settings.at, now))
  const proven = backups.reduce(
    (newest, { proof, provenAt }) =>
      proof === 'good' && provenAt !== null ? Math.max(newest, Date.parse(provenAt)) : newest,
    0,
  )
  // Half a day of grace: proofs follow the backup of a day, whose hour may move.
  const isOld = nowMs - proven > (settings.proveDays - 0.5) * DAY_MS
  const hasNew = isBackupDue || (good !== undefined && good.proof === null)
  return { isBackupDue, isProofDue: hasRested && settings.isOn && settings.proveDays > 0 && isOld && hasNew }
}

/** How backups stand: one line for the health page, with what to do. */
import { say } from '#engines/say.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { Installation } from '#main/installation.ts'
import type { Noted } from './book.ts'
import { isSameDisk } from './same-disk.ts'
import type { BackupSettings } from './settings.ts'
import { readSettings } from './settings.ts'
import { ofPlace, usualPlace } from './work.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export async function backupItem(of: Installation): Promise<HealthItem> {
  const place = usualPlace(of.config.dataFolder)
  const settings = await readSettings(of.db, process.env)
  return judge(await ofPlace(of, place), {
    settings,
    now: of.store.now(),
    isSameDisk: isSameDisk(place, of.config.dataFolder),
  })
}

/** @param backups newest first */
export function judge(
  backups: readonly Noted[],
  of: { settings: BackupSettings; now: string; isSameDisk: boolean },
): HealthItem {
  const { settings, isSameDisk: isNear } = of
  const age = (at: string | null | undefined): number =>
    at === null || at === undefined ? Infinity : Date.parse(of.now) - Date.parse(at)
  const [last, done] = [backups.find(({ state }) => state !== 'running'), backups.find(({ state }) => state === 'done')]
  const proven = backups.filter(({ proof }) => proof === 'good').sort((a, b) => age(a.provenAt) - age(b.provenAt))[0]
  const value = say`last ${inWords(age(done?.startedAt))}, last proven ${inWords(age(proven?.provenAt))}`
  const item = (state: HealthItem['state'], todo: string): HealthItem => ({ name: say`Backup`, state, value, todo })
  const unproven = backups.find(({ proof }) => proof === 'failed')
  if (last?.state === 'failed')
    return item(
      'bad',
      say`The last backup failed: ${last.because} Then make one: Settings, Backup, or pilothouse backup.`,
    )
  if (unproven !== undefined && age(unproven.startedAt) < age(proven?.startedAt))
    return item(
      'bad',
      say`The proof of ${unproven.name} failed: ${unproven.proofBecause} Make a new backup and prove it.`,
    )
  if (done === undefined)
    return item(
      'warn',
      settings.isOn
        ? say`The first one is made at ${settings.at} UTC. Make one now under Settings, Backup.`
        : say`No backups are made. Switch them on under Settings, Backup.`,
    )
  if (settings.isOn && age(done.startedAt) > 2 * DAY_MS)
    return item('bad', say`No backup for two days. See whether a worker runs, and make one by hand: pilothouse backup`)
  if (settings.proveDays > 0 && age(proven?.provenAt) > (settings.proveDays + 1) * DAY_MS)
    return item(
      'warn',
      say`Only a restored backup is a backup: prove the newest under Settings, Backup, or with pilothouse backup prove.`,
    )
  if (!settings.isOn) return item('warn', say`Backups are switched off. Switch them on under Settings, Backup.`)
  if (isNear)
    return item(
      'warn',
      say`Backups lie on the same disk as the data and are lost with it. Set PILOTHOUSE_BACKUP_TO to another disk or to s3://bucket/prefix.`,
    )
  return item('good', '')
}
function inWords(ms: number): string {
  if (ms === Infinity) return say`never`
  if (ms < 2 * HOUR_MS) return say`${Math.max(0, Math.round(ms / 60_000))} min ago`
  return ms < 2 * DAY_MS ? say`${Math.round(ms / HOUR_MS)} h ago` : say`${Math.round(ms / DAY_MS)} days ago`
}

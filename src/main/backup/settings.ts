/** When backups are made, how many are kept, how often one is proven. An administrator sets it; the environment wins. */
import type { Sql } from '#kit/database.ts'
import type { BackupSettings } from '#kit/routes/backups.ts'
import { backupSettings } from '#kit/routes/backups.ts'
import { ConfigRefusal } from '#platform/config.ts'

export type { BackupSettings }
const USUAL: BackupSettings = { isOn: true, at: '02:15', daily: 7, weekly: 4, monthly: 6, proveDays: 1 }
const NAME = 'backup'
type Environment = Readonly<Record<string, string | undefined>>

export async function readSettings(on: Sql, environment: Environment): Promise<BackupSettings> {
  const rows = await on.query<{ value: unknown }>('select value from installation_setting where name = $1', [NAME])
  const kept = backupSettings.partial().safeParse(rows[0]?.value ?? {})
  return { ...USUAL, ...(kept.success ? kept.data : {}), ...fromEnvironment(environment) }
}
export async function keepSettings(on: Sql, settings: BackupSettings): Promise<void> {
  await on.query(
    'insert into installation_setting (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value, at = now()',
    [NAME, JSON.stringify(settings)],
  )
}
/**
 * PILOTHOUSE_BACKUP_AT is "02:15" or "off"; PILOTHOUSE_BACKUP_KEEP is "7d 4w 6m"; PILOTHOUSE_BACKUP_PROVE_DAYS a number.
 * @throws {ConfigRefusal} for values that cannot be read
 */
export function fromEnvironment(environment: Environment): Partial<BackupSettings> {
  const [at, keep, prove] = ['AT', 'KEEP', 'PROVE_DAYS'].map(
    (name) => environment[`PILOTHOUSE_BACKUP_${name}`]?.trim() || null,
  )
  const counts = keep === null ? null : /^(\d+)d(?:[ ,]+(\d+)w)?(?:[ ,]+(\d+)m)?$/.exec(keep ?? '')
  const said = {
    ...(at === null || at === undefined ? {} : at === 'off' ? { isOn: false } : { isOn: true, at }),
    ...(counts === null
      ? {}
      : { daily: Number(counts[1]), weekly: Number(counts[2] ?? 0), monthly: Number(counts[3] ?? 0) }),
    ...(prove === null || prove === undefined ? {} : { proveDays: Number(prove) }),
  }
  const read = backupSettings.partial().safeParse(said)
  if (!read.success || (keep && counts === null))
    throw new ConfigRefusal([
      {
        where: 'PILOTHOUSE_BACKUP_…',
        because:
          'Write PILOTHOUSE_BACKUP_AT as 02:15 (UTC) or off, PILOTHOUSE_BACKUP_KEEP as "7d 4w 6m" (at least one day), PILOTHOUSE_BACKUP_PROVE_DAYS as a number of days.',
      },
    ])
  return read.data
}

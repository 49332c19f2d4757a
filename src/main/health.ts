/** The health of the installation: what an administrator should know, with what to do about it. */
import { statfsSync } from 'node:fs'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { SealParts } from '#kit/seal/routes.ts'
import { sealHealth } from '#kit/seal/health.ts'
import { run, sql } from '#kit/sql.ts'
import { tenantRole } from '#kit/tenants.ts'
import type { Jobs } from '#platform/jobs.ts'
import { backupItem } from './backup/health.ts'
import type { Installation } from './installation.ts'

export async function health(
  of: Installation,
  jobs: Pick<Jobs, 'queues'>,
  seal: Pick<SealParts, 'key' | 'sink'>,
): Promise<HealthItem[]> {
  const [database, tenants, work, sealed, backup] = await Promise.all([
    databaseItem(of),
    tenantItem(of),
    jobsItem(of, jobs),
    sealItem(of, seal),
    backupItem(of),
  ])
  return [database, tenants, diskItem(of), ...work, sealed, backup]
}

async function databaseItem(of: Installation): Promise<HealthItem> {
  const rows = await run<{ version: string; size: string }>(
    of.db,
    sql`select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`,
  )
  const row = rows[0]
  return {
    name: 'Database',
    state: 'good',
    value: `PostgreSQL ${row?.version ?? '?'}, ${row?.size ?? '?'}${of.config.databaseUrl === null ? ', embedded' : ', external'}`,
    todo: '',
  }
}
/** Whether the database itself keeps organisations apart (see `#kit/tenants.ts`). */
async function tenantItem(of: Installation): Promise<HealthItem> {
  const isOn = of.config.isPrepared && (await tenantRole(of.db)) !== null
  const [account] = await run<{ name: string }>(of.db, sql`select current_user as name`)
  return {
    name: 'Organisations',
    state: isOn ? 'good' : 'warn',
    value: isOn ? 'kept apart by the database' : 'kept apart by the program alone',
    todo: isOn
      ? ''
      : of.config.isPrepared
        ? `Let an administrator of the database say: create role ${account?.name}_tenant nologin; grant ${account?.name}_tenant to ${account?.name}; and start Pilothouse again.`
        : 'A pooler in transaction mode stands before the database. Connect directly to have the database watch as well.',
  }
}
function diskItem(of: Installation): HealthItem {
  const disk = statfsSync(of.config.dataFolder)
  const free = (disk.bavail * disk.bsize) / 1e9
  const share = disk.bavail / disk.blocks
  const state = free < 1 || share < 0.03 ? 'bad' : free < 5 || share < 0.1 ? 'warn' : 'good'
  return {
    name: 'Disk',
    state,
    value: `${free.toFixed(1)} GB free (${Math.round(share * 100)} %)`,
    todo:
      state === 'good' ? '' : 'Free space on the disk that holds the data folder, or move the folder to a larger one.',
  }
}
async function jobsItem(of: Installation, jobs: Pick<Jobs, 'queues'>): Promise<HealthItem[]> {
  const queues = await jobs.queues()
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0)
  const stuck = await run<{ name: string; last_error: string }>(
    of.db,
    sql`select name, last_error from reaction_cursor where failures > 0`,
  )
  return [
    {
      name: 'Background jobs',
      state: failed > 0 ? 'warn' : 'good',
      value: `${failed} failed`,
      todo: failed > 0 ? 'Look at them under Settings, Jobs, and run them again.' : '',
    },
    {
      name: 'Reactions',
      state: stuck.length > 0 ? 'bad' : 'good',
      value: stuck.length > 0 ? stuck.map((row) => `${row.name}: ${row.last_error}`).join('; ') : 'all running',
      todo:
        stuck.length > 0
          ? 'Clocks, rules or screens lag behind. The sentence says why; they go on by themselves once it is mended.'
          : '',
    },
  ]
}
async function sealItem(of: Installation, { key, sink }: Pick<SealParts, 'key' | 'sink'>): Promise<HealthItem> {
  const { sealed, ageSeconds, state, todo } = await sealHealth(of.db, key, of.store.now(), sink)
  const age =
    ageSeconds === null
      ? 'no external checkpoint yet'
      : `last external checkpoint ${ageSeconds < 120 ? `${ageSeconds} s` : `${Math.round(ageSeconds / 60)} min`} old`
  return { name: 'Journal seal', state, value: `${sealed.toLocaleString('en')} entries sealed, ${age}`, todo }
}

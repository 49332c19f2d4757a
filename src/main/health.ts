/** The health of the installation: what an administrator should know, with what to do about it. */
import { statfsSync } from 'node:fs'
import type { HealthItem } from '#kit/routes/admin.ts'
import { run, sql } from '#kit/sql.ts'
import type { Jobs } from '#platform/jobs.ts'
import type { Installation } from './installation.ts'

export async function health(of: Installation, jobs: Jobs): Promise<HealthItem[]> {
  const [database, work, seal] = await Promise.all([databaseItem(of), jobsItem(of, jobs), sealItem(of)])
  return [database, diskItem(of), ...work, seal]
}

async function databaseItem(of: Installation): Promise<HealthItem> {
  const rows = await run<{ version: string; size: string }>(of.db, sql`select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`)
  const row = rows[0]
  return { name: 'Database', state: 'good', value: `PostgreSQL ${row?.version ?? '?'}, ${row?.size ?? '?'}${of.config.databaseUrl === null ? ', embedded' : ', external'}`, todo: '' }
}
function diskItem(of: Installation): HealthItem {
  const disk = statfsSync(of.config.dataFolder)
  const free = (disk.bavail * disk.bsize) / 1e9
  const share = disk.bavail / disk.blocks
  const state = free < 1 || share < 0.03 ? 'bad' : free < 5 || share < 0.1 ? 'warn' : 'good'
  return { name: 'Disk', state, value: `${free.toFixed(1)} GB free (${Math.round(share * 100)} %)`, todo: state === 'good' ? '' : 'Free space on the disk that holds the data folder, or move the folder to a larger one.' }
}
async function jobsItem(of: Installation, jobs: Jobs): Promise<HealthItem[]> {
  const queues = await jobs.queues()
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0)
  const stuck = await run<{ name: string; last_error: string }>(of.db, sql`select name, last_error from reaction_cursor where failures > 0`)
  return [
    { name: 'Background jobs', state: failed > 0 ? 'warn' : 'good', value: `${failed} failed`, todo: failed > 0 ? 'Look at them under Settings, Jobs, and run them again.' : '' },
    { name: 'Reactions', state: stuck.length > 0 ? 'bad' : 'good', value: stuck.length > 0 ? stuck.map((row) => `${row.name}: ${row.last_error}`).join('; ') : 'all running', todo: stuck.length > 0 ? 'Clocks, rules or screens lag behind. The sentence says why; they go on by themselves once it is mended.' : '' },
  ]
}
async function sealItem(of: Installation): Promise<HealthItem> {
  const rows = await run<{ size: number | null; age: number | null }>(of.db, sql`select max(size) as size, extract(epoch from now() - max(sent_at))::bigint as age from journal_checkpoint where sent_at is not null`)
  const age = rows[0]?.age ?? null
  if (age === null) return { name: 'Journal seal', state: 'warn', value: 'no checkpoint yet', todo: 'The first one is written within a minute of the first change.' }
  return { name: 'Journal seal', state: 'good', value: `${rows[0]?.size ?? 0} entries sealed, last external checkpoint ${Math.round(age / 60)} min old`, todo: '' }
}

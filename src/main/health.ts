/** The health of the installation: what an administrator should know, with what to do about it. */
import { say, whole } from '#engines/say.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { SealParts } from '#kit/seal/routes.ts'
import { sealHealth } from '#kit/seal/health.ts'
import { run, sql } from '#kit/sql.ts'
import { failedCount } from '#platform/job-states.ts'
import { archiveItem } from './archive/health.ts'
import { backupItem } from './backup/health.ts'
import { certificateItem } from './health/certificate.ts'
import { clockItem, databaseItem, proposalsItem, schemaItem, tenantItem } from './health/database.ts'
import { mailItem } from './health/mail.ts'
import { diskItem, memoryItem } from './health/machine.ts'
import type { Installation } from './installation.ts'
import { VERSION } from './version.ts'

export async function health(of: Installation, seal: Pick<SealParts, 'key' | 'sink'>): Promise<HealthItem[]> {
  const now = (): string => of.store.now()
  const items = await Promise.all([
    // Of the very process that answers: while nodes are restarted one after the other they may differ.
    checked(say`Version`, () => ({ name: say`Version`, state: 'good', value: `Pilothouse ${VERSION}, Node ${process.versions.node}`, todo: '' })), // oxfmt-ignore
    checked(say`Database`, () => databaseItem(of)),
    checked(say`Schema`, () => schemaItem(of)),
    checked(say`Organisations`, () => tenantItem(of)),
    checked(say`Clock`, () => clockItem(of.db, now)),
    checked(say`Disk`, () => diskItem(of.config.dataFolder)),
    checked(say`Memory`, memoryItem),
    checked(say`Background jobs`, () => jobsItem(of)),
    checked(say`Reactions`, () => reactionsItem(of)),
    checked(say`Search`, () => proposalsItem(of)),
    checked(say`Journal seal`, () => sealItem(of, seal)),
    checked(say`Backup`, () => backupItem(of)),
    checked(say`Point in time`, () => archiveItem(of)),
    checked(say`Certificate`, () => certificateItem(of.config.publicUrl, now)),
    checked(say`Mail`, () => mailItem(of.db, now)),
  ])
  return items
}

/** An item that cannot be found out is told as such; the others stand. */
async function checked(name: string, look: () => HealthItem | Promise<HealthItem>): Promise<HealthItem> {
  try {
    return await look()
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    return {
      name,
      state: 'bad',
      value: say`cannot be found out: ${because}`,
      todo: say`Mend what the sentence says, and look again. The other lines may say why.`,
    }
  }
}

async function jobsItem(of: Installation): Promise<HealthItem> {
  const failed = await failedCount(of.db)
  return {
    name: say`Background jobs`,
    state: failed > 0 ? 'warn' : 'good',
    value: say`${failed} failed`,
    todo: failed > 0 ? say`Look at them under Settings, Jobs, and run them again.` : '',
  }
}
async function reactionsItem(of: Installation): Promise<HealthItem> {
  const stuck = await run<{ name: string; last_error: string }>(
    of.db,
    sql`select name, last_error from reaction_cursor where failures > 0`,
  )
  return {
    name: say`Reactions`,
    state: stuck.length > 0 ? 'bad' : 'good',
    value: stuck.length > 0 ? stuck.map((row) => `${row.name}: ${row.last_error}`).join('; ') : say`all running`,
    todo:
      stuck.length > 0
        ? say`Clocks, rules or screens lag behind. The sentence says why; they go on by themselves once it is mended.`
        : '',
  }
}
async function sealItem(of: Installation, { key, sink }: Pick<SealParts, 'key' | 'sink'>): Promise<HealthItem> {
  const { sealed, ageSeconds, state, todo, verifiedAt, comparedAt } = await sealHealth(of.db, key, of.store.now(), sink)
  const age =
    ageSeconds === null
      ? say`no external checkpoint yet`
      : ageSeconds < 120
        ? say`last external checkpoint ${ageSeconds} s old`
        : say`last external checkpoint ${Math.round(ageSeconds / 60)} min old`
  const verified =
    verifiedAt === null ? say`not verified yet` : say`verified ${verifiedAt.slice(0, 16).replace('T', ' ')} UTC`
  const compared = comparedAt === null ? [] : [say`rows compared ${comparedAt.slice(0, 16).replace('T', ' ')} UTC`]
  return {
    name: say`Journal seal`,
    state,
    value: [say`${whole(sealed)} entries sealed`, verified, ...compared, age].join(', '),
    todo,
  }
}

/** What the database says: its version and size, its schema, its clock, whether it keeps organisations apart. */
import { counted, decimal, say } from '#engines/say.ts'
import path from 'node:path'
import type { Database } from '#kit/database.ts'
import { schemaStanding } from '#kit/migrate.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import { run, sql } from '#kit/sql.ts'
import { tenantRole } from '#kit/tenants.ts'
import type { Jump } from '#platform/clock.ts'
import { readMigrations } from '#platform/migrations.ts'
import type { Installation } from '#main/installation.ts'
import { ROOT } from '#main/root.ts'
import { versionVerdict } from './postgres-versions.ts'

export async function databaseItem(of: Installation): Promise<HealthItem> {
  const rows = await run<{ version: string; size: string }>(
    of.db,
    sql`select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`,
  )
  const { version = '?', size = '?' } = rows[0] ?? {}
  const isEmbedded = of.config.databaseUrl === null
  const { state, todo, newest } = versionVerdict(version, { isEmbedded, today: of.store.now().slice(0, 10) })
  const place = isEmbedded ? say`embedded` : say`external`
  return {
    name: say`Database`,
    state,
    value:
      state === 'warn'
        ? say`PostgreSQL ${version}, behind ${newest}, ${size}, ${place}`
        : say`PostgreSQL ${version}, ${size}, ${place}`,
    todo,
  }
}

/** Whether program and database belong to one version. */
export async function schemaItem(of: Pick<Installation, 'db'>): Promise<HealthItem> {
  const { applied, pending, strange, changed } = await schemaStanding(of.db, readMigrations(path.join(ROOT, 'src')))
  const item = (state: HealthItem['state'], value: string, todo: string): HealthItem => ({ name: say`Schema`, state, value, todo }) // oxfmt-ignore
  if (strange.length > 0)
    return item(
      'bad',
      say`made by a newer Pilothouse (it knows ${strange.join(', ')})`,
      say`Start the newer program here too, or restore a backup from before the upgrade.`,
    )
  if (changed.length > 0)
    return item(
      'bad',
      say`${changed.join(', ')} differs from what was applied`,
      say`Put the released file back; changes go into a new migration.`,
    )
  if (pending.length > 0)
    return item(
      'warn',
      counted(
        pending.length,
        say`1 migration is pending: ${pending[0]}`,
        say`${pending.length} migrations are pending, the first: ${pending[0]}`,
      ),
      say`The next start applies them. Make a backup before: pilothouse backup`,
    )
  return item('good', say`${applied} migrations applied, none pending`, '')
}

const LATE_MS = 1_000
const VERY_LATE_MS = 30_000
/** How far the clocks of this node and of the database are apart. Codes from an app and due times depend on them. */
export async function clockItem(db: Database, now: () => string): Promise<HealthItem> {
  const before = Date.parse(now())
  const [row] = await run<{ at: number }>(db, sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`)
  const after = Date.parse(now())
  return clockVerdict(Number(row?.at ?? before), before, after)
}
/** The answer was made at some moment between the two; only what lies outside counts. All in milliseconds. */
export function clockVerdict(at: number, before: number, after: number): HealthItem {
  const apart = Math.max(0, before - at, at - after)
  const state = apart > VERY_LATE_MS ? 'bad' : apart > LATE_MS ? 'warn' : 'good'
  return {
    name: say`Clock`,
    state,
    value:
      state === 'good'
        ? say`this node and the database agree`
        : at < before
          ? say`the database is ${decimal(apart / 1000)} s behind this node`
          : say`the database is ${decimal(apart / 1000)} s ahead of this node`,
    todo:
      state === 'good'
        ? ''
        : say`Let both machines take the time from the network (chrony or systemd-timesyncd). Due times and sign-in codes are wrong until then.`,
  }
}

const TOLD_MS = 24 * 3_600_000
/** So long it may still be put right before much is written with the wrong time. */
const URGENT_MS = 3_600_000
/** The line of the clock, which tells for a day that the clock of this node was set. */
export function withJump(item: HealthItem, jump: Jump | null, now: string): HealthItem {
  const agoMs = jump === null ? Infinity : Math.abs(Date.parse(now) - Date.parse(jump.at))
  if (jump === null || item.name !== say`Clock` || item.state === 'bad' || agoMs > TOLD_MS) return item
  const minutes = Math.max(1, Math.round(Math.abs(jump.byMs) / 60_000))
  return {
    name: item.name,
    state: agoMs < URGENT_MS ? 'bad' : 'warn',
    value:
      jump.byMs > 0
        ? say`${item.value}; it was set forward by ${minutes} min at ${jump.at}`
        : say`${item.value}; it was set back by ${minutes} min at ${jump.at}`,
    todo: say`See why the clock of this machine was set, or whether the machine slept. What was written meanwhile carries the time of then; the order of the journal is not touched.`,
  }
}

/** Whether mistyped words can be guessed. */
export async function proposalsItem({ db }: Pick<Installation, 'db'>): Promise<HealthItem> {
  const [row] = await run<{ isThere: boolean }>(
    db,
    sql`select to_regclass('vocabulary_search_trigrams_idx') is not null as "isThere"`,
  )
  return wanted(say`Search`, row?.isThere === true, {
    good: say`words, and proposals for mistyped ones`,
    missing: say`words alone; mistyped ones get no proposal`,
    todo: say`Let an administrator of the database say in it: create extension pg_trgm; it comes with PostgreSQL (Debian: postgresql-contrib). Proposals begin a minute later.`,
  })
}
/** Whether the database itself keeps organisations apart (see `#kit/tenants.ts`). */
export async function tenantItem(of: Installation): Promise<HealthItem> {
  const isOn = of.config.isPrepared && (await tenantRole(of.db)) !== null
  const [account] = await run<{ name: string }>(of.db, sql`select current_user as name`)
  return wanted(say`Organisations`, isOn, {
    good: say`kept apart by the database`,
    missing: say`kept apart by the program alone`,
    todo: of.config.isPrepared
      ? say`Let an administrator of the database say: create role ${account?.name}_tenant nologin; grant ${account?.name}_tenant to ${account?.name}; and start Pilothouse again.`
      : say`A pooler in transaction mode stands before the database. Connect directly to have the database watch as well.`,
  })
}

/** The line of what a database should have and may do without. */
function wanted(name: string, isThere: boolean, words: { good: string; missing: string; todo: string }): HealthItem {
  return isThere
    ? { name, state: 'good', value: words.good, todo: '' }
    : { name, state: 'warn', value: words.missing, todo: words.todo }
}

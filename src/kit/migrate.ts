/** Brings a database to the present schema: reviewed SQL files, in order of their names, once each, under a lock. */
import { createHash } from 'node:crypto'
import type { Database, Sql, Tx } from './database.ts'
import { keepApart } from './tenants.ts'

export interface Migration {
  /** Such as desk/20261121-0001-initial. */
  readonly name: string
  readonly sql: string
}
const LOCK = 730_073_007
const INITIAL =
  'create table if not exists schema_migration (name text primary key, checksum text not null, at timestamptz not null default now())'

/** The database was made by a newer Pilothouse, or a file was changed after it ran. */
export class SchemaMismatch extends Error {}

/**
 * Applies what is missing and makes the journal's partitions for this month and the next two.
 * @returns the names applied.
 * @throws {SchemaMismatch} when the database knows migrations that this program does not.
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[],
  today: string,
  log: (line: string) => void = () => {},
): Promise<string[]> {
  const sorted = [...migrations].sort((a, b) => (base(a.name) < base(b.name) ? -1 : 1))
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    await tx.query(INITIAL)
    const known = await knownMigrations(tx)
    refuseStrangers(known, sorted)
    const missing = sorted.filter((migration) => !known.has(migration.name))
    for (const migration of missing) {
      log(`migrating: ${migration.name}`)
      await apply(tx, migration)
    }
    for (const ahead of [-1, 0, 1, 2])
      await tx.query('select journal_partition(($1::date + make_interval(months => $2))::date)', [today, ahead])
    if (!(await keepApart(tx, missing.length > 0)) && missing.length > 0)
      log(
        'The database account may not make roles, so organisations are kept apart by the program alone. See Settings, Health.',
      )
    return missing.map((migration) => migration.name)
  })
}
/** Partitions are made ahead by a schedule as well; a process may run for months. */
export async function ensurePartitions(db: Database, today: string): Promise<void> {
  for (const ahead of [-1, 0, 1, 2])
    await db.query('select journal_partition(($1::date + make_interval(months => $2))::date)', [today, ahead])
}

/** How the migrations of this program compare with those that a database has seen; nothing is changed. */
export interface SchemaStanding {
  readonly applied: number
  /** Names of migrations that the next start applies. */
  readonly pending: readonly string[]
  /** Names that only a newer program knows. */
  readonly strange: readonly string[]
  /** Names whose text differs from what was applied. */
  readonly changed: readonly string[]
}
/** A database that no program has migrated yet has everything pending. */
export async function schemaStanding(on: Sql, migrations: readonly Migration[]): Promise<SchemaStanding> {
  const there = await on.query<{ there: boolean }>(`select to_regclass('schema_migration') is not null as there`)
  return there[0]?.there === true ? compared(await knownMigrations(on), migrations) : compared(new Map(), migrations)
}
async function knownMigrations(on: Sql): Promise<Map<string, string>> {
  const rows = await on.query<{ name: string; checksum: string }>('select name, checksum from schema_migration')
  return new Map(rows.map((row) => [row.name, row.checksum]))
}
function compared(known: ReadonlyMap<string, string>, migrations: readonly Migration[]): SchemaStanding {
  const names = new Set(migrations.map((migration) => migration.name))
  return {
    applied: known.size,
    pending: migrations.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    strange: [...known.keys()].filter((name) => !names.has(name)),
    changed: migrations
      .filter(({ name, sql }) => known.has(name) && known.get(name) !== checksum(sql))
      .map(({ name }) => name),
  }
}
function refuseStrangers(known: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const { strange, changed } = compared(known, migrations)
  if (strange.length > 0)
    throw new SchemaMismatch(
      `This database was made by a newer Pilothouse (it knows ${strange.join(', ')}). Start the newer program, or restore a backup from before the upgrade.`,
    )
  if (changed.length > 0)
    throw new SchemaMismatch(
      `The migration ${changed[0]} was changed after it ran here. Put the released file back; changes go into a new migration.`,
    )
}
async function apply(tx: Tx, migration: Migration): Promise<void> {
  for (const statement of statementsIn(migration.sql)) await tx.query(statement)
  await tx.query('insert into schema_migration (name, checksum) values ($1, $2)', [
    migration.name,
    checksum(migration.sql),
  ])
}
/** Splits at semicolons that end a line, outside of $$ bodies. */
export function statementsIn(text: string): string[] {
  const made: string[] = []
  let current = ''
  let isBody = false
  for (const line of text.split('\n')) {
    if ((line.split('$$').length - 1) % 2 === 1) isBody = !isBody
    current += `${line}\n`
    if (!isBody && /;\s*$/.test(line)) {
      made.push(current.trim().replace(/;$/, ''))
      current = ''
    }
  }
  return [...made, current.trim()].filter((statement) => statement.replace(/--.*$/gm, '').trim() !== '')
}
/** What is written down of a migration that ran: SHA-256 of its text. */
export function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
function base(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

// A database with the whole schema, cloned from a template that is migrated once for all test files.
import path from 'node:path'
import type { Database } from '#kit/database.ts'
import { migrate } from '#kit/migrate.ts'
import type { RecordType } from '#kit/record.ts'
import { schemaDifference } from '#kit/schema.ts'
import { tableOf } from '#kit/table.ts'
import { now } from '#platform/clock.ts'
import { readMigrations } from '#platform/migrations.ts'
import { preparedDatabase, type TestDatabase } from './database.ts'

export const source = path.join(import.meta.dirname, '../../src')

/** A migrated database. `more` are records of a test's own: their tables are made from their declarations. */
export async function migratedDatabase(more: readonly RecordType[] = []): Promise<TestDatabase> {
  const migrations = readMigrations(source)
  const today = now().slice(0, 10)
  const contents = JSON.stringify([today.slice(0, 7), migrations])
  const made = await preparedDatabase(contents, async (db) => void (await migrate(db, migrations, today)))
  await makeTables(made.db, more)
  return made
}

/** The tables of these records, by the migration that is generated for them. */
export async function makeTables(db: Database, records: readonly RecordType[]): Promise<void> {
  const schema = Object.fromEntries(records.map((record) => [record.table, tableOf(record)]))
  for (const statement of schemaDifference({}, schema)) await db.query(statement)
}

/** Finds the migration files of the kit and of every domain. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Migration } from '#kit/migrate.ts'

/** All `migrations/*.sql` below src, named area/file. */
export function readMigrations(source: string): Migration[] {
  const areas = [
    ['kit', join(source, 'kit')] as const,
    ...readdirSync(join(source, 'domains')).map((name) => [name, join(source, 'domains', name)] as const),
  ]
  return areas.flatMap(([area, folder]) => {
    const files = list(join(folder, 'migrations')).filter((file) => file.endsWith('.sql'))
    return files.map((file) => ({
      name: `${area}/${file.replace(/\.sql$/, '')}`,
      sql: readFileSync(join(folder, 'migrations', file), 'utf8'),
    }))
  })
}
function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // an area without migrations
  }
}

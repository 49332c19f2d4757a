/** Indexes out of the way while millions of rows come in: building one at the end costs a third of keeping it. */
import type { Tx } from '#kit/database.ts'

interface Index {
  readonly name: string
  readonly definition: string
}
const TABLES = [
  'incident',
  'incident_search',
  'clock',
  'journal',
  'person',
  'person_search',
  'comment',
  'comment_search',
  'time_entry',
  'time_entry_search',
  'survey',
  'survey_search',
] as const

/** Takes the secondary indexes of the large tables away; keys stay. @returns what `buildIndexes` needs. */
export async function dropIndexes(tx: Tx): Promise<readonly Index[]> {
  const found = await tx.query<Index>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any($1::regclass[]) and not i.indisprimary order by i.indexrelid`,
    [TABLES],
  )
  for (const index of found) await tx.query(`drop index ${index.name}`)
  return found
}
export async function buildIndexes(tx: Tx, indexes: readonly Index[], log: (line: string) => void): Promise<void> {
  await tx.query("set local maintenance_work_mem = '400MB'")
  await tx.query('set local max_parallel_maintenance_workers = 1')
  for (const { name, definition } of indexes) {
    log(`building ${name}`)
    // On a partitioned table the catalogue writes ON ONLY, which would leave the partitions without one.
    await tx.query(definition.replace(' ON ONLY ', ' ON '))
  }
}

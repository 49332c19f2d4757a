// What the import tests share: a store over a cloned database, the real file store and readers, and jobs that run when told.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Batch } from '#kit/import/batch.ts'
import { importFile } from '#kit/import/import-file.ts'
import type { FileOrder } from '#kit/import/import-file.ts'
import type { DownloadParts } from '#kit/import/download-routes.ts'
import type { WorkOptions } from '#kit/import/work.ts'
import type { JobData } from '#kit/jobs.ts'
import type { RecordType } from '#kit/record.ts'
import { run } from '#kit/sql.ts'
import { openFiles } from '#platform/files.ts'
import { openTable } from '#platform/transfer/read.ts'
import { csvWriter, xlsxWriter } from '#platform/transfer/write.ts'
import { allRules } from '#app'
import { migratedDatabase } from '../setup/migrated.ts'
import { newStore, person } from '../setup/specimen.ts'
import { servicenowEventLog } from '../../src/domains/desk/servicenow.mapping.ts'
import { ticketTexts } from '../../src/domains/desk/tickets.mapping.ts'

export interface ImportBench {
  parts: DownloadParts
  manager: Actor
  jobs: JobData[]
  /** A file by its text. */
  text(record: string, content: string | Buffer, more?: Partial<FileOrder>, options?: WorkOptions): Promise<Batch>
  file(record: string, place: string, more?: Partial<FileOrder>, options?: WorkOptions): Promise<Batch>
  count(statement: string): Promise<number>
}

const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

export async function importBench(records: readonly RecordType[] = []): Promise<ImportBench> {
  const { db } = await migratedDatabase(records)
  const { store, people } = await newStore(db, records)
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-import-'))
  folders.push(folder)
  const files = openFiles(folder)
  const jobs: JobData[] = []
  const parts: DownloadParts = {
    writers: { csv: (columns, rows) => csvWriter(columns, rows), xlsx: xlsxWriter },
    store,
    rules: allRules(),
    zone: async () => 'UTC',
    ready: [servicenowEventLog, ticketTexts],
    keepFile: (content, limits) => files.put(content, limits),
    openTable: (sha256, options) =>
      openTable(path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), options),
    start: async (_, __, data) => void jobs.push(data),
  }
  const manager = person(people[0] ?? 0, ['manager', 'agent'])
  let made = 0
  const file: ImportBench['file'] = (record, place, more = {}, options = {}) =>
    importFile(
      parts,
      { ...manager, request: `test-${++made}` },
      { record, fileName: path.basename(place), content: createReadStream(place), ...more },
      options,
    )
  return {
    parts,
    manager,
    jobs,
    file,
    text: async (record, content, more = {}, options = {}) => {
      const place = path.join(folder, `upload-${made}.csv`)
      await writeFile(place, content)
      return file(record, place, more, options)
    },
    count: async (statement) => Number((await run<{ n: number }>(db, { parts: [statement], values: [] }))[0]?.n ?? 0),
  }
}

/** `export`: a view as a file, as on screen. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { exportRows, exportSources } from '#kit/export.ts'
import type { ExportFormat } from '#kit/export.ts'
import { listConditions } from '#kit/list.ts'
import type { RecordType } from '#kit/record.ts'
import { filterContext } from '#kit/rest.ts'
import { run, sql } from '#kit/sql.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { withInstallation } from './accounts.ts'
import type { Installation } from './installation.ts'
import type { Options } from './options.ts'
import { readOptions, tell } from './options.ts'
import { portsOf } from './parts.ts'

const FORMATS = ['csv', 'xlsx', 'jsonl'] as const

/** `export <record> [--filter …] [--format csv] [--out file]`. */
export async function exportCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['filter', 'sort', 'q', 'fields', 'format', 'out'] })
  const format = FORMATS.find((one) => one === (options.values['format'] ?? 'csv'))
  const [name = ''] = options.words
  if (name === '' || format === undefined)
    throw new ConfigRefusal([
      {
        where: 'export',
        because: 'Say what: export incident [--filter "status:new"] [--format csv|xlsx|jsonl] [--out file].',
      },
    ])
  return withInstallation(options, (of) => write(of, recordNamed(of, name), { format, options }))
}
async function write(
  of: Installation,
  record: RecordType,
  { format, options }: { format: ExportFormat; options: Options },
): Promise<number> {
  const context = await filterContext({ store: of.store, zone: () => zone(of) }, await administrator(of))
  const { filter, sort, q, out } = options.values
  const query = { filter, sort, q }
  await listConditions(of.db, context, record, query) // a mistake in the filter is said before a file is begun
  const sources = exportSources(context, record, options.values['fields']?.split(',') ?? record.list)
  const stream = portsOf(of).writers[format](
    sources.map(({ column }) => column),
    exportRows(of.db.reader, context, record, { query, sources }),
    record.labelPlural,
  )
  await pipeline(stream, out === undefined ? process.stdout : createWriteStream(out), { end: out !== undefined })
  if (out !== undefined) tell(options, `Written to ${out}.`, { file: out })
  return 0
}

export function recordNamed(of: Installation, name: string): RecordType {
  const found = of.catalogue.records.find((record) => record.name === name || record.plural === name)
  if (found !== undefined) return found
  throw new ConfigRefusal([
    {
      where: name,
      because: `There is no such kind of record. Choose one of: ${of.catalogue.records.map((record) => record.name).join(', ')}.`,
    },
  ])
}
export async function administrator(of: Installation): Promise<Actor> {
  const rows = await run<{ id: number }>(of.db, sql`select id from organisation order by id limit 1`)
  if (rows[0] === undefined)
    throw new Error('There is no organisation yet. Run `npm start` and open its set-up link first.')
  return system(rows[0].id, `cli-${crypto.randomUUID()}`, 'cli')
}
export async function zone(of: Installation): Promise<string> {
  const rows = await run<{ time_zone: string }>(of.db, sql`select time_zone from organisation order by id limit 1`)
  return rows[0]?.time_zone ?? 'UTC'
}

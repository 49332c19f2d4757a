/** `import` and `export`: the same steps as on screen, in the foreground. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { importParts } from '#app'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { exportRows, exportSources } from '#kit/export.ts'
import type { ExportFormat } from '#kit/export.ts'
import { importFile, undoFile } from '#kit/import/import-file.ts'
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

/** `import <record> <file>`; `import undo <number>` takes one back. */
export async function importCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['mapping', 'encoding', 'separator', 'sheet'], flags: ['dry-run'] })
  const [name = '', file = ''] = options.words
  if (name === '' || file === '')
    throw new ConfigRefusal([
      {
        where: 'import',
        because:
          'Say what and from where: import incident log.csv [--mapping "ServiceNow incident event log"] [--dry-run]; or import undo IMP-3.',
      },
    ])
  return withInstallation(options, async (of) => {
    const parts = { ...importParts({ ...portsOf(of), zone: () => zone(of), jobs: { ...NO_JOBS } }) }
    const actor = await administrator(of)
    const onProgress = options.flags.has('json') ? undefined : progress()
    if (name === 'undo')
      return report(options, await undoFile(parts, actor, Number(file.replace(/^IMP-/i, '')), { onProgress }))
    const record = recordNamed(of, name)
    if (!existsSync(file)) throw new Error(`There is no file "${file}". Give its path.`)
    const { mapping, encoding, separator, sheet } = options.values
    const order = {
      record: record.name,
      fileName: path.basename(file),
      content: createReadStream(file),
      mapping,
      encoding,
      separator,
      sheet,
      isDry: options.flags.has('dry-run'),
    }
    return report(options, await importFile(parts, actor, order, { onProgress }))
  })
}
const NO_JOBS = { send: async () => null, queues: async () => [], failures: async () => [], retry: async () => false }

function report(options: Options, batch: Awaited<ReturnType<typeof importFile>>): number {
  const { state, counts, problems, because } = batch
  if (!options.flags.has('json')) process.stdout.write('\n')
  const shown = Array.isArray(problems) ? problems.slice(0, 20) : []
  const lines = [
    `${batch.number}: ${state}. ${JSON.stringify(counts ?? {})}`,
    ...(because === null ? [] : [String(because)]),
    ...shown.map(
      (problem) =>
        `  row ${problem.row}${problem.column === null ? '' : `, ${problem.column}`}: ${problem.because} ${problem.todo}`,
    ),
  ]
  tell(options, lines.join('\n'), { number: batch.number, state, counts, problems, because })
  return state === 'failed' ? 1 : 0
}
function progress(): (done: number, total: number) => void {
  return (done, total) =>
    void process.stdout.write(`\r  ${done.toLocaleString('en')} of about ${total.toLocaleString('en')} rows`)
}

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

function recordNamed(of: Installation, name: string): RecordType {
  const found = of.catalogue.records.find((record) => record.name === name || record.plural === name)
  if (found !== undefined) return found
  throw new ConfigRefusal([
    {
      where: name,
      because: `There is no such kind of record. Choose one of: ${of.catalogue.records.map((record) => record.name).join(', ')}.`,
    },
  ])
}
async function administrator(of: Installation): Promise<Actor> {
  const rows = await run<{ id: number }>(of.db, sql`select id from organisation order by id limit 1`)
  if (rows[0] === undefined)
    throw new Error('There is no organisation yet. Run `npm start` and open its set-up link first.')
  return system(rows[0].id, `cli-${crypto.randomUUID()}`, 'cli')
}
async function zone(of: Installation): Promise<string> {
  const rows = await run<{ time_zone: string }>(of.db, sql`select time_zone from organisation order by id limit 1`)
  return rows[0]?.time_zone ?? 'UTC'
}

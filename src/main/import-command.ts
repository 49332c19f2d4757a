/** `import`: the same steps as on screen, in the foreground; `import undo IMP-3` takes one back, `import rejected IMP-3` hands out what was left out. */
import { createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { importParts } from '#app'
import type { Batch } from '#kit/import/batch.ts'
import { readBatch } from '#kit/import/batch.ts'
import { importFile, undoFile } from '#kit/import/import-file.ts'
import type { Counts, RowProblem } from '#kit/import/outcome.ts'
import { problemTable, rejectedTable } from '#kit/import/rejected.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { withInstallation } from './accounts.ts'
import { foundLines, unusedColumns } from './import-found.ts'
import type { Installation } from './installation.ts'
import type { Options } from './options.ts'
import { readOptions, tell } from './options.ts'
import { portsOf } from './parts.ts'
import { administrator, recordNamed, zone } from './transfer.ts'

const SHOWN = 20
const LOGGED_EVERY_MS = 10_000
const NO_JOBS = { send: async () => null, queues: async () => [], failures: async () => [], retry: async () => false }

export async function importCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {
    values: ['mapping', 'encoding', 'separator', 'sheet', 'out'],
    flags: ['dry-run', 'known-only'],
  })
  const [name = '', file = ''] = options.words
  if (name === '' || file === '')
    throw new ConfigRefusal([
      {
        where: 'import',
        because:
          'Say what and from where: import incident log.csv [--mapping "ServiceNow incident event log"] [--dry-run]; or import undo IMP-3, import problems IMP-3, import rejected IMP-3 --out rows.csv.',
      },
    ])
  return withInstallation(options, (of) => {
    if (name === 'undo') return undo(of, options, file)
    if (name === 'problems' || name === 'rejected') return handOut(of, options, { name, id: idOf(file) })
    return read(of, options, { name, file })
  })
}
async function read(
  of: Installation,
  options: Options,
  { name, file }: { name: string; file: string },
): Promise<number> {
  const record = recordNamed(of, name)
  if (!existsSync(file)) throw new Error(`There is no file "${file}". Give its path.`)
  const { mapping, encoding, separator, sheet, out } = options.values
  const order = {
    record: record.name,
    fileName: path.basename(file),
    content: createReadStream(file),
    mapping: mapping?.endsWith('.json') === true ? ownMapping(mapping) : mapping,
    encoding,
    separator: separator === 'tab' ? '\t' : separator,
    sheet,
    isDry: options.flags.has('dry-run'),
    isKnownOnly: options.flags.has('known-only'),
  }
  const onFound = (batch: Batch): void => {
    if (out !== undefined) writeFileSync(out, `${JSON.stringify(batch.mapping, null, 2)}\n`)
    if (!options.flags.has('json')) console.log(foundLines(batch, record).join('\n'))
  }
  return report(
    options,
    await importFile(partsOf(of), await administrator(of), order, { onProgress: progress(options), onFound }),
  )
}
/** @throws wrong use (exit 2) for a file that is no JSON; what it says is checked by the import */
function ownMapping(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConfigRefusal([{ where: '--mapping', because: `"${file}" cannot be read as JSON: ${why}.` }])
  }
}
async function undo(of: Installation, options: Options, number: string): Promise<number> {
  const undone = await undoFile(partsOf(of), await administrator(of), idOf(number), { onProgress: progress(options) })
  return report(options, undone)
}
/** The problems, or the rows that were left out, as CSV to the file or to the screen. */
async function handOut(
  of: Installation,
  options: Options,
  { name, id }: { name: 'problems' | 'rejected'; id: number },
): Promise<number> {
  const parts = partsOf(of)
  const batch = await readBatch(parts.store, await administrator(of), id)
  const { columns, rows } = name === 'problems' ? problemTable(batch) : await rejectedTable(parts, batch)
  const { out } = options.values
  const stream = portsOf(of).writers.csv(columns, rows, batch.number)
  await pipeline(stream, out === undefined ? process.stdout : createWriteStream(out), { end: out !== undefined })
  if (out !== undefined) tell(options, `Written to ${out}.`, { file: out })
  return 0
}
function partsOf(of: Installation): ReturnType<typeof importParts> {
  return importParts({ ...portsOf(of), zone: () => zone(of), jobs: { ...NO_JOBS } })
}
function idOf(number: string): number {
  const id = Number(number.replace(/^IMP-/i, ''))
  if (Number.isSafeInteger(id) && id > 0) return id
  throw new ConfigRefusal([{ where: 'import', because: `"${number}" is not the number of an import, such as IMP-3.` }])
}

function report(options: Options, batch: Batch): number {
  const { number, state, counts, problems, because, mapping, found } = batch
  if (!options.flags.has('json') && process.stdout.isTTY) process.stdout.write('\n')
  const columns = (found?.columns ?? []).map(({ name }) => name)
  const unused = mapping === null ? [] : unusedColumns(columns, mapping)
  tell(options, reportLines(batch).join('\n'), { number, state, counts, problems, because, mapping, unused })
  return exitOf(batch)
}
/** 0 when everything was taken, 1 when the import failed, 3 when rows were left out. */
export function exitOf({ state, counts }: Pick<Batch, 'state' | 'counts'>): number {
  if (state === 'failed') return 1
  return state !== 'undone' && (counts?.failed ?? 0) > 0 ? 3 : 0
}
/** What came of an import, for somebody at a terminal: counts, the first problems, how many more, and how to get them. */
export function reportLines({ number, state, counts, problems, because }: ReportedBatch): string[] {
  const all = Math.max(counts?.problems ?? 0, problems.length)
  const more = all - Math.min(SHOWN, problems.length)
  const isOfFile = state !== 'undone'
  return [
    `${number}: ${state}.${counts === null ? '' : ` ${countsText(counts, state)}`}`,
    ...(because === null ? [] : [because]),
    ...problems.slice(0, SHOWN).map((problem) => (isOfFile ? lineOf(problem) : `  ${problem.because} ${problem.todo}`)),
    ...(more > 0 ? [`  … and ${figure(more)} more.`] : []),
    ...(all > 0 && isOfFile ? [`All of them as a table: pilothouse import problems ${number} --out problems.csv`] : []),
    ...(isOfFile && (counts?.failed ?? 0) > 0
      ? [
          `The rows that were left out, to correct and import again: pilothouse import rejected ${number} --out rows.csv`,
        ]
      : []),
  ]
}
export type ReportedBatch = Pick<Batch, 'number' | 'state' | 'counts' | 'problems' | 'because'>

function countsText(
  { create, update, unchanged, failed, rows, references, names = {} }: Counts,
  state: Batch['state'],
): string {
  const beside = Object.entries(references).map(([kind, n]) => `${figure(n)} ${kind}${namesText(names[kind] ?? [], n)}`)
  const asIf = state === 'checked' ? 'Nothing was written; it would be: ' : ''
  return [
    `${asIf}${figure(create)} new, ${figure(update)} changed, ${figure(unchanged)} unchanged; ${figure(failed)} of ${figure(rows)} rows left out.`,
    ...(beside.length === 0 ? [] : [`Also new, because rows name them: ${beside.join(', ')}.`]),
  ].join(' ')
}
/** As many as an import keeps: " (Ada, Ben and 5 more)". */
function namesText(names: readonly string[], n: number): string {
  if (names.length === 0) return ''
  return ` (${names.join(', ')}${n > names.length ? ` and ${figure(n - names.length)} more` : ''})`
}
function lineOf({ row, column, value, because, todo }: RowProblem): string {
  const place = column === null ? '' : `, ${column}${value === null || value === '' ? '' : ` “${value}”`}`
  return `  row ${figure(row)}${place}: ${because} ${todo}`
}
function figure(n: number): string {
  return n.toLocaleString('en')
}
function progress(options: Options): ((done: number, total: number) => void) | undefined {
  if (options.flags.has('json')) return undefined
  const line = (done: number, total: number): string => `  ${figure(done)} of about ${figure(total)} rows`
  if (process.stdout.isTTY) return (done, total) => void process.stdout.write(`\r${line(done, total)}`)
  // A log is read afterwards: a line now and then says that it goes on.
  let next = performance.now() + LOGGED_EVERY_MS
  return (done, total) => {
    if (performance.now() < next) return
    next = performance.now() + LOGGED_EVERY_MS
    console.log(line(done, total))
  }
}

// Runs test files with Node's runner, two at a time, and tells per file how many tests passed; failures in full.
import path from 'node:path'
import { run, type EventData } from 'node:test'
import { inspect } from 'node:util'

export interface Outcome {
  passed: number
  failed: number
  /** Name and reason of each skipped test. */
  skips: string[]
  /** Place, name and first line of the reason of each failed test: told once more at the end of all steps. */
  failures: string[]
  /** The files that hold them, as they were given; empty when a tool failed. */
  failedFiles: string[]
}

interface FileOutcome extends Omit<Outcome, 'failedFiles'> {
  /** What the file itself printed; shown when something in it failed. */
  output: string
}

type Ended = EventData.TestPass | EventData.TestFail

const atOnce = 2
const fileTimeoutMs = 40 * 60_000

export async function runTestFiles(files: readonly string[], concurrency = atOnce): Promise<Outcome> {
  if (files.length === 0) return { passed: 0, failed: 0, skips: [], failures: [], failedFiles: [] }
  const outcomes = new Map<string, FileOutcome>()
  const stream = run({
    files: files.map((file) => path.resolve(file)),
    concurrency,
    timeout: fileTimeoutMs,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  for await (const event of stream) {
    const data = event.data as { file?: string; entryFile?: string }
    const outcome = outcomeOf(outcomes, data.entryFile ?? data.file)
    if (event.type === 'test:pass') passed(outcome, event.data)
    if (event.type === 'test:fail') failed(outcome, event.data)
    if (event.type === 'test:stdout' || event.type === 'test:stderr') outcome.output += event.data.message
    // A file ends with its summary, or as a test of the file's own name when it was empty or could not be loaded.
    const isEnd = event.type === 'test:summary' || event.type === 'test:pass' || event.type === 'test:fail'
    if (isEnd && data.file !== undefined && (event.type === 'test:summary' || isFileItself(event.data))) {
      showFile(data.file, outcome, event.type === 'test:summary' ? event.data.duration_ms : 0)
    }
  }
  return total([...outcomes].filter(([file]) => file !== ''))
}

function outcomeOf(outcomes: Map<string, FileOutcome>, file = ''): FileOutcome {
  const known = outcomes.get(file)
  if (known) return known
  const fresh = { passed: 0, failed: 0, skips: [], failures: [], output: '' }
  outcomes.set(file, fresh)
  return fresh
}

function isFileItself(data: { name: string; nesting: number; file?: string }): boolean {
  return data.nesting === 0 && data.name === data.file
}

function passed(outcome: FileOutcome, data: EventData.TestPass): void {
  const reason = data.skip ?? data.todo
  if (isFileItself(data)) {
    outcome.failed++
    outcome.failures.push(`${path.relative('.', data.file ?? '')} holds no test`)
    console.log(`  ✖ ${path.relative('.', data.file ?? '')} holds no test`)
  } else if (reason !== undefined) {
    outcome.skips.push(`${fullName(data)} — ${reason === true || reason === '' ? 'no reason given' : reason}`)
  } else if (data.details.type !== 'suite') {
    outcome.passed++
  }
}

function failed(outcome: FileOutcome, data: EventData.TestFail): void {
  const { error } = data.details
  // A parent of failed tests: they have been told already.
  if ('failureType' in error && error.failureType === 'subtestsFailed') return
  const place = `${path.relative('.', data.file ?? '')}:${data.line ?? 1}`
  const reason = inspect(error.cause ?? error, { depth: 8 })
  outcome.failed++
  outcome.failures.push(`${place}  ${fullName(data)}: ${firstOf(reason)}`)
  console.log(`\n  ✖ ${fullName(data)}`)
  console.log(`    ${place}`)
  console.log(indented(reason))
}

/** A reason in one line of at most 200 characters, which says as much as fits. */
function firstOf(reason: string): string {
  return reason.replace(/\s+/g, ' ').slice(0, 200)
}

function fullName(data: Ended): string {
  const parents = 'classname' in data && typeof data.classname === 'string' ? `${data.classname} › ` : ''
  return isFileItself(data) ? path.relative('.', data.name) : `${parents}${data.name}`
}

function showFile(file: string, outcome: FileOutcome, tookMs: number): void {
  if (outcome.failed > 0 && outcome.output.trim() !== '') console.log(indented(`What it printed:\n${outcome.output}`))
  const counts = [
    `${outcome.passed} passed`,
    outcome.failed > 0 ? `${outcome.failed} FAILED` : '',
    outcome.skips.length > 0 ? `${outcome.skips.length} skipped` : '',
  ]
  console.log(`  ${path.relative('.', file)}  ${counts.filter(Boolean).join(', ')} (${(tookMs / 1000).toFixed(1)} s)`)
  for (const skip of outcome.skips) console.log(`    skipped: ${skip}`)
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ')
}

function total(outcomes: readonly (readonly [string, FileOutcome])[]): Outcome {
  const all = outcomes.map(([, outcome]) => outcome)
  return {
    passed: all.reduce((sum, { passed: count }) => sum + count, 0),
    failed: all.reduce((sum, { failed: count }) => sum + count, 0),
    skips: all.flatMap(({ skips }) => skips),
    failures: all.flatMap(({ failures }) => failures),
    failedFiles: outcomes.filter(([, { failed: count }]) => count > 0).map(([file]) => path.relative('.', file)),
  }
}

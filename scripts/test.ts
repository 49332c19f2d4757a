// All checks in one command, in order, each named with its time. `npm test -- --only unit,database`, `--slow`.
// The last line is `N passed, N failed`; exit code 1 when anything failed, also when run again alone (docs/decisions/0040).
import { existsSync, globSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildWebIfStale } from '#platform/web-build.ts'
import { clusterVariable, leaveCluster, testCluster } from '../test/setup/cluster.ts'
import { findChromium } from '../test/setup/chromium.ts'
import { runTestFiles, type Outcome } from './test-files.ts'
import { runTool } from './test-tools.ts'

interface Step {
  name: string
  run(): Promise<Outcome>
}

/** The order of the folders below test/; a folder that is not named here comes after them. */
const folders = ['conformance', 'database', 'api', 'browser', 'docs']
/** So many files that failed may run once more; where more fail, something is broken. */
const mostAgain = 3
const notSteps = ['setup', 'slow', 'boundaries', 'fixtures', 'upgrade']
const root = path.dirname(import.meta.dirname)

const { values: options } = parseArgs({ options: { only: { type: 'string' }, slow: { type: 'boolean' } } })
process.chdir(root)
process.env.NODE_ENV = 'test'
// The locked Node also runs the tools' start scripts.
process.env.PATH = `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`
if (options.slow) process.env.PILOTHOUSE_SLOW = '1'

const chosen = chosenSteps()
process.exitCode = await withCluster(() => runSteps(chosen))

function chosenSteps(): Step[] {
  const all = steps()
  const names = options.only?.split(',').map((name) => name.trim().toLowerCase())
  const unknown = names?.filter((name) => !all.some((step) => step.name === name)) ?? []
  if (unknown.length > 0) {
    console.error(`There is no step "${unknown.join(', ')}". The steps are: ${all.map(({ name }) => name).join(', ')}.`)
    process.exit(2)
  }
  return all.filter(({ name }) => names?.includes(name) ?? true)
}

function steps(): Step[] {
  const below = readdirSync('test', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const others = below.map(({ name }) => name).filter((name) => ![...folders, ...notSteps].includes(name))
  return [
    { name: 'types', run: () => runTool('tsc', ['--noEmit']) },
    { name: 'lint', run: () => runTool('oxlint', ['--type-aware', '--quiet']) },
    { name: 'format', run: () => runTool('oxfmt', ['--check']) },
    filesStep('boundaries', 'test/boundaries/**/*.test.ts'),
    filesStep('unit', 'src/**/*.test.ts'),
    ...[...folders, ...others.sort()].map((name) => filesStep(name, `test/${name}/**/*.test.ts`)),
    ...(options.slow ? [filesStep('slow', 'test/slow/**/*.test.ts')] : []),
  ]
}

function filesStep(name: string, pattern: string): Step {
  return {
    name,
    run: async () => {
      const files = globSync(pattern).sort()
      if (name === 'browser' && files.length > 0) await prepareBrowser()
      return runTestFiles(files)
    },
  }
}

async function prepareBrowser(): Promise<void> {
  process.env.CHROMIUM = await findChromium(console.log)
  if (existsSync('vite.config.ts')) await buildWebIfStale(root, console.log)
}

async function runSteps(wanted: readonly Step[]): Promise<number> {
  const total = { passed: 0, failed: 0 }
  const ends: string[] = []
  const outcomes: Outcome[] = []
  for (const step of wanted) {
    console.log(`\n── ${step.name}`)
    const began = performance.now()
    const outcome = await step.run().catch(brokenStep)
    const line = `${step.name.padEnd(12)} ${inWords(outcome)} (${((performance.now() - began) / 1000).toFixed(1)} s)`
    console.log(line)
    ends.push(line, ...beneath('skipped', outcome.skips), ...beneath('FAILED', outcome.failures))
    total.passed += outcome.passed
    total.failed += outcome.failed
    outcomes.push(outcome)
  }
  if (total.failed > 0 && (await passesAlone(outcomes))) {
    ends.push('', `${total.failed} UNSTEADY: failed among the others, passed when their files ran again alone.`)
    total.passed += total.failed
    total.failed = 0
  }
  console.log(`\n── all steps\n${ends.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`)
  return total.failed > 0 ? 1 : 0
}

/**
 * Whether the few files in which something failed pass, each whole and alone. What failed stays in the last lines: a test
 * that passes only alone has a cause that is to be found, in it or in the product.
 */
async function passesAlone(outcomes: readonly Outcome[]): Promise<boolean> {
  const failing = outcomes.filter(({ failed }) => failed > 0)
  const files = failing.flatMap(({ failedFiles }) => failedFiles)
  if (files.length > mostAgain || failing.some(({ failedFiles }) => failedFiles.length === 0)) return false
  console.log('\n── again, alone')
  const { passed, failed } = await runTestFiles(files, 1)
  return failed === 0 && passed > 0
}

function beneath(word: string, lines: readonly string[]): string[] {
  return lines.map((line) => `             ${word}: ${line}`)
}

function brokenStep(error: unknown): Outcome {
  console.log(error)
  return { passed: 0, failed: 1, skips: [], failures: [String(error)], failedFiles: [] }
}

function inWords({ passed, failed, skips }: Outcome): string {
  if (passed + failed + skips.length === 0) return 'nothing to run'
  return [`${passed} passed`, failed > 0 && `${failed} FAILED`, skips.length > 0 && `${skips.length} skipped`]
    .filter(Boolean)
    .join(', ')
}

/** One database server for the whole run, in a folder that is removed afterwards. */
async function withCluster(fn: () => Promise<number>): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-test-'))
  await chmod(folder, 0o711)
  process.env[clusterVariable] = folder
  await testCluster()
  const end = async (): Promise<void> => {
    await leaveCluster()
    await rm(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().finally(() => process.exit(1)))
  return fn().finally(end)
}

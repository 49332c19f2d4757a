// The first step of every command, in plain JavaScript for any Node from 20 on: brings node_modules up to the lock
// file, then runs a TypeScript entry on the locked Node. `node scripts/run.mjs <entry.ts> [arguments]`
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const oldestStarter = 20
const oldestRunner = 26
const stopPatienceMs = 10_000
const root = path.dirname(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname))
const lockFile = path.join(root, 'package-lock.json')
const stamp = path.join(root, 'node_modules', '.pilothouse-lock')

const [entry, ...rest] = process.argv.slice(2)
if (!entry) refuse('Use: node scripts/run.mjs <entry.ts> [arguments]')
if (major(process.versions.node) < oldestStarter) {
  refuse(
    `This is Node ${process.versions.node}. Pilothouse needs Node ${oldestStarter} or newer to start; install it from your system's packages or nodejs.org.`,
  )
}
await install()
await run(findNode(), [path.join(root, entry), ...rest])

/** A sentence on what is wrong and what to do; exit code 2 = wrong use. */
function refuse(sentence) {
  console.error(sentence)
  process.exit(2)
}

function major(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10)
}

async function install() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : ''
  if (installed === wanted) return
  if (matchesLock()) return isLinked() ? undefined : writeFileSync(stamp, `${wanted}\n`)
  // npm ci empties the folder first: through a link it would empty the one of another working tree.
  if (isLinked())
    refuse(
      `node_modules is a link to ${realpathSync(path.join(root, 'node_modules'))}, which does not hold what package-lock.json here asks for. Run the command there, or bring this working tree up to it.`,
    )
  console.error('Installing the locked packages (npm ci); the first time this takes a minute or two …')
  const began = Date.now()
  const elapsed = () => `${Math.round((Date.now() - began) / 1000)} s`
  const pulse = setInterval(() => console.error(`… still installing (${elapsed()})`), 5_000)
  // Install scripts are not needed by any package we use, so none is run.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const code = await exitOf(npm, [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    // Silences npm's remarks on engines: what matters runs on the locked Node, not on the one that installs.
    '--loglevel=error',
  ])
  clearInterval(pulse)
  if (code !== 0) {
    console.error(
      `npm ci ended with ${code}. Read its message above; most often the network or the disk is the reason. Then run the same command again.`,
    )
    process.exit(1)
  }
  writeFileSync(stamp, `${wanted}\n`)
  console.error(`Packages installed in ${elapsed()}.`)
}

function isLinked() {
  return lstatSync(path.join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** True when npm's own record of node_modules agrees with the lock file, as after an `npm install` by hand. */
function matchesLock() {
  const record = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  const isRight = ([place, { version, optional, peer }]) =>
    place === '' || (present[place] ? present[place].version === version : optional || peer)
  return Object.entries(locked).every(isRight)
}

/** npm writes to standard error only: a command's standard output stays clean for scripts. */
function exitOf(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
    child.once('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`)
      resolve(127)
    })
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 1))
  })
}

/** The locked Node 26, or the present one when it is new enough. */
function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  // The one for a Mac of today stands under another name.
  const binary = lockedNode(name) ?? lockedNode(name.replace('node-', 'node-bin-'))
  if (binary) return binary
  if (major(process.versions.node) >= oldestRunner) return process.execPath
  refuse(
    `There is no locked Node ${oldestRunner} for ${platform}-${process.arch} (package ${name}), and this is Node ${process.versions.node}. Start Pilothouse with Node ${oldestRunner} or newer.`,
  )
}

function lockedNode(name) {
  const require = createRequire(path.join(root, 'package.json'))
  try {
    const folder = path.dirname(require.resolve(`${name}/package.json`))
    const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    makeExecutable(binary)
    return binary
  } catch {
    return null
  }
}

function makeExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
}

/**
 * Ctrl-C reaches the whole foreground group, so the child has it already: passing it on would make it two.
 * A signal sent to this process alone (a supervisor's `kill`) is passed on.
 */
async function run(node, args) {
  // glibc keeps what a hash of a password took (19 MiB each) unless it is told that such blocks go back at once: 266 MB after a rush of sign-ins became 110.
  const env = { MALLOC_MMAP_THRESHOLD_: '1048576', ...process.env }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit', env })
  const patience = () => setTimeout(() => child.kill('SIGKILL'), stopPatienceMs).unref()
  process.on('SIGTERM', () => (child.kill('SIGTERM'), patience()))
  process.on('SIGHUP', () => (child.kill('SIGTERM'), patience()))
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
    patience()
  })
  child.once('error', (error) => refuse(`${node} could not be started: ${error.message}`))
  child.once('exit', (code, signal) => {
    if (signal === 'SIGKILL') console.error(`Ended by force after ${stopPatienceMs / 1000} s.`)
    process.exit(code ?? 128 + (signal === 'SIGINT' ? 2 : 15))
  })
}

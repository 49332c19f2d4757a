// PostgreSQL refuses to run as root. This decides under which account it runs instead, without changing the machine.
import { execFile, spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { DatabaseRefusal } from './refusal.ts'

/** Who runs the server: ourselves, another account (as root), or root behind a user namespace of its own. */
export type Account =
  | { kind: 'self' }
  | { kind: 'other'; name: string; uid: number; gid: number }
  | { kind: 'namespace' }

const run = promisify(execFile)
const namespaceArguments = ['--user', '--map-user=65534', '--']

/**
 * The account for the cluster in `cluster`; the owner of an existing cluster always wins, since only it may read it.
 * @param home the data folder, which the account must be able to enter.
 * @throws {DatabaseRefusal} when root has no account to hand the server to.
 */
export async function chooseAccount(binaries: Binaries, home: string, cluster: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  const owner = await stat(`${cluster}/PG_VERSION`).catch(() => null)
  if (owner && owner.uid !== 0) {
    const account = { kind: 'other' as const, name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid }
    if (canUse(account, binaries, home)) return account
    throw new DatabaseRefusal(
      `The database in ${cluster} belongs to user ${owner.uid}, who cannot reach ${binaries.postgres} or ${home}. Give that user access (chmod o+x on the folders above), or start Pilothouse as that user.`,
    )
  }
  if (owner) return inNamespace(binaries, home)
  const preferred = await accountNamed(process.env.PILOTHOUSE_DB_USER ?? 'postgres')
  if (preferred && canUse(preferred, binaries, home)) return preferred
  if (namespacesWork(binaries)) return { kind: 'namespace' }
  const last = await accountNamed('nobody')
  if (last && canUse(last, binaries, home)) return last
  throw noAccount(binaries, home)
}

/** Starts a PostgreSQL program under the account. Its environment holds no PG… variable that could redirect it. */
export function spawnAs(account: Account, program: string, args: string[], options: SpawnOptions): ChildProcess {
  const settings: SpawnOptions = { cwd: '/', env: cleanEnvironment(), ...options }
  if (account.kind === 'namespace') return spawn('unshare', [...namespaceArguments, program, ...args], settings)
  if (account.kind === 'other') return spawn(program, args, { ...settings, uid: account.uid, gid: account.gid })
  return spawn(program, args, settings)
}

function inNamespace(binaries: Binaries, home: string): Account {
  if (namespacesWork(binaries)) return { kind: 'namespace' }
  throw noAccount(binaries, home)
}

function noAccount(binaries: Binaries, home: string): DatabaseRefusal {
  return new DatabaseRefusal(
    `PostgreSQL does not run as root, and no other account can reach both ${binaries.postgres} and ${home} (user namespaces are not allowed here either). Do one of these: start Pilothouse as an ordinary user; put the folder where the account "postgres" can enter (not below /root) and create it with "useradd --system postgres"; or set DATABASE_URL to a running PostgreSQL.`,
  )
}

async function accountNamed(name: string): Promise<(Account & { kind: 'other' }) | null> {
  try {
    const uid = Number((await run('id', ['-u', name])).stdout)
    const gid = Number((await run('id', ['-g', name])).stdout)
    return uid > 0 ? { kind: 'other', name, uid, gid } : null
  } catch {
    return null
  }
}

/** Trap: a program below a 0700 folder cannot be loaded by another account, whatever its own mode says. */
function canUse(account: Account & { kind: 'other' }, binaries: Binaries, home: string): boolean {
  const { uid, gid } = account
  const starts = spawnSync(binaries.postgres, ['--version'], { uid, gid, cwd: '/', stdio: 'ignore' })
  const enters = spawnSync('/bin/sh', ['-c', 'cd "$0"', home], { uid, gid, cwd: '/', stdio: 'ignore' })
  return starts.status === 0 && enters.status === 0
}

function namespacesWork(binaries: Binaries): boolean {
  const tried = spawnSync('unshare', [...namespaceArguments, binaries.postgres, '--version'], { stdio: 'ignore' })
  return tried.status === 0
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => ['PATH', 'HOME', 'TMPDIR'].includes(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

// Makes the database cluster once. It is built beside its final place and moved there whole, so that an interrupted
// or doubled first start leaves either no cluster or a complete one.
import { chmod, chown, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { spawnAs, type Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { DatabaseRefusal } from './refusal.ts'

/** The application's role: owner of its database, no superuser, so that row-level security binds it. */
export const role = 'pilothouse'
export const databaseName = 'pilothouse'
export const superuser = 'postgres'
/** As this role requests work: it sees the rows of one organisation (see `#kit/tenants.ts`). */
const tenant = `${role}_tenant`
/** For a cluster that has no such role yet. */
export const tenantSql = `do $$ begin
  if not exists (select from pg_roles where rolname = '${tenant}') then
    create role ${tenant} nologin;
    grant pg_monitor to ${tenant};
    grant ${tenant} to ${role};
  end if;
end $$`

/** Call under the folder's lock. @throws {DatabaseRefusal} when the cluster was written by another major version. */
export async function ensureCluster(binaries: Binaries, account: Account, cluster: string): Promise<void> {
  const written = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => null)
  if (written === null) return makeCluster(binaries, account, cluster)
  if (Number(written) !== binaries.major) {
    throw new DatabaseRefusal(
      `The database in ${cluster} was written by PostgreSQL ${written.trim()}, and this is ${binaries.version}. Set PILOTHOUSE_PG_BIN to the programs of PostgreSQL ${written.trim()}, or restore a backup into a new data folder.`,
    )
  }
}

/** A folder that only the account may enter. */
export async function privateFolder(account: Account, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  if (account.kind === 'other') await chown(folder, account.uid, account.gid)
}

async function makeCluster(binaries: Binaries, account: Account, cluster: string): Promise<void> {
  await removeHalfMade(cluster)
  const draft = `${cluster}.new-${process.pid}`
  await privateFolder(account, draft)
  await runProgram(account, binaries.initdb, initdbArguments(binaries, draft))
  await runProgram(
    account,
    binaries.postgres,
    ['--single', '-D', draft, '-c', 'exit_on_error=true', 'postgres'],
    firstSql,
  )
  await rename(draft, cluster)
}

async function removeHalfMade(cluster: string): Promise<void> {
  const names = await readdir(path.dirname(cluster))
  const left = names.filter((name) => name.startsWith(`${path.basename(cluster)}.new-`))
  await Promise.all(left.map((name) => rm(path.join(path.dirname(cluster), name), { recursive: true, force: true })))
}

/** The builtin C.UTF-8 locale (17 and newer): no index depends on the version of ICU or the C library. */
function initdbArguments(binaries: Binaries, folder: string): string[] {
  const locale =
    binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C']
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    '--encoding=UTF8',
    ...locale,
    // Trust is safe here: the only door is a socket in a folder that nobody else may enter.
    '--auth=trust',
    '--data-checksums',
  ]
}

const firstSql = [
  `create role ${role} login createdb`,
  `grant pg_monitor, pg_signal_backend to ${role}`,
  `create database ${databaseName} owner ${role}`,
].join('\n')

/** @throws {DatabaseRefusal} with what the program said. */
async function runProgram(account: Account, program: string, args: string[], input = ''): Promise<void> {
  const child = spawnAs(account, program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  // A program that ends early closes its input; its exit code tells the story better than EPIPE.
  child.stdin?.on('error', () => {})
  child.stdin?.end(`${input}\n`)
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code !== 0) {
    throw new DatabaseRefusal(
      `The database could not be made: ${path.basename(program)} ended with ${code}.\n${said.trim()}`,
    )
  }
}

/** Makes a cluster of a base backup and the log that follows it, as of a moment, in a folder of its own. */
import { chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { chooseAccount } from '#platform/postgres/account.ts'
import { findBinaries } from '#platform/postgres/binaries.ts'
import { privateFolder } from '#platform/postgres/cluster.ts'
import type { Embedded } from '#platform/postgres/embedded.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { feed } from './feed.ts'
import type { BaseNote } from './place.ts'
import { baseFile } from './place.ts'
import { unpack } from './unpack.ts'

export interface Recovering {
  readonly root: string
  readonly base: BaseNote
  /** The state after the last transaction that ended at or before it. */
  readonly moment: string
  readonly passphrase: string | null
  /** The data folder of the new server; exists and is empty. The cluster is `postgres` in it. */
  readonly home: string
  readonly binaries: string | null
  readonly say: (line: string) => void
}
export interface Recovered {
  readonly server: Embedded
  readonly segments: number
  /** The keys of the installation as JSON, or null. */
  readonly keys: string | null
}
/** Another base backup may do. */
export class DamagedBase extends BackupRefusal {
  override name = 'DamagedBase'
}
/** A week of busy log takes minutes; nobody gains by giving up earlier. */
const PATIENCE_MS = 6 * 3_600_000

/** @throws {BackupRefusal} when something is missing or damaged, or the log ends before the moment; all is in `home` */
export async function recover(of: Recovering): Promise<Recovered> {
  const { root, base, home, passphrase } = of
  const [cluster, programs] = [path.join(home, 'postgres'), await findBinaries(of.binaries ?? undefined)]
  const account = await chooseAccount(programs, home, cluster)
  const owner = account.kind === 'other' ? { uid: account.uid, gid: account.gid } : null
  await mkdir(cluster, { mode: 0o700 })
  await privateFolder(account, cluster)
  of.say(`unpacking the base backup of ${base.startedAt}`)
  const { keys } = await unpack({ file: baseFile(root, base), passphrase, cluster, owner }).catch((error: unknown) => {
    throw error instanceof BackupRefusal ? new DamagedBase(`The base backup ${base.name}: ${error.message}`) : error
  })
  const signal = path.join(cluster, 'recovery.signal')
  await writeFile(signal, '', { mode: 0o600 })
  if (owner !== null) await chown(signal, owner.uid, owner.gid)
  const { line, segmentBytes } = base
  const fed = await feed({ root, line, passphrase, segmentBytes, owner, folder: path.join(home, 'wal-feed') })
  of.say('replaying the log')
  try {
    const settings = settingsFor(fed.command, of.moment)
    const server = await startEmbedded(home, { binaries: of.binaries ?? undefined, settings, patienceMs: PATIENCE_MS })
    return { server, segments: fed.count(), keys }
  } catch (error) {
    throw fed.fault() ?? (await ended(home, of.moment)) ?? error
  } finally {
    await fed.stop()
  }
}

/** They go with the next start, which writes the settings anew. */
function settingsFor(command: string, moment: string): Record<string, string> {
  return {
    archive_mode: 'off',
    restore_command: command,
    // Names of zones, Z among them, are not known yet when this is read.
    recovery_target_time: moment.replace('T', ' ').replace('Z', '+00'),
    recovery_target_timeline: 'current',
    recovery_target_action: 'promote',
    // Nobody looks in before the moment is reached; the settings of the server of before need not be matched then.
    hot_standby: 'off',
  }
}

/** The log went on to its end without a transaction after the moment. */
async function ended(home: string, moment: string): Promise<BackupRefusal | null> {
  const folder = path.join(home, 'postgres-logs')
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.startsWith('postgres-'))
  const text = (await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n')
  if (!text.includes('recovery ended before configured recovery target was reached')) return null
  const last = /last completed transaction was at log time (\S+) (\S+?)(?:\+00| UTC)/.exec(text)
  return new BackupRefusal(
    `The archived log ends before ${moment}${last === null ? '' : `: the last change in it is of ${last[1]}T${last[2]}Z. Give that time, or an earlier one`}. Nothing was changed.`,
  )
}

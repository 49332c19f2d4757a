/**
 * `restore --to-time`: the whole database as it was at a moment. A new cluster is made in a folder beside the present one,
 * checked there, and exchanged with it at the end; whatever goes wrong before leaves the present one as it is.
 */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { putBack } from '#platform/archive/attachments.ts'
import type { Reach, Window } from '#platform/archive/window.ts'
import { reaches, windows } from '#platform/archive/window.ts'
import { DamagedBase, recover } from '#platform/archive/recover.ts'
import { stampOf } from '#platform/archive/place.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { openFiles } from '#platform/files.ts'
import type { Embedded } from '#platform/postgres/embedded.ts'
import { exchangeClusters, finishExchange } from '#platform/postgres/exchange.ts'
import { markOf } from '#platform/postgres/living.ts'
import { withLock } from '#platform/postgres/lock.ts'
import { runningPostmaster } from '#platform/postgres/postmaster.ts'
import { OWNER, removeLeft } from '#main/backup/scratch.ts'
import type { SealParts } from '#main/backup/seal-check.ts'
import type { CheckedState } from './check.ts'
import { checkState } from './check.ts'
import { sealing } from './settings.ts'

export interface ToTime {
  readonly dataFolder: string
  /** The archive's folder. */
  readonly root: string
  readonly binaries: string | null
  /** RFC 3339, UTC. */
  readonly moment: string
  /** Nothing is exchanged: it is only tried whether all would be well. */
  readonly isTrial: boolean
  readonly seal: SealParts
  readonly reason: string
  readonly request: string
  readonly say: (line: string) => void
}
export interface BroughtBack extends CheckedState {
  readonly segments: number
  /** The base backup it began with. */
  readonly base: string
  /** Folder of the cluster that was there; null when there was none, or for a trial. */
  readonly before: string | null
  /** Attachments that are neither in the data folder nor in the archive. */
  readonly missingFiles: readonly string[]
}
const PREFIX = 'recover-'
export const BEFORE = 'postgres-before-'
/** A base backup, and what its log adds. */
const ROOM = 1.3

/** Call while no server runs. @throws {BackupRefusal} with what is wrong; nothing is changed then */
export async function toTime(of: ToTime): Promise<BroughtBack> {
  return withLock(path.join(of.dataFolder, 'run'), async () => {
    await finishExchange(of.dataFolder)
    await removeLeft(of.dataFolder, PREFIX)
    if ((await runningPostmaster(path.join(of.dataFolder, 'postgres'))) !== null)
      throw new BackupRefusal(
        `The database in ${of.dataFolder} is in use. Stop Pilothouse and try again. Nothing was changed.`,
      )
    const damaged: DamagedBase[] = []
    for (const from of await startsFor(of)) {
      const made = await attempt(of, from)
      if (!(made instanceof DamagedBase)) return made
      damaged.push(made)
      of.say(`${made.message} An earlier base backup is tried.`)
    }
    throw new BackupRefusal(`${damaged.map(({ message }) => message).join(' ')} Nothing was changed. Without it: pilothouse backup list`) // oxfmt-ignore
  })
}

/** Base backups from which the moment can be reached, newest first. @throws {BackupRefusal} when there is none */
async function startsFor({ root, moment, seal }: ToTime): Promise<Reach[]> {
  if (moment > seal.now()) throw new BackupRefusal(`${moment} is still to come. Give a moment of the past, in UTC.`)
  const all = await reaches(root)
  const before = all.filter(({ base }) => base.from <= moment)
  const reaching = before.filter(({ until }) => until !== null && moment <= until)
  if (reaching.length > 0) return reaching
  const [nearest] = before
  if (nearest !== undefined && nearest.missing !== null)
    throw new BackupRefusal(
      `The segment ${nearest.missing} of the log is missing in ${path.join(root, nearest.base.line, 'wal')}, so nothing between ${nearest.until ?? nearest.base.from} and the next base backup can be brought back. ${spans(windows(all))} Nothing was changed.`,
    )
  throw new BackupRefusal(`${moment} cannot be reached. ${spans(windows(all))} Nothing was changed.`)
}
function spans(all: readonly Window[]): string {
  if (all.length === 0) return 'The archive can bring back no moment: it has no base backup with its log.'
  return `What can be: ${all.map(({ from, until }) => `${from} to ${until}`).join('; ')}.`
}

/** A base backup that is damaged is given back: another may do. */
async function attempt(of: ToTime, { base }: Reach): Promise<BroughtBack | DamagedBase> {
  const { root, dataFolder, moment, say } = of
  const disk = statfsSync(dataFolder)
  if (disk.bavail * disk.bsize < base.clusterBytes * ROOM)
    throw new BackupRefusal(
      `There is not enough room in ${dataFolder}: ${Math.ceil((base.clusterBytes * ROOM) / 1e6)} MB are needed.`,
    )
  const home = mkdtempSync(path.join(dataFolder, PREFIX))
  chmodSync(home, 0o711) // the server's account passes through
  writeFileSync(path.join(home, OWNER), await markOf(process.pid))
  let server: Embedded | null = null
  try {
    const { passphrase } = await sealing()
    const made = await recover({ root, base, moment, passphrase, home, binaries: of.binaries, say })
    server = made.server
    const state = await checkState({ ...of, server, keys: made.keys })
    await server.stop()
    server = null
    const missingFiles = await putBack(
      { root, passphrase, files: openFiles(path.join(dataFolder, 'files')) },
      state.files,
    )
    return {
      ...state,
      missingFiles,
      base: base.name,
      segments: made.segments,
      before: of.isTrial ? null : await exchange(of, home),
    }
  } catch (error) {
    if (error instanceof DamagedBase) return error
    throw error
  } finally {
    await server?.stop().catch(() => {}) // the refusal says more
    rmSync(home, { recursive: true, force: true })
  }
}

async function exchange({ dataFolder, seal, say }: ToTime, home: string): Promise<string | null> {
  say('exchanging the clusters')
  const before = existsSync(path.join(dataFolder, 'postgres')) ? `${BEFORE}${stampOf(seal.now())}` : null
  await exchangeClusters(dataFolder, { from: path.join(path.basename(home), 'postgres'), before })
  return before
}
/** Clusters that earlier restores have kept. */
export function clustersBefore(dataFolder: string): string[] {
  return readdirSync(dataFolder).filter((name) => name.startsWith(BEFORE))
}

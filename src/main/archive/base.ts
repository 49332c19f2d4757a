/** When a base backup is due, and what is done with it: made, attachments brought along, what is no longer needed removed. */
import { bringFiles, forgetFiles, namesOf } from '#platform/archive/attachments.ts'
import { makeBase } from '#platform/archive/base.ts'
import type { BaseNote } from '#platform/archive/place.ts'
import { baseFile, lineOf } from '#platform/archive/place.ts'
import { pruneArchive, reaches } from '#platform/archive/window.ts'
import { readFile } from '#platform/backup/folder-target.ts'
import { openLockBox } from '#platform/backup/lock-box.ts'
import { headerOf } from '#platform/backup/reader.ts'
import { now } from '#platform/clock.ts'
import { filesFolderOf, shipAll } from './keeper.ts'
import { saidOf, say, sayTrouble } from './said.ts'
import type { Archive } from './settings.ts'
import { baseEveryMs, sealing } from './settings.ts'

const DAY_MS = 86_400_000
/** After a failure it is tried again, but not every five minutes. */
const AGAIN_MS = 3_600_000

/** @returns why one is due, or null */
export async function baseDue(archive: Archive, at: string): Promise<string | null> {
  const failed = saidOf(archive.dataFolder).base
  if (failed !== undefined && Date.parse(at) - Date.parse(failed.at) < AGAIN_MS) return null
  const line = await lineOf(archive.cluster)
  const all = await reaches(archive.folder).catch(() => null)
  if (all === null) return null // an archive that cannot be read stands on the health page
  const newest = all.find(({ base }) => base.line === line)
  if (newest === undefined) return 'there is none of this database yet'
  const age = Date.parse(at) - Date.parse(newest.base.startedAt)
  if (age > baseEveryMs(archive)) return 'the newest is old enough'
  // Segments of the base backup itself may still be on their way.
  if (newest.missing !== null && (newest.missing > newest.base.last || age > AGAIN_MS))
    return `the segment ${newest.missing} of the log is missing after the newest`
  return (await isOpenable(archive, newest.base)) ? null : 'the passphrase is another one than that of the newest'
}
async function isOpenable({ folder }: Archive, base: BaseNote): Promise<boolean> {
  const { passphrase } = await sealing()
  const { locking } = await headerOf(readFile(baseFile(folder, base)))
  if (locking === null || passphrase === null) return (locking === null) === (passphrase === null)
  return openLockBox(locking, passphrase).then(
    () => true,
    () => false,
  )
}

/** @param keys of the installation, for an encrypted one @throws {BackupRefusal} and whatever the disk said */
export async function base(archive: Archive, keys: object): Promise<BaseNote> {
  const { folder: root, cluster, door, dataFolder, days } = archive
  try {
    const sealed = await sealing()
    const from = filesFolderOf(archive)
    await bringFiles({ ...sealed, root, from, now }, namesOf(from))
    const note = await makeBase({ ...sealed, root, cluster, door, keys, now })
    await shipAll(archive)
    const line = await lineOf(cluster)
    await pruneArchive({ root, line, since: new Date(Date.parse(now()) - days * DAY_MS).toISOString() })
    await forgetFiles({ root, from, now: now(), keepMs: days * DAY_MS + baseEveryMs(archive) })
    say(dataFolder, 'base', null)
    say(dataFolder, 'gaveUp', null)
    return note
  } catch (error) {
    sayTrouble(dataFolder, 'base', now(), error)
    throw error
  }
}

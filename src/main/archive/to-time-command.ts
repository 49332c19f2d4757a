/** `restore --to-time MOMENT --replace | --into-empty | --trial`. */
import { existsSync, mkdirSync } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SEGMENT } from '#engines/wal.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Config } from '#platform/config.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { openLog } from '#platform/log.ts'
import { DatabaseRefusal } from '#platform/postgres/refusal.ts'
import { saying } from '#main/backup/commands.ts'
import { ask, openServer } from '#main/backup/doors.ts'
import { isNothingIn, refuseWhileUsed } from '#main/backup/restore.ts'
import { makeDataFolder } from '#main/data-folder.ts'
import { sealOf } from '#main/backup/seal-of.ts'
import type { Options } from '#main/options.ts'
import { config, tell } from '#main/options.ts'
import { endSegment, shipAll } from './keeper.ts'
import type { Archive } from './settings.ts'
import { archiveOf } from './settings.ts'
import type { BroughtBack } from './to-time.ts'
import { toTime } from './to-time.ts'

const HANDED_OVER_MS = 120_000

export async function toTimeCommand(options: Options, said: string): Promise<number> {
  const ways = ['replace', 'into-empty', 'trial'].filter((name) => options.flags.has(name))
  if (ways.length !== 1 || options.words.length > 0)
    throw refusal('restore --to-time', 'Say how: --replace (what is there is kept beside), --into-empty (nothing is there yet), or --trial (nothing is changed).') // oxfmt-ignore
  const moment = momentOf(said)
  openLog({ level: 'silent' })
  const chosen = config(options)
  if (chosen.databaseUrl !== null)
    throw refusal('DATABASE_URL', 'A moment can be brought back on the embedded database alone. The log of this server is archived by its own administrators.') // oxfmt-ignore
  if (chosen.archive === null) throw refusal('PILOTHOUSE_ARCHIVE_TO', 'It is "off". Name the folder of the archive.')
  makeDataFolder(chosen.dataFolder)
  const say = saying(options)
  if (existsSync(path.join(chosen.dataFolder, 'postgres', 'PG_VERSION'))) await archiveRest(chosen, ways[0] === 'into-empty', say) // oxfmt-ignore
  const made = await toTime({
    dataFolder: chosen.dataFolder,
    root: chosen.archive.folder,
    binaries: chosen.postgresPrograms,
    moment,
    isTrial: ways[0] === 'trial',
    seal: sealOf(chosen),
    reason: options.values['reason'] ?? `brought back the state of ${moment}`,
    request: `restore-${crypto.randomUUID()}`,
    say,
  })
  report(options, { moment, made, isTrial: ways[0] === 'trial' })
  return 0
}
function refusal(where: string, because: string): ConfigRefusal {
  return new ConfigRefusal([{ where, because }])
}
/** With microseconds, so that moments compare as text. */
export function momentOf(text: string): string {
  try {
    return Temporal.Instant.from(text.trim().replace(' ', 'T')).toString({ fractionalSecondDigits: 6 })
  } catch {
    throw refusal('--to-time', `"${text}" is no moment. Write it as 2026-11-22T01:23:45Z (UTC), or with another offset: 2026-11-22T02:23:45+01:00.`) // oxfmt-ignore
  }
}

/** What the present cluster has not handed over yet goes into the archive first: then every moment up to now is there. */
async function archiveRest(chosen: Config, mustBeEmpty: boolean, say: (line: string) => void): Promise<void> {
  say('archiving what is not archived yet')
  const server = await openServer(chosen, say).catch((error: unknown) => {
    if (error instanceof DatabaseRefusal) return error
    throw error
  })
  if (server instanceof DatabaseRefusal) return archiveOfBroken(chosen, server, say)
  const archive = archiveOf(chosen, server.loader('postgres'))
  try {
    await refuseWhileUsed(server)
    if (mustBeEmpty && !(await isNothingIn(server)))
      throw new BackupRefusal('The embedded database is not empty. To put a moment in its place, use --replace: what is there is kept beside it.') // oxfmt-ignore
    if (archive !== null) await archiveAll(archive)
  } finally {
    await server.stop()
  }
  if (archive !== null) await shipAll(archive) // the last one, which the stop has ended
}
async function archiveAll(archive: Archive): Promise<void> {
  const { segment } = await endSegment(archive)
  for (const until = Date.now() + HANDED_OVER_MS; ; await sleep(100)) {
    const rows = await ask<{ done: boolean; mode: string }>(
      archive.door,
      `select coalesce(last_archived_wal >= $1, false) as done, current_setting('archive_mode') as mode from pg_stat_archiver`,
      [segment],
    )
    if (rows[0]?.done === true || rows[0]?.mode === 'off') break
    if (Date.now() > until)
      throw new BackupRefusal(`The database does not hand over its log (${segment}). See whether the disk is full, and what postgres-logs in the data folder say. Nothing was changed.`) // oxfmt-ignore
  }
  await shipAll(archive)
}
/** A cluster that does not start any more: the full segments that it kept for the archive are taken as they lie there. */
async function archiveOfBroken(chosen: Config, because: DatabaseRefusal, say: (line: string) => void): Promise<void> {
  say(`The present database does not start, so its last minutes may be missing in the archive. ${because.message}`)
  const archive = archiveOf(chosen, { host: '', port: 0, user: '', database: '' })
  if (archive === null) return
  const wal = path.join(archive.cluster, 'pg_wal')
  mkdirSync(archive.spool, { recursive: true, mode: 0o700 })
  for (const mark of await readdir(path.join(wal, 'archive_status')).catch((): string[] => [])) {
    const name = /^(.+)\.ready$/.exec(mark)?.[1] ?? ''
    if (SEGMENT.test(name)) await copyFile(path.join(wal, name), path.join(archive.spool, name)).catch(() => {}) // named as missing if it is needed
  }
  await shipAll(archive)
}

function report(
  options: Options,
  { moment, made, isTrial }: { moment: string; made: BroughtBack; isTrial: boolean },
): void {
  const { rows, entries, fork, strangeCounts, missingFiles, before, segments, hasKeys } = made
  const lines = [
    `${isTrial ? 'The state of' : 'Brought back the state of'} ${moment}${isTrial ? ' can be brought back' : ''}: ${segments} segments of the log replayed, ${rows.toLocaleString('en')} rows read, the seal over ${entries.toLocaleString('en')} entries verified.`,
    ...(fork === null ? [] : [`Lost since then, by the checkpoints kept outside: entries ${fork.from} to ${fork.to - 1} of the journal.${isTrial ? '' : ' This is declared in the journal.'}`]), // oxfmt-ignore
    ...strangeCounts.map((line) => `A count differs: ${line}.`),
    ...missingFiles.map((name) => `Attachment ${name} is neither in the data folder nor in the archive.`),
    ...(hasKeys && !isTrial ? ['The keys of the archive come into the data folder at the next start; other ones that are there stay under another name.'] : []), // oxfmt-ignore
    ...(before === null ? [] : [`What was there is kept in the folder "${before}". Once all is well: pilothouse restore --drop-previous`]), // oxfmt-ignore
    isTrial ? 'Nothing was changed.' : 'Start Pilothouse now.',
  ]
  const { files: _, ...value } = made
  tell(options, lines.join('\n'), { moment, ...value })
}

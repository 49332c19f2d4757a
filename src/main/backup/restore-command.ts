/** `restore` and `move`: they open the servers themselves, because an installation that cannot be opened must be restorable. */
import path from 'node:path'
import { rmSync } from 'node:fs'
import { holdOutgoing } from '#kit/hold-outgoing.ts'
import type { Database } from '#kit/database.ts'
import type { Config } from '#platform/config.ts'
import { ConfigRefusal, readConfig } from '#platform/config.ts'
import { openSealingKey } from '#platform/checkpoint-sink.ts'
import { openBackup } from '#platform/backup/reader.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { storeOf } from '#platform/backup/store.ts'
import { openFiles } from '#platform/files.ts'
import { openLog } from '#platform/log.ts'
import type { Options } from '#main/options.ts'
import { makeDataFolder } from '#main/data-folder.ts'
import { config, readOptions, tell } from '#main/options.ts'
import { keepArchive } from '#main/archive/keeper.ts'
import { archiveOf } from '#main/archive/settings.ts'
import { clustersBefore } from '#main/archive/to-time.ts'
import { toTimeCommand } from '#main/archive/to-time-command.ts'
import { keepEarlierKey, noteArrival, prepareKeys } from './arrival.ts'
import { saying } from './commands.ts'
import { sealOf } from './seal-of.ts'
import type { Server } from './doors.ts'
import { openServer } from './doors.ts'
import type { Filled } from './fill.ts'
import { move } from './move.ts'
import type { Restored } from './restore.ts'
import { keptBefore, restore } from './restore.ts'
import { passphraseOf } from './secrets.ts'

const USE =
  'Say which file and how: restore FILE --into-empty (nothing is there yet), or restore FILE --replace (what is there is kept beside). Or: restore --drop-previous. Or to a moment: restore --to-time 2026-11-22T01:23:45Z --replace (or --into-empty, or --trial to see whether it would work).'

export async function restoreCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {
    values: ['reason', 'to-time'],
    flags: ['into-empty', 'replace', 'trial', 'drop-previous', 'quiet'],
  })
  const [file] = options.words
  if (options.values['to-time'] !== undefined) return toTimeCommand(options, options.values['to-time'])
  const into = options.flags.has('replace') ? 'replace' : options.flags.has('into-empty') ? 'empty' : null
  if (options.flags.has('drop-previous'))
    return withServer(options, (server, { dataFolder }) => dropPrevious(options, server, dataFolder))
  if (file === undefined || into === null || (options.flags.has('replace') && options.flags.has('into-empty')))
    throw new ConfigRefusal([{ where: 'restore', because: USE }])
  return withServer(options, async (server, chosen) => {
    const { store, name } = storeOf(file, process.env)
    const backup = await openBackup(store.open(name), () => passphraseOf(process.env))
    if (backup.header.archived !== undefined)
      throw new BackupRefusal(
        'This is a file of the archive. It comes back with: restore --to-time 2026-11-22T01:23:45Z',
      )
    const id = crypto.randomUUID()
    const restored = await restore({
      server,
      backup,
      into,
      files: openFiles(path.join(chosen.dataFolder, 'files')),
      seal: sealOf(chosen),
      request: `restore-${id}`,
      reason: options.values['reason'] ?? `restored the backup ${name} of ${backup.header.createdAt}`,
      say: saying(options),
      finish: async (db, filled) => {
        await holdOutgoing(db)
        await arrive(db, filled, { folder: chosen.dataFolder, id })
      },
    })
    report(options, server, restored)
    return 0
  })
}

/** The keys wait for the first start; without keys the log goes on under the key that is here. */
async function arrive(
  db: Database,
  { keys, header }: Filled,
  { folder, id }: { folder: string; id: string },
): Promise<void> {
  if (keys !== null) {
    prepareKeys(folder, id, keys)
    await noteArrival(db, id)
  } else if (openSealingKey(folder, process.env['PILOTHOUSE_SEAL_KEY']).text !== header.seal.publicKey)
    keepEarlierKey(folder, header.seal.publicKey)
}
function report(options: Options, server: Server, { header, manifest, fork, before, keys }: Restored): void {
  const items = manifest.parts.reduce((sum, part) => sum + part.items, 0)
  const lines = [
    `Restored the state of ${header.createdAt} into ${server.place}: ${items.toLocaleString('en')} rows and files, every count as in the backup, the seal over ${header.seal.size.toLocaleString('en')} entries verified.`,
    ...(fork === null
      ? []
      : [
          `Lost since then, by the checkpoints kept outside: entries ${fork.from} to ${fork.to - 1} of the journal. This is declared in the journal.`,
        ]),
    ...(keys === null
      ? [
          'The backup holds no keys: those of this data folder are used. On a new machine put "secret" and "seal-key.pem" back by hand before the next start, or second factors have to be set up anew.',
        ]
      : ['Its keys come into the data folder at the next start; other ones that are there stay under another name.']),
    ...(before === null
      ? []
      : [`What was there is kept as the database "${before}". Once all is well: pilothouse restore --drop-previous`]),
    'Start Pilothouse now.',
  ]
  tell(options, lines.join('\n'), {
    createdAt: header.createdAt,
    program: header.program,
    items,
    entries: header.seal.size,
    fork,
    before,
    keys: keys !== null,
  })
}
async function dropPrevious(options: Options, server: Server, dataFolder: string): Promise<number> {
  const [databases, clusters] = [await keptBefore(server), clustersBefore(dataFolder)]
  for (const name of databases) await server.drop(name)
  for (const name of clusters) rmSync(path.join(dataFolder, name), { recursive: true, force: true })
  const names = [...databases, ...clusters]
  tell(options, names.length === 0 ? 'No earlier database is kept.' : `Dropped: ${names.join(', ')}.`, {
    dropped: names,
  })
  return 0
}

export async function moveCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['to'], flags: ['replace', 'quiet'] })
  const target = await targetOf(options)
  return withServer(options, async (from, chosen) => {
    const wanted = { ...chosen, databaseUrl: target }
    if (target === chosen.databaseUrl)
      throw new ConfigRefusal([{ where: '--to', because: 'This is the database in use already.' }])
    const to = await openServer(wanted)
    try {
      const key = openSealingKey(chosen.dataFolder, process.env['PILOTHOUSE_SEAL_KEY'])
      const moved = await move({
        from,
        to,
        isReplacing: options.flags.has('replace'),
        dataFolder: chosen.dataFolder,
        files: openFiles(path.join(chosen.dataFolder, 'files')),
        key,
        seal: sealOf(chosen),
        request: `move-${crypto.randomUUID()}`,
        say: saying(options),
      })
      const items = moved.manifest.parts.reduce((sum, part) => sum + part.items, 0)
      const next =
        target === null
          ? 'Leave DATABASE_URL out from now on.'
          : 'Start Pilothouse with DATABASE_URL set to it from now on.'
      tell(
        options,
        `Moved from ${from.place} to ${to.place}: ${items.toLocaleString('en')} rows, every count equal, the seal over ${moved.header.seal.size.toLocaleString('en')} entries verified. ${next} The old database is left as it was, and refuses to start.`,
        { from: from.place, to: to.place, items, entries: moved.header.seal.size, before: moved.before },
      )
      return 0
    } finally {
      await to.stop()
    }
  })
}
/** An address with a password belongs into the environment: PILOTHOUSE_MOVE_TO. On the command line it may stand without one. */
async function targetOf(options: Options): Promise<string | null> {
  const said = options.values['to'] ?? process.env['PILOTHOUSE_MOVE_TO'] ?? ''
  if (said === 'embedded') return null
  if (said === '' || (options.values['to'] !== undefined && (URL.parse(said)?.password ?? '') !== ''))
    throw new ConfigRefusal([
      {
        where: '--to',
        because:
          'Say "embedded", or the address of a PostgreSQL database. One with a password goes into the variable PILOTHOUSE_MOVE_TO, because everybody on this machine can read a command line.',
      },
    ])
  return readConfig({ ...process.env, DATABASE_URL: said }).databaseUrl
}

async function withServer(
  options: Options,
  work: (server: Server, chosen: Config) => Promise<number>,
): Promise<number> {
  openLog({ level: 'silent' })
  const chosen = config(options)
  makeDataFolder(chosen.dataFolder)
  const server = await openServer(chosen, saying(options))
  // What is loaded goes through the log as well: it must not pile up meanwhile.
  const archive = archiveOf(chosen, server.isEmbedded ? server.loader(server.name) : null)
  const keeper = archive === null ? null : keepArchive(archive, { cutMs: null })
  try {
    return await work(server, chosen)
  } finally {
    await keeper?.stop()
    await server.stop()
  }
}

/** `backup`, `backup prove`, `backup list`, `backup due`. */
import { ConfigRefusal } from '#platform/config.ts'
import { openStore, storeOf } from '#platform/backup/store.ts'
import { withInstallation } from '#main/accounts.ts'
import type { Options } from '#main/options.ts'
import { readOptions, tell } from '#main/options.ts'
import { passphraseOf } from './secrets.ts'
import { noted, takeStock } from './book.ts'
import { backUp, byTheClock, proveOne, usualPlace } from './work.ts'

export function saying(options: Options): (line: string) => void {
  return options.flags.has('json') || options.flags.has('quiet') ? () => {} : (line) => console.error(`  ${line}`)
}
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** Makes one. `--plain` leaves it open to everybody although a passphrase is set. */
export async function backupCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['to'], flags: ['encrypt', 'plain', 'quiet'] })
  if (options.words.length > 0)
    throw new ConfigRefusal([
      {
        where: 'backup',
        because: 'Say where to with --to FOLDER or --to s3://bucket/prefix, or nothing for the usual place.',
      },
    ])
  return withInstallation(options, async (of) => {
    const isEncrypted =
      options.flags.has('encrypt') || (passphraseOf(process.env) !== null && !options.flags.has('plain'))
    const place = options.values['to'] ?? usualPlace(of.config.dataFolder)
    const made = await backUp(of, { place, isEncrypted, say: saying(options) })
    const { name, bytes, items, tookMs, tableBytes, sha256, manifest, header } = made
    const lines = [
      `Backed up to ${made.place}/${name}: ${items.toLocaleString('en')} rows and files, ${header.seal.size.toLocaleString('en')} journal entries, ${megabytes(bytes)} in ${seconds(tookMs)} (${Math.round(tableBytes / 1e3 / tookMs)} MB/s of table data).`,
      ...manifest.unsound.map(
        (file) => `Attachment ${file} is damaged or missing; it was so before. Put it back from an earlier backup.`,
      ),
      ...(isEncrypted
        ? []
        : [
            'It is not encrypted, so it holds no keys: keep a copy of "secret" and "seal-key.pem" from the data folder in another safe place. With --encrypt they are inside.',
          ]),
    ]
    tell(options, lines.join('\n'), {
      place: made.place,
      name,
      bytes,
      items,
      entries: header.seal.size,
      tookMs: Math.round(tookMs),
      tableBytes,
      sha256,
      encrypted: isEncrypted,
      unsound: manifest.unsound,
    })
    return 0
  })
}
export async function proveBackupCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { flags: ['quiet'] })
  const [file] = options.words
  return withInstallation(options, async (of) => {
    const { store, name } =
      file === undefined
        ? { store: openStore(usualPlace(of.config.dataFolder), process.env), name: undefined }
        : storeOf(file, process.env)
    const proven = await proveOne(of, { store, name, say: saying(options) })
    tell(
      options,
      `${store.place}/${proven.name} is proven: restored into a scratch server, ${proven.items.toLocaleString('en')} rows and files counted, the seal over ${proven.entries.toLocaleString('en')} entries verified, in ${seconds(proven.tookMs)}.`,
      { place: store.place, ...proven },
    )
    return 0
  })
}
export async function listBackupsCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  return withInstallation(options, async (of) => {
    const store = openStore(usualPlace(of.config.dataFolder), process.env)
    await takeStock(of.db, store, of.store.now())
    const items = await noted(of.db)
    const lines = items.map(
      (one) =>
        `${one.startedAt.slice(0, 16).replace('T', ' ')}  ${one.state.padEnd(7)} ${one.bytes === null ? '' : megabytes(one.bytes).padStart(10)}  ${one.proof === 'good' ? 'proven' : one.proof === 'failed' ? 'PROOF FAILED' : 'not proven'}  ${one.place}/${one.name}${one.because === null ? '' : `  ${one.because}`}`,
    )
    tell(
      options,
      lines.length === 0 ? `No backups in ${store.place} yet. Make one: pilothouse backup` : lines.join('\n'),
      { place: store.place, items },
    )
    return 0
  })
}
/** What the schedule runs, in a process of its own: copying must not cost the people who work a moment. */
export async function dueBackupsCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  return withInstallation(options, async (of) => {
    await byTheClock(of, () => {})
    return 0
  })
}

/** Makes an empty database into what a backup tells of: its schema, its rows, then the present schema, then the checks. */
import path from 'node:path'
import type { Database } from '#kit/database.ts'
import type { Migration } from '#kit/migrate.ts'
import { checksum, migrate } from '#kit/migrate.ts'
import { unpackFiles } from '#platform/backup/attachments.ts'
import { Channel } from '#platform/backup/channel.ts'
import type { Header, Manifest, PartSpec } from '#platform/backup/format.ts'
import { Loader } from '#platform/backup/load.ts'
import type { OpenedBackup, Receiver } from '#platform/backup/reader.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Door } from '#platform/database.ts'
import { openDatabase } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import { readMigrations } from '#platform/migrations.ts'
import { ROOT } from '#main/root.ts'
import { continueOrder, settleSequences } from './order.ts'
import type { Keys } from './secrets.ts'

export interface Filling {
  readonly backup: OpenedBackup
  /** As the account that will own everything. */
  readonly owner: Door
  /** As the account that copies. */
  readonly loader: Door
  /** Where attachments go. */
  readonly files: Files
  readonly now: () => string
  readonly say: (line: string) => void
}
export interface Filled {
  readonly header: Header
  readonly manifest: Manifest
  readonly bytes: number
  readonly keys: Keys | null
}

/** @throws {BackupRefusal} at the first thing that is wrong; the database is then good for nothing */
export async function fill(of: Filling): Promise<Filled> {
  const all = readMigrations(path.join(ROOT, 'src'))
  const { header } = of.backup
  const db = openDatabase({ connection: of.owner, max: 2, name: 'pilothouse restore' })
  try {
    await migrate(db, schemaOf(header, all), header.createdAt.slice(0, 10))
    const { manifest, bytes, keys } = await load(of)
    await settleSequences(db)
    // Before newer migrations run: those may write rows of their own.
    await compareCounts(db, manifest)
    await migrate(db, all, of.now().slice(0, 10), of.say)
    await continueOrder(db)
    return { header, manifest, bytes, keys }
  } finally {
    await db.close()
  }
}

/** The migrations of the backup. @throws {BackupRefusal} when this program does not have all of them */
export function schemaOf(header: Header, all: readonly Migration[]): Migration[] {
  const known = new Map(all.map((one) => [one.name, one]))
  return header.migrations.map(({ name, checksum: wanted }) => {
    const found = known.get(name)
    if (found === undefined)
      throw new BackupRefusal(
        `The backup was made by a newer Pilothouse (${header.program}): it has "${name}", which this one does not know. Restore it with that version or a newer one. Nothing was changed.`,
      )
    if (checksum(found.sql) !== wanted)
      throw new BackupRefusal(
        `The backup's schema differs from this program's in "${name}": one of the two was changed by hand. Use the released program ${header.program}. Nothing was changed.`,
      )
    return found
  })
}

async function load(of: Filling): Promise<{ manifest: Manifest; bytes: number; keys: Keys | null }> {
  const loader = await Loader.open(of.loader)
  const rest = new Rest(of.files)
  const to: Receiver = {
    begin: (part, spec) => (spec.kind === 'table' ? loader.begin(part, spec) : rest.begin(part, spec)),
    data: (part, chunk) => (rest.has(part) ? rest.data(part, chunk) : loader.data(part, chunk)),
    finish: (part, spec, summary) =>
      rest.has(part) ? rest.finish(part, summary.items) : loader.finish(part, spec, summary),
  }
  try {
    of.say('loading the rows')
    const { manifest, bytes } = await of.backup.read(to)
    await loader.complete(of.say)
    return { manifest, bytes, keys: rest.keys }
  } finally {
    rest.close()
    await loader.close()
  }
}

/** The parts that are no tables. */
class Rest {
  keys: Keys | null = null
  readonly #files: Files
  readonly #open = new Map<number, { channel: Channel; done: Promise<number> }>()
  #fault: { readonly error: unknown } | null = null
  constructor(files: Files) {
    this.#files = files
  }
  has(part: number): boolean {
    return this.#open.has(part)
  }
  async begin(part: number, spec: PartSpec): Promise<void> {
    const channel = new Channel(6)
    const done = spec.kind === 'files' ? unpackFiles(channel, this.#files) : this.#readKeys(channel)
    done.catch((error: unknown) => {
      this.#fault ??= { error }
      channel.close()
    })
    this.#open.set(part, { channel, done })
  }
  async data(part: number, chunk: Buffer): Promise<void> {
    if (this.#fault !== null) throw this.#fault.error
    await this.#open.get(part)?.channel.put(chunk)
  }
  async finish(part: number, items: number): Promise<void> {
    const open = this.#open.get(part)
    if (open === undefined) return
    open.channel.close()
    const came = await open.done
    this.#open.delete(part)
    if (came !== items) throw new BackupRefusal(`${came} attachments came out of ${items}. Take another backup.`)
  }
  close(): void {
    for (const { channel } of this.#open.values()) channel.close()
  }
  async #readKeys(channel: Channel): Promise<number> {
    const chunks: Buffer[] = []
    for await (const chunk of channel) chunks.push(chunk)
    const keys = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Keys // its digest holds: we wrote it
    this.keys = keys
    return Object.keys(keys).length
  }
}

/** Asks the database itself how many rows each table has. */
async function compareCounts(db: Database, manifest: Manifest): Promise<void> {
  for (const { kind, name, items } of manifest.parts) {
    if (kind !== 'table') continue
    const rows = await db.query<{ n: number }>(`select count(*) as n from "${name.replaceAll('"', '""')}"`)
    if (rows[0]?.n !== items)
      throw new BackupRefusal(
        `The table "${name}" has ${rows[0]?.n} rows where the backup tells of ${items}. Nothing was changed; report this.`,
      )
  }
}

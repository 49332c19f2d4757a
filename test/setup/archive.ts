// An installation with a server of its own whose log is archived: people come in, moments are noted, segments are ended.
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '#kit/actor.ts'
import { seal } from '#kit/seal/sealer.ts'
import { base } from '#main/archive/base.ts'
import { endSegment, shipAll } from '#main/archive/keeper.ts'
import { type Archive, archiveOf } from '#main/archive/settings.ts'
import { keysOf } from '#main/backup/secrets.ts'
import { type Installation, openInstallation } from '#main/installation.ts'
import { portsOf } from '#main/parts.ts'
import { waiting } from '#platform/archive/ship.ts'
import { readConfig } from '#platform/config.ts'
import { ask } from '#main/backup/doors.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from './backup.ts'
import { atEnd } from './database.ts'
import { Product } from './product.ts'

const PATIENCE_MS = 120_000

export class Archived {
  readonly folder = ownFolder()
  readonly #more: Readonly<Record<string, string>>
  #of: Installation | null = null
  #clock = Date.now()
  constructor(more: Readonly<Record<string, string>> = {}) {
    this.#more = more
    atEnd(async () => {
      await this.close()
      await (await startEmbedded(this.folder)).stop()
    })
  }
  get of(): Installation {
    if (this.#of === null) throw new Error('It is not open.')
    return this.#of
  }
  get archive(): Archive {
    const archive = archiveOf(this.of.config, this.of.backupDoor)
    if (archive === null) throw new Error('Nothing is archived.')
    return archive
  }
  get root(): string {
    return this.#more['PILOTHOUSE_ARCHIVE_TO'] ?? path.join(this.folder, 'archive')
  }
  /** @param options.isEmpty without the organisation: as after the first start */
  async open(options: { isEmpty?: boolean } = {}): Promise<void> {
    this.#of ??= await openInstallation(readConfig({ PILOTHOUSE_DATA: this.folder, ...this.#more }), () => {})
    portsOf(this.#of) // makes the sealing key
    if (options.isEmpty !== true)
      await this.#of.db.query("insert into organisation (id, name) values (1, 'Harbour Works') on conflict do nothing")
  }
  async close(): Promise<void> {
    await this.#of?.close()
    this.#of = null
  }
  command(...words: readonly string[]): { code: number | null; text: string } {
    return new Product(this.folder, 0, this.#more).command(words)
  }
  /** @returns the command's one value */
  told<T>(...words: readonly string[]): T {
    const { code, text } = this.command(...words, '--json', '--quiet')
    if (code !== 0) throw new Error(text)
    return JSON.parse(text.trim().split('\n').at(-1) ?? '') as T
  }
  async person(name: string): Promise<number> {
    const { store } = this.of
    const email = `p${this.#clock++}@x.test`
    return (await store.create(system(1, 'test'), store.catalogue.get('person'), { name, email })).id
  }
  async people(): Promise<string[]> {
    const rows = await this.of.db.query<{ name: string }>('select name from person order by id')
    return rows.map(({ name }) => name)
  }
  /** A moment after everything that was written, and before everything that will be. */
  async moment(): Promise<string> {
    const rows = await ask<{ at: string }>(
      this.archive.door,
      `select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, pg_sleep(0.01)`,
    )
    return rows[0]?.at ?? ''
  }
  async base(): Promise<string> {
    const { secret, config } = this.of
    return (await base(this.archive, keysOf(secret, config.dataFolder, process.env))).name
  }
  /** Ends the present segment and waits until the server has handed it over. @returns its name */
  async handOver(): Promise<string> {
    const { segment } = await endSegment(this.archive)
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(50)) {
      const rows = await ask<{ done: boolean }>(
        this.archive.door,
        'select coalesce(last_archived_wal >= $1, false) as done from pg_stat_archiver',
        [segment],
      )
      if (rows[0]?.done === true) return segment
      if (Date.now() > until) throw new Error(`${segment} was not handed over within ${PATIENCE_MS} ms.`)
    }
  }
  /** The same, into the archive. */
  async ship(): Promise<string> {
    const segment = await this.handOver()
    await shipAll(this.archive)
    if ((await waiting(this.archive.spool)).some(({ name }) => name <= segment)) throw new Error('It still waits.')
    return segment
  }
  async sealAll(): Promise<void> {
    const { key, sink } = portsOf(this.of)
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(50)) {
      // Checkpoints are ten seconds apart at least.
      await seal(this.of.db, key, new Date((this.#clock += 11_000)).toISOString(), sink)
      const rest = await this.of.db.query('select 1 from journal j, journal_seal s where (j.xid, j.id) > (s.xid, s.id) limit 1') // oxfmt-ignore
      if (rest.length === 0) return
      if (Date.now() > until) throw new Error('The journal could not be sealed to its end.')
    }
  }
}

// A journal of its own for each test, with a key, a folder of checkpoints, and the hand of a database owner.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '#kit/actor.ts'
import type { Database, Sql } from '#kit/database.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { migrate } from '#kit/migrate.ts'
import type { VerifyOptions } from '#kit/seal/bounds.ts'
import type { FindingKind } from '#kit/seal/finding.ts'
import { newSealingKeyPem, readSealingKey, type SealingKey } from '#kit/seal/key.ts'
import { seal, type Sealed } from '#kit/seal/sealer.ts'
import type { CheckpointSink } from '#kit/seal/sink.ts'
import { verify, type Verified } from '#kit/seal/verify.ts'
import { run } from '#kit/sql.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import { readMigrations } from '#platform/migrations.ts'
import type { Connection } from '#platform/postgres/embedded.ts'
import { openCheckers } from '#platform/seal/checkers.ts'
import { preparedDatabase } from '../setup/database.ts'

export const actor: Actor = { org: 1, person: 7, name: 'Ada', roles: ['agent'], origin: 'web', request: 'r1' }
export const TODAY = '2026-03-15'
/** One walk through all, and stretches of four entries in threads: what is found may not depend on it. */
export const STRETCHES = [null, 4] as const
export const walkOf = (stretch: number | null): string => (stretch === null ? 'in one walk' : 'side by side')
const sources = path.join(import.meta.dirname, '../../src')

export class Log {
  readonly db: Database
  readonly connection: Connection
  readonly folder: string
  key: SealingKey
  sink: CheckpointSink
  /** Milliseconds of the log's own clock. */
  ms = Date.parse(`${TODAY}T08:00:00.000Z`)

  constructor(db: Database, connection: Connection, folder: string) {
    this.db = db
    this.connection = connection
    this.folder = folder
    this.key = readSealingKey(newSealingKeyPem())
    this.sink = openCheckpointFiles(path.join(folder, 'checkpoints'))
  }
  now(): string {
    return new Date(this.ms).toISOString()
  }
  /** Writes entries, a second apart. */
  async write(count: number, on: Sql = this.db): Promise<void> {
    for (let n = 0; n < count; n++) {
      this.ms += 1000
      const said = {
        record: 'incident',
        recordId: n + 1,
        action: 'change',
        changes: {
          status: ['new', 'assigned'],
          assignee: [null, { id: n, title: 'Zoë "Z"' }],
          cost: [0.1, 1e21],
        } as const,
      }
      await run(
        on,
        journalInsert([entry(actor, this.now(), { ...said, reason: n % 3 === 0 ? 'because\nof \u0001 this' : null })]),
      )
    }
  }
  /** Twenty seconds later, so that a checkpoint is due. */
  async seal(): Promise<Sealed> {
    this.ms += 20_000
    return seal(this.db, this.key, this.now(), this.sink)
  }
  /** Any open transaction of the server, a vacuum's too, holds entries back for its while. */
  async sealAll(): Promise<void> {
    for (;;) {
      await this.seal()
      const waiting = await this.db.query<{ n: number }>(
        'select count(*) as n from journal j, journal_seal s where (j.xid, j.id) > (s.xid, s.id)',
      )
      if (waiting[0]?.n === 0) return
      this.ms -= 20_000
      await sleep(20)
    }
  }
  async filled(rounds = 3, each = 5): Promise<this> {
    for (let round = 0; round < rounds; round++) {
      await this.write(each)
      await this.sealAll()
      // More than the grace, so that what was written before a checkpoint differs clearly from what came after it.
      this.ms += 3_600_000
    }
    return this
  }
  /** Entries of a stretch that is looked at by a thread; null walks everything in one. */
  stretch: number | null = null
  verify(options: Partial<VerifyOptions> = {}, keys = [this.key]): Promise<Verified> {
    const sideBySide = this.stretch === null ? {} : { checkers: openCheckers(this.connection), stretch: this.stretch }
    return verify(this.db, { keys, outside: this.sink.all() }, { now: () => this.now(), ...sideBySide, ...options })
  }
  async kinds(options: Partial<VerifyOptions> = {}): Promise<FindingKind[]> {
    return [...new Set((await this.verify(options)).findings.map((finding) => finding.kind))].sort()
  }
  /** As the owner of the tables: the trigger off, whatever it takes, the trigger on again. */
  async tamper(...statements: readonly string[]): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.query('alter table journal disable trigger user')
      for (const statement of statements) await tx.query(statement)
      await tx.query('alter table journal enable trigger user')
    })
  }
  /** The entry at a place of the log. */
  async at(index: number): Promise<{ id: string; at: string; xid: string }> {
    const rows = await this.db.query<{ id: string; at: string; xid: string }>(
      'select j.id::text, j.at, j.xid::text from journal_leaf l join journal j on j.id = l.entry and j.org = l.org where l.index = $1',
      [index],
    )
    const [row] = rows
    if (row === undefined) throw new Error(`The log has no entry ${index}.`)
    return row
  }
}

// Registered while the file loads: in a hook of a test it would run when that test ends.
const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

export async function newLog(stretch: number | null = null): Promise<Log> {
  const migrations = readMigrations(sources).filter(({ name }) => name.startsWith('kit/'))
  const test = await preparedDatabase(`seal ${migrations.map(({ sql }) => sql).join('')}`, async (db) => {
    await migrate(db, migrations, TODAY)
    await db.query("insert into organisation (id, name) values (1, 'Harbour Works')")
  })
  const folder = await mkdtemp(path.join(tmpdir(), 'seal-'))
  folders.push(folder)
  const log = new Log(test.db, test.connection, folder)
  log.stretch = stretch
  return log
}

// A small installation to back up: people, incidents, an attachment, a sealed journal.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { newSealingKeyPem, readSealingKey } from '#kit/seal/key.ts'
import type { SealingKey } from '#kit/seal/key.ts'
import { seal } from '#kit/seal/sealer.ts'
import type { CheckpointSink } from '#kit/seal/sink.ts'
import { Store } from '#kit/store.ts'
import { allRules, newCatalogue } from '#app'
import { makeBackup, type Made } from '#main/backup/make.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import { now } from '#platform/clock.ts'
import type { Door } from '#platform/database.ts'
import { openFiles } from '#platform/files.ts'
import { storeOf } from '#platform/backup/store.ts'
import { atEnd } from './database.ts'
import { migratedDatabase } from './migrated.ts'

export interface Small {
  db: Database
  connection: Door & { database: string }
  store: Store
  key: SealingKey
  sink: CheckpointSink
  /** A folder of the test's own, removed at its end. */
  folder: string
  /** Incidents that were reported so far. */
  report(count: number): Promise<void>
  sealAll(): Promise<void>
  backUp(file: string, passphrase?: string | null): Promise<Made>
  close(): Promise<void>
}
export const passphrase = 'five random words are good'
export const keys = { secret: Buffer.alloc(32, 9).toString('base64'), sealKey: newSealingKeyPem() }

export function ownFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-backup-'))
  chmodSync(folder, 0o711)
  atEnd(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))
  return folder
}
export async function smallInstallation(): Promise<Small> {
  const { db, connection, close } = await migratedDatabase()
  const folder = ownFolder()
  const store = new Store({ db, catalogue: newCatalogue(), now, rules: allRules(), onCommit: () => {} })
  const key = readSealingKey(keys.sealKey)
  const sink = openCheckpointFiles(path.join(folder, 'checkpoints'))
  const files = openFiles(path.join(folder, 'files'))
  const { sha256 } = await files.put(Buffer.from('a picture of the fault'), { maxBytes: 1000 })
  await db.query("insert into organisation (id, name) values (1, 'Harbour Works')")
  await db.query(
    "insert into file (org, id, created_at, updated_at, name, sha256, size) values (1, 1, now(), now(), 'fault.txt', $1, 22)",
    [sha256],
  )
  // The data of an issue of a report is a content as well.
  const data = await files.put(Buffer.from('{"figures":[]}'), { maxBytes: 1000 })
  await db.query('insert into report_issue (org, id, created_at, updated_at, sha256) values (1, 1, now(), now(), $1)', [
    data.sha256,
  ])
  let clock = Date.now()
  const actor = system(1, 'test')
  const report = async (count: number): Promise<void> => {
    for (let nth = 0; nth < count; nth++)
      await store.create(actor, store.catalogue.get('person'), {
        name: `Person ${nth} of ${clock}`,
        email: `p${nth}-${clock++}@x.test`,
      })
  }
  return {
    db,
    connection,
    store,
    key,
    sink,
    folder,
    report,
    // Checkpoints are ten seconds apart at least: the clock goes on for the sealer.
    // What was written until now; a long transaction of another test's database on the same server holds entries back for a while.
    sealAll: async () => {
      const [last] = await db.query<{ xid: string; id: string }>(
        'select xid::text, id::text from journal order by journal.xid desc, journal.id desc limit 1',
      )
      if (last === undefined) return
      for (const until = Date.now() + 120_000; ; await sleep(200)) {
        await seal(db, key, new Date((clock += 11_000)).toISOString(), sink)
        const waiting = await db.query('select 1 from journal_seal where (xid, id) < ($1::xid8, $2::uuid)', [
          last.xid,
          last.id,
        ])
        if (waiting.length === 0) return
        if (Date.now() > until) throw new Error('The journal could not be sealed to its end within two minutes.')
      }
    },
    backUp: async (file, passphrase = null) => {
      const { store: place, name } = storeOf(file, process.env)
      return makeBackup({
        door: connection,
        target: await place.create(name),
        program: '0.1.0',
        now,
        publicKey: key,
        passphrase,
        keys,
        filesFolder: path.join(folder, 'files'),
      })
    },
    close,
  }
}

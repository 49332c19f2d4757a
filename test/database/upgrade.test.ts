// A database of every released version becomes one of the present version: its small backup (scripts/release-backup.ts)
// is restored, every row counted, migrated to the present schema, and its journal held to its seal.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { prove } from '#main/backup/prove.ts'
import { ROOT } from '#main/root.ts'
import { openStore } from '#platform/backup/store.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import { now } from '#platform/clock.ts'
import { ownFolder } from '../setup/backup.ts'

const store = openStore(path.join(ROOT, 'test/upgrade'), process.env)
const files = readdirSync(path.join(ROOT, 'test/upgrade')).filter((name) => name.endsWith('.backup'))

describe('an upgrade', () => {
  it('is tested from the first version on', () => assert.ok(files.includes('0.1.0.backup')))
  for (const name of files)
    it(`from ${name.replace('.backup', '')} keeps every row and the seal`, async () => {
      const folder = ownFolder()
      const proven = await prove({
        store,
        name,
        passphrase: null,
        folder,
        binaries: null,
        seal: { keys: [], sink: openCheckpointFiles(path.join(folder, 'checkpoints')), now },
        say: () => {},
      })
      assert.ok(proven.items > 1000 && proven.entries > 500, JSON.stringify(proven))
    })
})

// A small backup of the present version, kept in test/upgrade for ever: every later version must restore and migrate it.
// `node scripts/run.mjs scripts/release-backup.ts` at each release; commit the file with it.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeBackup } from '#main/backup/make.ts'
import { ROOT } from '#main/root.ts'
import { VERSION } from '#main/version.ts'
import { fileTarget } from '#platform/backup/folder-target.ts'
import { openSealingKey } from '#platform/checkpoint-sink.ts'
import { now } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { openLog } from '#platform/log.ts'
import { seal } from '#kit/seal/sealer.ts'
import { fillWithDemo, scaleOf } from '../src/main/demo.ts'
import { openInstallation } from '../src/main/installation.ts'
import { portsOf } from '../src/main/parts.ts'

const SCALE = '100'
const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-release-'))
chmodSync(folder, 0o711)
try {
  openLog({ level: 'silent' })
  const of = await openInstallation(readConfig({ PILOTHOUSE_DATA: folder }), console.log)
  await fillWithDemo(of, scaleOf(SCALE), console.log)
  const { key, sink } = portsOf(of)
  await seal(of.db, key, now(), sink)
  const file = path.join(ROOT, 'test/upgrade', `${VERSION}.backup`)
  const made = await makeBackup({
    door: of.backupDoor ?? of.door,
    target: await fileTarget(file),
    program: VERSION,
    now,
    publicKey: openSealingKey(folder, undefined),
    passphrase: null,
    keys: null,
    filesFolder: path.join(folder, 'files'),
  })
  console.log(`${file}: ${made.items} rows, ${made.bytes} bytes`)
  await of.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

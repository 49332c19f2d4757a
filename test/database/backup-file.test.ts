// The backup file under attack: whatever is changed, cut, swapped or locked is refused with a sentence, before anything else.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { DIGEST_BYTES, FRAME_BYTES, MAGIC, digestOf, readFrame } from '#platform/backup/format.ts'
import { headerOf, openBackup, type Receiver } from '#platform/backup/reader.ts'
import { makeBackup } from '#main/backup/make.ts'
import { prove } from '#main/backup/prove.ts'
import { storeOf } from '#platform/backup/store.ts'
import { now } from '#platform/clock.ts'
import { keys, passphrase, smallInstallation, type Small } from '../setup/backup.ts'

let small: Small
let plain: Buffer
let locked: Buffer
before(async () => {
  small = await smallInstallation()
  await small.report(40)
  await small.sealAll()
  await small.backUp(path.join(small.folder, 'plain.backup'))
  await small.backUp(path.join(small.folder, 'locked.backup'), passphrase)
  plain = readFileSync(path.join(small.folder, 'plain.backup'))
  locked = readFileSync(path.join(small.folder, 'locked.backup'))
})

const nobody: Receiver = { begin: async () => {}, data: async () => {}, finish: async () => {} }
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000)
}
async function readAll(bytes: Buffer, word: string | null = passphrase): Promise<void> {
  await (await openBackup(inPieces(bytes), () => word)).read(nobody)
}
/** Where each frame begins, and the end. */
function frames(bytes: Buffer): number[] {
  let at = MAGIC.length + 8 + bytes.readUInt32BE(MAGIC.length + 4) + DIGEST_BYTES
  const found = [at]
  while (at < bytes.length) {
    at += FRAME_BYTES + (readFrame(bytes.subarray(at, at + FRAME_BYTES))?.length ?? 0) + DIGEST_BYTES
    found.push(at)
  }
  return found
}
/** The frames again, with digests that fit: what somebody does who knows the format. */
function forged(bytes: Buffer, choose: (frames: Buffer[]) => Buffer[]): Buffer {
  const places = frames(bytes)
  const first = places[0] ?? 0
  const bodies = places.slice(0, -1).map((at, nth) => bytes.subarray(at, (places[nth + 1] ?? 0) - DIGEST_BYTES))
  let digest = bytes.subarray(first - DIGEST_BYTES, first)
  const made = [bytes.subarray(0, first)]
  for (const body of choose(bodies)) {
    digest = digestOf(digest, body)
    made.push(body, digest)
  }
  return Buffer.concat(made)
}

describe('a backup file', () => {
  it('is read when it is whole, plain and locked, and its header without a passphrase', async () => {
    await readAll(plain, null)
    await readAll(locked)
    const header = await headerOf(inPieces(locked))
    assert.equal(header.seal.size, 40)
    assert.equal(header.program, '0.1.0')
  })
  it('holds no keys when anybody can read it, and none in the clear when locked', async () => {
    const names: string[] = []
    const collect: Receiver = { ...nobody, begin: async (_, spec) => void names.push(spec.name) }
    await (await openBackup(inPieces(plain), () => null)).read(collect)
    assert.ok(!names.includes('keys') && names.includes('person'))
    for (const table of ['session', 'setup_link', 'idempotency']) assert.ok(!names.includes(table), table)
    await (await openBackup(inPieces(locked), () => passphrase)).read(collect)
    assert.ok(names.includes('keys'))
    assert.ok(!locked.includes(keys.secret) && !locked.includes('PRIVATE KEY'))
  })
  it('is refused when any one byte is another', async () => {
    for (const bytes of [plain, locked]) {
      // A key costs half a second, so the locked one is tried at fewer places.
      const tries = bytes === plain ? 200 : 12
      const step = Math.max(1, Math.floor(bytes.length / tries))
      const heads = bytes === plain ? frames(bytes) : []
      const places = [...heads, ...Array.from({ length: tries }, (_, nth) => nth * step)].filter(
        (at) => at < bytes.length,
      )
      for (const at of places) {
        const damaged = Buffer.from(bytes)
        damaged[at] = (damaged[at] ?? 0) ^ 0x10
        await assert.rejects(readAll(damaged), /damaged|cut off|no backup|newer/, `byte ${at}`)
      }
    }
  })
  it('is refused when it is cut off anywhere, also between two frames', async () => {
    for (const length of [0, 5, 30, ...frames(plain).slice(0, -1), plain.length - 1, Math.floor(plain.length / 2)])
      await assert.rejects(
        readAll(plain.subarray(0, length)),
        /cut off|no backup|damaged in its header/,
        `at ${length}`,
      )
  })
  it('is refused when something follows its end', async () => {
    await assert.rejects(readAll(Buffer.concat([plain, Buffer.of(1)])), /something follows the end/)
  })
  it('is refused when frames change places, come twice or are missing, though the checksums were made anew', async () => {
    const twice = (all: Buffer[]): Buffer[] => [...all.slice(0, 4), ...all.slice(3)]
    const missing = (all: Buffer[]): Buffer[] => all.filter((_, nth) => nth !== 4)
    const endless = (all: Buffer[]): Buffer[] => all.slice(0, -1)
    // In a plain file frames of different parts may change places: what each part holds is then the same.
    const swapped = (all: Buffer[]): Buffer[] => [...all.slice(0, 3), ...all.slice(3, 9).reverse(), ...all.slice(9)]
    for (const choose of [twice, missing, endless])
      await assert.rejects(readAll(forged(plain, choose)), /damaged|cut off/)
    for (const choose of [twice, missing, endless, swapped])
      await assert.rejects(readAll(forged(locked, choose)), /encryption does not fit|cut off/)
  })
  it('is refused with another passphrase, and without one', async () => {
    await assert.rejects(readAll(locked, 'five other words than those'), /passphrase is not the one/)
    await assert.rejects(readAll(locked, null), /is encrypted.*PILOTHOUSE_BACKUP_PASSPHRASE_FILE/)
  })
  it('is refused when it has a newer format, with its header whole', async () => {
    const newer = Buffer.from(plain)
    newer.writeUInt32BE(2, MAGIC.length)
    const end = MAGIC.length + 8 + newer.readUInt32BE(MAGIC.length + 4)
    digestOf(newer.subarray(0, end)).copy(newer, end)
    await assert.rejects(readAll(newer), /made by a newer Pilothouse.*Restore it with the newer program/)
  })
})

describe('proving a backup', () => {
  const laterParts = () => ({
    door: small.connection,
    program: '0.1.0',
    publicKey: small.key,
    passphrase: null,
    keys: null,
    filesFolder: null,
  })
  const proving = (file: string) => {
    const { store, name } = storeOf(file, process.env)
    return prove({
      store,
      name,
      passphrase,
      folder: small.folder,
      binaries: null,
      seal: { keys: [small.key], sink: small.sink, now },
      say: () => {},
    })
  }
  it('restores it into a scratch server, counts and verifies, and leaves nothing', async () => {
    const proven = await proving(path.join(small.folder, 'locked.backup'))
    assert.equal(proven.entries, 40)
    assert.deepEqual(
      readdirSync(small.folder).filter((name) => name.startsWith('proof-')),
      [],
    )
  })
  it('restores months of the journal that were over long before it was made', async () => {
    const { store, name } = storeOf(path.join(small.folder, 'later.backup'), process.env)
    const later = '2028-03-01T02:15:00.000Z'
    await makeBackup({ ...laterParts(), target: await store.create(name), now: () => later })
    assert.equal((await proving(path.join(small.folder, name))).entries, 40)
  })
  it('fails for a journal that was doctored before the backup was made', async () => {
    await small.db.query('alter table journal disable trigger user')
    await small.db.query(
      `update journal set action = 'other' where id = (select id from journal order by xid, id offset 7 limit 1)`,
    )
    await small.db.query('alter table journal enable trigger user')
    const file = path.join(small.folder, 'doctored.backup')
    await small.backUp(file)
    await assert.rejects(proving(file), /not the one that was sealed.*was changed afterwards/)
  })
  it('names an attachment that is damaged on the disk, and backs the rest up', async () => {
    const found =
      readdirSync(path.join(small.folder, 'files'), { recursive: true, encoding: 'utf8' }).find((name) =>
        /[0-9a-f]{64}$/.test(name),
      ) ?? ''
    writeFileSync(path.join(small.folder, 'files', found), 'another content')
    const made = await small.backUp(path.join(small.folder, 'unsound.backup'))
    assert.deepEqual(made.manifest.unsound, [path.basename(found)])
  })
})

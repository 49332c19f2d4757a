// Backups in S3-compatible storage, against a server that checks signatures and keeps parts.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { openStore } from '#platform/backup/store.ts'
import { openBackup } from '#platform/backup/reader.ts'
import { passphrase, smallInstallation } from '../setup/backup.ts'
import { startS3 } from '../setup/s3.ts'
import { makeBackup } from '#main/backup/make.ts'
import { now } from '#platform/clock.ts'

type Environment = Record<string, string>
let environment: Environment = {}

before(async () => {
  environment = await startS3('safe')
})

describe('backups in S3 storage', () => {
  it('go up in parts while they are made, are listed, come back whole, and can be removed', async () => {
    const small = await smallInstallation()
    await small.report(20)
    await small.sealAll()
    const store = openStore('s3://safe/of/harbour', environment)
    const name = 'pilothouse-20260101T000000Z.backup'
    const made = await makeBackup({
      door: small.connection,
      target: await store.create(name),
      program: '0.1.0',
      now,
      publicKey: small.key,
      passphrase,
      keys: null,
      filesFolder: null,
    })
    assert.deepEqual(await store.list(), [{ name, bytes: made.bytes }])
    const none = async (): Promise<void> => {}
    const { sha256 } = await (
      await openBackup(store.open(name), () => passphrase)
    ).read({ begin: none, data: none, finish: none })
    assert.equal(sha256, made.sha256)
    await store.remove(name)
    assert.deepEqual(await store.list(), [])
  })
  it('keep what is larger than one part, byte for byte', async () => {
    const store = openStore('s3://safe', environment)
    const name = 'pilothouse-20260102T000000Z.backup'
    const sent = randomBytes(37 * 1024 * 1024)
    const target = await store.create(name)
    for (let at = 0; at < sent.length; at += 1_000_000) await target.write([sent.subarray(at, at + 1_000_000)])
    await target.finish()
    const chunks: Buffer[] = []
    for await (const chunk of store.open(name)) chunks.push(chunk)
    assert.ok(Buffer.concat(chunks).equals(sent))
  })
  it('leave nothing when they are given up', async () => {
    const store = openStore('s3://safe/given-up', environment)
    const target = await store.create('pilothouse-20260103T000000Z.backup')
    await target.write([randomBytes(20 * 1024 * 1024)])
    await target.abort()
    assert.deepEqual(await store.list(), [])
  })
  it('say what is missing or wrong: keys, bucket, file, storage', async () => {
    assert.throws(() => openStore('s3://safe', {}), /AWS_ACCESS_KEY_ID/)
    assert.throws(() => openStore('s3://', environment), /s3:\/\/bucket\/prefix/)
    await assert.rejects(openStore('s3://nowhere', environment).list(), /refused GET .*bucket does not exist/)
    await assert.rejects(
      openStore('s3://safe', { ...environment, AWS_ACCESS_KEY_ID: 'OTHER' }).list(),
      /refused GET .*Access Key Id/i,
    )
    await assert.rejects(async () => {
      for await (const _ of openStore('s3://safe', environment).open('pilothouse-20200101T000000Z.backup'));
    }, /There is no pilothouse-2020/)
    await assert.rejects(
      openStore('s3://safe', { ...environment, PILOTHOUSE_S3_ENDPOINT: 'http://127.0.0.1:1' }).list(),
      /cannot be reached/,
    )
  })
})

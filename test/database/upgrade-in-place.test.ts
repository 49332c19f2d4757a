// A data folder of every released version (scripts/release-folder.ts) is started by the present program as a user does, and everything in it goes on.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { zstdDecompressSync } from 'node:zlib'
import { ROOT } from '#main/root.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from '../setup/backup.ts'
import { caller } from '../setup/call.ts'
import { atEnd } from '../setup/database.ts'
import { freePort } from '../setup/port.ts'
import { PASSWORD, Product } from '../setup/product.ts'

interface Release {
  version: string
  email: string
  picture: string
}
const place = path.join(ROOT, 'test/upgrade')
const names = readdirSync(place).filter((name) => name.endsWith('.folder.tar.zst'))

function unpacked(name: string): string {
  const folder = ownFolder()
  const tar = zstdDecompressSync(readFileSync(path.join(place, name)))
  const ran = spawnSync('tar', ['-x', '-C', folder], { input: tar, encoding: 'utf8' })
  assert.equal(ran.status, 0, ran.stderr)
  return folder
}
/** By the very command of the README, in the folder of the program. */
async function npmStart(folder: string, port: number): Promise<() => Promise<void>> {
  const child = spawn('npm', ['start', '--', '--no-web'], {
    cwd: ROOT,
    env: { ...process.env, PILOTHOUSE_DATA: folder, PORT: String(port), DATABASE_URL: '', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  for (const until = Date.now() + 180_000; ; await sleep(200)) {
    if ((await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok === true) break
    if (child.exitCode !== null || Date.now() > until) throw new Error(said)
  }
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    // npm and what it started: the group, as a terminal ends it.
    process.kill(-(child.pid ?? 0), 'SIGTERM')
    await gone
  }
}

describe('an upgrade in place', () => {
  it('is tested from the first version on', () => assert.ok(names.includes('0.1.0.folder.tar.zst')))
  for (const name of names)
    it(`from ${name.replace('.folder.tar.zst', '')} by npm start keeps rows, history, keys, sign-ins and attachments`, async () => {
      const folder = unpacked(name)
      const { email, picture } = JSON.parse(readFileSync(path.join(folder, 'release.json'), 'utf8')) as Release
      const keys = ['secret', 'seal-key.pem'].map((file) => readFileSync(path.join(folder, file)))
      const port = await freePort()
      const product = new Product(folder, port)
      atEnd(async () => {
        await (await startEmbedded(folder)).stop()
        rmSync(folder, { recursive: true, force: true })
      })
      const stop = await npmStart(folder, port)
      atEnd(stop) // also when something is not as it should be
      // Tokens end after a year at most; the one of then has ended by now.
      const token = product.command(['token', 'create', '--email', email]).text.trim().split('\n').at(-1) ?? ''
      const call = caller(product.url)
      const as = async (method: string, address: string, body?: unknown) => {
        const answer = await call(method, address, { token, body })
        assert.ok(answer.status < 300, `${address}: ${answer.text}`)
        return answer.body as { items: { id: number; subject: string; status: string }[]; url: string; id: number; number: string } // oxfmt-ignore
      }
      const { items } = await as('GET', '/incidents?limit=50&sort=number')
      assert.deepEqual(
        items.map(({ subject }) => subject).sort(),
        Array.from({ length: 20 }, (_, nth) => `Fault ${nth + 1}`).sort(),
      )
      assert.equal(items.filter(({ status }) => status === 'resolved').length, 10)
      const { url } = await as('GET', '/attachments/1/link')
      assert.equal(await (await fetch(new URL(url, product.url))).text(), picture)
      assert.equal((await as('POST', '/incidents', { subject: 'After', impact: 'person', urgency: 'high', requester: 1 })).number, 'INC-21') // oxfmt-ignore
      const signedIn = await call('POST', '/session', { body: { email, password: PASSWORD } })
      assert.ok(signedIn.status < 300, signedIn.text)
      await stop()
      assert.deepEqual(
        ['secret', 'seal-key.pem'].map((file) => readFileSync(path.join(folder, file))),
        keys,
      )
      const verified = product.command(['audit', 'verify'])
      assert.equal(verified.code, 0, verified.text)
      assert.match(verified.text, /The journal is whole: \d\d+ entries/)
      assert.equal(product.command(['backup', '--quiet']).code, 0)
      const proven = product.command(['backup', 'prove', '--quiet'])
      assert.equal(proven.code, 0, proven.text)
    })
})

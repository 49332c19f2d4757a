// A disk of 400 MB becomes full below the running product: writing is refused with what to do, reading goes on, and once there
// is room it goes on by itself with everything that was acknowledged.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from '../setup/backup.ts'
import { atEnd } from '../setup/database.ts'
import { fillDisk, makeRoom, MEGABYTE } from '../setup/ballast.ts'
import { freePort } from '../setup/port.ts'
import { Product } from '../setup/product.ts'

const PATIENCE_MS = 180_000

const folder = ownFolder()
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=711', 'tmpfs', folder], { encoding: 'utf8' })
const skip = mounted.status === 0 ? false : `a disk cannot be mounted here: ${mounted.error?.message ?? mounted.stderr.trim()}` // oxfmt-ignore
if (mounted.status !== 0) rmSync(folder, { recursive: true, force: true })

it('survives a full disk', { skip }, async (test) => {
  const product = new Product(folder, await freePort())
  atEnd(async () => {
    makeRoom(folder)
    await product.kill()
    await (await startEmbedded(folder)).stop()
    spawnSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  })
  const token = product.setUp()
  await product.start()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const acknowledged: number[] = []
  let unsure = 0
  const create = async (): Promise<{ status: number; text: string; after: string | null }> => {
    const answer = await fetch(`${product.url}/api/v1/incidents`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ subject: 'fills the disk', impact: 'person', urgency: 'high', requester: 1, description: 'x'.repeat(20_000) }), // oxfmt-ignore
    })
    const text = await answer.text()
    if (answer.status === 503) unsure++ // it may have been written before the database went away
    if (answer.status === 201) acknowledged.push((JSON.parse(text) as { id: number }).id)
    return { status: answer.status, text, after: answer.headers.get('retry-after') }
  }
  const list = async (): Promise<number> => {
    const answer = await fetch(`${product.url}/api/v1/incidents?limit=5`, { headers })
    await answer.text()
    return answer.status
  }
  for (let nth = 0; nth < 20; nth++) await until('a first incident', async () => (await create()).status === 201)

  fillDisk(folder, 40 * MEGABYTE)
  await until('writing is refused', async () => (await create()).status === 507)
  const refused = await create()
  assert.match(refused.text, /disk of the database is full.*make room/i)
  assert.equal(refused.after, '30')
  assert.equal(await list(), 200, 'reading goes on')
  assert.match(await (await fetch(`${product.url}/readyz`)).text(), /"ready":true.*disk of the database is full/)
  const health = await (await fetch(`${product.url}/api/v1/admin/health`, { headers })).text()
  assert.match(health, /"name":"Disk","state":"bad"/)
  // A backup onto this disk cannot become whole: nothing of it may be left.
  const to = path.join(folder, 'elsewhere')
  fillDisk(folder, 0)
  const backup = product.command(['backup', '--to', to])
  assert.equal(backup.code, 1, backup.text)
  assert.deepEqual(existsSync(to) ? readdirSync(to) : [], [], 'half a backup is left')

  // Nothing at all is left now, for longer than a checkpoint of the seal and some schedules take.
  const statuses = new Set<number>()
  for (let nth = 0; nth < 60; nth++) {
    statuses.add((await create()).status)
    statuses.add(await list())
    await sleep(200)
  }
  assert.ok(
    [...statuses].every((status) => [200, 507, 503].includes(status)),
    `answers: ${[...statuses].join(', ')}`,
  )

  makeRoom(folder)
  const began = performance.now()
  await until('writing goes on', async () => (await create()).status === 201)
  test.diagnostic(`answers while full: ${[...statuses].join(', ')}; writing again ${Math.round(performance.now() - began)} ms after there was room`) // oxfmt-ignore
  await product.kill('SIGTERM')

  const verified = product.command(['audit', 'verify'])
  assert.equal(verified.code, 0, verified.text)
  const embedded = await startEmbedded(folder)
  const db = openDatabase({ connection: embedded.superuserConnection })
  const found = await db.query<{ id: number }>('select id::int from incident order by id')
  await db.close()
  await embedded.stop()
  const there = new Set(found.map(({ id }) => id))
  assert.deepEqual(
    acknowledged.filter((id) => !there.has(id)),
    [],
    'acknowledged, and not there',
  )
  assert.ok(there.size <= acknowledged.length + unsure, 'refused, and there all the same')
})

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(250)) if (await isSo()) return
  throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`)
}

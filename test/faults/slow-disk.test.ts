// A disk that answers only half of the time, by a stand-in: the processes of the database are stopped for half of every
// second while several write. They wait, or are asked to come again; nothing is lost, and nothing done that was refused.
import assert from 'node:assert/strict'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from '../setup/backup.ts'
import { atEnd } from '../setup/database.ts'
import { freePort } from '../setup/port.ts'
import { Product } from '../setup/product.ts'
import { Traffic } from '../setup/traffic.ts'

const ROUNDS = 15
const STILL_MS = 500
const WRITERS = 8

it('waits for a disk that stands still half of the time', async (test) => {
  const product = new Product(ownFolder(), await freePort())
  atEnd(async () => {
    if (existsSync(path.join(product.folder, 'postgres/postmaster.pid'))) signal(product, 'SIGCONT')
    await product.kill()
    await (await startEmbedded(product.folder)).stop()
    rmSync(product.folder, { recursive: true, force: true })
  })
  const token = product.setUp()
  await product.start()
  const traffic = new Traffic(product, token, WRITERS)
  const made: number[] = []
  const strange: string[] = []
  let isOver = false
  let unsure = 0
  let slowest = 0
  const write = async (): Promise<void> => {
    while (!isOver) {
      const asked = performance.now()
      const body = { subject: 'The disk is slow', impact: 'person', urgency: 'high', requester: 1 }
      const { status, text, headers } = await traffic.ask({ method: 'POST', path: '/incidents', body })
      slowest = Math.max(slowest, performance.now() - asked)
      if (status === 201) made.push((JSON.parse(text) as { id: number }).id)
      else if (status === 503 && Number(headers['retry-after']) >= 1) unsure++
      else strange.push(`${status} ${text.slice(0, 200)}`)
    }
  }
  const writers = Array.from({ length: WRITERS }, write)
  for (let round = 0; round < ROUNDS; round++) {
    signal(product, 'SIGSTOP')
    await sleep(STILL_MS)
    signal(product, 'SIGCONT')
    await sleep(STILL_MS)
  }
  isOver = true
  await Promise.all(writers)
  traffic.close()
  test.diagnostic(`${made.length} written, ${unsure} asked to come again, the slowest in ${Math.round(slowest)} ms`)
  assert.deepEqual(strange.slice(0, 5), [])
  assert.ok(made.length > ROUNDS, 'hardly anything was written')
  await product.kill('SIGTERM')
  const embedded = await startEmbedded(product.folder)
  const db = openDatabase({ connection: embedded.superuserConnection })
  const rows = await db.query<{ id: number }>('select id::int from incident order by id')
  await db.close()
  await embedded.stop()
  const there = new Set(rows.map(({ id }) => id))
  assert.deepEqual(
    made.filter((id) => !there.has(id)),
    [],
    'acknowledged, and not there',
  )
  assert.ok(there.size <= made.length + unsure, 'refused, and there all the same')
})

/** To each process of the database but the first, which answers who asks whether it runs. */
function signal(product: Product, name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of product.backends) {
    try {
      process.kill(pid, name)
    } catch {
      // it has just ended
    }
  }
}

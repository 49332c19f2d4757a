// Ten times as many requests at once as the product lets in: the rest is turned away at once, nothing breaks, and it is over
// as soon as they stop.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { MOST_AT_ONCE } from '#platform/overload.ts'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from './backup.ts'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'
import { Product } from './product.ts'
import { held, Traffic } from './traffic.ts'

const TIMES = 10
/** All of 127.0.0.0/8 is this machine (Linux). */
const ADDRESSES = 4
/** A browser is told to wait two seconds; these are less patient. */
const IMPATIENCE_MS = 300
/** The server with everything that it holds for 2,560 connections. */
const MOST_MEGABYTES = 700

export async function overload(seconds: number): Promise<string> {
  const product = new Product(ownFolder(), await freePort())
  atEnd(async () => {
    await product.kill()
    await (await startEmbedded(product.folder)).stop()
    rmSync(product.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })
  const token = product.setUp()
  await product.start()
  const traffic = new Traffic(product, token, TIMES * MOST_AT_ONCE)
  const counts = new Map<number, number>()
  const made: number[] = []
  const strange: string[] = []
  let most = 0
  let slowest = 0
  const end = performance.now() + seconds * 1000
  const one = async (nth: number): Promise<void> => {
    const from = `127.0.0.${2 + (nth % ADDRESSES)}`
    while (performance.now() < end) {
      const isWrite = nth % 4 === 0
      const asked = performance.now()
      const { status, text, headers } = await traffic.ask(
        isWrite
          ? { method: 'POST', path: '/incidents', from, body: { subject: `overload ${nth}`, impact: 'person', urgency: 'high', requester: 1 } } // oxfmt-ignore
          : { path: '/incidents?limit=50&sort=-openedAt', from },
      )
      counts.set(status, (counts.get(status) ?? 0) + 1)
      if (status < 300) slowest = Math.max(slowest, performance.now() - asked)
      if (status === 201) made.push((JSON.parse(text) as { id: number }).id)
      else if (status === 503) {
        if (!(Number(headers['retry-after']) >= 1)) strange.push(`503 without Retry-After: ${text}`)
        await sleep(IMPATIENCE_MS)
      } else if (status !== 200) strange.push(`${status} ${text.slice(0, 200)}`)
    }
  }
  const watch = setInterval(() => (most = Math.max(most, held(product.pid).megabytes)), 250)
  await Promise.all(Array.from({ length: TIMES * MOST_AT_ONCE }, (_, nth) => one(nth)))
  clearInterval(watch)
  const began = performance.now()
  const after = await traffic.ask({ path: '/incidents?limit=50' })
  const tookMs = performance.now() - began
  traffic.close()

  assert.deepEqual(strange.slice(0, 5), [], `${strange.length} answers that nobody should get`)
  assert.ok((counts.get(503) ?? 0) > 0, 'nothing was turned away')
  assert.ok((counts.get(200) ?? 0) + made.length >= MOST_AT_ONCE, 'hardly anybody was let in')
  assert.equal(after.status, 200, 'right after')
  assert.ok(tookMs < 10_000, `right after it took ${tookMs} ms`)
  assert.ok(most < MOST_MEGABYTES, `the server held ${most} MB`)
  await product.kill('SIGTERM')
  await isThere(product, made)
  const said = [...counts].map(([status, count]) => `${status}: ${count}`).join(', ')
  return `${said}; the slowest that was let in took ${Math.round(slowest)} ms; the server held ${Math.round(most)} MB; a list right after took ${Math.round(tookMs)} ms`
}
/** Whatever was acknowledged is there. */
async function isThere({ folder }: Product, made: readonly number[]): Promise<void> {
  const embedded = await startEmbedded(folder)
  const db = openDatabase({ connection: embedded.superuserConnection })
  const rows = await db.query<{ id: number }>('select id::int from incident')
  await db.close()
  await embedded.stop()
  const ids = new Set(rows.map(({ id }) => id))
  assert.deepEqual(
    made.filter((id) => !ids.has(id)),
    [],
    'acknowledged, and not there',
  )
}

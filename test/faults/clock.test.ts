// The clock of the server jumps by hours, forward and back, while that of the database goes on: nothing storms, nobody is
// sent away, the journal keeps its order and its proof, and the health page says what happened.
import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { Database } from '#kit/database.ts'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from '../setup/backup.ts'
import { atEnd } from '../setup/database.ts'
import { clockFrom, findFaketime } from '../setup/faketime.ts'
import { freePort } from '../setup/port.ts'
import { Product } from '../setup/product.ts'
import { unlessMissing } from '../setup/peers.ts'

const PATIENCE_MS = 90_000
const library = await findFaketime(console.log)

it(
  'survives a clock that jumps by hours, forward and back',
  {
    skip: unlessMissing(
      library === null ? 'needs libfaketime, which is not installed: apt-get install faketime' : null,
    ),
  },
  async () => {
    const folder = ownFolder()
    const embedded = await startEmbedded(folder) // by us, so that its clock is the true one
    const db = openDatabase({ connection: embedded.superuserConnection })
    const clock = path.join(folder, 'clock')
    const set = (offset: string): void => writeFileSync(clock, offset)
    set('+0')
    const limits = { PILOTHOUSE_RATE_PERSON: '1200', PILOTHOUSE_RATE_ADDRESS: '1200' }
    const product = new Product(folder, await freePort(), { ...clockFrom(library ?? '', clock), ...limits })
    atEnd(async () => {
      await product.kill()
      await db.close()
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    })
    const token = product.setUp()
    await product.start()
    const ask = asker(product, token)
    const cookie = await signedIn(product)
    const made: number[] = []

    for (const offset of ['+0', '+5h', '-4h', '+0']) {
      set(offset)
      for (let nth = 0; nth < 5; nth++) made.push(await ask.create(`${made.length + 1}, at ${offset}`))
      // A checkpoint over these, so that what follows a jump back is older than it.
      await until('a checkpoint over everything', async () => (await unsealed(db)) === 0)
      assert.equal(await ask.status('/incidents?limit=5', { cookie }), 200, `the session at ${offset}`)
      if (offset !== '+0') {
        await until('the health page names the clock', async () => (await ask.clock()).state !== 'good')
        assert.match((await ask.clock()).value, /behind|ahead of/)
      }
    }
    await until('the health page tells of the last jump', async () =>
      /set forward by 240 min/.test((await ask.clock()).value),
    )

    const order = await db.query<{ id: number }>(
      "select record_id::int as id from journal where record = 'incident' and action = 'create' order by xid, id",
    )
    assert.deepEqual(
      order.map(({ id }) => id),
      made,
      'the order of the journal is that of the commits',
    )
    const storm = await db.query<{ name: string; n: number; minutes: number }>(
      "select name, count(*)::int as n, (extract(epoch from max(created_on) - min(created_on)) / 60)::float8 as minutes from jobs.job where name not like '\\_\\_%' group by name",
    )
    // The most frequent schedule is each minute; who is due at a jump and at the way back runs once for each.
    for (const { name, n, minutes } of storm)
      assert.ok(n <= minutes + 5, `${name} ran ${n} times in ${minutes} minutes`)
    assert.deepEqual(await db.query("select name from jobs.job where state = 'failed'"), [])
    assert.deepEqual(await db.query('select name, last_error from reaction_cursor where failures > 0'), [])

    const verified = product.command(['audit', 'verify'])
    assert.equal(verified.code, 0, verified.text)
    assert.match(verified.text, /The clock was set back from/)
  },
)

/** Requests with the token; whatever is refused is a fault. */
function asker(product: Product, token: string) {
  const api = `${product.url}/api/v1`
  const authorization = `Bearer ${token}`
  return {
    create: async (subject: string): Promise<number> => {
      const answer = await patiently(() =>
        fetch(`${api}/incidents`, {
          method: 'POST',
          headers: {
            authorization,
            'content-type': 'application/json',
            'idempotency-key': subject.replaceAll(/\W/g, '-'),
          },
          body: JSON.stringify({ subject, impact: 'person', urgency: 'high', requester: 1 }),
        }),
      )
      assert.equal(answer.status, 201, await answer.clone().text())
      return ((await answer.json()) as { id: number }).id
    },
    status: async (address: string, headers: Record<string, string>): Promise<number> =>
      (await patiently(() => fetch(`${api}${address}`, { headers }))).status,
    clock: async (): Promise<HealthItem> => {
      const answer = await patiently(() => fetch(`${api}/admin/health`, { headers: { authorization } }))
      const { items } = (await answer.json()) as { items: HealthItem[] }
      const found = items.find(({ name }) => name === 'Clock')
      assert.ok(found)
      return found
    },
  }
}
/** Other work may take the machine from the database for seconds: it is asked again then, as a client would. */
async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(500)) {
    const answer = await ask()
    if (answer.status !== 503 || performance.now() > end) return answer
  }
}
async function signedIn(product: Product): Promise<string> {
  const answer = await patiently(() =>
    fetch(`${product.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: product.url, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ email: 'ada@harbour.test', password: 'correct horse battery staple' }),
    }),
  )
  assert.ok(answer.ok, await answer.clone().text())
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}
/** Entries that no checkpoint covers. */
async function unsealed(db: Database): Promise<number> {
  const rows = await db.query<{ n: number }>(
    'select ((select count(*) from journal) - coalesce((select max(size) from journal_checkpoint where sent_at is not null), 0))::int as n',
  )
  return rows[0]?.n ?? -1
}
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(250)) if (await isSo()) return
  throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`)
}

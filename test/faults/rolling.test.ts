// Two nodes behind nginx are stopped and started one after the other, under reads and writes: not one request fails.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, type OpenDatabase } from '#platform/database.ts'
import { ownFolder } from '../setup/backup.ts'
import { atEnd } from '../setup/database.ts'
import { openStream } from '../setup/event-stream.ts'
import { postgres15Missing, startExternal } from '../setup/external.ts'
import { nginxMissing, startNginx } from '../setup/nginx.ts'
import { freePort } from '../setup/port.ts'
import { Product } from '../setup/product.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing((await postgres15Missing()) ?? (await nginxMissing()))
let nodes: [Product, Product]
let db: OpenDatabase
let url = ''
let failures = (): string => ''
let token = ''

describe('a rolling restart behind nginx', { skip: missing }, () => {
  before(async () => {
    const external = await startExternal()
    const folder = ownFolder()
    const more = { DATABASE_URL: external.url, PILOTHOUSE_PROXIES: '127.0.0.1' }
    nodes = [new Product(folder, await freePort(), more), new Product(folder, await freePort(), more)]
    token = nodes[0].setUp()
    db = openDatabase({ connection: { connectionString: external.url } })
    atEnd(async () => {
      await Promise.all(nodes.map((node) => node.kill()))
      await db.close()
    })
    await Promise.all(nodes.map((node) => node.start()))
    ;({ url, failures } = await startNginx([nodes[0].port, nodes[1].port]))
  })

  it('fails no request, and brings live screens to the other node', async (test) => {
    const load = new Load()
    const clients = [0, 1, 2].map((nth) => load.write(nth)).concat([3, 4].map(() => load.read()))
    try {
      for (const node of nodes) await restarted(node, load)
    } finally {
      load.isOver = true // whoever asks on would keep a failed test from ending
    }
    await Promise.all(clients)
    test.diagnostic(`${load.done} requests, ${load.written.size} of them writes, ${load.failures.length} failures`)
    assert.deepEqual(load.failures, [], failures())
    const found = await db.query<{ subject: string; n: number }>(
      "select subject, count(*) as n from incident where subject like 'rolling-%' group by subject",
    )
    assert.ok(found.every(({ n }) => n === 1), 'nothing was written twice') // oxfmt-ignore
    assert.deepEqual(new Set(found.map(({ subject }) => subject)), load.written)
  })
})

/** Stopped as a service is, and started again. */
async function restarted(node: Product, load: Load): Promise<void> {
  await sleep(500)
  const before = load.done
  // On this node, not through nginx: whoever looks at it is sent to the other.
  const stream = await openStream(node.url, token)
  const stopped = node.kill('SIGTERM')
  const saidSo = await untilUnready(node)
  assert.equal(saidSo, 'This process is stopping.')
  await stream.ended
  await stopped
  assert.equal(node.exitCode, 0, node.said)
  await node.start()
  await sleep(500)
  assert.ok(load.done - before > 20, 'there was load all the time')
}

async function untilUnready(node: Product): Promise<string> {
  for (let turn = 0; turn < 400; turn++) {
    const answer = await fetch(`${node.url}/readyz`)
    if (answer.status === 503) return ((await answer.json()) as { because: string }).because
    await sleep(10)
  }
  throw new Error('/readyz never said that it stops')
}

interface Sent {
  method?: string
  headers: Record<string, string>
  body?: string
}
/** Each request is sent once: whatever is not answered as it should be is a failure. */
class Load {
  readonly failures: string[] = []
  readonly written = new Set<string>()
  done = 0
  isOver = false
  async write(writer: number): Promise<void> {
    for (let nth = 0; !this.isOver; nth++) {
      const subject = `rolling-${writer}-${nth}`
      const body = JSON.stringify({ subject, impact: 'person', urgency: 'low', requester: 1 })
      const headers = { 'content-type': 'application/json', 'idempotency-key': subject }
      if (await this.#send('/incidents', { method: 'POST', headers, body }, 201)) this.written.add(subject)
      await sleep(40)
    }
  }
  async read(): Promise<void> {
    while (!this.isOver) {
      await this.#send('/incidents?limit=20', { headers: {} }, 200)
      await sleep(40)
    }
  }
  async #send(path: string, init: Sent, wanted: number): Promise<boolean> {
    const headers = { ...init.headers, authorization: `Bearer ${token}` }
    const signal = AbortSignal.timeout(60_000)
    const answer = await fetch(`${url}/api/v1${path}`, { ...init, headers, signal }).then(
      async (got) => ({ status: got.status, text: await got.text() }),
      (error: Error) => ({ status: 0, text: `${error.message} ${String(error.cause)}` }),
    )
    this.done++
    if (answer.status !== wanted) this.failures.push(`${init.method ?? 'GET'} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`) // oxfmt-ignore
    return answer.status === wanted
  }
}

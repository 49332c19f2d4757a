// Background jobs on a real database: transactions, retries, schedules on two nodes, a killed worker.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#platform/database.ts'
import { openJobs, type Jobs } from '#platform/jobs.ts'
import { emptyDatabase, type TestDatabase } from '../setup/database.ts'

const pace = { poll: 0.5, supervise: 1, heartbeat: 10, cron: 1 }
const nodes: Jobs[] = []
let test: TestDatabase
before(async () => {
  test = await emptyDatabase()
})
after(() => Promise.all(nodes.map((node) => node.stop())))

function newNode(): Jobs {
  const node = openJobs({ connection: test.connection, db: test.db, pace })
  nodes.push(node)
  return node
}

describe('jobs', () => {
  it('run soon after the commit, and never after a rollback', async () => {
    const node = newNode()
    const done: [unknown, number][] = []
    node.define('mail', {}, async (data) => void done.push([data.to, Date.now()]))
    await node.start(true)
    const lost = test.db.transaction(async (tx) => {
      await node.send(tx, 'mail', { to: 'lost' })
      throw new Error('no')
    })
    await assert.rejects(lost)
    const sentAt = Date.now()
    await test.db.transaction((tx) => node.send(tx, 'mail', { to: 'kept' }))
    await until(() => done.length === 1)
    assert.equal(done[0]?.[0], 'kept')
    assert.ok((done[0]?.[1] ?? 0) - sentAt < 400, 'it waited for the poll and did not hear the notification')
  })

  it('are refused where two have one name', () => {
    const node = newNode()
    node.define('twice', {}, async () => {})
    assert.throws(() => node.define('twice', {}, async () => {}), /"twice".*rename one/)
  })

  it('are sent by a process that runs none', async () => {
    const worker = newNode()
    const sender = newNode()
    let done = 0
    worker.define('remote', {}, async () => void done++)
    sender.define('remote', {}, async () => assert.fail('the sender must not run it'))
    await worker.start(true)
    await sender.start(false)
    await test.db.transaction((tx) => sender.send(tx, 'remote', {}))
    await until(() => done === 1)
  })

  it('are tried again with a growing pause, then shown as failed, and can be run again', async () => {
    const node = newNode()
    const tries: number[] = []
    let isBroken = true
    node.define('flaky', { retryLimit: 2, retryBackoff: 1 }, async (_, { attempt }) => {
      tries.push(Date.now())
      if (isBroken) throw new Error(`no luck at attempt ${attempt}`)
    })
    await node.start(true)
    const id = await test.db.transaction((tx) => node.send(tx, 'flaky', { incident: 5 }))
    await until(async () => (await node.failures(10)).length === 1, 15_000)
    assert.equal(tries.length, 3)
    const [first = 0, second = 0, third = 0] = tries
    assert.ok(second - first >= 900 && third - second > second - first - 600)
    const [failure] = await node.failures(10)
    assert.partialDeepStrictEqual(failure, {
      id,
      queue: 'flaky',
      data: { incident: 5 },
      because: 'no luck at attempt 3',
      attempts: 3,
    })
    const [state] = await node.queues()
    assert.partialDeepStrictEqual(state, {
      queue: 'flaky',
      waiting: 0,
      active: 0,
      failed: 1,
      lastError: 'no luck at attempt 3',
      lastDoneAt: null,
    })
    isBroken = false
    assert.equal(await node.retry(String(id)), true)
    await until(() => tries.length === 4)
    await until(async () => (await node.queues())[0]?.lastDoneAt !== null)
    assert.equal(await node.retry(String(id)), false)
    assert.deepEqual(await node.failures(10), [])
  })

  it('of a singleton wait at most once per key', async () => {
    const node = newNode()
    node.define('refresh', { singleton: true }, async () => {})
    await node.start(false)
    const send = (singletonKey: string): Promise<string | null> =>
      test.db.transaction((tx) => node.send(tx, 'refresh', {}, { singletonKey }))
    assert.notEqual(await send('a'), null)
    assert.equal(await send('a'), null)
    assert.notEqual(await send('b'), null)
    assert.equal((await node.queues())[0]?.waiting, 2)
  })

  it('wait for their time', async () => {
    const node = newNode()
    let ranAt = 0
    node.define('later', {}, async () => void (ranAt = Date.now()))
    await node.start(true)
    const due = Date.now() + 1_500
    await test.db.transaction((tx) => node.send(tx, 'later', {}, { startAfter: new Date(due).toISOString() }))
    await until(() => ranAt > 0)
    assert.ok(ranAt >= due)
  })

  it('of an unknown name are refused', async () => {
    const node = newNode()
    await node.start(false)
    await assert.rejects(
      test.db.transaction(async (tx) => node.send(tx, 'nobody', {})),
      /no job "nobody"/,
    )
  })

  it('are finished before a clean stop', async () => {
    const node = newNode()
    const begun = Promise.withResolvers<void>()
    let isDone = false
    node.define('slow', {}, async () => {
      begun.resolve()
      await sleep(700)
      isDone = true
    })
    await node.start(true)
    await test.db.transaction((tx) => node.send(tx, 'slow', {}))
    await begun.promise
    await node.stop()
    assert.ok(isDone)
  })
})

describe('jobs of several nodes', { concurrency: true }, () => {
  it('on a schedule run once per minute, not once per node', async () => {
    const ran: string[] = []
    const connections = [await emptyDatabase()]
    const shared = connections[0] as TestDatabase
    for (let number = 0; number < 2; number++) {
      const node = openJobs({ connection: shared.connection, db: shared.db, pace })
      nodes.push(node)
      node.define('tick', { concurrency: 2 }, async () => void ran.push(new Date().toISOString().slice(0, 16)))
      node.schedule('tick', '* * * * *')
      await node.start(true)
    }
    await until(() => ran.length > 0, 75_000)
    await sleep(5_000)
    assert.equal(new Set(ran).size, ran.length, `ran at ${ran.join(', ')}`)
  })

  it('run again elsewhere when their worker was killed', async () => {
    const program = path.join(import.meta.dirname, '../setup/hold-job.ts')
    const { connection } = await emptyDatabase()
    const db = openDatabase({ connection })
    const sender = openJobs({ connection, db, pace })
    sender.define('long', {}, async () => {})
    await sender.start(false)
    await db.transaction((tx) => sender.send(tx, 'long', { incident: 9 }))
    const victim = spawn(process.execPath, [program, JSON.stringify(connection)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(victim.stdout, 'data')
    victim.kill('SIGKILL')
    const taken: unknown[] = []
    const rescuer = openJobs({ connection, db, pace })
    rescuer.define('long', { retryBackoff: 1 }, async (data, { attempt }) => void taken.push([data.incident, attempt]))
    await rescuer.start(true)
    await until(() => taken.length === 1, 40_000)
    assert.deepEqual(taken, [[9, 2]])
    await rescuer.stop()
    await sender.stop()
    await db.close()
  })
})

async function until(isSo: () => boolean | Promise<boolean>, patienceMs = 5_000): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `waited ${patienceMs / 1000} seconds in vain`)
    await sleep(20)
  }
}

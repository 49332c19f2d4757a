// Change notifications between two processes' worth of connections.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#platform/database.ts'
import { openNotifier, type Touched } from '#platform/notify.ts'
import { emptyDatabase, type TestDatabase } from '../setup/database.ts'

let test: TestDatabase
before(async () => {
  test = await emptyDatabase()
})

describe('notifications', () => {
  it('reach another node once for many changes, without doubles', async () => {
    const other = openDatabase({ connection: test.connection })
    const heard: [number, readonly Touched[] | null][] = []
    await openNotifier(other).listen((org, touched) => heard.push([org, touched]))
    const notifier = openNotifier(test.db)
    notifier.changed(1, [['incident', 5]])
    notifier.changed(1, [
      ['incident', 5],
      ['task', 7],
    ])
    notifier.changed(2, [['incident', 9]])
    await sleep(150)
    assert.deepEqual(heard, [
      [
        1,
        [
          ['incident', 5],
          ['task', 7],
        ],
      ],
      [2, [['incident', 9]]],
    ])
    await other.close()
  })

  it('are split below the limit of the server, and none is lost', async () => {
    const heard = new Set<number>()
    let messages = 0
    const stop = await openNotifier(test.db).listen((_, touched) => {
      messages++
      for (const [, id] of touched ?? []) heard.add(id)
    })
    const notifier = openNotifier(test.db)
    const ids = Array.from({ length: 1_900 }, (_, index) => 9_000_000_000 + index)
    notifier.changed(
      1,
      ids.map((id): Touched => ['überaus-langer-name', id]),
    )
    await notifier.flush()
    await sleep(100)
    assert.equal(heard.size, ids.length)
    assert.ok(messages > 1)
    await stop()
  })

  it('say "much" in place of thousands of ids', async () => {
    const heard: unknown[] = []
    const stop = await openNotifier(test.db).listen((org, touched) => heard.push([org, touched]))
    const notifier = openNotifier(test.db)
    notifier.changed(
      3,
      Array.from({ length: 5_000 }, (_, index): Touched => ['incident', index]),
    )
    await notifier.flush()
    await sleep(50)
    assert.deepEqual(heard, [[3, null]])
    await stop()
  })
})

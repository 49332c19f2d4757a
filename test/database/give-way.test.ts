// A backup that a schedule starts gives way: its own process, and what the database does for it.
import assert from 'node:assert/strict'
import os from 'node:os'
import { after, it } from 'node:test'
import pg from 'pg'
import { GIVING_WAY, sharePriority } from '#platform/postgres/give-way.ts'
import { leaveCluster, testCluster } from '../setup/cluster.ts'

after(leaveCluster)

it('the process behind a connection works at the priority of the one who asks', async () => {
  const { connection } = await testCluster()
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const pid = rows[0]?.pid ?? 0
    await sharePriority(client)
    assert.equal(os.getPriority(pid), 0, 'who is not giving way changes nothing')
    os.setPriority(GIVING_WAY)
    await sharePriority(client)
    assert.equal(os.getPriority(pid), GIVING_WAY)
  } finally {
    await client.end()
  }
})

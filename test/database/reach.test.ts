// Getting to the database: the embedded one, an external one, and every way in which the latter is not usable.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { Connection } from '#platform/postgres/embedded.ts'
import { reachDatabase } from '#platform/reach.ts'
import { emptyDatabase } from '../setup/database.ts'
import { freePort } from '../setup/port.ts'

let connection: Connection
before(async () => {
  connection = (await emptyDatabase()).connection
})

describe('reaching the database', () => {
  it('starts the embedded one when no address is given', async () => {
    const dataFolder = await mkdtemp(path.join(tmpdir(), 'reach-'))
    const reached = await reachDatabase({ databaseUrl: null, dataFolder, postgresPrograms: null })
    assert.match(reached.version, /^1[5-9]\./)
    await reached.stop()
    await rm(dataFolder, { recursive: true })
  })

  it('takes an external one', async () => {
    const reached = await reachDatabase(external(connection.database))
    assert.equal(reached.superuserDoor, null)
    await reached.stop()
  })

  it('says that the database does not exist', async () => {
    await assert.rejects(reachDatabase(external('nowhere')), /does not exist.*Create it first/)
  })

  it('says that the account is refused', async () => {
    const url = external(connection.database).databaseUrl.replace('pilothouse@', 'nobody:canary@')
    await assert.rejects(reachDatabase({ ...external(''), databaseUrl: url }), (error: Error) => {
      assert.match(error.message, /refused the account/)
      assert.ok(!error.message.includes('canary'))
      return true
    })
  })

  it('says that nothing answers at the address', async () => {
    const databaseUrl = `postgres://u:canary@127.0.0.1:${await freePort()}/x`
    await assert.rejects(reachDatabase({ ...external(''), databaseUrl }), /cannot be reached.*ECONNREFUSED/)
  })
})

function external(database: string): { databaseUrl: string; dataFolder: string; postgresPrograms: null } {
  const host = encodeURIComponent(connection.host)
  return {
    databaseUrl: `postgres://pilothouse@${host}:${connection.port}/${database}`,
    dataFolder: '/nowhere',
    postgresPrograms: null,
  }
}

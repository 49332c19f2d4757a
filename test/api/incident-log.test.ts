// The real incident log, over REST alone: uploaded, mapped by the ready mapping, run; the report then says what its README says.
import assert from 'node:assert/strict'
import { existsSync, openAsBlob, readFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestServer, type TestServer } from '../setup/server.ts'

// A public log of a real service desk; where it lies is told by SHARED, beside the repository otherwise.
const folder = path.join(process.env['SHARED'] ?? path.join(import.meta.dirname, '../../../shared'), 'data/itsm')
const log = path.join(folder, 'servicenow-incident-event-log.csv.gz')
const skip = existsSync(log) ? false : `the real incident log is not there (${folder})`

interface Batch {
  id: number
  state: string
  counts: { create: number; failed: number } | null
  problems: unknown[]
}

describe('the real incident log over REST', { skip }, () => {
  let server: TestServer
  let token: string
  before(async () => {
    server = await startTestServer({ isWorker: true })
    token = server.people.manager.token
    await server.db.query("update organisation set time_zone = 'UTC'")
  })

  it('is uploaded, mapped by the ready mapping and imported without a problem', async (t) => {
    const body = new FormData()
    body.append('record', 'incident')
    body.append('file', await openAsBlob(log), path.basename(log))
    const sent = await server.call('POST', '/imports', { token, body })
    assert.equal(sent.status, 201, sent.text)
    const { id } = sent.body as Batch // the contract of imports
    const mapped = await server.call('PATCH', `/imports/${id}`, { token, body: { readyMapping: 'servicenow-incident-event-log' } }) // oxfmt-ignore
    assert.equal(mapped.status, 200, mapped.text)
    const began = performance.now()
    assert.equal((await server.call('POST', `/imports/${id}/run`, { token })).status, 202)
    const done = await ended(id)
    t.diagnostic(`119,998 updates in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    assert.deepEqual([done.state, done.problems, done.counts?.failed], ['done', [], 0])
  })

  it('has exactly the figures of its README', async () => {
    const wanted = figuresOf(readFileSync(path.join(folder, 'README.md'), 'utf8'))
    assert.ok(wanted.incidents > 20_000 && Object.keys(wanted.openedByMonth).length === 4, 'the README was read')
    const report = await server.call('GET', '/reports/incident-log', { token })
    assert.deepEqual(report.body, { ...wanted, zone: 'UTC', list: '/desk/incidents' })
    const imported = await server.call('GET', '/reports/incident-log?imported=true', { token })
    assert.deepEqual(imported.body, { ...wanted, zone: 'UTC', list: '/desk/incidents?filter=formerNumber:any' })
  })

  it('counts what is imported apart from what was reported here', async () => {
    const made = await server.call('POST', '/incidents', { token, body: { subject: 'Reported here' } })
    assert.equal(made.status, 201, made.text)
    const read = async (query: string) =>
      ((await server.call('GET', `/reports/incident-log${query}`, { token })).body as { incidents: number }).incidents
    assert.equal(await read(''), (await read('?imported=true')) + 1)
    assert.equal(await read('?imported=false'), await read(''))
  })

  async function ended(id: number): Promise<Batch> {
    for (let left = 2400; left > 0; left--) {
      const batch = (await server.call('GET', `/imports/${id}`, { token })).body as Batch
      if (batch.state !== 'running') return batch
      await sleep(250)
    }
    return assert.fail('the import does not end')
  }
})

/** The sentence "Figures to check an import of the incident log against …" as the report says it. */
function figuresOf(readme: string) {
  const line = readme.split('\n').find((one) => one.startsWith('Figures to check')) ?? ''
  const number = (pattern: RegExp): number => Number((pattern.exec(line)?.[1] ?? 'NaN').replaceAll(',', ''))
  const many = (pattern: RegExp): number[] =>
    (pattern.exec(line)?.[1] ?? '').split(' / ').map((one) => Number(one.replaceAll(',', '')))
  const [p1, p2, p3, p4] = many(/priority 1\/2\/3\/4: ([\d,/ ]+\d)/)
  const months = many(/by month 2016-02…05: ([\d,/ ]+\d)/)
  return {
    incidents: number(/: incidents ([\d,]+);/),
    updates: number(/updates ([\d,]+);/),
    byPriority: { P1: p1, P2: p2, P3: p3, P4: p4 },
    sourceLevelMet: number(/made_sla true ([\d,]+);/),
    reassigned: number(/reassignment_count > 0: ([\d,]+);/),
    reopened: number(/reopen_count > 0: ([\d,]+);/),
    openedByMonth: Object.fromEntries(months.map((n, at) => [`2016-0${at + 2}`, n])),
    mostUpdates: number(/most updates of one incident: (\d+)/),
  }
}

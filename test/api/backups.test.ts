// Backups over HTTP: the schedule is kept and written down, one is made and proven by processes of their own.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestServer, type TestServer } from '../setup/server.ts'

interface State {
  settings: Record<string, unknown>
  isBusy: boolean
  items: {
    id: string
    state: string
    proof: string | null
    provenAt: string | null
    bytes: number
    because: string | null
    proofBecause: string | null
  }[]
}
let server: TestServer
before(async () => {
  server = await startTestServer()
})
const token = (): string => server.people.administrator.token
const state = async (): Promise<State> => (await server.call('GET', '/admin/backups', { token: token() })).body as State
async function settled(): Promise<State> {
  for (let tries = 0; tries < 1_200; tries++) {
    const now = await state()
    if (!now.isBusy) return now
    await sleep(200)
  }
  throw new Error('It did not end.')
}

describe('backups over HTTP', () => {
  it('are for administrators', async () => {
    for (const who of ['manager', 'agent', 'requester', 'auditor'] as const)
      assert.equal((await server.call('GET', '/admin/backups', { token: server.people[who].token })).status, 403)
  })
  it('keep a changed schedule and write the change down', async () => {
    const answer = await server.call('PATCH', '/admin/backups', { token: token(), body: { at: '04:30', weekly: 8 } })
    assert.equal(answer.status, 200)
    assert.deepEqual((await state()).settings, {
      isOn: true,
      at: '04:30',
      daily: 7,
      weekly: 8,
      monthly: 6,
      proveDays: 1,
    })
    const rows = await server.db.query<{ changes: object }>(`select changes from journal where record = 'backup'`)
    assert.deepEqual(rows[0]?.changes, { at: ['02:15', '04:30'], weekly: [4, 8] })
  })
  it('refuse a schedule that makes no sense', async () => {
    for (const body of [{ at: '25:00' }, { daily: 0 }, { proveDays: -1 }, { place: '/etc' }])
      assert.equal(
        (await server.call('PATCH', '/admin/backups', { token: token(), body })).status,
        422,
        JSON.stringify(body),
      )
  })
  it('are made and proven while the server runs, one at a time', async () => {
    assert.equal((await server.call('POST', '/admin/backups', { token: token(), body: {} })).status, 202)
    assert.equal((await server.call('POST', '/admin/backups', { token: token(), body: {} })).status, 409)
    const [made] = (await settled()).items
    assert.equal(made?.state, 'done', made?.because ?? '')
    assert.ok((made?.bytes ?? 0) > 10_000)
    assert.equal(
      (await server.call('POST', `/admin/backups/${made?.id}/proof`, { token: token(), body: {} })).status,
      202,
    )
    const [proven] = (await settled()).items
    assert.equal(proven?.proof, 'good', proven?.proofBecause ?? '')
    const health = (await server.call('GET', '/admin/health', { token: token() })).body as {
      items: { name: string; value: string; todo: string }[]
    }
    const line = health.items.find(({ name }) => name === 'Backup')
    assert.match(line?.value ?? '', /last 0 min ago, last proven 0 min ago|last \d min ago/)
    assert.match(line?.todo ?? '', /same disk/)
  })
  it('refuse to prove what is not there', async () => {
    assert.equal(
      (
        await server.call('POST', '/admin/backups/00000000-0000-0000-0000-000000000000/proof', {
          token: token(),
          body: {},
        })
      ).status,
      404,
    )
  })
})

// What an organisation sets for the rules of its work: checked, journalled, and in force at once.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { loadSettings, usualSettings } from '#kit/organisation-settings.ts'
import { newCatalogue } from '#app'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
const set = (body: object): Promise<Answered> =>
  server.call('PATCH', '/settings', { token: server.people.administrator.token, body })

describe('the days until closing and for reopening', () => {
  it('are seven and fourteen unless the organisation says otherwise', async () => {
    const { body } = await server.call('GET', '/settings', { token: server.people.agent.token })
    assert.partialDeepStrictEqual(body, { ...usualSettings })
  })
  it('are whole, within a year, and for administrators to set', async () => {
    for (const wrong of [0, -1, 1.5, 366, '7', null]) problem(await set({ closeAfterDays: wrong }), 422)
    for (const wrong of [-1, 0.5, 366]) problem(await set({ reopenWithinDays: wrong }), 422)
    const { token } = server.people.agent
    problem(await server.call('PATCH', '/settings', { token, body: { closeAfterDays: 3 } }), 403)
  })
  it('hold at once, here and for whoever starts later, and are told in the journal', async () => {
    const { token } = server.people.agent
    const made = (await server.call('POST', '/incidents', { token, body: { subject: 'Closed for three days' } })).body as { id: number } // oxfmt-ignore
    await server.db.query(
      "update incident set status = 'closed', closed_at = now() - interval '73 hours', resolved_at = closed_at where id = $1",
      [made.id],
    )
    const because = async (): Promise<string | null> => {
      const { body } = await server.call('GET', `/incidents/${made.id}`, { token })
      return (body as { moves: { name: string; because: string | null }[] }).moves.find(({ name }) => name === 'reopen')?.because ?? null // oxfmt-ignore
    }
    assert.equal(await because(), null)
    assert.equal((await set({ closeAfterDays: 5, reopenWithinDays: 2 })).status, 200)
    assert.match((await because()) ?? '', /Closed 3 days ago. Reopening is possible for 2 days/)
    const catalogue = newCatalogue()
    await loadSettings(server.db, catalogue, null)
    const { closeAfterDays, reopenWithinDays } = catalogue.settings(1)
    assert.deepEqual([closeAfterDays, reopenWithinDays], [5, 2])
    const [entry] = await server.db.query<{ changes: object }>(
      "select changes from journal where record = 'organisation' order by xid desc, id desc limit 1",
    )
    assert.deepEqual(entry?.changes, { closeAfterDays: [7, 5], reopenWithinDays: [14, 2] })
  })
})

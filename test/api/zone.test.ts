// In which zone a person is told the time: their choice, their own, that of the nearest place above them, the organisation's.
import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { readersOf } from '#kit/notices/readers.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
async function ask(
  method: string,
  path: string,
  body?: unknown,
  rev?: number,
): Promise<{ id: number; timeZone: string }> {
  const headers: Record<string, string> = rev === undefined ? {} : { 'if-match': `"${rev}"` }
  const token =
    path === '/me' || path === '/me/preferences' ? server.people.agent.token : server.people.administrator.token
  const answer = await server.call(method, path, { token, headers, ...(body === undefined ? {} : { body }) })
  assert.ok(answer.status < 300, answer.text)
  return answer.body as { id: number; timeZone: string }
}
/** What the screen and the quiet hours of notices go by. */
async function zones(): Promise<string[]> {
  const { id } = server.people.agent
  const reader = (await readersOf(server.db, 1, [id])).get(id)
  return [(await ask('GET', '/me')).timeZone, reader?.zone ?? '']
}
async function set(patch: object): Promise<void> {
  const { rev } = (await ask('GET', `/persons/${server.people.agent.id}`)) as unknown as { rev: number } // every record has one
  await ask('PATCH', `/persons/${server.people.agent.id}`, patch, rev)
}

it('is that of the organisation, of the nearest place with one, of the person, and of their choice, in this order', async () => {
  assert.deepEqual(await zones(), ['Europe/Berlin', 'Europe/Berlin'])
  const site = await ask('POST', '/locations', { name: 'Porto', timeZone: 'Europe/Lisbon' })
  const room = await ask('POST', '/locations', { name: 'Room 5', kind: 'room', parent: site.id })
  await set({ location: room.id })
  assert.deepEqual(await zones(), ['Europe/Lisbon', 'Europe/Lisbon'])
  await set({ timeZone: 'Asia/Tokyo' })
  assert.deepEqual(await zones(), ['Asia/Tokyo', 'Asia/Tokyo'])
  await set({ timeZone: null })
  assert.deepEqual(await zones(), ['Europe/Lisbon', 'Europe/Lisbon'])
})

it('says which day it is when somebody writes down their work, and when they leave', async () => {
  // 25 hours apart: never the same day, and one of them is not that of the server.
  for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const today = (): string => Temporal.Now.plainDateISO(timeZone).toString()
    const person = (await ask('POST', '/persons', { name: 'Far', timeZone })) as unknown as { id: number; rev: number }
    const { id: on } = await ask('POST', '/incidents', { subject: 'x' })
    const days = [today()]
    const { day } = (await ask('POST', '/timeentries', { on: `INC-${on}`, person: person.id, minutes: 5 })) as unknown as { day: string } // oxfmt-ignore
    const gone = (await ask('POST', `/persons/${person.id}/leave`, {}, person.rev)) as unknown as { leftOn: string }
    days.push(today())
    assert.ok(days.includes(day), `${day} in ${timeZone}`)
    assert.ok(days.includes(gone.leftOn), `${gone.leftOn} in ${timeZone}`)
  }
})

it('takes the day on which somebody left, which may be past and may not be to come, wherever they are', async () => {
  for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const made = (await ask('POST', '/persons', { name: 'Gone', timeZone })) as unknown as { id: number; rev: number }
    const leave = (leftOn: string): Promise<unknown> => ask('POST', `/persons/${made.id}/leave`, { leftOn }, made.rev)
    const today = Temporal.Now.plainDateISO(timeZone)
    // Midnight may pass between the two.
    await assert.rejects(leave(today.add({ days: 2 }).toString()), /is still to come/)
    await assert.rejects(ask('PATCH', `/persons/${made.id}`, { leftOn: '2026-01-05' }, made.rev), /set by Pilothouse/)
    const yesterday = today.subtract({ days: 1 }).toString()
    const gone = (await leave(yesterday)) as { id: number; rev: number; leftOn: string | null }
    assert.equal(gone.leftOn, yesterday)
    const back = (await ask('POST', `/persons/${made.id}/return`, {}, gone.rev)) as unknown as typeof gone
    assert.equal(back.leftOn, null)
  }
})

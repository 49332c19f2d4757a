// Requests that contradict what is known are refused at the field, and say how to go on.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
const ask = (method: string, path: string, body?: unknown, rev?: number): Promise<Answered> =>
  server.call(method, path, {
    token: server.people.manager.token,
    ...(body === undefined ? {} : { body }),
    headers: rev === undefined ? {} : { 'if-match': `"${rev}"` },
  })
interface Made {
  id: number
  number: string
  rev: number
}
async function made(path: string, body: unknown): Promise<Made> {
  const answer = await ask('POST', path, body)
  assert.equal(answer.status, 201, answer.text)
  return answer.body as Made
}
/** The answer refuses this field in a sentence like this. */
function refusedAt(answer: Answered, pointer: string, detail: RegExp): void {
  const said = problem(answer, 422)
  const first = (said['errors'] as { pointer: string; detail: string }[])[0] // a list of problems by field
  assert.equal(first?.pointer, pointer)
  assert.match(first?.detail ?? '', detail)
}
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()

describe('an incident', () => {
  it('was not reported in the future, but clocks of other machines may be a little fast', async () => {
    for (const openedAt of ['2199-01-01T00:00:00Z', inMinutes(60)])
      refusedAt(
        await ask('POST', '/incidents', { subject: 'x', openedAt }),
        '/openedAt',
        /lies ahead\. Give the instant/,
      )
    const row = await made('/incidents', { subject: 'x', openedAt: inMinutes(2) })
    refusedAt(
      await ask('PATCH', `/incidents/${row.id}`, { openedAt: '2199-01-01T00:00:00Z' }, row.rev),
      '/openedAt',
      /lies ahead/,
    )
    await made('/incidents', { subject: 'x', openedAt: '2020-01-01T00:00:00Z' })
  })
  it('is not linked to itself, and has no work of days that are to come', async () => {
    const [one, two] = [await made('/incidents', { subject: 'one' }), await made('/incidents', { subject: 'two' })]
    const on = { record: 'incident', id: one.id }
    refusedAt(await ask('POST', '/links', { type: 'relates', on, to: on }), '/to', /cannot be linked to itself/)
    await made('/links', { type: 'relates', on, to: { record: 'incident', id: two.id } })
    const day = inMinutes(3 * 24 * 60).slice(0, 10)
    refusedAt(
      await ask('POST', '/timeentries', { on, minutes: 5, day }),
      '/day',
      /lies ahead, and nobody has worked then/,
    )
    await made('/timeentries', { on, minutes: 5, day: inMinutes(0).slice(0, 10) })
  })
})

describe('services', () => {
  const names = ['Mail', 'Database', 'Storage']
  const services: Made[] = []
  before(async () => {
    for (const name of names) services.push(await made('/services', { name, kind: 'technical' }))
  })
  const need = (from: number, to: number): Promise<Answered> =>
    ask('POST', '/dependencies', { service: services[from]?.id, needs: services[to]?.id })
  it('do not need each other in a circle, not over others either', async () => {
    refusedAt(await need(0, 0), '/needs', /cannot need itself/)
    const first = (await need(0, 1)).body as Made
    refusedAt(await need(1, 0), '/needs', /^SVC-\d+ needs SVC-\d+ already: this would be a circle/)
    assert.equal((await need(1, 2)).status, 201)
    refusedAt(await need(2, 0), '/needs', /already, over 1 between them: this would be a circle/)
    // What is put away and what is turned round is no circle; coming back out of the bin may be one.
    assert.equal((await ask('DELETE', `/dependencies/${first.id}`, undefined, first.rev)).status < 300, true)
    const round = (await need(2, 0)).body as Made
    refusedAt(await ask('POST', `/dependencies/${first.id}/restore`), '/needs', /circle/)
    assert.equal((await ask('DELETE', `/dependencies/${round.id}`, undefined, round.rev)).status < 300, true)
    assert.equal((await ask('POST', `/dependencies/${first.id}/restore`)).status < 300, true)
  })
  it('are not put away while others need them, and the answer says which and how to go on', async () => {
    const [mail, database] = services
    const path = `/services/${database?.id}`
    problem(await ask('DELETE', path, undefined, database?.rev), 409, new RegExp(`${mail?.number} needs ${database?.number}\\. Remove this dependency first`)) // oxfmt-ignore
    assert.equal((await ask('DELETE', `/services/${mail?.id}`, undefined, mail?.rev)).status < 300, true)
    assert.equal((await ask('DELETE', path, undefined, database?.rev)).status < 300, true)
  })
})

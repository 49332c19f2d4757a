// A name in a filter that nothing has is refused at its place, with the names that come nearest; a typo is no empty list.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
  const { token } = server.people.manager
  for (const name of ['Nora Lindqvist', 'Ann-Sofie Berg', '!?']) {
    const made = await server.call('POST', '/persons', { token: server.people.administrator.token, body: { name } })
    assert.equal(made.status, 201, made.text)
  }
  await server.call('POST', '/teams', { token, body: { name: 'First line' } })
  await server.call('POST', '/incidents', { token, body: { subject: 'x', requester: 'me' } })
})
const asked = (filter: string, path = '/incidents'): Promise<Answered> =>
  server.call('GET', `${path}?filter=${encodeURIComponent(filter)}`, { token: server.people.agent.token })

describe('a name that nothing has', () => {
  it('is refused where it stands, whatever else is asked', async () => {
    const filter = 'status:new assignee:me,nobodyhere'
    const said = problem(await asked(filter), 400, /There is no person called "nobodyhere"/)
    const [first] = said['errors'] as { pointer: string; at: number; length: number }[] // a list of problems by field
    assert.deepEqual([first?.pointer, first?.at, first?.length], ['/filter', filter.indexOf('nobodyhere'), 10])
  })
  const near: [filter: string, detail: RegExp][] = [
    ['requester:"Nora Lindquist"', /Did you mean "Nora Lindqvist"\?/],
    ['assignee:lindqvist', /Did you mean "Nora Lindqvist"\?/],
    ['-assignee:"Ann Sofie Berg"', /Did you mean "Ann-Sofie Berg"\?/],
    [
      'team:"Frist line"',
      /There is no team called "Frist line"\. Write the whole name in quotes, or a number such as TEAM-1/,
    ],
    ['team:"Firstline"', /Did you mean "First line"\?/],
    ['services:Mial', /There is no service called "Mial"/],
    ['assignee:"?"', /There is no person called/],
  ]
  for (const [filter, detail] of near)
    it(`${filter} is told so`, async () => void problem(await asked(filter), 400, detail))
  it('is refused in groups, exports and changes of many too', async () => {
    problem(await asked('assignee:nobodyhere', '/incidents/export'), 400, /nobodyhere/)
    const groups = `/incidents/groups?by=status&filter=assignee%3Anobodyhere`
    problem(await server.call('GET', groups, { token: server.people.agent.token }), 400, /nobodyhere/)
    const body = { filter: 'assignee:nobodyhere', change: { impact: 'team' } }
    problem(await server.call('POST', '/incidents/bulk', { token: server.people.agent.token, body }), 400, /nobodyhere/)
  })
})
describe('a name that something has', () => {
  for (const filter of [
    'requester:"nora lindqvist"',
    'requester:"Ann-Sofie Berg",P-1',
    'assignee:"!?"',
    'team:"FIRST LINE"',
    'team:none assignee:any requester:me assignee:7',
    'assignee:P-1',
  ])
    it(`${filter} is found, or nothing is`, async () => assert.equal((await asked(filter)).status, 200))
  it('costs nothing where numbers are given, and two statements for each name', async () => {
    const count = async (filter: string): Promise<number> => {
      await asked(filter)
      return server.statements.during(() => asked(filter))
    }
    const plain = await count('assignee:P-1')
    assert.equal(await count('assignee:me,none'), plain)
    assert.equal(await count('requester:"Nora Lindqvist"'), plain + 2)
  })
})
describe('a length of time', () => {
  before(async () => {
    const { token } = server.people.manager
    const { body } = await server.call('POST', '/incidents', { token, body: { subject: 'long' } })
    const { id } = body as { id: number }
    const worked = await server.call('POST', '/timeentries', { token, body: { on: `INC-${id}`, minutes: 90 } })
    assert.equal(worked.status, 201, worked.text)
  })
  for (const [written, count] of [
    ['>=90', 1],
    ['>=1h30m', 1],
    ['>"1h 30 min"', 0],
    ['<1.5h', 1],
    [':90min', 1],
    ['>1h', 1],
    ['<1d', 2],
    ['>0.05d', 1],
    ['>1d', 0],
    ['<"1d 2h 30m"', 2],
  ] as const)
    // oxfmt-ignore
    it(`may be written as workedMinutes${written}`, async () => {
      const found = await asked(`workedMinutes${written}`)
      assert.equal(found.status, 200, found.text)
      assert.equal((found.body as { items: unknown[] }).items.length, count)
    })
  it('may be written so of a number of minutes, too', async () => {
    assert.equal((await asked('workingMinutes>=1h', '/targets')).status, 200)
    problem(await asked('workingDays>=1h', '/targets'), 400, /"1h" is not a number/)
  })
  it('a day has 24 hours, and none where minutes may be those of work', async () => {
    for (const same of ['1d', '24h', '1440', '0.5d12h'])
      assert.equal((await asked(`workedMinutes<${same}`)).status, 200, same)
    const { token } = server.people.manager
    const { body } = await server.call('POST', '/incidents', { token, body: { subject: 'a day' } })
    const on = `INC-${(body as { id: number }).id}`
    for (let left = 2; left > 0; left--) {
      const worked = await server.call('POST', '/timeentries', { token, body: { on, minutes: 720 } })
      assert.equal(worked.status, 201, worked.text)
    }
    const found = await asked('workedMinutes:1d')
    assert.deepEqual(
      (found.body as { items: { number: string }[] }).items.map(({ number }) => number),
      [on],
    )
    problem(await asked('workingMinutes>=2d', '/targets'), 400, /"2d" has no fixed length here/)
  })
  for (const wrong of ['1x', 'd', '1h1d', '1m1h', '-5', 'h', '1h30m20s'])
    it(`${wrong} is none`, async () => void problem(await asked(`workedMinutes>${wrong}`), 400, /is not a length of time/)) // oxfmt-ignore
})

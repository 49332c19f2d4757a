// Calendar feeds: what stands in them, who may read them with which key, and what a calendar program makes of them.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import ICAL from 'ical.js'
import { instant, text } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

/** Something at an instant; the product's own are due times, which clocks keep. */
const drill = record('drill', {
  about: 'An exercise at a time.',
  number: 'DRL',
  fields: { name: text(), at: instant() },
  list: ['name', 'at'],
  dated: { from: 'at' },
  can: { read: ['everyone'], create: ['manager'], update: ['manager'] },
})
let server: TestServer
let agent: string
before(async () => {
  server = await startTestServer({ records: [drill] })
  agent = server.people.agent.token
})

interface Made {
  id: number
  address: string
}
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
async function feed(parts: object[], token = agent): Promise<Made> {
  const made = await server.call('POST', '/calendar-feeds', { token, body: { name: 'Mine', parts } })
  assert.equal(made.status, 201, made.text)
  return made.body as Made
}
async function create(plural: string, body: object, token = server.people.manager.token): Promise<{ id: number }> {
  const made = await server.call('POST', `/${plural}`, { token, body })
  assert.equal(made.status, 201, made.text)
  return made.body as { id: number }
}
const pathOf = (made: Made): string => new URL(made.address).pathname
const read = (made: Made, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${pathOf(made)}`, { headers })
async function events(made: Made): Promise<ICAL.Event[]> {
  const answer = await read(made)
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/calendar/)
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
}
const titles = (all: readonly ICAL.Event[]): string[] => all.map((event) => event.summary)

describe('a calendar feed', () => {
  it('holds days whole, spans with their last day, due times at their instant', async () => {
    const person = server.people.agent.id
    await create('tasks', { subject: 'Restore test, ERP; "half" the disks', assignee: person, dueOn: day(3) })
    await create('absences', { person, firstDay: day(5), lastDay: day(9) })
    await create('drills', { name: 'Fire drill', at: `${day(2)}T10:15:00Z` })
    const made = await feed(['task', 'absence', 'drill'].map((record) => ({ record })))
    const all = await events(made)
    const [task, absence, due] = ['(Task)', '(Absence)', '(Drill, due)'].map((end) =>
      all.find((one) => one.summary.endsWith(end)),
    )
    assert.ok(task && absence && due, titles(all).join())
    assert.equal(task.summary, 'Restore test, ERP; "half" the disks (Task)')
    assert.deepEqual([task.startDate.toString(), task.endDate.toString()], [day(3), day(4)])
    assert.deepEqual([absence.startDate.toString(), absence.endDate.toString()], [day(5), day(10)])
    assert.deepEqual(
      [due.startDate.toJSDate().toISOString(), due.endDate.toJSDate().toISOString()],
      [`${day(2)}T09:45:00.000Z`, `${day(2)}T10:15:00.000Z`],
    )
    assert.match(String(task.component.getFirstPropertyValue('url')), /\/desk\/tasks\/TASK-\d+$/)
  })
  it('is one’s own by a filter, and what is done goes from it', async () => {
    const { agent: mine, manager } = server.people
    const own = await create('tasks', { subject: 'mine to do', assignee: mine.id, dueOn: day(4) })
    await create('tasks', { subject: 'for the manager', assignee: manager.id, dueOn: day(4) })
    const made = await feed([{ record: 'task', filter: 'assignee:me' }])
    assert.ok(titles(await events(made)).includes('mine to do (Task)'))
    assert.ok(
      !titles(await events(made))
        .join()
        .includes('for the manager'),
    )
    const finished = await server.call('POST', `/tasks/${own.id}/finish`, { token: agent, body: {} })
    assert.equal(finished.status, 200, finished.text)
    assert.ok(
      !titles(await events(made))
        .join()
        .includes('mine to do'),
    )
    const done = await feed([{ record: 'task', filter: 'assignee:me status:done' }])
    assert.ok(titles(await events(done)).includes('mine to do (Task)'))
  })
  it('keeps the same name for a changed entry, and says when nothing has changed', async () => {
    const task = await create('tasks', { subject: 'first words', dueOn: day(6) })
    const made = await feed([{ record: 'task' }])
    const before = (await events(made)).find((one) => one.summary === 'first words (Task)')
    const first = await read(made)
    const mark = first.headers.get('etag') ?? ''
    assert.equal((await read(made, { 'if-none-match': mark })).status, 304)
    const changed = await server.call('PATCH', `/tasks/${task.id}`, { token: server.people.manager.token, headers: { 'if-match': '1' }, body: { subject: 'other words' } }) // oxfmt-ignore
    assert.equal(changed.status, 200, changed.text)
    assert.equal((await read(made, { 'if-none-match': mark })).status, 200)
    const after = (await events(made)).find((one) => one.summary === 'other words (Task)')
    assert.ok(before && after)
    assert.equal(after.uid, before.uid)
    assert.ok(after.sequence > before.sequence)
  })
  it('puts no line of its own into the text, whatever a title holds', async () => {
    await create('tasks', { subject: 'a\\nEND:VEVENT BEGIN:VALARM ; , — 日本語 🌍 '.repeat(4), dueOn: day(7) })
    const made = await feed([{ record: 'task' }])
    const text = await (await read(made)).text()
    assert.ok(!/^BEGIN:VALARM/m.test(text))
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
    assert.ok(titles(await events(made)).some((title) => title.includes('日本語 🌍')))
  })
  it('says so when it cannot hold all', async () => {
    const tasks = sql`insert into task (org, id, rev, subject, status, due_on, created_at, updated_at) select 1, 900000 + n, 1, 'many ' || n, 'open', current_date + 20, now(), now() from generate_series(1, 1200) n`
    await run(server.db, tasks)
    const all = await events(await feed([{ record: 'task', filter: 'subject~many' }]))
    assert.equal(all.length, 1001)
    assert.match(all.at(-1)?.summary ?? '', /first 1000 entries/)
  })
})

describe('the key of a calendar feed', () => {
  it('opens its own address alone', async () => {
    const made = await feed([{ record: 'task' }])
    const token = /([^/]+)\.ics$/.exec(made.address)?.[1] ?? ''
    for (const path of ['/me', '/tasks', '/records', '/calendar-feeds', '/openapi.json'])
      problem(await server.call('GET', path, { token }), 403)
    problem(await server.call('POST', '/tasks', { token, body: { subject: 'x' } }), 403)
    problem(
      await server.call('POST', '/calendar-feeds', { token, body: { name: 'x', parts: [{ record: 'task' }] } }),
      403,
    )
  })
  it('is no token, and no token is one', async () => {
    const listed = (await server.call('GET', '/tokens', { token: agent })).text
    assert.ok(!listed.includes('"Mine"'), listed)
    const answer = await fetch(`${server.url}/api/v1/calendar-feeds/${agent}.ics`)
    assert.equal(answer.status, 403)
    for (const key of ['nothing.ics', `${'x'.repeat(300)}.ics`, '%00.ics'])
      assert.ok([400, 404].includes((await fetch(`${server.url}/api/v1/calendar-feeds/${key}`)).status), key)
  })
  it('is shown once, belongs to one person, and ends when they say so', async () => {
    const made = await feed([{ record: 'task' }])
    const mine = await server.call('GET', '/calendar-feeds', { token: agent })
    assert.ok(mine.text.includes(`"id":${made.id}`))
    assert.ok(!mine.text.includes('.ics') && !mine.text.includes('ph_'))
    const others: Answered = await server.call('GET', '/calendar-feeds', { token: server.people.manager.token })
    assert.ok(!others.text.includes(`"id":${made.id},`))
    problem(await server.call('DELETE', `/calendar-feeds/${made.id}`, { token: server.people.manager.token }), 404)
    assert.equal((await server.call('DELETE', `/calendar-feeds/${made.id}`, { token: agent })).status, 204)
    assert.equal((await read(made)).status, 404)
  })
  it('reads what its person may read now: nothing after they have left', async () => {
    await create('tasks', { subject: 'for the agents', dueOn: day(8) })
    const { requester, outsider, bystander } = server.people
    const other = titles(await events(await feed([{ record: 'task' }], requester.token)))
    assert.ok(!other.join().includes('for the agents'), other.join())
    const foreign = titles(await events(await feed([{ record: 'task' }], outsider.token)))
    assert.deepEqual(foreign, [])
    const made = await feed([{ record: 'absence' }], bystander.token)
    assert.equal((await read(made)).status, 200)
    const left = await server.call('POST', `/persons/${bystander.id}/leave`, { token: server.people.administrator.token, body: {} }) // oxfmt-ignore
    assert.equal(left.status, 200, left.text)
    assert.equal((await read(made)).status, 404)
  })
  it('is not made for what stands in no calendar or for a filter that is not understood', async () => {
    const ask = (parts: object[]): Promise<Answered> =>
      server.call('POST', '/calendar-feeds', { token: agent, body: { name: 'x', parts } })
    const pointer = async (parts: object[]): Promise<unknown> =>
      JSON.stringify(problem(await ask(parts), 422)['errors']).match(/"pointer":"([^"]*)"/)?.[1]
    assert.equal(await pointer([{ record: 'service' }]), '/parts/0/record')
    assert.equal(await pointer([{ record: 'task' }, { record: 'task', filter: 'asignee:me' }]), '/parts/1/filter')
    problem(await ask([]), 422)
  })
})

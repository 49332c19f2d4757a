// Requests that contradict what is known are refused at the field, and say how to go on.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
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
  it('has a subject that is seen, and keeps what a move asked for', async () => {
    for (const subject of ['   ', '\u200b\u200b', '\u00a0\n'])
      refusedAt(await ask('POST', '/incidents', { subject }), '/subject', /is needed/)
    const row = await made('/incidents', { subject: 'seen' })
    refusedAt(await ask('PATCH', `/incidents/${row.id}`, { subject: ' ' }, row.rev), '/subject', /is needed/)
    refusedAt(
      await ask('POST', `/incidents/${row.id}/resolve`, { resolution: ' \n ', closureCode: 'fixed' }, row.rev),
      '/resolution',
      /is needed/,
    )
  })
  it('does not wait until an instant that is over', async () => {
    const row = await made('/incidents', { subject: 'x' })
    refusedAt(
      await ask('POST', `/incidents/${row.id}/wait`, { waitingFor: 'requester', waitingUntil: '2020-01-01T00:00:00Z' }, row.rev), // oxfmt-ignore
      '/waitingUntil',
      /is over\. Give an instant that is to come/,
    )
  })
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

describe('trees', () => {
  it('have nothing that stands under itself: categories, units, places, positions, line managers', async () => {
    const trees = [
      ['/categories', 'parent', {}],
      ['/units', 'parent', { kind: 'department' }],
      ['/locations', 'parent', {}],
      ['/positions', 'reportsTo', {}],
      ['/persons', 'lineManager', {}],
    ] as const
    for (const [path, field, more] of trees) {
      const top = await made(path, { name: 'Top', ...more })
      const middle = await made(path, { name: 'Middle', [field]: top.id, ...more })
      const low = await made(path, { name: 'Low', [field]: middle.id, ...more })
      const itself = await ask('PATCH', `${path}/${top.id}`, { [field]: top.id }, top.rev)
      refusedAt(itself, `/${field}`, new RegExp(`^${top.number} cannot stand under itself\\. Choose another`))
      const circle = await ask('PATCH', `${path}/${top.id}`, { [field]: low.id }, top.rev)
      refusedAt(circle, `/${field}`, new RegExp(`^${low.number} stands under ${top.number} already: this would be a circle`)) // oxfmt-ignore
    }
  })
  it('stay without circles when something is undone, and say so in German', async () => {
    const top = await made('/categories', { name: 'Devices' })
    const low = await made('/categories', { name: 'Printers', parent: top.id })
    const freed = await ask('PATCH', `/categories/${low.id}`, { parent: null }, low.rev)
    assert.equal(freed.status, 200, freed.text)
    assert.equal((await ask('PATCH', `/categories/${top.id}`, { parent: low.id }, top.rev)).status, 200)
    const request = freed.headers.get('x-request-id')
    problem(await ask('POST', '/undo', { request }), 409, /stands under CAT-\d+ already: this would be a circle/)
    const german = await server.call('PATCH', `/categories/${top.id}`, {
      token: server.people.manager.token,
      body: { parent: top.id },
      headers: { 'if-match': `"${top.rev + 1}"`, 'accept-language': 'de' },
    })
    refusedAt(german, '/parent', /kann nicht unter sich selbst stehen/)
  })
})

describe('an absence', () => {
  const persons: Made[] = []
  before(async () => {
    for (const name of ['Ada', 'Ben', 'Cleo']) persons.push(await made('/persons', { name }))
  })
  const away = (of: number, firstDay: string, lastDay: string, deputy?: number): Promise<Answered> =>
    ask('POST', '/absences', {
      person: persons[of]?.id,
      firstDay,
      lastDay,
      ...(deputy === undefined ? {} : { deputy: persons[deputy]?.id }),
    })
  it('ends after it began, once at a time', async () => {
    refusedAt(await away(0, '2027-03-05', '2027-03-01'), '/lastDay', /^Last day \(2027-03-01\) is before First day \(2027-03-05\)\. Exchange them/) // oxfmt-ignore
    const first = (await away(0, '2027-03-01', '2027-03-05')).body as Made
    refusedAt(await away(0, '2027-03-05', '2027-03-09'), '/firstDay', new RegExp(`is away on some of these days already: ${first.number}`)) // oxfmt-ignore
    assert.equal((await away(0, '2027-03-06', '2027-03-09')).status, 201)
    const longer = await ask('PATCH', `/absences/${first.id}`, { lastDay: '2027-03-07' }, first.rev)
    refusedAt(longer, '/firstDay', /is away on some of these days already/)
  })
  it('has a deputy who is somebody else, works here and is there on one of the days', async () => {
    refusedAt(await away(1, '2027-04-01', '2027-04-02', 1), '/deputy', /is the one who is away\. Name somebody else/)
    const whole = (await away(2, '2027-04-01', '2027-04-30')).body as Made
    refusedAt(await away(1, '2027-04-05', '2027-04-06', 2), '/deputy', new RegExp(`away on all of these days too \\(${whole.number}\\)`)) // oxfmt-ignore
    assert.equal((await away(1, '2027-04-29', '2027-05-02', 2)).status, 201, 'there on the last days')
    const gone = persons[2]
    assert.equal((await ask('POST', `/persons/${gone?.id}/leave`, {}, gone?.rev)).status, 200)
    refusedAt(await away(1, '2027-06-01', '2027-06-02', 2), '/deputy', /has left and cannot act for anybody/)
  })
})

describe('a position', () => {
  it('is filled while somebody holds it, and never by hand', async () => {
    refusedAt(await ask('POST', '/positions', { name: 'Clerk', status: 'filled' }), '/status', /^Nobody holds this position/) // oxfmt-ignore
    const post = await made('/positions', { name: 'Clerk' })
    const status = async (): Promise<unknown> => ((await ask('GET', `/positions/${post.id}`)).body as { status: string }).status // oxfmt-ignore
    assert.equal(await status(), 'vacant')
    const holder = await made('/persons', { name: 'Dora', position: post.id })
    assert.equal(await status(), 'filled')
    const closing = await ask('PATCH', `/positions/${post.id}`, { status: 'closed' }, post.rev + 1)
    refusedAt(closing, '/status', new RegExp(`^${holder.number} holds this position`))
    assert.equal((await ask('POST', `/persons/${holder.id}/leave`, {}, holder.rev)).status, 200)
    assert.equal(await status(), 'vacant')
    assert.equal((await ask('PATCH', `/positions/${post.id}`, { status: 'closed' }, post.rev + 2)).status, 200)
    refusedAt(await ask('POST', '/persons', { name: 'Emil', position: post.id }), '/position', /is closed\. Open it first/) // oxfmt-ignore
  })
})

describe('promises', () => {
  const hours = { name: 'Days', timeZone: 'UTC', definition: { hours: { mon: [['09:00', '17:00']] } } }
  let calendar: Made
  let promise: Made
  before(async () => {
    calendar = await made('/calendars', hours)
    promise = await made('/agreements', { name: 'To all', calendar: calendar.id })
  })
  const agree = (more: object): Promise<Answered> =>
    ask('POST', '/agreements', { name: `Promise ${Math.random()}`, calendar: calendar.id, ...more })
  it('name whose part it is', async () => {
    refusedAt(await agree({ kind: 'team' }), '/team', /^Team is needed where Kind is "Between teams"/)
    refusedAt(await agree({ kind: 'supplier' }), '/supplier', /^Supplier is needed where Kind is "From a supplier"/)
    assert.equal((await agree({ kind: 'supplier', supplier: 'Lines Ltd' })).status, 201)
    refusedAt(
      await ask('PATCH', `/agreements/${promise.id}`, { kind: 'team' }, promise.rev),
      '/team',
      /is needed where/,
    )
  })
  it('pause on fields and values that there are', async () => {
    const pause = (when: string): Promise<Answered> => agree({ pauses: [{ when, reason: 'Waiting' }] })
    refusedAt(await pause('state:waiting'), '/pauses', /^The pause "state:waiting" never holds: Incident has no field "state"/) // oxfmt-ignore
    refusedAt(await pause('status:waitng'), '/pauses', /Status is never "waitng"\. Choose one of: new, assigned/)
    refusedAt(await pause('service:SVC-999999'), '/pauses', /"SVC-999999" was not found/)
    refusedAt(await pause('level:breached'), '/pauses', /no field "level" whose history is kept/)
    assert.equal((await pause('status:waiting waitingFor:supplier')).status, 201)
  })
  it('have targets for clocks that there are, and tell persons who are here', async () => {
    const aim = (more: object): Promise<Answered> =>
      ask('POST', '/targets', { agreement: promise.id, clock: 'resolution', workingMinutes: 60, ...more })
    refusedAt(await aim({ clock: 'resoluton' }), '/clock', /^No clock is called "resoluton"\. Choose one of: assignment, firstResponse, resolution/) // oxfmt-ignore
    const tell = (to: string): object => ({ escalations: [{ at: 1, do: 'notify', to }] })
    refusedAt(await aim(tell('P-999999')), '/escalations', /^P-999999 was not found, so nobody would be told/)
    refusedAt(await aim({ priority: 'P9' }), '/priority', /Choose one of: P1/)
    const one = await made('/persons', { name: 'Fay' })
    assert.equal((await ask('POST', `/persons/${one.id}/leave`, {}, one.rev)).status, 200)
    refusedAt(await aim(tell(one.number)), '/escalations', /has left, so nobody would be told/)
    assert.equal((await aim(tell('lead'))).status, 201)
  })
})

describe('work', () => {
  it('is given to nobody who has left; what is theirs already may still be written', async () => {
    const gone = await made('/persons', { name: 'Gil' })
    const task = await made('/tasks', { subject: 'x', assignee: gone.id })
    assert.equal((await ask('POST', `/persons/${gone.id}/leave`, {}, gone.rev)).status, 200)
    const left = new RegExp(`^${gone.number} is "Left"\\. Choose another person\\.$`)
    refusedAt(await ask('POST', '/tasks', { subject: 'y', assignee: gone.id }), '/assignee', left)
    refusedAt(await ask('POST', '/teams', { name: 'Night', lead: gone.id }), '/lead', left)
    refusedAt(await ask('POST', '/teams', { name: 'Night', members: [gone.id] }), '/members', left)
    const incident = await made('/incidents', { subject: 'x', requester: gone.id })
    refusedAt(await ask('PATCH', `/incidents/${incident.id}`, { assignee: gone.id }, incident.rev), '/assignee', left)
    refusedAt(
      await ask('POST', `/incidents/${incident.id}/start`, { assignee: gone.id }, incident.rev),
      '/assignee',
      left,
    )
    const kept = await ask('GET', `/tasks/${task.id}`)
    const { assignee, rev } = kept.body as { assignee: unknown; rev: number }
    const again = await ask('PATCH', `/tasks/${task.id}`, { subject: 'z', assignee }, rev)
    assert.equal(again.status, 200, again.text)
  })
  it('stays with a team whose member has left; another who has left does not join it', async () => {
    const [gone, other, here] = [await made('/persons', { name: 'Ida' }), await made('/persons', { name: 'Jon' }), await made('/persons', { name: 'Kit' })] // oxfmt-ignore
    const team = await made('/teams', { name: `Crew ${gone.number}`, members: [gone.id] })
    for (const one of [gone, other]) assert.equal((await ask('POST', `/persons/${one.id}/leave`, {}, one.rev)).status, 200) // oxfmt-ignore
    const joined = await ask('PATCH', `/teams/${team.id}`, { members: [gone.id, here.id] }, team.rev)
    assert.equal(joined.status, 200, joined.text)
    const refused = await ask('PATCH', `/teams/${team.id}`, { members: [gone.id, here.id, other.id] }, team.rev + 1)
    refusedAt(refused, '/members', new RegExp(`^${other.number} is "Left"`))
  })
  it('is given back by undo to whoever had it: it was so before', async () => {
    const [gone, here] = [await made('/persons', { name: 'Lea' }), await made('/persons', { name: 'Mia' })]
    const task = await made('/tasks', { subject: 'x', assignee: gone.id })
    const given = await ask('PATCH', `/tasks/${task.id}`, { assignee: here.id }, task.rev)
    assert.equal((await ask('POST', `/persons/${gone.id}/leave`, {}, gone.rev)).status, 200)
    const back = await ask('POST', '/undo', { request: given.headers.get('x-request-id') })
    assert.equal(back.status, 200, back.text)
    const { assignee } = (await ask('GET', `/tasks/${task.id}`)).body as { assignee: { id: number } }
    assert.equal(assignee.id, gone.id)
  })
})

describe('undo', () => {
  const solved = { resolution: 'y', closureCode: 'fixed' }
  it('takes nothing away that the present state needs: it was not in this state before', async () => {
    const row = await made('/incidents', { subject: 'x' })
    const said = await ask('PATCH', `/incidents/${row.id}`, solved, row.rev)
    assert.equal(said.status, 200, said.text)
    assert.equal((await ask('POST', `/incidents/${row.id}/resolve`, {}, row.rev + 1)).status, 200)
    const taken = await ask('POST', '/undo', { request: said.headers.get('x-request-id') })
    problem(taken, 409, /Resolution is needed while status is "Resolved"/)
    const { resolution, status } = (await ask('GET', `/incidents/${row.id}`)).body as Record<string, unknown>
    assert.deepEqual([resolution, status], ['y', 'resolved'])
  })
  it('brings back no state without what it needs', async () => {
    const row = await made('/incidents', { subject: 'x' })
    assert.equal((await ask('POST', `/incidents/${row.id}/resolve`, solved, row.rev)).status, 200)
    const reopened = await ask('POST', `/incidents/${row.id}/reopen`, {}, row.rev + 1)
    assert.equal(reopened.status, 200, reopened.text)
    assert.equal((await ask('PATCH', `/incidents/${row.id}`, { resolution: null }, row.rev + 2)).status, 200)
    const back = await ask('POST', '/undo', { request: reopened.headers.get('x-request-id') })
    problem(back, 409, /Resolution is needed while status is "Resolved"/)
    assert.equal((await ask('PATCH', `/incidents/${row.id}`, { resolution: 'z' }, row.rev + 3)).status, 200)
    assert.equal((await ask('POST', '/undo', { request: reopened.headers.get('x-request-id') })).status, 200)
    const { status } = (await ask('GET', `/incidents/${row.id}`)).body as Record<string, unknown>
    assert.equal(status, 'resolved')
  })
})

describe('figures', () => {
  it('of a measure have their limit on the bad side of the target', async () => {
    const rate = (more: object): Promise<Answered> =>
      ask('POST', '/measures', {
        name: 'Rate',
        definition: 'Met of all',
        duty: '4',
        unit: '%',
        cadence: 'day',
        ...more,
      })
    refusedAt(
      await rate({ better: 'higher', target: 90, limit: 95 }),
      '/limit',
      /at or below the target 90; this is 95/,
    )
    refusedAt(await rate({ better: 'lower', target: 90, limit: 80 }), '/limit', /at or above the target 90; this is 80/)
    const fine = (await rate({ better: 'lower', target: 90, limit: 95 })).body as Made
    refusedAt(await ask('PATCH', `/measures/${fine.id}`, { better: 'higher' }, fine.rev), '/limit', /Exchange them/)
  })
  it('of a group of services are never more than its members', async () => {
    const [top, one, two] = await Promise.all(
      ['Top', 'One', 'Two'].map((name) => made('/services', { name: `${name} of a group`, kind: 'technical' })),
    )
    const need = (of: Made | undefined, minimum?: number): Promise<Answered> =>
      ask('POST', '/dependencies', { service: top?.id, needs: of?.id, group: 'nodes', minimum: minimum ?? null })
    refusedAt(await need(one, 2), '/minimum', /^2 of the group "nodes" of SVC-\d+ must work, and it has 1\. Add/)
    const first = (await need(one)).body as Made
    assert.equal((await need(two, 2)).status, 201)
    refusedAt(await ask('DELETE', `/dependencies/${first.id}`, undefined, first.rev), '/minimum', /and it has 1/)
  })
  it('of an incident keep their order when they are mended by hand', async () => {
    const row = await made('/incidents', { subject: 'x', openedAt: '2026-01-01T00:00:00Z' })
    const taken = await ask('POST', `/incidents/${row.id}/resolve`, { resolution: 'y', closureCode: 'fixed' }, row.rev)
    assert.equal(taken.status, 200, taken.text)
    const late = await ask('PATCH', `/incidents/${row.id}`, { openedAt: inMinutes(3) }, row.rev + 1)
    refusedAt(late, '/openedAt', /when somebody had it in hand already/)
  })
  it('of an incident keep what solved it as long as it is solved, and may say it better', async () => {
    const row = await made('/incidents', { subject: 'x' })
    const how = { resolution: 'y', closureCode: 'fixed' }
    assert.equal((await ask('POST', `/incidents/${row.id}/resolve`, how, row.rev)).status, 200)
    const rev = row.rev + 1
    const emptied = await ask('PATCH', `/incidents/${row.id}`, { resolution: null, closureCode: null }, rev)
    refusedAt(
      emptied,
      '/resolution',
      /^Resolution is needed while status is "Resolved"\. Write another in its place\.$/,
    )
    refusedAt(await ask('PATCH', `/incidents/${row.id}`, { resolution: ' ' }, rev), '/resolution', /is needed while/)
    assert.equal((await ask('PATCH', `/incidents/${row.id}`, { resolution: 'z' }, rev)).status, 200)
    assert.equal((await ask('POST', `/incidents/${row.id}/reopen`, {}, rev + 1)).status, 200)
    assert.equal((await ask('PATCH', `/incidents/${row.id}`, { resolution: null }, rev + 2)).status, 200)
  })
})

describe('a measure', () => {
  it('takes no value by hand where Pilothouse computes it, none of a day to come, and no less than no evidence', async () => {
    const bounds = { unit: '%', better: 'higher', target: 90, limit: 50, cadence: 'month', duty: '2' }
    refusedAt(
      await ask('POST', '/measures', { ...bounds, name: 'posing', definition: 'x', source: 'desk.resolution' }),
      '/source',
      /set by Pilothouse itself/,
    )
    const { id } = await made('/measures', { ...bounds, name: 'by hand', definition: 'x' })
    const value = { measure: id, on: '2026-01-31', value: 80, evidence: 3 }
    await made('/measurements', value)
    refusedAt(await ask('POST', '/measurements', { ...value, on: '2099-01-01' }), '/on', /lies ahead/)
    refusedAt(
      await ask('POST', '/measurements', { ...value, on: '2026-02-28', evidence: -5 }),
      '/evidence',
      /At least 0/,
    )
    await run(server.db, sql`update measure set source = 'desk.resolution' where id = ${id}`)
    refusedAt(
      await ask('POST', '/measurements', { ...value, on: '2026-02-28' }),
      '/measure',
      /Pilothouse computes "by hand" from records/,
    )
  })
})

describe('an improvement action', () => {
  it('is not passed on by its owner to check its effect themselves', async () => {
    const me = await ask('GET', '/me')
    const { person } = me.body as { person: { id: number } }
    const other = await made('/persons', { name: 'Somebody Else', email: 'else@example.org' })
    const row = await made('/actions', { subject: 'x', because: 'y', owner: person.id })
    const done = await ask('POST', `/actions/${row.id}/finish`, { result: 'z' }, row.rev)
    assert.equal(done.status, 200, done.text)
    const { rev } = done.body as Made
    const passed = await ask('PATCH', `/actions/${row.id}`, { owner: other.id }, rev)
    assert.equal(passed.status, 409, passed.text)
    assert.match(passed.text, /checked by somebody other than its owner/)
    const confirmed = await ask('POST', `/actions/${row.id}/confirm`, { effect: 'z' }, rev)
    assert.equal(confirmed.status, 409, confirmed.text)
  })
})

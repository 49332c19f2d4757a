// Nobody gets further than they were let: by granting, by a role of the organisation's own, or as somebody else.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { openSession } from '#kit/sign-in.ts'
import { sessionCookieName } from '#kit/sign-in/cookie.ts'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player } from './cast.ts'
import { castMatrix } from './cast.ts'

let matrix: Matrix
before(async () => {
  matrix = await castMatrix()
})
function player(name: string): Player {
  return matrix.players.find((one) => one.name === name) ?? assert.fail(name)
}
function send(name: string, method: string, path: string, body?: unknown): Promise<Answered> {
  return matrix.server.call(method, path, { token: player(name).token, body })
}
const sideA = (name: string): number => matrix.rows.a.get(name)?.id ?? 0
const sideB = (name: string): number => matrix.rows.b.get(name)?.id ?? 0

describe('granting', () => {
  it('reaches no further than what is held', async () => {
    const someone = player('nobody in particular').person
    const cases: [string, object, number][] = [
      ['agent everywhere', { role: 'agent' }, 403],
      ['auditor everywhere', { role: 'agent' }, 403],
      ['lead everywhere', { role: 'manager' }, 403],
      ['manager everywhere', { role: 'administrator' }, 403],
      ['manager everywhere', { role: 'auditor' }, 403],
      ['manager everywhere', { role: 'role:1' }, 403],
      ['manager of unit A', { role: 'agent' }, 403],
      ['manager of unit A', { role: 'agent', scope: 'unit', at: sideB('unit') }, 403],
      ['manager of unit A', { role: 'agent', scope: 'own' }, 403],
      ['manager of unit A', { role: 'agent', scope: 'unit', at: sideA('unit') }, 201],
      ['manager everywhere', { role: 'lead', scope: 'team', at: sideB('team') }, 201],
      ['administrator everywhere', { role: 'administrator', scope: 'unit', at: sideA('unit') }, 422],
      ['administrator everywhere', { role: 'emperor' }, 422],
      ['administrator everywhere', { role: 'agent', scope: 'team', at: 999_999 }, 422],
      ['administrator everywhere', { role: 'agent', scope: 'team' }, 422],
      ['nobody in particular', { role: 'requester' }, 403],
    ]
    for (const [name, wanted, status] of cases) {
      const answer = await send(name, 'POST', '/grants', { person: someone, ...wanted })
      assert.equal(answer.status, status, `${name} grants ${JSON.stringify(wanted)}: ${answer.text}`)
    }
    const history = (await send('administrator everywhere', 'GET', `/persons/${someone}/history`)).body as { items: { action: string }[] } // oxfmt-ignore
    assert.deepEqual(
      history.items.slice(0, 2).map(({ action }) => action),
      ['grant', 'grant'],
    )
  })

  it('takes effect with the next request, and so does taking away', async () => {
    const { person, token } = player('requester everywhere')
    const see = async (): Promise<number> => (await matrix.server.call('GET', `/incidents/${sideB('incident')}`, { token })).status // oxfmt-ignore
    assert.equal(await see(), 404)
    const made = await send('administrator everywhere', 'POST', '/grants', { person, role: 'agent', scope: 'team', at: sideB('team') }) // oxfmt-ignore
    assert.equal(await see(), 200)
    const { id } = made.body as { id: string }
    assert.equal((await send('lead of unit A', 'DELETE', `/grants/${id}`)).status, 403)
    assert.equal((await send('administrator everywhere', 'DELETE', `/grants/${id}`)).status, 204)
    assert.equal(await see(), 404)
  })

  it('holds for a unit with many below it as for one with few', async () => {
    const { store } = matrix.server
    const make = (name: string, draft: object): Promise<{ id: number }> =>
      store.create(system(1, `wide-${name}`, 'setup'), store.catalogue.get(name), draft, { trusted: true })
    const made: number[] = []
    for (let nth = 0; nth < 30; nth++)
      made.push((await make('unit', { name: `Wide ${nth}`, kind: 'department', parent: sideA('unit') })).id)
    const [inside, without] = [await make('incident', { subject: 'zzwide', unit: made.at(-1) }), await make('incident', { subject: 'zzwide' })] // oxfmt-ignore
    const listed = async (): Promise<number[]> => {
      const { body } = await send('agent of unit A', 'GET', '/incidents?limit=500&sort=-openedAt&total=true')
      const { items, total } = body as { items: { id: number }[]; total: { count: number } }
      assert.equal(total.count, items.length)
      return items.map(({ id }) => id)
    }
    // Which units lie below another is remembered for two seconds.
    for (
      const until = Date.now() + 30_000;
      !(await listed()).includes(inside.id);
      await new Promise((next) => setTimeout(next, 100))
    )
      // oxfmt-ignore
      assert.ok(Date.now() < until, 'never within reach')
    const ids = await listed()
    assert.deepEqual([sideA('incident'), sideB('incident'), without.id].map((id) => ids.includes(id)), [true, false, false]) // oxfmt-ignore
    for (const [id, status] of [
      [inside.id, 200],
      [without.id, 404],
      [sideB('incident'), 404],
    ] as const)
      // oxfmt-ignore
      assert.equal((await send('agent of unit A', 'GET', `/incidents/${id}`)).status, status)
  })

  it('leaves an administrator, also when two take the role from each other at once', async () => {
    const first = matrix.server.people.administrator
    const second = player('administrator everywhere')
    const answers = await Promise.all([
      matrix.server.call('DELETE', `/grants/${second.person}.administrator.organisation.0`, { token: first.token }),
      matrix.server.call('DELETE', `/grants/${first.id}.administrator.organisation.0`, { token: second.token }),
    ])
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b)
    assert.ok(statuses[0] === 204 && (statuses[1] === 409 || statuses[1] === 403), statuses.join())
    const [left, gone] = answers[0]?.status === 204 ? [first.token, second] : [second.token, { person: first.id }]
    const own = await matrix.server.call('GET', '/grants', { token: left })
    const holders = (own.body as { items: { role: string; id: string }[] }).items.filter(
      ({ role }) => role === 'administrator',
    )
    assert.equal(holders.length, 1)
    assert.equal((await matrix.server.call('DELETE', `/grants/${holders[0]?.id}`, { token: left })).status, 409)
    const back = await matrix.server.call('POST', '/grants', {
      token: left,
      body: { person: gone.person, role: 'administrator' },
    })
    assert.equal(back.status, 201)
  })
})

describe('roles of the organisation', () => {
  const role = { name: 'Desk helper', rights: { incident: ['read', 'update'] }, ceiling: 'C1', widest: 'unit' }
  it('are made by administrators, of what built-in roles may do', async () => {
    for (const name of ['manager everywhere', 'own role everywhere', 'lead everywhere'])
      assert.ok([403, 404].includes((await send(name, 'POST', '/roles', role)).status), name)
    const refused = [{ ownRole: ['create'] }, { notice: ['read'] }, { customField: ['update'] }, { nothing: ['read'] }, { task: ['create'] }] // oxfmt-ignore
    for (const rights of refused) {
      const answer = await send('administrator everywhere', 'POST', '/roles', { ...role, rights })
      assert.equal(answer.status, 422, `${JSON.stringify(rights)}: ${answer.text}`)
    }
    assert.equal((await send('administrator everywhere', 'POST', '/roles', { ...role, ceiling: 'C5' })).status, 422)
    assert.equal((await send('administrator everywhere', 'POST', '/roles', role)).status, 201)
  })
  it('are granted no wider than they allow, and end when they go into the bin', async () => {
    const made = (await send('administrator everywhere', 'POST', '/roles', { ...role, name: 'Second helper' })).body as { id: number } // oxfmt-ignore
    const { person, token } = player('officer of unit A')
    const grant = { person, role: `role:${made.id}` }
    assert.equal((await send('administrator everywhere', 'POST', '/grants', grant)).status, 422)
    const within = { ...grant, scope: 'unit', at: sideB('unit') }
    assert.equal((await send('administrator everywhere', 'POST', '/grants', within)).status, 201)
    const change = async (): Promise<number> => {
      const now = await matrix.server.call('GET', `/incidents/${sideB('incident')}`, { token })
      const { rev } = now.body as { rev?: number }
      return (await matrix.server.call('PATCH', `/incidents/${sideB('incident')}`, { token, body: { tags: [`x${rev}`] }, headers: { 'if-match': `"${rev ?? 1}"` } })).status // oxfmt-ignore
    }
    assert.equal(await change(), 200)
    assert.equal((await send('administrator everywhere', 'DELETE', `/roles/${made.id}`)).status, 204)
    // What was known about a person is forgotten after two seconds.
    await new Promise((done) => setTimeout(done, 2100))
    assert.equal(await change(), 404)
  })
})

describe('seeing as somebody else', () => {
  it('reads what they read, writes nothing, is told to them and ends', async () => {
    const admin = player('administrator everywhere')
    const seen = player('requester of side a')
    const { key } = await openSession(matrix.server.db, { org: 1, person: admin.person })
    const cookie = `${sessionCookieName(false)}=${key}`
    const by = (method: string, path: string, body?: unknown): Promise<Answered> =>
      matrix.server.call(method, path, { headers: { cookie, 'sec-fetch-site': 'same-origin' }, body })
    assert.equal(
      (await send('manager everywhere', 'POST', '/view-as', { person: seen.person, reason: 'curious' })).status,
      403,
    )
    assert.equal(
      (await send('administrator everywhere', 'POST', '/view-as', { person: seen.person, reason: 'token' })).status,
      409,
    )
    assert.equal((await by('POST', '/view-as', { person: seen.person })).status, 422)
    assert.equal((await by('POST', '/view-as', { person: seen.person, reason: 'They cannot find it' })).status, 201)
    const me = (await by('GET', '/me')).body as { person: { id: number }; viewer: { person: number } }
    assert.deepEqual([me.person.id, me.viewer.person], [seen.person, admin.person])
    assert.equal((await by('GET', `/incidents/${sideA('incident')}`)).status, 200)
    assert.equal((await by('GET', `/incidents/${sideB('incident')}`)).status, 404)
    assert.equal((await by('POST', '/incidents', { subject: 'As somebody else' })).status, 403)
    assert.equal((await by('POST', '/tokens', { name: 'theirs' })).status, 403)
    assert.equal((await by('POST', '/view-as', { person: 1, reason: 'further' })).status, 403)
    const notices = await send('requester of side a', 'GET', '/notices?sort=-id')
    assert.match(notices.text, /looks at Pilothouse as you see it/)
    assert.match(notices.text, /They cannot find it|administrator everywhere/)
    assert.equal((await by('DELETE', '/view-as')).status, 204)
    assert.equal((await by('GET', `/incidents/${sideB('incident')}`)).status, 200)
    const history = (await send('administrator everywhere', 'GET', `/persons/${seen.person}/history`)).body as { items: { action: string; actor: { id: number } }[] } // oxfmt-ignore
    assert.deepEqual(history.items.slice(0, 2).map(({ action, actor }) => [action, actor.id]), [['view-as-end', admin.person], ['view-as', admin.person]]) // oxfmt-ignore
  })
})

describe('explanations', () => {
  it('say who can see a record and what a person may see, as the rule itself does', async () => {
    const readers = (await send('administrator everywhere', 'GET', `/access/records/incident/${sideA('incident')}`)).body as { everyone: boolean; readers: { person: { id: number }; because: string[] }[] } // oxfmt-ignore
    assert.equal(readers.everyone, false)
    const ids = readers.readers.map(({ person }) => person.id)
    for (const one of matrix.players.filter(({ org, hasLeft }) => org === 1 && hasLeft !== true)) {
      const open = await matrix.server.call('GET', `/incidents/${sideA('incident')}`, { token: one.token })
      assert.equal(ids.includes(one.person), open.status === 200, one.name)
    }
    const named = readers.readers.find(({ person }) => person.id === player('requester of side a').person)
    assert.match(named?.because.join() ?? '', /Named as requester/)
    const mine = (await send('agent of team A', 'GET', `/access/persons/${player('agent of team A').person}`)).body as { records: { record: string; may: { read: { extent: string; because: string[] } } }[] } // oxfmt-ignore
    const incidents = mine.records.find(({ record }) => record === 'incident')
    assert.equal(incidents?.may.read.extent, 'some')
    assert.match(incidents?.may.read.because.join() ?? '', /role Agent in the team/)
    assert.equal(
      (await send('agent of team A', 'GET', `/access/persons/${player('manager everywhere').person}`)).status,
      403,
    )
  })
})

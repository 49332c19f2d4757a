// What people arrange for themselves: added fields that cannot go wrong later, saved views that are private when they say so.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { AnyRow } from '#kit/record.ts'
import type { Who } from '../setup/server.ts'
import { ok, refusal, startWalk, type Walk } from './walk.ts'

let walk: Walk
before(async () => {
  walk = await startWalk()
})

describe('an added field', () => {
  const add = (body: object) =>
    walk.send('POST', '/customfields', { body: { label: 'Wheels', record: 'incident', kind: 'number', ...body } })
  it('belongs to a kind of record that there is, under a name that is free and can be written in a filter', async () => {
    for (const [body, because, where] of [
      [{ name: 'wheels', record: 'nonsense' }, /no kind of record/, '/record'],
      [{ name: 'two words' }, /cannot be the name/, '/name'],
      [{ name: 'Wheels' }, /small letter/, '/name'],
      [{ name: '__proto__' }, /cannot be the name/, '/name'],
      [{ name: 'subject' }, /of its own/, '/name'],
      [{ name: 'createdAt' }, /of its own/, '/name'],
      [{ name: 'number' }, /of its own/, '/name'],
      [{ name: 'colour', kind: 'choice' }, /needs its options/, '/options'],
    ] as const) {
      const answer = await add(body)
      assert.deepEqual(refusal(answer, 422), [where])
      assert.match(answer.text, because)
    }
  })
  it('keeps its record, its name and its kind, because values are kept by them', async () => {
    const made = ok(await add({ name: 'wheels' }), 201)
    for (const body of [{ kind: 'text' }, { name: 'tyres' }, { record: 'person' }])
      refusal(await walk.send('PATCH', `/customfields/${made.id}`, { body, rev: made.rev }), 409)
    ok(await walk.send('PATCH', `/customfields/${made.id}`, { body: { label: 'Number of wheels' }, rev: made.rev }))
    refusal(await add({ name: 'wheels' }), 409)
  })
})

describe('a saved view', () => {
  const save = (query: string, record = 'incident') =>
    walk.send('POST', '/savedviews', { as: 'agent', body: { name: 'judged', record, query } })
  it('is judged when it is saved: its filter, order, columns and groups', async () => {
    for (const [query, because] of [
      ['filter=nonsense:1', /has no field \\"nonsense\\"/],
      ['filter=status:', /value is missing/],
      ['filter=status:none,nowhere', /is not one of/],
      ['filter=assignee:"Nobody at all"', /called/],
      ['filter=status:new&sort=-description', /cannot be sorted/],
      ['columns=subject,nonsense', /has no field \\"nonsense\\"/],
      ['group=nonsense', /to group by/],
    ] as const) {
      const answer = await save(query)
      assert.deepEqual(refusal(answer, 422), ['/query'], query)
      assert.match(answer.text, because)
    }
    assert.deepEqual(refusal(await save('filter=status:new', 'nonsense'), 422), ['/record'])
    const view = ok(await save('filter=status:new assignee:me&sort=-openedAt&columns=number,subject&group=priority&display=board'), 201) // oxfmt-ignore
    const worse = { body: { query: 'filter=nonsense:1' }, rev: view.rev, as: 'agent' } as const
    assert.deepEqual(refusal(await walk.send('PATCH', `/savedviews/${view.id}`, worse), 422), ['/query'])
  })
  it('belongs to whoever saved it, and stays theirs alone until they share it', async () => {
    const view = ok(
      await walk.send('POST', '/savedviews', {
        as: 'agent',
        body: { name: 'mine', record: 'incident', query: 'filter=subject:unspeakable' },
      }),
      201,
    )
    assert.equal((view['owner'] as { id: number }).id, walk.server.people.agent.id)
    const path = `/savedviews/${view.id}`
    for (const as of ['bystander', 'manager', 'administrator'] as const) {
      refusal(await walk.send('GET', path, { as }), 404)
      assert.deepEqual(await walk.ids(walk.server.store.catalogue.get('savedView'), 'filter=name:mine', as), [])
      assert.doesNotMatch((await walk.send('GET', '/savedviews/groups?by=query', { as })).text, /unspeakable/)
    }
    const shared = ok(await walk.send('PATCH', path, { as: 'agent', body: { audience: 'everyone' }, rev: view.rev }))
    assert.equal(ok(await walk.send('GET', path, { as: 'bystander' })).id, view.id)
    refusal(await walk.send('PATCH', path, { as: 'bystander', body: { name: 'theirs' }, rev: shared.rev }), 403)
    assert.equal(
      ok(await walk.send('PATCH', path, { as: 'agent', body: { name: 'ours' }, rev: shared.rev }))['name'],
      'ours',
    )
  })
})

describe('a saved view of a team', () => {
  let team: AnyRow
  let made = 0
  const people = () => walk.server.people
  const give = (as: Who, more: object = {}) =>
    walk.send('POST', '/savedviews', {
      as,
      body: { name: 'of the team', record: 'incident', query: `filter=subject:hidden${++made}`, audience: 'team', team: team.id, ...more }, // oxfmt-ignore
    })
  const reads = async (as: Who, view: AnyRow): Promise<boolean> => {
    const { status } = await walk.send('GET', `/savedviews/${view.id}`, { as })
    const listed = await walk.ids(walk.server.store.catalogue.get('savedView'), '', as)
    assert.equal(listed.includes(view.id), status === 200, `${as}: the list says what the page says`)
    const { text } = await walk.send('GET', '/savedviews/groups?by=query', { as })
    assert.equal(text.includes(`${String(view['query'])}"`), status === 200, `${as}: groups say no more than the page`)
    return status === 200
  }
  before(async () => {
    const { agent, bystander, requester } = people()
    const body = { name: 'Of the views', members: [agent.id, bystander.id], lead: requester.id }
    team = ok(await walk.send('POST', '/teams', { body }), 201)
  })
  it('is seen by its members, its lead and administrators, and by nobody else', async () => {
    const view = ok(await give('agent'), 201)
    for (const as of ['agent', 'bystander', 'requester', 'administrator'] as const) assert.ok(await reads(as, view), as)
    for (const as of ['manager', 'auditor', 'outsider'] as const) assert.ok(!(await reads(as, view)), as)
  })
  it('is changed by its maker, the lead of the team and administrators; a member who may not is told so', async () => {
    const view = ok(await give('agent'), 201)
    const path = `/savedviews/${view.id}`
    let rev = view.rev
    for (const as of ['agent', 'requester', 'administrator'] as const) {
      const page = ok(await walk.send('GET', path, { as }))
      assert.deepEqual(page['can'], { update: true, bin: true }, as)
      rev = ok(await walk.send('PATCH', path, { as, body: { name: `by ${as}` }, rev })).rev
    }
    assert.deepEqual(ok(await walk.send('GET', path, { as: 'bystander' }))['can'], { update: false, bin: false })
    refusal(await walk.send('PATCH', path, { as: 'bystander', body: { name: 'theirs' }, rev }), 403)
    refusal(await walk.send('DELETE', path, { as: 'bystander' }), 403)
    refusal(await walk.send('PATCH', path, { as: 'manager', body: { name: 'theirs' }, rev }), 404)
    const { items } = ok(await walk.send('GET', `${path}/history`, { as: 'bystander' })) as unknown as { items: unknown[] } // oxfmt-ignore
    assert.equal(items.length, 4, 'all of it is journalled')
    assert.equal((await walk.send('DELETE', path, { as: 'requester' })).status, 204)
  })
  it('leads nobody beyond it: the lead of one team changes neither views of others nor private ones', async () => {
    const other = ok(await walk.send('POST', '/teams', { body: { name: 'Another one', members: [people().agent.id, people().requester.id] } }), 201) // oxfmt-ignore
    const theirs = ok(await give('agent', { team: other.id }), 201)
    refusal(await walk.send('PATCH', `/savedviews/${theirs.id}`, { as: 'requester', body: { name: 'x' }, rev: theirs.rev }), 403) // oxfmt-ignore
    const open = ok(await give('agent', { audience: 'everyone' }), 201)
    assert.equal(open['team'], null, 'what everybody reads is of no team')
    refusal(await walk.send('PATCH', `/savedviews/${open.id}`, { as: 'requester', body: { name: 'x' }, rev: open.rev }), 403) // oxfmt-ignore
    const mine = ok(await give('agent', { audience: 'me' }), 201)
    assert.ok(!(await reads('requester', mine)) && !(await reads('administrator', mine)))
  })
  it('names its team, which is one of the maker', async () => {
    assert.deepEqual(refusal(await give('agent', { team: null }), 422), ['/team'])
    assert.deepEqual(refusal(await give('manager'), 422), ['/team'])
    ok(await give('administrator'), 201)
  })
  it('is seen by who is in the team now, whoever was before', async () => {
    const view = ok(await give('agent'), 201)
    const { agent, manager } = people()
    const body = { members: [agent.id, manager.id], lead: null }
    team = ok(await walk.send('PATCH', `/teams/${team.id}`, { body, rev: team.rev }))
    assert.ok(await reads('manager', view))
    for (const as of ['bystander', 'requester'] as const) assert.ok(!(await reads(as, view)), as)
    const path = `/savedviews/${view.id}`
    refusal(await walk.send('PATCH', path, { as: 'requester', body: { name: 'theirs' }, rev: view.rev }), 404)
    const mine = ok(await walk.send('PATCH', path, { as: 'agent', body: { audience: 'me' }, rev: view.rev }))
    assert.equal(mine['team'], null)
    assert.ok(!(await reads('manager', view)))
  })
  it('is pinned by each person for themselves, and everybody hears which teams are theirs', async () => {
    const me = ok(await walk.send('PATCH', '/me/preferences', { as: 'agent', body: { pins: { 7: true, 8: false } } }))
    assert.deepEqual((me['preferences'] as { pins: unknown }).pins, { 7: true, 8: false })
    const others = ok(await walk.send('GET', '/me', { as: 'manager' }))
    assert.equal((others['preferences'] as { pins?: unknown }).pins, undefined)
    const names = (me['teams'] as { title: string; isLead: boolean }[]).map(({ title, isLead }) => [title, isLead])
    assert.deepEqual(names, [['Another one', false], ['Of the views', false]]) // oxfmt-ignore
    refusal(await walk.send('PATCH', '/me/preferences', { as: 'agent', body: { pins: { seven: true } } }), 422)
  })
})

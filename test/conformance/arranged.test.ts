// What people arrange for themselves: added fields that cannot go wrong later, saved views that are private when they say so.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
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

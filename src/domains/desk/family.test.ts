import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

describe('incident families', () => {
  let desk: Desk
  let agent: Colleague
  before(async () => {
    desk = await openDesk()
    agent = await desk.person('Anna Agent', 'agent')
  })
  const open = async (subject: string, more: object = {}): Promise<number> =>
    (await desk.ask(agent, 'POST /incidents', { subject, ...more })).body.id
  const setParent = async (id: number, parent: number): Promise<{ status: number; body: { detail: string } }> => {
    const { headers } = await desk.ask(agent, `GET /incidents/${id}`)
    return desk.ask(agent, `PATCH /incidents/${id}`, { parent }, { 'if-match': String(headers['etag']) })
  }

  it('lists the children on the parent and the parent on the child', async () => {
    const top = await open('Mail is down')
    const child = await open('Outlook says offline', { parent: top })
    const family = await desk.ask(agent, `GET /incidents/${top}/family`)
    assert.deepEqual(
      family.body.children.map((row: { id: number; subject: string }) => [row.id, row.subject]),
      [[child, 'Outlook says offline']],
    )
    assert.equal(family.body.open, 1)
    assert.equal((await desk.ask(agent, `GET /incidents/${child}/family`)).body.parent.id, top)
    assert.deepEqual((await desk.ask(agent, `GET /incidents/${top}`)).body.children, {
      total: 1,
      open: 1,
      reported: 0,
    })
  })

  it('counts and names each who reported it once: of the incident, its children and the merged ones', async () => {
    const [rita, rob, ruth] = await Promise.all(['Rita', 'Rob', 'Ruth'].map((name) => desk.person(name, 'requester')))
    const top = await open('Gate 4 is dead', { requester: rita?.id })
    const child = await open('No scanning', { parent: top, requester: rob?.id })
    await open('Still no scanning', { parent: top, requester: rita?.id })
    await open('Something else', { requester: ruth?.id })
    const reported = async (): Promise<number> =>
      (await desk.ask(agent, `GET /incidents/${top}`)).body.children.reported
    assert.equal(await reported(), 2)
    const twin = await open('Gate 4: scanner', { requester: ruth?.id })
    await desk.ask(agent, `POST /incidents/${twin}/merge`, { into: top })
    const { reporters } = (await desk.ask(agent, `GET /incidents/${top}/family`)).body
    assert.deepEqual(
      reporters.map((one: { person: { title: string }; incident: { id: number } }) => [one.person.title, one.incident.id]), // oxfmt-ignore
      [
        ['Rita', top + 2],
        ['Rob', child],
        ['Ruth', twin],
      ],
    )
    assert.equal(await reported(), 3)
    await desk.ask(agent, `POST /incidents/${twin}/unmerge`, {})
    assert.equal(await reported(), 2)
    const own = (await desk.ask(rita ?? null, `GET /incidents/${top}`)).body
    assert.equal(own.children.reported, 1, 'who may read their own alone hears of nobody else')
  })

  it('resolves the parent and everything open below it with the same words, each journalled', async () => {
    const top = await open('Mail is down')
    const child = await open('No mail', { parent: top })
    const grandchild = await open('No calendar', { parent: child })
    const done = await desk.ask(agent, `POST /incidents/${child}/cancel`, {})
    assert.equal(done.status, 200)
    const resolved = await desk.ask(agent, `POST /incidents/${top}/resolve-family`, {
      resolution: 'Restarted the queue',
      closureCode: 'fixed',
    })
    assert.deepEqual(resolved.body, { resolved: [`INC-${top}`, `INC-${grandchild}`] })
    const row = (await desk.ask(agent, `GET /incidents/${grandchild}`)).body
    assert.deepEqual([row.status, row.resolution, row.closureCode], ['resolved', 'Restarted the queue', 'fixed'])
    const [entry] = (await desk.ask(agent, `GET /incidents/${grandchild}/history`)).body.items
    assert.deepEqual([entry.action, entry.reason, entry.actor.title], ['move:resolve', `With INC-${top}`, 'Anna Agent'])
    assert.equal((await desk.ask(agent, `POST /incidents/${top}/resolve-family`, {})).status, 409)
  })

  it('lends the resolution of a resolved parent to children that came later', async () => {
    const top = await open('VPN is down')
    await desk.ask(agent, `POST /incidents/${top}/resolve`, { resolution: 'New certificate', closureCode: 'fixed' })
    const late = await open('VPN again', { parent: top })
    assert.deepEqual((await desk.ask(agent, `POST /incidents/${top}/resolve-family`, {})).body.resolved, [
      `INC-${late}`,
    ])
    assert.equal((await desk.ask(agent, `GET /incidents/${late}`)).body.resolution, 'New certificate')
  })

  it('resolves all or nothing', async () => {
    const top = await open('Printing')
    const child = await open('Printing 2', { parent: top })
    const refused = await desk.ask(agent, `POST /incidents/${top}/resolve-family`, { resolution: 'Done' })
    assert.equal(refused.status, 422)
    assert.deepEqual(
      [
        (await desk.ask(agent, `GET /incidents/${top}`)).body.status,
        (await desk.ask(agent, `GET /incidents/${child}`)).body.status,
      ],
      ['new', 'new'],
    )
    const requester = await desk.person('Rita', 'requester')
    assert.equal(
      (await desk.ask(requester, `POST /incidents/${top}/resolve-family`, { resolution: 'x', closureCode: 'fixed' }))
        .status,
      404,
    )
  })

  it('refuses circles of any depth, also when two people close one at once', async () => {
    const chain = [await open('0')]
    for (let depth = 1; depth < 6; depth++) chain.push(await open(String(depth), { parent: chain[depth - 1] }))
    const [first = 0, last = 0] = [chain[0], chain.at(-1)]
    const refused = await setParent(first, last)
    assert.equal(refused.status, 422)
    assert.match(refused.body.detail, /circle/)
    assert.equal((await setParent(first, first)).status, 422)
    const [a, b] = [await open('a'), await open('b')]
    const both = await Promise.all([setParent(a, b), setParent(b, a)])
    assert.deepEqual(
      both.map((one) => one.status).sort((x, y) => x - y),
      [200, 422],
    )
  })

  it('takes no merged incident as a parent', async () => {
    const [kept, merged, child] = [await open('kept'), await open('merged'), await open('child')]
    await desk.ask(agent, `POST /incidents/${merged}/merge`, { into: kept })
    const refused = await setParent(child, merged)
    assert.match(refused.body.detail, new RegExp(`Choose INC-${kept}`))
    assert.equal((await desk.ask(agent, 'POST /incidents', { subject: 'new one', parent: merged })).status, 422)
  })
})

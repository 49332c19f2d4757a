import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { readSurveyKey, surveyKey } from './survey-key.ts'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

const SOLVED = { resolution: 'Restarted it', closureCode: 'fixed' }

describe('satisfaction surveys', () => {
  let desk: Desk
  let agent: Colleague
  let ines: Colleague
  before(async () => {
    desk = await openDesk()
    agent = await desk.person('Anna Agent', 'agent')
    ines = await desk.person('Ines', 'requester')
  })
  const open = async (more: object = {}): Promise<number> =>
    (await desk.ask(agent, 'POST /incidents', { subject: 'No sound', requester: ines.id, ...more })).body.id
  const resolve = async (id: number): Promise<void> => {
    assert.equal((await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)).status, 200)
    await desk.settle()
  }
  // oxlint-disable-next-line typescript/no-explicit-any
  const surveyOn = async (id: number, who = agent): Promise<any> =>
    (await desk.ask(who, `GET /incidents/${id}`)).body.survey

  it('asks the requester when an incident is resolved, with one open question at a time', async () => {
    const id = await open()
    assert.equal(await surveyOn(id), null)
    await resolve(id)
    const first = await surveyOn(id)
    assert.deepEqual([first.status, first.score], ['open', null])
    await desk.ask(agent, `POST /incidents/${id}/reopen`, {})
    await resolve(id)
    const found = await desk.ask(agent, `GET /surveys?filter=incident:${id}`)
    assert.equal(found.body.items.length, 1)
    assert.equal(found.body.items[0].person.title, 'Ines')
  })
  it('asks nobody about duplicates, about incidents without a requester, or about history that is brought in', async () => {
    const [kept, duplicate, anonymous, imported] = [
      await open(),
      await open(),
      await open({ requester: null }),
      await open(),
    ]
    await resolve(duplicate)
    assert.notEqual(await surveyOn(duplicate), null)
    await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: kept })
    await resolve(anonymous)
    await desk.store.move(
      system(1, 'batch', 'import'),
      desk.store.catalogue.get('incident'),
      { id: imported, rev: null, move: 'resolve' },
      SOLVED,
    )
    const old = await open()
    await desk.store.move(
      agent.actor,
      desk.store.catalogue.get('incident'),
      { id: old, rev: null, move: 'resolve' },
      SOLVED,
      { occurredAt: '2026-01-05T09:00:00.000Z' },
    )
    await desk.settle()
    for (const id of [duplicate, anonymous, imported, old]) assert.equal(await surveyOn(id), null, `INC-${id}`)
  })
  it('is answered by the requester, nobody else, and stays as answered', async () => {
    const id = await open()
    await resolve(id)
    const { id: survey, link } = await surveyOn(id, ines)
    assert.match(link, /^\/survey\/1\./)
    assert.equal((await desk.ask(agent, `POST /surveys/${survey}/answer`, { score: 5 })).status, 403)
    assert.equal(
      (await desk.ask(await desk.person('Karl', 'requester'), `POST /surveys/${survey}/answer`, { score: 5 })).status,
      404,
    )
    assert.equal((await desk.ask(ines, `POST /surveys/${survey}/answer`, {})).status, 422)
    assert.equal((await desk.ask(ines, `POST /surveys/${survey}/answer`, { score: 6 })).status, 422)
    assert.equal((await desk.ask(ines, `POST /surveys/${survey}/answer`, { score: 4, comment: 'Quick' })).status, 200)
    const { headers } = await desk.ask(ines, `GET /surveys/${survey}`)
    assert.equal(
      (await desk.ask(ines, `PATCH /surveys/${survey}`, { score: 1 }, { 'if-match': String(headers['etag']) })).status,
      409,
    )
    const shown = await surveyOn(id)
    assert.deepEqual([shown.status, shown.score, shown.link], ['answered', 4, null])
  })
  it('is answered once by its link without signing in, in the name of the person who was asked', async () => {
    const id = await open()
    await resolve(id)
    const { id: survey, link } = await surveyOn(id)
    const shown = await desk.ask(null, `GET ${link}`)
    assert.deepEqual(shown.body, {
      incident: { number: `INC-${id}`, subject: 'No sound' },
      status: 'open',
      expiresAt: new Date(Date.parse(desk.now()) + 60 * 86_400_000).toISOString(),
    })
    assert.equal((await desk.ask(null, `POST ${link}`, { score: 0 })).status, 422)
    const both = await Promise.all([
      desk.ask(null, `POST ${link}`, { score: 5, comment: 'Thank you' }),
      desk.ask(null, `POST ${link}`, { score: 1 }),
    ])
    assert.deepEqual(both.map((one) => one.status).filter((status) => status === 204).length, 1)
    assert.ok(
      both.every((one) => [204, 409, 412].includes(one.status)),
      JSON.stringify(both.map((one) => one.status)),
    )
    const again = await desk.ask(null, `POST ${link}`, { score: 1 })
    assert.deepEqual([again.status, again.body.detail], [409, 'This question was answered already. Thank you.'])
    const [entry] = (await desk.ask(agent, `GET /surveys/${survey}/history`)).body.items
    assert.deepEqual([entry.actor.title, entry.reason], ['Ines', 'Answered by the link'])
  })
  it('finds nothing behind a wrong, foreign, old or withdrawn link', async () => {
    const id = await open()
    await resolve(id)
    const { id: survey, link } = await surveyOn(id)
    const key = String(link).slice('/survey/'.length)
    const flipped = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`
    const foreign = surveyKey(Buffer.alloc(32, 9), 1, survey)
    const other = key.replace(/^1\.[0-9a-z]+/, '1.zz')
    for (const wrong of [flipped, foreign, other, 'x', '1.1.', encodeURIComponent('../../admin')])
      assert.equal((await desk.ask(null, `GET /survey/${wrong}`)).status, 404, wrong)
    desk.pass({ hours: 61 * 24 })
    assert.equal((await desk.ask(null, `GET ${link}`)).status, 404)
    assert.equal((await desk.ask(null, `POST ${link}`, { score: 5 })).status, 404)
  })
  it('reads its own keys and nothing else', () => {
    const secret = Buffer.alloc(32, 1)
    assert.deepEqual(readSurveyKey(secret, surveyKey(secret, 3, 123_456)), { org: 3, id: 123_456 })
    assert.equal(readSurveyKey(Buffer.alloc(32, 2), surveyKey(secret, 3, 123_456)), null)
    assert.equal(readSurveyKey(secret, surveyKey(secret, 3, 123_456).toUpperCase()), null)
  })
})

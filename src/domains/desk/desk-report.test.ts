import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

const SOLVED = { resolution: 'Done', closureCode: 'fixed' }
interface Behind {
  record: string
  filter: string
}

describe("the desk's report", () => {
  let desk: Desk
  let agent: Colleague
  before(async () => {
    desk = await openDesk('2026-11-02T09:00:00.000Z')
    agent = await desk.person('Anna Agent', 'agent')
    const ines = await desk.person('Ines', 'requester')
    const [one, two] = [await team('One'), await team('Two')]
    const ids: number[] = []
    for (let day = 0; day < 8; day++) {
      ids.push(
        (await desk.ask(agent, 'POST /incidents', { subject: `Fault ${day}`, requester: ines.id, team: one })).body.id,
      )
      desk.pass({ hours: 24 })
    }
    const [a = 0, b = 0, c = 0, d = 0] = ids
    for (const id of [a, b, c]) await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)
    await desk.ask(agent, `POST /incidents/${b}/reopen`, {})
    await desk.ask(agent, `POST /incidents/${b}/resolve`, SOLVED)
    const { headers } = await desk.ask(agent, `GET /incidents/${d}`)
    await desk.ask(agent, `PATCH /incidents/${d}`, { team: two }, { 'if-match': String(headers['etag']) })
    await desk.ask(agent, `POST /incidents/${d}/resolve`, SOLVED)
    await desk.settle()
    const surveys = (await desk.ask(agent, 'GET /surveys?sort=id')).body.items
    for (const [index, survey] of surveys.slice(0, 2).entries())
      await desk.ask(ines, `POST /surveys/${survey.id}/answer`, { score: 5 - index })
    await desk.ask(await desk.person('Lead', 'lead'), `DELETE /incidents/${ids[7]}`)
  })
  const team = async (name: string): Promise<number> =>
    (await desk.ask(await desk.person(`Manager of ${name}`, 'manager'), 'POST /teams', { name })).body.id
  // oxlint-disable-next-line typescript/no-explicit-any
  const report = async (query: string): Promise<any> => (await desk.ask(agent, `GET /reports/desk?${query}`)).body
  const listed = async ({ record, filter }: Behind): Promise<number> => {
    const answer = await desk.ask(agent, `GET /${record}s?limit=500&filter=${encodeURIComponent(filter)}`)
    assert.equal(answer.status, 200, `${filter}: ${JSON.stringify(answer.body)}`)
    return answer.body.items.length
  }

  it('counts what was opened and resolved, and leaves out what is in the bin', async () => {
    const { figures, volume, by } = await report('from=2026-11-01&to=2026-11-30')
    const value = Object.fromEntries(figures.map((one: { name: string; value: number }) => [one.name, one.value]))
    assert.deepEqual(value, { opened: 7, resolved: 4, reopened: 0.25, firstContact: 0.5, satisfaction: 4.5 })
    assert.equal(by, 'day')
    assert.equal(volume.length, 30)
    assert.deepEqual(
      [volume[1].on, volume[1].opened, volume[9].on, volume[9].resolved],
      ['2026-11-02', 1, '2026-11-10', 4],
    )
  })
  it('opens the list behind every figure with as many rows', async () => {
    const { figures, volume, backlog, reassigned, scores } = await report('from=2026-11-01&to=2026-11-30')
    for (const one of figures.filter((figure: { unit: string }) => figure.unit !== 'of 5'))
      assert.equal(
        await listed(one.list),
        one.unit === 'share' ? Math.round(one.value * one.evidence) : one.value,
        one.name,
      )
    for (const bar of [...backlog, ...reassigned, ...scores]) assert.equal(await listed(bar.list), bar.count, bar.label)
    for (const day of volume)
      assert.deepEqual(
        [await listed(day.openedList), await listed(day.resolvedList)],
        [day.opened, day.resolved],
        day.on,
      )
    assert.equal(
      backlog.reduce((total: number, bar: { count: number }) => total + bar.count, 0),
      3,
    )
  })
  it('goes by weeks over a long span, cut at its ends', async () => {
    const { by, volume } = await report('from=2026-09-02&to=2026-11-30')
    assert.equal(by, 'week')
    assert.deepEqual(
      [volume[0].on, volume[0].openedList.filter],
      ['2026-08-31', 'openedAt>=2026-09-02 openedAt<2026-09-07'],
    )
    assert.equal(
      volume.reduce((total: number, week: { opened: number }) => total + week.opened, 0),
      7,
    )
    for (const week of volume) assert.equal(await listed(week.openedList), week.opened, week.on)
    assert.equal(volume.at(-1).openedList.filter, 'openedAt>=2026-11-30 openedAt<2026-12-01')
  })
  it('says when there is nothing to count, and what it does not understand', async () => {
    const { figures } = await report('from=2020-01-01&to=2020-01-02')
    assert.deepEqual(
      figures.map((one: { value: number | null }) => one.value),
      [0, 0, null, null, null],
    )
    for (const query of ['from=yesterdayish', 'from=2026-11-02&to=2026-11-01', 'from=1990-01-01'])
      assert.equal((await desk.ask(agent, `GET /reports/desk?${query}`)).status, 400, query)
    assert.equal((await desk.ask(await desk.person('Rita', 'requester'), 'GET /reports/desk')).status, 404)
  })
})

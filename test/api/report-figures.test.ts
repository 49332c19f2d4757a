// The figures of reports are right: against the period before, over a whole year, and where they cannot be they are not there.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { allRules } from '#app'
import { run, sql } from '#kit/sql.ts'
import { Store } from '#kit/store.ts'
import { takeSnapshot } from '../../src/domains/reports/take.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
let server: TestServer
const OPENED = { record: 'incident', filter: '', when: 'openedAt' }
const figure = (id: string, measure: object, more: object = {}): Loose => ({
  id,
  label: id,
  source: OPENED,
  measure,
  better: 'lower',
  threshold: null,
  ...more,
})
const figures = (...items: object[]): Loose => ({ kind: 'figures', id: 'all', title: 'In figures', items })
const groups = (more: object): Loose => ({ kind: 'groups', id: 'g', title: 'G', source: OPENED, by: 'impact', split: null, as: 'table', ...more }) // oxfmt-ignore

before(async () => {
  server = await startTestServer()
})
async function ask(method: string, path: string, body?: unknown): Promise<Answered & { body: Loose }> {
  return server.call(method, path, { token: server.people.manager.token, body })
}
async function made(period: string, blocks: Loose[]): Promise<Loose> {
  const answer = await ask('POST', '/reports', { name: 'Figures', period, audience: 'everyone', blocks })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}
async function blocksOf(report: Loose): Promise<Loose[]> {
  const answer = await ask('GET', `/reports/${report.id}/page`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.page.blocks
}
/** An incident that was opened so many days ago. */
async function opened(daysAgo: number, workedMinutes: number): Promise<void> {
  const { body } = await ask('POST', '/incidents', { subject: `Opened ${daysAgo} days ago` })
  await run(server.db, sql`update incident set opened_at = now() - make_interval(days => ${daysAgo}), worked_minutes = ${workedMinutes} where org = 1 and id = ${body.id}`) // oxfmt-ignore
}

describe('figures', () => {
  it('stand beside those of the period before', async () => {
    for (const [daysAgo, workedMinutes] of [
      [3, 30],
      [5, 60],
      [7, 0],
      [2, 90],
      [40, 45],
      [45, 45],
    ] as const)
      // oxfmt-ignore
      await opened(daysAgo, workedMinutes)
    const over = (kind: string): object => ({ kind, field: 'workedMinutes' })
    const report = await made('last30', [
      figures(
        figure('count', { kind: 'count' }, { threshold: 100 }),
        figure('calm', { kind: 'count' }, { threshold: 101 }),
        figure('share', { kind: 'share', of: 'workedMinutes>=1h' }, { threshold: 50 }),
        figure('sum', over('sum')),
        figure('average', over('average'), { threshold: 1 }),
        figure('latest', over('latest')),
        figure('none', over('average'), { source: { ...OPENED, filter: 'subject~nothing' } }),
      ),
    ])
    const [block] = await blocksOf(report)
    assert.deepEqual(
      block.items.map((one: Loose) => [one.id, one.value, one.before, one.change, one.isBeyond]),
      [
        ['count', 4, 2, 100, true],
        ['calm', 4, 2, 100, false],
        ['share', 0.5, 0, 50, true],
        ['sum', 180, 90, 100, false],
        ['average', 45, 45, 0, false],
        ['latest', 90, 45, 100, false],
        ['none', null, null, null, false],
      ],
    )
  })
  it('over a name that nobody has are refused, and so is a group that cannot be made', async () => {
    const wrong = async (block: Loose, because: RegExp): Promise<unknown> =>
      problem(await ask('POST', '/reports', { name: 'X', blocks: [block] }), 422, because)
    await wrong(figures(figure('a', { kind: 'share', of: 'assignee:"Nobody Nowhere"' })), /no person called/)
    await wrong(groups({ by: 'description' }), /cannot be grouped by/)
    await wrong(groups({ by: 'openedAt:fortnight' }), /is not a period/)
    await wrong(groups({ split: 'tags' }), /cannot be grouped by/)
    const many = Array.from({ length: 6 }, (_, at) => ({
      ...figures(...Array.from({ length: 11 }, (_, nth) => figure(`f${at}x${nth}`, { kind: 'count' }))),
      id: `b${at}`,
    }))
    problem(await ask('POST', '/reports', { name: 'X', blocks: many }), 422, /at most 60 figures/)
  })
})

describe('a financial year', () => {
  const setMonth = (financialYearBegins: number): Promise<Answered> =>
    server.call('PATCH', '/settings', { token: server.people.administrator.token, body: { financialYearBegins } })
  it('begins in January unless the organisation says otherwise, and only in a month that there is', async () => {
    assert.equal((await ask('GET', '/settings')).body.financialYearBegins, 1)
    for (const wrong of [0, 13, 1.5]) problem(await setMonth(wrong), 422)
    const { priorityMatrix } = (await ask('GET', '/settings')).body
    const set = await setMonth(4)
    assert.equal(set.status, 200, set.text)
    const { body } = await ask('GET', '/settings')
    assert.deepEqual([body.financialYearBegins, body.priorityMatrix], [4, priorityMatrix])
    const report = await made('lastFinancialYear', [figures(figure('n', { kind: 'count' }))])
    const { page } = (await ask('GET', `/reports/${report.id}/page`)).body
    const days = [page.from, page.to, page.beforeFrom, page.beforeTo].map((day: string) => day.slice(4))
    assert.deepEqual(days, ['-04-01', '-03-31', '-04-01', '-03-31'])
  })
  it('begins when its day does where the organisation is', async () => {
    // Half an hour before midnight UTC, on the last of March.
    const now = (): string => '2026-03-31T23:30:00.000Z'
    const store = new Store({
      db: server.db,
      catalogue: server.store.catalogue,
      now,
      rules: allRules(),
      onCommit: () => {},
    })
    const { manager } = server.people
    const actor = { org: 1, person: manager.id, name: 'M', roles: manager.roles, origin: 'api', request: 'r' } as const
    const { id } = await made('thisFinancialYear', [figures(figure('n', { kind: 'count' }))])
    const report = await store.get(actor, store.catalogue.get('report'), id)
    await setMonth(4)
    for (const [zone, from, to] of [
      ['Europe/Berlin', '2026-04-01', '2026-04-01'],
      ['Pacific/Kiritimati', '2026-04-01', '2026-04-01'],
      ['UTC', '2025-04-01', '2026-03-31'],
      ['America/New_York', '2025-04-01', '2026-03-31'],
    ] as const) {
      await run(server.db, sql`update organisation set time_zone = ${zone} where id = 1`)
      const { page } = await takeSnapshot(store, actor, report)
      assert.deepEqual([page.from, page.to], [from, to], zone)
    }
    await run(server.db, sql`update organisation set time_zone = 'Europe/Berlin' where id = 1`)
  })
})

describe('groups', () => {
  it('of a whole year by day, split, hold every record', async () => {
    const year = new Date().getUTCFullYear() - 1
    await run(
      server.db,
      sql`insert into incident select (jsonb_populate_record(t, jsonb_build_object('id', 100000 + d * 10 + p, 'priority', 'P' || p, 'opened_at', (make_date(${year}, 1, 1) + d) + time '12:00'))).*
        from incident t, generate_series(0, 364) d, generate_series(1, 4) p where t.org = 1 and t.id = (select min(id) from incident where org = 1)`,
    )
    const [block] = await blocksOf(
      await made('lastYear', [groups({ by: 'openedAt:day', split: 'priority', as: 'lines' })]),
    )
    assert.equal(block.kind, 'groups', JSON.stringify(block))
    const sums = block.series.map(({ values }: Loose) => values.reduce((all: number, one: number) => all + one, 0))
    assert.deepEqual([sums, block.total], [[365, 365, 365, 365], 4 * 365])
  })
  it('are headed by the label of their field in the reader’s language, and by nothing where nothing splits them', async () => {
    const report = await made('lastYear', [groups({ by: 'priority' })])
    const [block] = await blocksOf(report)
    assert.deepEqual([block.by, block.series.map(({ name }: Loose) => name.text)], ['Priority', ['']])
    const csv = await server.call('GET', `/reports/${report.id}/file?format=csv`, { token: server.people.manager.token, headers: { 'accept-language': 'de' } }) // oxfmt-ignore
    assert.match(csv.text, /^Priorität,Anzahl/m)
  })
  it('of which there are too many are left out with a sentence, not told in part', async () => {
    const { manager } = server.people
    const { status, text } = await ask('POST', '/locations', { name: 'Quay 1' })
    assert.equal(status, 201, `${text} ${manager.id}`)
    await run(
      server.db,
      sql`insert into location select (jsonb_populate_record(t, jsonb_build_object('id', 1000 + n, 'name', 'Quay ' || n + 1))).* from location t, generate_series(1, 20000) n where t.org = 1 and t.id = (select min(id) from location where org = 1)`,
    )
    const source = { record: 'location', filter: '', when: null }
    const [block] = await blocksOf(await made('last30', [groups({ source, by: 'name' })]))
    assert.deepEqual([block.kind, /more than 20000 groups/.test(block.because)], ['withheld', true])
  })
})

// Reports: what was read stays as it was, byte for byte; nobody learns from it what they may not read; changes are explained before it is released.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { Block } from '../../src/domains/reports/blocks.ts'
import { openTable } from '#platform/transfer/read.ts'
import { unlessMissing } from '../setup/peers.ts'
import { pdfPrinterMissing, wordsOfPdf } from '../setup/poppler.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { unzipped } from '../setup/unzip.ts'
import type { Answered } from '../setup/call.ts'
import { problem } from './problem.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
let server: TestServer
let manager: string
const OPENED = { record: 'incident', filter: '', when: 'openedAt' }
const figure = (more: object = {}): Loose => ({
  id: 'opened',
  label: 'Opened',
  source: OPENED,
  measure: { kind: 'count' },
  better: 'lower',
  threshold: null,
  ...more,
})
const figures = (...items: object[]): Loose => ({ kind: 'figures', id: 'sum', title: 'In figures', items })
const table = (more: object = {}): Loose => ({
  kind: 'table',
  id: 'rows',
  title: 'Rows',
  source: OPENED,
  columns: ['number', 'subject', 'priority', 'service'],
  sort: 'openedAt',
  limit: 3,
  ...more,
})
const groups = (more: object = {}): Loose => ({
  kind: 'groups',
  id: 'days',
  title: 'Days',
  source: OPENED,
  by: 'openedAt:day',
  split: null,
  as: 'lines',
  ...more,
})

before(async () => {
  server = await startTestServer()
  manager = server.people.manager.token
  for (let nth = 0; nth < 5; nth++)
    await ask('POST', '/incidents', { subject: `Printer ${nth} jams`, impact: nth < 2 ? 'site' : 'person' })
})
async function ask(method: string, path: string, body?: unknown, token = manager): Promise<Answered & { body: Loose }> {
  return server.call(method, path, { token, body })
}
async function made(blocks: readonly Block[] | Loose[], more: object = {}): Promise<Loose> {
  const answer = await ask('POST', '/reports', {
    name: 'Month',
    period: 'last30',
    audience: 'everyone',
    blocks,
    ...more,
  })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}
async function issueOf(report: Loose): Promise<Loose> {
  const answer = await ask('POST', `/reports/${report.id}/issues`, {})
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}
async function pageOf(of: Loose, token = manager): Promise<Loose> {
  const plural = of.number.startsWith('REP-') ? 'reports' : 'reportissues'
  const answer = await ask('GET', `/${plural}/${of.id}/page`, undefined, token)
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}
async function patch(plural: string, row: Loose, body: object): Promise<Answered & { body: Loose }> {
  const now = await ask('GET', `/${plural}/${row.id}`)
  return server.call('PATCH', `/${plural}/${row.id}`, {
    token: manager,
    body,
    headers: { 'if-match': `"${now.body.rev}"` },
  })
}
async function move(issue: Loose, name: string, body: object): Promise<Answered & { body: Loose }> {
  const now = await ask('GET', `/reportissues/${issue.id}`)
  return server.call('POST', `/reportissues/${issue.id}/${name}`, {
    token: manager,
    body,
    headers: { 'if-match': `"${now.body.rev}"` },
  })
}

describe('a report', () => {
  it('reads figures, rows and groups, and each leads to the list behind it', async () => {
    const report = await made([
      figures(
        figure(),
        figure({ id: 'wide', label: 'Of a site', measure: { kind: 'share', of: 'impact:site' } }),
        figure({ id: 'worked', label: 'Worked', measure: { kind: 'sum', field: 'workedMinutes' } }),
      ),
      table(),
      groups(),
      groups({ id: 'prio', by: 'impact', split: 'status', as: 'bars' }),
    ])
    const { page, leftOut } = await pageOf(report)
    assert.equal(leftOut, 0)
    const [sum, rows, days, prio] = page.blocks
    assert.deepEqual(
      sum.items.map((one: Loose) => one.value),
      [5, 0.4, 0],
    )
    for (const item of sum.items.slice(0, 2)) {
      const behind = await ask('GET', `/incidents?total=true&filter=${encodeURIComponent(item.list.filter)}`)
      assert.equal(behind.body.total.count, item.id === 'wide' ? 2 : 5)
    }
    assert.deepEqual([rows.rows.length, rows.total], [3, 5])
    assert.equal(days.names.length, 30)
    assert.deepEqual(
      days.series[0].values.reduce((all: number, one: number) => all + one, 0),
      5,
    )
    assert.deepEqual(
      prio.names.map((one: Loose) => one.text),
      ['One person', 'A site'],
    )
    const behind = await ask('GET', `/incidents?total=true&filter=${encodeURIComponent(prio.series[0].filters[1])}`)
    assert.equal(behind.body.total.count, prio.series[0].values[1])
  })
  it('is refused with the place when it names what is not there', async () => {
    const wrong = async (block: Loose, because: RegExp): Promise<unknown> =>
      problem(await ask('POST', '/reports', { name: 'X', blocks: [block] }), 422, because)
    await wrong(figures(figure({ source: { ...OPENED, filter: 'nosuch:1' } })), /no field "nosuch"/)
    await wrong(figures(figure({ source: { ...OPENED, record: 'nosuch' } })), /no kind of record/)
    await wrong(figures(figure({ source: { ...OPENED, when: 'subject' } })), /no day or time/)
    await wrong(figures(figure({ measure: { kind: 'sum', field: 'subject' } })), /is no number/)
    await wrong(table({ columns: ['nosuch'] }), /no field "nosuch"/)
    await wrong(groups({ by: 'nosuch' }), /no field "nosuch"/)
    await wrong({ kind: 'nosuch', id: 'a' }, /not understood/)
    await wrong(figures(figure(), figure()), /one id/)
  })
  it('is begun with a ready-made one', async () => {
    const { body } = await ask('GET', '/reports/ready')
    for (const { name } of body.items) {
      const begun = await ask('POST', '/reports/ready', { name })
      assert.equal(begun.status, 201, begun.text)
      const { page } = await pageOf(begun.body)
      assert.deepEqual(
        page.blocks.filter((one: Loose) => one.kind === 'withheld'),
        [],
      )
    }
    problem(await ask('POST', '/reports/ready', { name: 'desk' }, server.people.agent.token), 403)
  })
  it('speaks the language of its reader', async () => {
    const report = await made([table(), groups({ by: 'impact' })])
    const german = await server.call('GET', `/reports/${report.id}/page`, {
      token: manager,
      headers: { 'accept-language': 'de' },
    })
    assert.match(german.text, /Priorität/)
    assert.match(german.text, /Ein Standort/)
  })
})

describe('an issue', () => {
  it('keeps what was read: the same bytes each time, under their hash, whatever happens to the records', async () => {
    const report = await made([figures(figure()), table({ limit: 500 }), groups({ by: 'impact', as: 'bars' })])
    const issue = await issueOf(report)
    const first = await ask('GET', `/reportissues/${issue.id}/page`)
    await ask('POST', '/incidents', { subject: 'One more' })
    const again = await ask('GET', `/reportissues/${issue.id}/page`)
    assert.equal(createHash('sha256').update(first.text).digest('hex'), createHash('sha256').update(again.text).digest('hex')) // oxfmt-ignore
    const kept = await readFile(path.join(server.folder, 'files', issue.sha256.slice(0, 2), issue.sha256.slice(2, 4), issue.sha256)) // oxfmt-ignore
    assert.equal(createHash('sha256').update(kept).digest('hex'), issue.sha256)
    assert.ok(kept.includes('Printer 0 jams'))
    const now = await pageOf(report)
    assert.equal(now.page.blocks[0].items[0].value, first.body.page.blocks[0].items[0].value + 1)
  })
  it('is not made by hand, and not by somebody who may not change the report', async () => {
    problem(await ask('POST', '/reportissues', { name: 'X' }), 403)
    const report = await made([])
    problem(await ask('POST', `/reports/${report.id}/issues`, {}, server.people.agent.token), 403)
    problem(await ask('POST', `/reports/${report.id}/issues`, {}, server.people.requester.token), 404)
  })
  it('is released once every change beyond its threshold is explained, with who and why', async () => {
    const report = await made([figures(figure({ threshold: 10 }), figure({ id: 'calm', label: 'Calm' }))])
    const issue = await issueOf(report)
    assert.deepEqual(issue.needed, [{ id: 'opened', label: 'Opened' }])
    problem(await move(issue, 'release', { why: 'Month end' }), 409, /Write first why these changed: Opened/)
    assert.equal((await patch('reportissues', issue, { commentary: { opened: '   ' } })).status, 200)
    problem(await move(issue, 'release', { why: 'Month end' }), 409)
    assert.equal((await patch('reportissues', issue, { commentary: { opened: 'A new site came.' } })).status, 200)
    problem(await move(issue, 'release', {}), 422)
    const released = await move(issue, 'release', { why: 'Month end' })
    assert.equal(released.status, 200, released.text)
    assert.deepEqual(
      [released.body.status, released.body.releasedBy.id, released.body.audience],
      ['released', server.people.manager.id, 'everyone'],
    )
    const { page } = await pageOf(issue)
    assert.equal(page.blocks[0].items[0].comment, 'A new site came.')
    problem(await patch('reportissues', issue, { commentary: { opened: 'Another story.' } }), 409, /stays as it is/)
  })
})

/** The words of a file as the agent gets it; null where this machine makes no such file, or cannot open it. */
async function wordsOfFile({ id }: Loose, format: string): Promise<string | null> {
  const answer = await fetch(`${server.url}/api/v1/reportissues/${id}/file?format=${format}`, {
    headers: { authorization: `Bearer ${server.people.agent.token}` },
    signal: AbortSignal.timeout(60_000),
  })
  if (format === 'pdf' && answer.status === 503 && unlessMissing(pdfPrinterMissing()) !== false) return null
  assert.equal(answer.status, 200, format)
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (format === 'xlsx') return unzipped(bytes)
  return format === 'pdf' ? wordsOfPdf(bytes) : bytes.toString()
}
/** Whoever may not read what some figures were made of finds them in no row, list, export or history either. */
async function assertNowhere(issue: Loose, secret: RegExp): Promise<void> {
  for (const path of [
    `/reportissues/${issue.id}`,
    `/reportissues?fields=commentary`,
    `/reportissues?fields=needed,commentary`,
    `/reportissues/export?format=csv&fields=name,needed,commentary`,
    `/reportissues/export?format=jsonl&fields=commentary`,
    `/reportissues/${issue.id}/history`,
    `/search?q=4711`,
  ]) {
    const answer = await ask('GET', path, undefined, server.people.agent.token)
    assert.equal(answer.status, 200, `${path} ${answer.text}`)
    assert.doesNotMatch(answer.text, secret, path)
  }
  const row = await ask('GET', `/reportissues/${issue.id}`, undefined, server.people.agent.token)
  assert.deepEqual(row.body.commentary, { opened: 'More came in.' })
  assert.deepEqual(row.body.needed, [{ id: 'opened', label: 'Opened' }])
}

describe('rights', () => {
  it('a draft is its owner’s; a released issue is for whom the report is; requesters get none', async () => {
    const report = await made([figures(figure())])
    const issue = await issueOf(report)
    const { agent, requester, outsider } = server.people
    problem(await ask('GET', `/reportissues/${issue.id}/page`, undefined, agent.token), 404)
    assert.equal((await move(issue, 'release', { why: 'Done' })).status, 200)
    assert.equal((await pageOf(issue, agent.token)).page.blocks[0].kind, 'figures')
    for (const token of [requester.token, outsider.token])
      for (const path of [`/reportissues/${issue.id}/page`, `/reports/${report.id}/page`])
        problem(await ask('GET', path, undefined, token), 404)
  })
  it('who does not read a field sees no column, no figure and no group of it, on any page or file', async () => {
    const admin = server.people.administrator.token
    const said = await ask('POST', '/customfields', { label: 'Penalty', record: 'incident', name: 'penalty', kind: 'number', confidentiality: 'C2' }, admin) // oxfmt-ignore
    assert.equal(said.status, 201, said.text)
    const dear = { subject: 'Dear one', custom: { penalty: 4711 } }
    assert.equal((await ask('POST', '/incidents', dear)).status, 201)
    const penalty = { id: 'pen', label: 'Penalties', measure: { kind: 'sum', field: 'custom.penalty' } }
    const report = await made([
      figures(
        figure({ threshold: 1 }),
        figure(penalty),
        figure({ id: 'by', label: 'Dear Penalties', threshold: 1, source: { ...OPENED, filter: 'penalty>4000' } }),
      ),
      table({ columns: ['number', 'custom.penalty'], sort: '', limit: 100 }),
      table({ id: 'hidden', title: 'Hidden', source: { ...OPENED, filter: 'penalty>4000' } }),
    ])
    const issue = await issueOf(report)
    assert.deepEqual(
      issue.needed.map(({ id }: Loose) => id),
      ['opened', 'by'],
    )
    const commentary = { opened: 'More came in.', by: 'Penalties of 4711 were due.' }
    assert.equal((await patch('reportissues', issue, { commentary })).status, 200)
    problem(
      await patch('reportissues', issue, { commentary: { ...commentary, nosuch: 'x' } }),
      422,
      /no figure "nosuch"/,
    )
    assert.equal((await move(issue, 'release', { why: 'Done' })).status, 200)
    const own = await pageOf(issue)
    assert.match(JSON.stringify(own), /4711/)
    assert.deepEqual((await ask('GET', `/reportissues/${issue.id}`)).body.commentary, commentary)
    await assertNowhere(issue, /4711|Penalt|custom.penalty/)
    for (const one of [issue, report]) {
      const seen = await pageOf(one, server.people.agent.token)
      assert.deepEqual(
        seen.page.blocks[0].items.map(({ id }: Loose) => id),
        ['opened'],
      )
      assert.deepEqual(
        seen.page.blocks[1].columns.map(({ name }: Loose) => name),
        ['number'],
      )
      assert.equal(seen.page.blocks[2].kind, 'withheld')
      assert.doesNotMatch(JSON.stringify(seen.page), /4711|Penalt/)
    }
    for (const format of ['csv', 'xlsx', 'pdf']) {
      const words = await wordsOfFile(issue, format)
      if (words === null) continue
      assert.match(words, /More came in/, format)
      assert.doesNotMatch(words, /4711|Penalt/, format)
    }
  })
})

describe('money', () => {
  it('is summed currency by currency, in figures, tables and files, and each table has a sheet of its own', async () => {
    const admin = server.people.administrator.token
    const field = { label: 'Yearly cost', record: 'service', name: 'yearlyCost', kind: 'money', confidentiality: 'C2' }
    assert.equal((await ask('POST', '/customfields', field, admin)).status, 201)
    const costs = [{ minor: 1_250_050, currency: 'EUR' }, { minor: 100, currency: 'EUR' }, { minor: 30_000, currency: 'USD' }, { minor: 500, currency: 'JPY' }] // oxfmt-ignore
    for (const [nth, yearlyCost] of costs.entries()) {
      const service = { name: `Service ${nth}`, kind: 'business', owner: server.people.manager.id, custom: { yearlyCost } } // oxfmt-ignore
      assert.equal((await ask('POST', '/services', service)).status, 201)
    }
    const source = { record: 'service', filter: '', when: null }
    const cost = (kind: string) => figure({ id: `cost${kind}`, label: 'Cost', source, measure: { kind, field: 'custom.yearlyCost' } }) // oxfmt-ignore
    const report = await made([
      figures(cost('sum'), cost('average')),
      table({ source, columns: ['number', 'name', 'custom.yearlyCost'], sort: 'name', limit: 2, title: 'Costs: all [1/2]' }),
      groups({ source, by: 'status', as: 'table', title: 'Costs: all [1/2]' }),
    ]) // oxfmt-ignore
    const issue = await issueOf(report)
    for (const one of [report, issue]) {
      const [shown, rows] = (await pageOf(one)).page.blocks
      assert.deepEqual(
        shown.items.map(({ id, label, value, unit }: Loose) => [id, label, value, unit]),
        [
          ['costsum:EUR', 'Cost (EUR)', 1_250_150, 'money:EUR'],
          ['costsum:JPY', 'Cost (JPY)', 500, 'money:JPY'],
          ['costsum:USD', 'Cost (USD)', 30_000, 'money:USD'],
          ['costaverage:EUR', 'Cost (EUR)', 625_075, 'money:EUR'],
          ['costaverage:JPY', 'Cost (JPY)', 500, 'money:JPY'],
          ['costaverage:USD', 'Cost (USD)', 30_000, 'money:USD'],
        ],
      )
      assert.equal(rows.rows.length, 2)
      // Of all rows, not of those that are shown.
      assert.deepEqual(rows.sums, [{ column: 'custom.yearlyCost', amounts: [{ minor: 1_250_150, currency: 'EUR' }, { minor: 500, currency: 'JPY' }, { minor: 30_000, currency: 'USD' }] }]) // oxfmt-ignore
    }
    const seen = await pageOf(report, server.people.requester.token).catch(() => null)
    assert.equal(seen, null)
    const csv = (await ask('GET', `/reports/${report.id}/file?format=csv`)).text
    assert.match(csv, /Sum of Yearly cost,12501\.5,EUR/)
    assert.match(csv, /Sum of Yearly cost,500,JPY/)
    const folder = await mkdtemp(path.join(tmpdir(), 'report-'))
    try {
      const answer = await fetch(`${server.url}/api/v1/reports/${report.id}/file?format=xlsx`, { headers: { authorization: `Bearer ${manager}` } }) // oxfmt-ignore
      const file = path.join(folder, 'report.xlsx')
      await writeFile(file, Buffer.from(await answer.arrayBuffer()))
      const { found } = await openTable(file, { sheet: 'Costs all 1 2' })
      assert.deepEqual(found.sheets, ['Month', 'Costs all 1 2', 'Costs all 1 2 2'])
      assert.deepEqual(
        found.columns.map(({ name }) => name),
        ['Number', 'Name', 'Yearly cost', 'Yearly cost: currency'],
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

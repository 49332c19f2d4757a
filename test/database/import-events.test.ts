// A log of updates becomes incidents with a dated history; a small log of the shape of the real one, written by us.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { before, beforeEach, describe, it } from 'node:test'
import { history } from '#kit/history.ts'
import { undoFile } from '#kit/import/import-file.ts'
import { work } from '#kit/import/work.ts'
import { changeBatch } from '#kit/import/batch.ts'
import { list } from '#kit/list.ts'
import { incident } from '#desk'
import { incidentFigures } from '../../src/domains/desk/incident-figures.query.ts'
import { importBench, type ImportBench } from './import-parts.ts'

const log = path.join(import.meta.dirname, '../fixtures/incident-log.csv')
const figures = {
  incidents: 30,
  updates: 143,
  byPriority: { P1: 1, P2: 7, P3: 17, P4: 5 },
  sourceLevelMet: 24,
  reassigned: 7,
  reopened: 3,
  openedByMonth: { '2024-02': 18, '2024-03': 12 },
  mostUpdates: 8,
}
let lines: string[] = []
before(async () => {
  lines = (await readFile(log, 'utf8')).trim().split('\n')
})

describe('a log of updates', () => {
  let bench: ImportBench
  beforeEach(async () => {
    bench = await importBench()
  })
  const context = () => ({
    catalogue: bench.parts.store.catalogue,
    actor: bench.manager,
    now: bench.parts.store.now(),
    zone: 'UTC',
  })
  const all = async (fields: string[]) =>
    (await list(bench.parts.store.db, context(), incident, { limit: 500, sort: 'id', fields })).items
  const report = () => incidentFigures(bench.parts.store.db.reader, bench.manager, { zone: 'UTC' })

  it('gives each incident its last values and one dated entry for each update', async () => {
    const batch = await bench.file('incident', log)
    assert.deepEqual([batch.state, batch.problems, batch.counts?.create, batch.progress], ['done', [], 30, 143])
    assert.deepEqual(await report(), figures)
    const [first] = await all([
      'formerNumber',
      'status',
      'category',
      'assignee',
      'team',
      'openedAt',
      'assignedAt',
      'respondedAt',
      'resolvedAt',
      'closedAt',
      'resolution',
    ])
    assert.deepEqual(
      [
        first?.['formerNumber'],
        first?.['status'],
        first?.['openedAt'],
        first?.['assignedAt'],
        first?.['respondedAt'],
        first?.['resolvedAt'],
        first?.['closedAt'],
        first?.createdBy?.title,
        first?.createdAt,
      ],
      [
        'LOG00001',
        'closed',
        '2024-02-25T12:40:00.000Z',
        '2024-02-25T19:15:00.000Z',
        '2024-02-26T05:08:00.000Z',
        '2024-02-26T05:08:00.000Z',
        '2024-02-26T05:20:00.000Z',
        'Ivo Brandt',
        '2024-02-25T12:40:00.000Z',
      ],
    )
    const told = await history(bench.parts.store.db, bench.parts.store.catalogue, bench.manager, {
      record: incident,
      id: first?.id ?? 0,
      limit: 20,
      after: null,
    })
    assert.deepEqual(
      told.items.map((item) => [
        item.at,
        item.actor?.title,
        item.action,
        item.changes.filter((change) => change.field === 'status').map((change) => [change.from, change.to]),
      ]),
      [
        ['2024-02-26T05:20:00.000Z', 'Tess Moor', 'change', [['resolved', 'closed']]],
        ['2024-02-26T05:08:00.000Z', 'Nils Holm', 'change', [['new', 'resolved']]],
        ['2024-02-25T19:15:00.000Z', 'Ivo Brandt', 'create', [[null, 'new']]],
      ],
    )
    assert.deepEqual(
      told.items[2]?.changes.some((change) => change.field === 'resolvedAt'),
      false,
      'the first update knows nothing of the resolution yet',
    )
  })

  it('keeps subcategories of one name apart by the category above them', async () => {
    await bench.file('incident', log)
    assert.equal(await bench.count(`select count(*) as n from category where name = 'Printer'`), 2)
  })

  it('writes nothing in a dry run, and counts what it would do', async () => {
    const batch = await bench.file('incident', log, { isDry: true })
    assert.deepEqual([batch.state, batch.counts?.create, batch.counts?.references['category']], ['checked', 30, 8])
    assert.equal(batch.counts?.names?.['category']?.length, 8)
    assert.equal(await bench.count('select count(*) as n from incident'), 0)
    assert.equal(await bench.count('select count(*) as n from category'), 0)
  })

  it('puts updates of one incident together that lie apart in the file', async () => {
    const [head = '', ...rows] = lines
    const time = (row: string) => {
      const [, day = '', month = '', year, clock] = /^(\d+)\/(\d+)\/(\d+) (.*)$/.exec(row.split(',')[13] ?? '') ?? []
      return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${clock}`
    }
    const byTime = [head, ...rows.sort((a, b) => (time(a) < time(b) ? -1 : 1))].join('\n')
    const batch = await bench.text('incident', byTime)
    assert.deepEqual([batch.state, batch.counts?.create, batch.counts?.failed], ['done', 30, 0])
    assert.deepEqual(await report(), figures)
  })

  it('adds only what is new when a longer log comes later', async () => {
    const half = await bench.text('incident', lines.slice(0, 72).join('\n'))
    const whole = await bench.file('incident', log)
    assert.equal((half.counts?.create ?? 0) + (whole.counts?.create ?? 0), 30)
    assert.deepEqual(await report(), figures)
    const again = await bench.file('incident', log)
    assert.deepEqual([again.counts?.create, again.counts?.update, again.counts?.unchanged], [0, 0, 30])
  })

  it('leaves bad updates out, says what is wrong with each, and takes the others', async () => {
    const bad = lines.map((line, at) =>
      at === 2
        ? line.replace(',26/2/2024 05:08,Phone', ',31/2/2024 05:08,Phone')
        : at === 3
          ? line.replace(',Closed,', ',Frozen,')
          : line,
    )
    const batch = await bench.text('incident', bad.join('\n'))
    assert.deepEqual(
      [batch.state, batch.counts?.create, batch.counts?.failed, batch.counts?.rows],
      ['done', 30, 2, 143],
    )
    assert.deepEqual(
      batch.problems.map(({ row, column, value }) => [row, column, value]),
      [
        [3, 'sys_updated_at', '31/2/2024 05:08'],
        [4, 'incident_state', 'Frozen'],
      ],
    )
    for (const problem of batch.problems) assert.match(`${problem.because} ${problem.todo}`, /\.\s.+\.$/)
  })

  it('goes on after a crash where it stopped, with nothing twice', async () => {
    const many = [
      lines[0] ?? '',
      ...Array.from({ length: 12 }, (_, copy) =>
        lines.slice(1).map((line) => line.replace(/^LOG/, `L${copy}-`)),
      ).flat(),
    ].join('\n')
    const stop = new AbortController()
    await assert.rejects(
      bench.text('incident', many, {}, { signal: stop.signal, onProgress: (done) => done > 600 && stop.abort() }),
    )
    const half = await bench.count('select count(*) as n from incident')
    assert.ok(half > 0 && half < 360, `${half}`)
    const id = await bench.count('select max(id) as n from import_batch')
    const batch = await work(bench.parts, bench.manager, { id, deed: 'run' })
    assert.deepEqual(
      [batch.state, batch.counts?.create, batch.counts?.unchanged, batch.counts?.failed, batch.progress],
      ['done', 360, 0, 0, 12 * 143],
    )
    assert.equal(await bench.count('select count(*) as n from incident'), 360)
    assert.equal((await report()).updates, 12 * 143)
  })

  it('is undone as a whole, the persons and teams that it made included, and may come again', async () => {
    const batch = await bench.file('incident', log)
    const undone = await undoFile(bench.parts, bench.manager, batch.id)
    assert.deepEqual([undone.state, undone.problems, undone.because], ['undone', [], null])
    for (const table of ['incident', 'category', 'team', 'location'])
      assert.equal(await bench.count(`select count(*) as n from ${table} where binned_at is null`), 0, table)
    assert.equal(
      await bench.count('select count(*) as n from person where binned_at is null'),
      3,
      'those who were here before stay',
    )
    await bench.file('incident', log)
    assert.deepEqual(await report(), figures)
  })

  it('keeps what people changed after the import, and lists it', async () => {
    const batch = await bench.file('incident', log)
    const { store } = bench.parts
    await store.change(
      { ...bench.manager, request: 'by hand' },
      incident,
      { id: 1, rev: null },
      { description: 'Seen again.' },
    )
    const undone = await undoFile(bench.parts, bench.manager, batch.id)
    assert.equal(await bench.count('select count(*) as n from incident where binned_at is null'), 1)
    assert.match(undone.because ?? '', /left as they are/)
    const told = undone.problems.map((problem) => `${problem.value}: ${problem.because}`)
    assert.equal(told[0], 'INC-1: INC-1 was changed after the import. Put it into the bin by hand if it is not needed.')
    assert.ok(
      told.some((line) => /is used by incidents/.test(line)),
      'what it refers to stays too',
    )
  })

  it('is undone to the end when the first try stops', async () => {
    const batch = await bench.file('incident', log)
    const stop = new AbortController()
    await assert.rejects(
      undoFile(bench.parts, bench.manager, batch.id, { signal: stop.signal, onProgress: () => stop.abort() }),
    )
    const undone = await work(bench.parts, bench.manager, { id: batch.id, deed: 'undo' })
    assert.deepEqual([undone.state, undone.problems], ['undone', []])
    assert.equal(await bench.count('select count(*) as n from incident where binned_at is null'), 0)
    await assert.rejects(
      changeBatch(bench.parts.store, bench.manager, { id: batch.id, rev: 1 }, { state: 'running' }),
      /Somebody changed this meanwhile/,
    )
  })
})

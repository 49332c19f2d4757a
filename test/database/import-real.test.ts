// The real incident log and the real ticket texts, imported by the mappings that are shipped, with their known figures.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { groups } from '#kit/groups.ts'
import { list } from '#kit/list.ts'
import { incident } from '#desk'
import { incidentFigures } from '../../src/domains/desk/incident-figures.query.ts'
import { importBench, type ImportBench } from './import-parts.ts'

// Public logs of real service desks; where they lie is told by SHARED, beside the repository otherwise.
const folder = path.join(process.env['SHARED'] ?? path.join(import.meta.dirname, '../../../shared'), 'data/itsm')
const log = path.join(folder, 'servicenow-incident-event-log.csv.gz')
const texts = path.join(folder, 'it-service-tickets-47837.csv.gz')
const skip = existsSync(log) ? false : `the real incident log is not there (${folder})`

describe('the real incident log', { skip }, () => {
  let bench: ImportBench
  before(async () => {
    bench = await importBench()
  })
  const context = () => ({
    catalogue: bench.parts.store.catalogue,
    actor: bench.manager,
    now: bench.parts.store.now(),
    zone: 'UTC',
  })

  it('imports by the ready mapping, which is chosen because it fits', async (t) => {
    const began = performance.now()
    const batch = await bench.file('incident', log)
    const seconds = (performance.now() - began) / 1000
    t.diagnostic(`119,998 updates in ${seconds.toFixed(1)} s: ${Math.round(119_998 / seconds)} rows/s`)
    assert.deepEqual([batch.state, batch.because, batch.problems], ['done', null, []])
    assert.equal(batch.mapping?.from, 'ServiceNow incident event log')
    assert.deepEqual(
      { ...batch.counts, references: null, names: null },
      { create: 20_769, update: 0, unchanged: 0, failed: 0, rows: 119_998, problems: 0, references: null, names: null },
    )
  })

  it('gives the figures of the log in the report', async () => {
    assert.deepEqual(await incidentFigures(bench.parts.store.db.reader, bench.manager, { zone: 'UTC' }), {
      incidents: 20_769,
      updates: 119_998,
      byPriority: { P1: 220, P2: 337, P3: 19_554, P4: 658 },
      sourceLevelMet: 12_595,
      reassigned: 9_843,
      reopened: 234,
      openedByMonth: { '2016-02': 207, '2016-03': 8_995, '2016-04': 7_934, '2016-05': 3_633 },
      mostUpdates: 58,
    })
  })

  it('gives the same figures as groups of the list, kept counts included', async () => {
    const { db } = bench.parts.store
    const grouped = async (by: string, filter = '') =>
      Object.fromEntries(
        (await groups(db, context(), incident, { by, query: { filter } })).map((group) => [
          group.labels[0] ?? '',
          group.count,
        ]),
      )
    assert.deepEqual(await grouped('priority'), { P3: 19_554, P4: 658, P2: 337, P1: 220 })
    assert.deepEqual(await grouped('openedAt:month'), {
      '2016-02': 207,
      '2016-03': 8_995,
      '2016-04': 7_934,
      '2016-05': 3_633,
    })
    assert.deepEqual(await grouped('sourceLevelMet', 'sourceLevelMet:true'), { true: 12_595 })
    const reopened = await groups(db, context(), incident, { by: 'status', query: { filter: 'reopenCount>0' } })
    assert.equal(
      reopened.reduce((sum, group) => sum + group.count, 0),
      234,
    )
  })

  it('imports the same file again without a change and without a second copy', async (t) => {
    const entries = await bench.count(`select count(*) as n from journal where record <> 'importBatch'`)
    const began = performance.now()
    const batch = await bench.file('incident', log)
    t.diagnostic(`again: ${Math.round(119_998 / ((performance.now() - began) / 1000))} rows/s`)
    assert.deepEqual(
      { ...batch.counts },
      { create: 0, update: 0, unchanged: 20_769, failed: 0, rows: 119_998, problems: 0, references: {}, names: {} },
    )
    assert.equal(await bench.count(`select count(*) as n from journal where record <> 'importBatch'`), entries)
  })

  it('imports 47,837 ticket texts, and words find them', async (t) => {
    const began = performance.now()
    const batch = await bench.file('incident', texts)
    const seconds = (performance.now() - began) / 1000
    t.diagnostic(`47,837 texts in ${seconds.toFixed(1)} s: ${Math.round(47_837 / seconds)} rows/s`)
    assert.equal(batch.mapping?.from, 'Ticket texts')
    assert.deepEqual([batch.state, batch.counts?.create, batch.counts?.failed], ['done', 47_837, 0])
    assert.deepEqual(batch.counts?.references, { category: 8 })
    const found = await list(bench.parts.store.db, context(), incident, {
      q: 'prolongation passwords external accounts',
      fields: ['description', 'category'],
    })
    assert.equal(found.items.length, 1)
    assert.match(String(found.items[0]?.['description']), /^reset passwords for external accounts/)
  })
})

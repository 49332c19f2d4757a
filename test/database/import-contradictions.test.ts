// Rows of a file that contradict each other or what is there are left out, each with its reason; the others are taken.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { importBench, type ImportBench } from './import-parts.ts'

let bench: ImportBench
before(async () => {
  bench = await importBench()
})
const columns = (...names: string[]): Record<string, { column: string }> =>
  Object.fromEntries(names.map((name) => [name, { column: name }]))

describe('an import', () => {
  it('leaves out absences that overlap others of the file, end before they begin, or name the absent as deputy', async () => {
    await bench.text('person', 'name,email\nGil,gil@h.test\nHal,hal@h.test\n')
    const batch = await bench.text(
      'absence',
      [
        'person,firstDay,lastDay,deputy',
        'gil@h.test,2028-01-01,2028-01-05,hal@h.test',
        'gil@h.test,2028-01-04,2028-01-09,',
        'gil@h.test,2028-02-09,2028-02-01,',
        'gil@h.test,2028-03-01,2028-03-02,gil@h.test',
        'gil@h.test,2028-01-06,2028-01-07,',
      ].join('\n'),
      { mapping: { key: null, columns: columns('person', 'firstDay', 'lastDay', 'deputy') } },
    )
    assert.deepEqual([batch.counts?.create, batch.counts?.failed], [2, 3], JSON.stringify(batch.problems))
    const said = batch.problems.map(({ row, because }) => `${row}: ${because}`).sort()
    assert.match(said[0] ?? '', /^3: .*is away on some of these days already: ABS-1/)
    assert.match(said[1] ?? '', /^4: Last day \(2028-02-01\) is before First day/)
    assert.match(said[2] ?? '', /^5: P-\d+ is the one who is away/)
    assert.deepEqual(
      batch.problems.map(({ column }) => String(column)).toSorted(),
      ['deputy', 'lastDay', 'null'],
      'the column is named where the row alone is wrong',
    )
  })
  it('takes a redundant group whole, whatever the order of its rows, and no group that could never work', async () => {
    await bench.text('service', 'name,kind\nTop,business\nNode 1,component\nNode 2,component\nOther,business\n')
    const groups = ['Top,Node 1,nodes,2', 'Top,Node 2,nodes,2', 'Other,Node 1,nodes,3'].join('\n')
    const batch = await bench.text('dependency', `service,needs,group,minimum\n${groups}\n`, {
      mapping: { key: null, columns: columns('service', 'needs', 'group', 'minimum') },
    })
    assert.deepEqual([batch.counts?.create, batch.counts?.failed], [2, 1], JSON.stringify(batch.problems))
    assert.match(batch.problems[0]?.because ?? '', /3 of the group "nodes" of SVC-\d+ must work, and it has 1/)
  })
})

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openTable } from './read.ts'

// Public logs of real service desks; where they lie is told by SHARED, beside the repository otherwise.
const folder = join(process.env['SHARED'] ?? join(import.meta.dirname, '../../../../shared'), 'data/itsm')
const skip = existsSync(folder) ? false : `the real incident logs are not there (${folder})`

async function counted(name: string) {
  const { found, rows } = await openTable(join(folder, name))
  const start = performance.now()
  let count = 0
  let problems = 0
  for await (const row of rows()) {
    count++
    if (row.problem) problems++
  }
  return { found, count, problems, rate: count / ((performance.now() - start) / 1000) }
}

describe('the real logs', { skip }, () => {
  it('have 119,998 updates of 36 columns', async (t) => {
    const { found, count, problems, rate } = await counted('servicenow-incident-event-log.csv.gz')
    assert.deepEqual(
      [found.format, found.separator, found.columns.length, found.rowsEstimate, count, problems],
      ['csv', ',', 36, 119_998, 119_998, 0],
    )
    t.diagnostic(`${Math.round(rate)} rows/s`)
  })

  it('have 47,837 ticket texts', async () => {
    const { found, count, problems } = await counted('it-service-tickets-47837.csv.gz')
    assert.deepEqual([found.columns.map(({ name }) => name), count, problems], [['Document', 'Topic_group'], 47_837, 0])
  })
})

// What an import leaves out can be taken away, corrected and brought in again; what it says at a terminal is for people.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Batch } from '#kit/import/batch.ts'
import { downloadRoutes } from '#kit/import/download-routes.ts'
import { openTable } from '#platform/transfer/read.ts'
import { reportLines } from '#main/import-command.ts'
import { person } from '../setup/specimen.ts'
import { importBench, type ImportBench } from './import-parts.ts'

const wrong = 1500
const lines = ['Name;E-mail;Phone', 'Zoë;zoe@h.test;1']
for (let at = 0; at < wrong; at++) lines.push(`Person ${at};not an address ${at};${at}`)
lines.push('Jörg;joerg@h.test;2')
let bench: ImportBench
let batch: Batch
let folder: string

describe('what an import left out', () => {
  before(async () => {
    bench = await importBench()
    folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-left-out-'))
    const columns = { name: { column: 'Name' }, email: { column: 'E-mail' }, phone: { column: 'Phone' } }
    batch = await bench.text('person', Buffer.from(lines.join('\n'), 'latin1'), { mapping: { key: 'email', columns } })
    assert.deepEqual([batch.counts?.create, batch.counts?.failed], [2, wrong])
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('is a table of problems with row, column, value, what is wrong and what to do', async () => {
    const rows = await table(await download('problems'))
    assert.equal(rows.length, 1000)
    assert.deepEqual(Object.keys(rows[0] ?? {}), ['Row', 'Column', 'Value', 'What is wrong', 'What to do'])
    assert.deepEqual([rows[0]?.['Row'], rows[0]?.['Column'], rows[0]?.['Value']], ['3', 'E-mail', 'not an address 0'])
    for (const row of rows) assert.match(`${row['What is wrong']} ${row['What to do']}`, /\.\s.+\.$/)
  })

  for (const format of ['csv', 'xlsx'] as const)
    it(`is every row that was left out, cell by cell, with the reason behind it (${format})`, async () => {
      const rows = await table(await download('rejected', format), format)
      assert.equal(rows.length, wrong, 'also those beyond the problems that are kept')
      const [first] = rows
      assert.deepEqual(
        [first?.['Name'], first?.['E-mail'], first?.['Phone'], first?.['Pilothouse: Row']],
        ['Person 0', 'not an address 0', '0', '3'],
      )
      assert.match(first?.['Pilothouse: What is wrong'] ?? '', /^E-mail: /)
      assert.notEqual(first?.['Pilothouse: What to do'], '')
    })

  it('comes in when it is corrected, with the mapping of the first file and without the added columns', async () => {
    const text = (await download('rejected')).toString().replace(/not an address (\d+)/g, 'person$1@h.test')
    const again = await bench.text('person', text)
    assert.match(again.mapping?.from ?? '', /^As in IMP-/)
    assert.deepEqual(again.found?.columns.map(({ name }) => name), ['Name', 'E-mail', 'Phone']) // oxfmt-ignore
    assert.deepEqual([again.counts?.create, again.counts?.failed, again.problems], [wrong, 0, []])
    assert.equal(await bench.count('select count(*) as n from person where email is not null'), wrong + 2)
  })

  it('is not there for those who may not see the import', async () => {
    for (const route of downloadRoutes(bench.parts))
      await assert.rejects(async () => route.handle(call(person(998, ['requester']), {})), /not found/)
  })

  it('is counted in words at a terminal, with how many more there are and how to get them', () => {
    const told = reportLines(batch)
    assert.equal(told[0], `${batch.number}: done. 2 new, 0 changed, 0 unchanged; 1,500 of 1,502 rows left out.`)
    assert.match(told[1] ?? '', /^ {2}row 3, E-mail “not an address 0”: /)
    assert.equal(told.filter((line) => line.startsWith('  row ')).length, 20)
    assert.deepEqual(told.slice(-3), [
      '  … and 1,480 more.',
      `All of them as a table: pilothouse import problems ${batch.number} --out problems.csv`,
      `The rows that were left out, to correct and import again: pilothouse import rejected ${batch.number} --out rows.csv`,
    ])
  })
})

function call(actor: Actor, query: Record<string, string>) {
  const params = { id: String(batch.id) }
  return { actor, params, query, body: null, rev: null, request: 'test', headers: {}, upload: null, address: '::1' }
}
async function download(what: 'problems' | 'rejected', format = 'csv'): Promise<Buffer> {
  const route = downloadRoutes(bench.parts).find(({ path: at }) => at.endsWith(what))
  const answer = await route?.handle(call(bench.manager, { format }))
  assert.equal(answer?.headers?.['Content-Disposition'], `attachment; filename="${batch.number}-${what}.${format}"`)
  const parts: Uint8Array[] = []
  for await (const part of answer?.stream ?? []) parts.push(Buffer.from(part as Uint8Array)) // a stream of bytes
  return Buffer.concat(parts)
}
async function table(content: Buffer, format = 'csv'): Promise<Readonly<Record<string, string>>[]> {
  const place = path.join(folder, `${crypto.randomUUID()}.${format}`)
  await writeFile(place, content)
  const rows = []
  for await (const { cells } of (await openTable(place)).rows()) rows.push(cells)
  return rows
}

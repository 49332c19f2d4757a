// Exports: a view as CSV, workbook or JSON lines; read back, it changes nothing, and written again it is the same.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { before, describe, it } from 'node:test'
import type { Call } from '#kit/contract.ts'
import { exportRoutes } from '#kit/export.ts'
import { Refusal } from '#kit/problem.ts'
import { openPdfPrinter } from '#platform/pdf/print.ts'
import { csvWriter, jsonlWriter, xlsxWriter } from '#platform/transfer/write.ts'
import { CUSTOM_KINDS } from '#kit/added.ts'
import { addCustomFields, specimen } from '../setup/specimen.ts'
import { importBench, type ImportBench } from './import-parts.ts'

let bench: ImportBench
const writers = { csv: csvWriter, jsonl: jsonlWriter, xlsx: xlsxWriter }
const everything = [
  ...Object.keys(specimen.fields).filter((name) => name !== 'checkedBy'),
  'tags',
  ...CUSTOM_KINDS.map((kind) => `custom.my${kind}`),
].join(',')
/** The head of their columns: a reference has two. */
const ADDED = CUSTOM_KINDS.flatMap((kind) =>
  ['person', 'ref', 'record'].includes(kind) ? [`My ${kind}`, `My ${kind} number`] : [`My ${kind}`],
).join(',')

async function exported(
  query: Record<string, string>,
): Promise<{ content: Buffer; headers: Readonly<Record<string, string>> }> {
  const parts = { store: bench.parts.store, zone: async () => 'UTC', extras: new Map(), printReport: openPdfPrinter(), publicUrl: 'http://pilot.test' } // oxfmt-ignore
  const [route] = exportRoutes(parts, [specimen], {
    csv: (columns, rows) => writers.csv(columns, rows),
    jsonl: (columns, rows) => writers.jsonl(columns, rows),
    xlsx: (columns, rows, title) => writers.xlsx(columns, rows, title),
  })
  const call: Call = {
    actor: bench.manager,
    params: {},
    query,
    body: null,
    rev: null,
    request: 'x',
    headers: {},
    upload: null,
    address: '::1',
  }
  const answer = await route?.handle(call)
  assert.ok(answer?.stream)
  return { content: await buffer(answer.stream), headers: answer.headers ?? {} }
}

/** A value of each kind of added field. */
function everyAdded(at: number): Record<string, unknown> {
  return {
    mytext: 'a "b", c',
    mylongText: `two\nlines ${at}`,
    mychoice: 'z',
    mynumber: at / 4,
    myboolean: at % 2 === 0,
    myday: '2024-02-29',
    myinstant: '2026-03-01T10:00:00.123Z',
    myurl: 'https://h.test/?b=2',
    myemail: `t${at}@h.test`,
    myduration: at,
    mymoney: { minor: at, currency: 'EUR' },
    myip: '10.0.0.7',
    myperson: 'P-2',
    ...(at > 1 ? { myref: `SPEC-${at - 1}` } : {}),
    myrecord: 'P-3',
  }
}

describe('an export', () => {
  before(async () => {
    bench = await importBench([specimen])
    addCustomFields(bench.parts.store)
    const { store, manager } = { store: bench.parts.store, manager: bench.manager }
    for (let at = 1; at <= 1203; at++) {
      const more =
        at % 3 === 0
          ? {}
          : {
              note: `=SUM(A${at})\n"quoted", and; more`,
              size: 'medium',
              weight: at / 8,
              cost: { minor: at * 7, currency: 'JPY' },
              fragile: at % 2 === 0,
              seenAt: '2026-03-01T10:00:00.123Z',
              bornOn: '2024-02-29',
              effort: at,
              keeper: 1,
              helpers: [1, 3],
              on: 'P-2',
              mail: `s${at}@h.test`,
              page: 'https://h.test/?a=1',
              host: '10.0.0.0/8',
              shape: { a: [at] },
              tags: ['hot', 'cold'],
              custom: everyAdded(at),
            }
      await store.create(manager, specimen, { name: `Specimen ${at}`, ...more, ...(at > 1 ? { twin: at - 1 } : {}) })
    }
  })

  it('gives the rows of the view in its order, over all pages, with the columns of the list', async () => {
    const { content, headers } = await exported({ filter: 'weight>1', sort: 'weight' })
    const lines = content.toString().split('\r\n').slice(0, -1)
    assert.equal(lines[0], `\ufeffNumber,Name,Status,Size,Weight,${ADDED}`)
    assert.equal(lines.length, 1 + (await bench.count('select count(*) as n from specimen where weight > 1')))
    assert.match(
      lines[1] ?? '',
      /^SPEC-10,Specimen 10,Open,Medium,1\.25,"a ""b"", c",[^]*,Omar,P-2,Specimen 9,SPEC-9,Zoë,P-3$/,
    )
    assert.match(headers['Content-Disposition'] ?? '', /^attachment; filename="specimens-\d{4}-\d\d-\d\d\.csv"$/)
  })

  for (const format of ['csv', 'xlsx', 'jsonl'] as const) {
    it(`as ${format} is read back without a change, and written again is the same`, async () => {
      const first = await exported({ format, fields: everything, sort: 'id' })
      const place = path.join(tmpdir(), `pilothouse-export-${process.pid}.${format}`)
      await writeFile(place, first.content)
      const batch = await bench.file('specimen', place)
      assert.deepEqual(
        [batch.state, batch.because, batch.problems.slice(0, 3), batch.mapping?.key],
        ['done', null, [], 'number'],
      )
      assert.deepEqual([batch.counts?.create, batch.counts?.update, batch.counts?.unchanged], [0, 0, 1203])
      const again = await exported({ format, fields: everything, sort: 'id' })
      if (format === 'xlsx') assert.equal(again.content.length, first.content.length)
      else assert.ok(again.content.equals(first.content))
    })
  }

  it('refuses a wrong format, filter or column with a sentence', async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [{ format: 'docx' }, /not a format of exports/],
      [{ filter: 'wings:2' }, /has no field "wings"/],
      [{ fields: 'wings' }, /no field "wings" to export/],
    ]
    for (const [query, sentence] of cases)
      await assert.rejects(
        exported(query),
        (error) => error instanceof Refusal && error.status === 400 && sentence.test(error.message),
      )
  })
})

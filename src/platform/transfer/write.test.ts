import assert from 'node:assert/strict'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import type { Readable } from 'node:stream'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { openTable } from './read.ts'
import { csvWriter, jsonlWriter, xlsxWriter } from './write.ts'
import type { ExportRow } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'export-'))
after(() => rmSync(folder, { recursive: true }))
const columns = [
  { name: 'subject', label: 'Subject', kind: 'text' },
  { name: 'amount', label: 'Amount', kind: 'number' },
]

async function* each(rows: readonly ExportRow[]): AsyncGenerator<ExportRow, void> {
  yield* rows
}

async function saved(stream: Readable, name: string): Promise<string> {
  const path = join(folder, name)
  await pipeline(stream, createWriteStream(path))
  return path
}

async function readBack(stream: Readable, name: string) {
  const { rows } = await openTable(await saved(stream, name))
  return (await Array.fromAsync(rows())).map(({ cells }) => Object.values(cells))
}

describe('an export', () => {
  it('to CSV guards formulas, but not numbers, and quotes what needs it', async () => {
    const path = await saved(
      csvWriter(
        columns,
        each([
          { subject: '=1+1', amount: -5 },
          { subject: "'@x", amount: null },
          { subject: 'a "b"\nc', amount: 1.5 },
          { subject: '-5', amount: 0 },
        ]),
      ),
      'guard.csv',
    )
    assert.equal(
      readFileSync(path, 'utf8'),
      '\ufeffSubject,Amount\r\n\'=1+1,-5\r\n\'\'@x,\r\n"a ""b""\nc",1.5\r\n-5,0\r\n',
    )
  })

  it('of values other than text writes what a person reads', async () => {
    const kinds = ['cost', 'service', 'tags', 'on'].map((name) => ({ name, label: name, kind: 'text' }))
    const path = await saved(
      csvWriter(
        kinds,
        each([
          {
            cost: { minor: 123456, currency: 'EUR' },
            service: { id: 5, number: 'SVC-5', title: 'ERP' },
            tags: ['a', 'b'],
            on: true,
          },
        ]),
        { hasMark: false, separator: ';' },
      ),
      'kinds.csv',
    )
    assert.equal(readFileSync(path, 'utf8'), 'cost;service;tags;on\r\n1234.56 EUR;SVC-5;"a; b";true\r\n')
  })

  it('to CSV and XLSX, imported again, is what it was', async () => {
    const awkward = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^['=+\-@\t",;\n\r _x0-9A-F]{0,12}$/))
    const table = fc
      .array(fc.tuple(awkward, awkward), { minLength: 1, maxLength: 8 })
      .filter((rows) => rows.every((row) => row.some((cell) => cell !== '')))
    const two = [
      { name: 'a', label: 'A', kind: 'text' },
      { name: 'b', label: 'B', kind: 'text' },
    ]
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const exported = rows.map(([a, b]) => ({ a: a.replaceAll('\0', ''), b: b.replaceAll('\0', '') }))
        const cells = exported.map(({ a, b }) => [a, b]).filter((row) => row.some((cell) => cell !== ''))
        if (cells.length === 0) return
        assert.deepEqual(
          await readBack(csvWriter(two, each(exported)), 'again.csv'),
          exported.map(({ a, b }) => [a, b]),
        )
        assert.deepEqual(await readBack(xlsxWriter(two, each(exported)), 'again.xlsx'), cells)
      }),
      { numRuns: 150 },
    )
  })

  it('to XLSX types its cells, freezes and marks the header, and keeps instants', async () => {
    const kinds = [
      ...columns,
      { name: 'at', label: 'At', kind: 'instant' },
      { name: 'on', label: 'On', kind: 'day' },
      { name: 'ok', label: 'Ok', kind: 'boolean' },
    ]
    const rows = [{ subject: '=A1', amount: 2.5, at: '2026-03-01T08:15:30Z', on: '2026-02-28', ok: false }]
    assert.deepEqual(await readBack(xlsxWriter(kinds, each(rows), 'My: [incidents]'), 'typed.xlsx'), [
      ['=A1', '2.5', '2026-03-01T08:15:30', '2026-02-28', 'false'],
    ])
  })

  it('to JSON lines keeps values as they are', async () => {
    const path = await saved(jsonlWriter(columns, each([{ subject: 'x', amount: 1 }, { subject: null }])), 'x.jsonl')
    assert.equal(readFileSync(path, 'utf8'), '{"subject":"x","amount":1}\n{"subject":null,"amount":null}\n')
  })

  it('fails as a stream when its rows fail', async () => {
    async function* failing(): AsyncGenerator<ExportRow, void> {
      yield { subject: 'x' }
      throw new Error('the database went away')
    }
    for (const write of [csvWriter, xlsxWriter, jsonlWriter])
      await assert.rejects(saved(write(columns, failing()), 'failing'), /went away/)
  })

  it('ends its rows when the reader goes away', async () => {
    let ended = 0
    async function* endless(): AsyncGenerator<ExportRow, void> {
      try {
        for (;;) yield { subject: 'x'.repeat(1000) }
      } finally {
        ended++
      }
    }
    for (const write of [csvWriter, xlsxWriter, jsonlWriter]) {
      ended = 0
      const stream = write(columns, endless())
      await new Promise((resolve) => {
        stream.once('data', resolve)
      })
      stream.destroy()
      await setTimeout(100)
      assert.equal(ended, 1, write.name)
    }
  })
})

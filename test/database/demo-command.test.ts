// `pilothouse demo remove` as somebody types it: it asks before it takes people's own work, and leaves no backup behind.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'

const root = path.join(import.meta.dirname, '../..')
const data = mkdtempSync(path.join(tmpdir(), 'demo-command-'))
after(() => rmSync(data, { recursive: true, force: true }))

function pilothouse(...words: string[]): { code: number | null; text: string } {
  const { PILOTHOUSE_TEST_CLUSTER: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'src/main.ts'), ...words], {
    cwd: root,
    env: { ...env, PILOTHOUSE_DATA: data, LOG_LEVEL: 'error' },
    input: 'seven sailors mend eleven nets\n',
    encoding: 'utf8',
  })
  return { code: status, text: stdout + stderr }
}
const backups = () => readdirSync(path.join(data, 'backups')).filter((name) => name.endsWith('.backup'))

describe('demo remove', () => {
  it('asks where people wrote, and takes the backups with it', () => {
    assert.equal(pilothouse('demo', 'load', '--scale', '100').code, 0)
    const added = pilothouse('user', 'add', '--name', 'Ada', '--email', 'ada@harbourworks.example', '--password-stdin')
    assert.equal(added.code, 0, added.text)
    assert.equal(pilothouse('backup').code, 0)
    assert.equal(backups().length, 1)
    const refused = pilothouse('demo', 'remove')
    assert.notEqual(refused.code, 0)
    assert.match(refused.text, /written 1 record since.*Nothing was removed.*--yes/s)
    assert.equal(backups().length, 1)
    const removed = pilothouse('demo', 'remove', '--yes')
    assert.equal(removed.code, 0, removed.text)
    assert.match(removed.text, /and 1 backup of it/)
    assert.deepEqual(backups(), [])
    assert.match(pilothouse('backup', 'list').text, /no backup/i)
  })
})

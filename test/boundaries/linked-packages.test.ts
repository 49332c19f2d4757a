// A working tree whose packages are another's, by a link: nothing is ever installed, and so removed, through it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'

const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-linked-'))
after(() => rmSync(folder, { recursive: true }))

describe('a linked node_modules', () => {
  it('that does not fit the lock file is refused with what to do, and left as it is', () => {
    const [owner, tree] = [path.join(folder, 'owner/node_modules'), path.join(folder, 'tree')]
    const kept = path.join(owner, 'kept.txt')
    mkdirSync(owner, { recursive: true })
    mkdirSync(path.join(tree, 'scripts'), { recursive: true })
    writeFileSync(kept, 'belongs to the owner')
    writeFileSync(path.join(tree, 'package.json'), '{"name":"tree","version":"1.0.0"}')
    const lock = { name: 'tree', version: '1.0.0', lockfileVersion: 3, packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } } // oxfmt-ignore
    writeFileSync(path.join(tree, 'package-lock.json'), JSON.stringify(lock))
    copyFileSync(path.join(import.meta.dirname, '../../scripts/run.mjs'), path.join(tree, 'scripts/run.mjs'))
    symlinkSync(owner, path.join(tree, 'node_modules'))
    // Without a program called npm nothing could be installed even if it were tried.
    const answer = spawnSync(process.execPath, ['scripts/run.mjs', 'nothing.ts'], { cwd: tree, encoding: 'utf8', env: { PATH: folder } }) // oxfmt-ignore
    assert.equal(answer.status, 2, answer.stderr)
    assert.match(answer.stderr, /node_modules is a link to .*owner.*Run the command there/s)
    assert.doesNotMatch(answer.stderr, /Installing/)
    assert.ok(existsSync(kept))
  })
})

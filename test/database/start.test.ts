// A start that cannot succeed ends at once, with one sentence and a code, and leaves nothing behind.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ROOT } from '#main/root.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-start-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** What the command says, and its exit code; the signal instead when it had to be ended. */
async function run(
  environment: Readonly<Record<string, string>>,
  words: readonly string[] = ['start', '--no-web'],
): Promise<{ said: string; code: number | string }> {
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), ...words], {
    env: { ...process.env, DATABASE_URL: '', PORT: '0', PILOTHOUSE_DATA: path.join(folder, 'data'), ...environment },
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const late = setTimeout(() => child.kill('SIGKILL'), 120_000)
  // The event's arguments: the code, or null and the signal.
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  clearTimeout(late)
  return { said: said.trim(), code: code ?? signal ?? 'unknown' }
}

describe('a start that cannot succeed', () => {
  it('for a port that is taken says so before anything is begun', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo // a server on a network address has one
    const ended = await run({ PORT: String(port) })
    other.close()
    assert.deepEqual(ended, {
      said: `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another: PORT=7301 npm start`,
      code: 1,
    })
    assert.ok(!existsSync(path.join(folder, 'data')), 'no database was made')
  })
  it('for an address that this machine does not have says what to set', async () => {
    const { said, code } = await run({ HOST: '192.0.2.1' })
    assert.match(said, /^This machine has no address 192\.0\.2\.1\. Set HOST to 127\.0\.0\.1/)
    assert.equal(code, 1)
  })
  it('for a data folder that is a file, or lies in one, or where the system lets nobody make any', async () => {
    const file = path.join(folder, 'file')
    await writeFile(file, 'x')
    for (const [place, pattern] of [
      [file, /^PILOTHOUSE_DATA: .*file is a file\. Name a folder/],
      [path.join(file, 'below'), /^PILOTHOUSE_DATA: .*file is a file\. Name a folder/],
      ['/proc/x', /^PILOTHOUSE_DATA: The folder \/proc\/x cannot be made \(E\w+\)/],
      ['/proc/self', /^PILOTHOUSE_DATA: Nothing can be written into \/proc\/self/],
    ] as const) {
      const { said, code } = await run({ PILOTHOUSE_DATA: place })
      assert.match(said, pattern)
      assert.deepEqual([said.split('\n').length, code], [1, 2], said)
    }
    const { said, code } = await run({ PILOTHOUSE_DATA: file }, ['demo', 'load'])
    assert.match(said, /file is a file\. Name a folder/)
    assert.equal(code, 2)
  })
})

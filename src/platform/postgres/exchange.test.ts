import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { exchangeClusters, finishExchange } from './exchange.ts'

const folders: string[] = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))
const note = { from: 'recover-1/postgres', before: 'postgres-before-1' }

/** A data folder with a present cluster and a new one. */
function home(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-exchange-'))
  folders.push(folder)
  for (const [name, content] of [
    ['postgres', 'old'],
    ['recover-1/postgres', 'new'],
  ] as const) {
    mkdirSync(path.join(folder, name), { recursive: true })
    writeFileSync(path.join(folder, name, 'PG_VERSION'), content)
  }
  return folder
}
const content = (folder: string, name: string): string => readFileSync(path.join(folder, name, 'PG_VERSION'), 'utf8')
function assertExchanged(folder: string): void {
  assert.deepEqual([content(folder, 'postgres'), content(folder, note.before)], ['new', 'old'])
  assert.deepEqual(
    ['exchange.json', note.from].filter((name) => existsSync(path.join(folder, name))),
    [],
  )
}

describe('exchanging clusters', () => {
  it('puts the new one in place and keeps the old one', async () => {
    const folder = home()
    await exchangeClusters(folder, note)
    assertExchanged(folder)
    await finishExchange(folder)
    assertExchanged(folder)
  })
  it('is finished by the next start, wherever it was ended', async () => {
    const steps = [
      () => {},
      (folder: string) => renameSync(path.join(folder, 'postgres'), path.join(folder, note.before)),
      (folder: string) => renameSync(path.join(folder, note.from), path.join(folder, 'postgres')),
    ]
    for (const done of [1, 2, 3]) {
      const folder = home()
      writeFileSync(path.join(folder, 'exchange.json'), JSON.stringify(note))
      for (const step of steps.slice(0, done)) step(folder)
      await finishExchange(folder)
      assertExchanged(folder)
    }
  })
  it('moves in where there was none', async () => {
    const folder = home()
    rmSync(path.join(folder, 'postgres'), { recursive: true })
    await exchangeClusters(folder, { ...note, before: null })
    assert.equal(content(folder, 'postgres'), 'new')
  })
})

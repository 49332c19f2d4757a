// A test that needs a program which a machine may not have leaves itself out by one rule, and never in CI.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { unlessMissing } from '../setup/peers.ts'

const root = path.join(import.meta.dirname, '..')
const why = 'needs a ship, which is not installed: apt-get install ship'
/** What says that a program is not there. */
const asks =
  /\b(slapdMissing|nginxMissing|postgres15Missing|prometheusMissing|findFaketime|pdfPrinterMissing|installPackage|unpackPackage)\(/

describe('a peer that is missing', () => {
  it('lets its test be left out with what to install', () => {
    for (const CI of [undefined, '', 'false', '0']) assert.equal(unlessMissing(why, { CI }), why)
    assert.equal(unlessMissing(null, {}), false)
  })
  it('fails where CI is set', () => {
    for (const CI of ['true', '1', 'github'])
      assert.throws(() => unlessMissing(why, { CI }), /With CI set, no test is left out .* apt-get install ship/)
    assert.equal(unlessMissing(null, { CI: 'true' }), false)
  })
  it('is asked for by every test that may lack one', () => {
    const files = globSync('**/*.test.ts', { cwd: root }).filter((file) => !file.endsWith('boundaries/peers.test.ts'))
    const asking = files.filter((file) => asks.test(readFileSync(path.join(root, file), 'utf8')))
    assert.ok(asking.length > 10, `${asking.length} files`)
    const others = asking.filter((file) => !readFileSync(path.join(root, file), 'utf8').includes('unlessMissing('))
    assert.deepEqual(others, [])
  })
})

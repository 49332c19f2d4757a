// The code of a checkpoint that stands on paper: it is proved later, and every change of what it covers is told.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { CHECKPOINT_FORMAT, CODE, lastCode } from '#kit/seal/code.ts'
import { auditProve } from '#kit/seal/commands.ts'
import { ownCluster } from '../setup/alone.ts'
import { newLog, type Log } from './seal-log.ts'

ownCluster()

let log: Log
let printed = ''
before(async () => {
  log = await newLog()
  assert.equal(await lastCode(log.db), null, 'nothing is sealed yet')
  await log.filled(2, 300)
  printed = (await lastCode(log.db)) ?? ''
})
const prove = (code: string): ReturnType<typeof auditProve> => auditProve({ db: log.db, key: log.key }, code)

describe('the code of the last checkpoint', () => {
  it('names its size and the beginning of its root, and is proved long after', async () => {
    assert.match(printed, CODE)
    assert.match(printed, /^600-/)
    await log.filled(2, 300)
    assert.match((await lastCode(log.db)) ?? '', /^1200-/)
    const { code, text } = await prove(printed)
    assert.equal(code, 0, text)
    const proved = JSON.parse(text) as {
      format: string
      code: string
      checkpoint: string
      publicKey: string
      says: string
    }
    assert.deepEqual([proved.format, proved.code, proved.publicKey], [CHECKPOINT_FORMAT, printed, log.key.text])
    assert.match(proved.checkpoint, /\n600\n/)
    assert.match(proved.says, /The first 600 entries of the log are those for which 600-[0-9a-f]{16} was printed/)
  })
  it('is refused where it is mistyped or of another log', async () => {
    const other = printed.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const mistyped = await prove(other)
    assert.equal(mistyped.code, 1)
    assert.match(mistyped.text, new RegExp(`is ${printed}, not ${other}`))
    assert.match((await prove(`599-${'0'.repeat(16)}`)).text, /checkpoint over 599 entries .* was not found/)
  })
  it('does not hold when a leaf or a whole stretch before it was exchanged, also with a new checkpoint', async () => {
    const [kept] = await log.db.query<{ leaf: Buffer }>('select leaf from journal_leaf where index = 590')
    await log.db.query("update journal_leaf set leaf = sha256('x') where index = 590")
    const changed = await prove(printed)
    assert.equal(changed.code, 1)
    assert.match(changed.text, /first 600 entries of the log do not give/)
    await log.db.query('update journal_leaf set leaf = $1 where index = 590', [kept?.leaf])
    assert.equal((await prove(printed)).code, 0)
    await log.db.query("update journal_checkpoint set root = sha256('y') where size = 600")
    assert.match((await prove(printed)).text, /log was written anew since it was printed: run "audit verify"/)
  })
})

/** `audit verify`, `audit prove`, `audit declare-loss`. */
import { seal } from '#kit/seal/sealer.ts'
import { auditProve, auditVerify, ROWS } from '#kit/seal/commands.ts'
import type { Rows } from '#kit/seal/commands.ts'
import { readPublicKey } from '#kit/seal/key.ts'
import { verify } from '#kit/seal/verify.ts'
import { openCheckers } from '#platform/seal/checkers.ts'
import { openComparers } from '#platform/seal/comparers.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { withInstallation } from './accounts.ts'
import { earlierKeys } from './backup/arrival.ts'
import { declareFork, forkAgainst } from './backup/seal-check.ts'
import { sealParts } from './backup/work.ts'
import { readOptions, tell } from './options.ts'
import { portsOf } from './parts.ts'

/** Recomputes the whole journal, compares it with its checkpoints, in the database and outside, and every row with the journal. */
export async function verifyCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['rows'] })
  const rows = rowsIn(options.values['rows'] ?? 'on')
  return withInstallation(options, async (of) => {
    const { key, sink } = portsOf(of)
    const { code, text } = await auditVerify(
      {
        db: of.db,
        key,
        sink,
        now: () => of.store.now(),
        checkers: openCheckers(of.door),
        onProgress: progress('entries are as they were sealed'),
        records: of.catalogue.records,
        comparers: openComparers(of.door),
        onRows: progress('rows are compared with the journal'),
      },
      { json: options.flags.has('json'), also: earlierKeys(of.config.dataFolder).map(readPublicKey), rows },
    )
    console.log(text)
    return code
  })
}
/** @throws wrong use (exit 2) */
function rowsIn(said: string): Rows {
  const found = ROWS.find((one) => one === said)
  if (found === undefined)
    throw new ConfigRefusal([
      {
        where: '--rows',
        because: 'Give "only" to compare nothing but rows with the journal, or "off" to leave that out.',
      },
    ])
  return found
}
const SAID_EACH_MS = 2_000
/** A line on standard error every two seconds. */
function progress(what: string): (done: number, total: number) => void {
  let saidAt = performance.now()
  return (done, total) => {
    if (performance.now() - saidAt < SAID_EACH_MS) return
    saidAt = performance.now()
    console.error(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what} …`)
  }
}
/** Prints the proof of one entry as a file that can be checked without us. */
export async function proveCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  const [id] = options.words
  if (id === undefined)
    throw new ConfigRefusal([
      {
        where: 'audit prove',
        because:
          'Give the id of a journal entry, as the history of a record shows it, or the checkpoint that stands on a report.',
      },
    ])
  return withInstallation(options, async (of) => {
    const { key, sink } = portsOf(of)
    await seal(of.db, key, of.store.now(), sink)
    const { code, text } = await auditProve({ db: of.db, key }, id)
    console[code === 0 ? 'log' : 'error'](text)
    return code
  })
}

/** Writes down what the checkpoints kept outside say is lost. Refuses when nothing is, or when the journal is damaged. */
export async function declareLossCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['reason'] })
  const { reason = '' } = options.values
  if (reason === '')
    throw new ConfigRefusal([
      { where: '--reason', because: 'Say why entries are lost, for who reads the journal later.' },
    ])
  return withInstallation(options, async (of) => {
    const { key } = portsOf(of)
    const parts = sealParts(of)
    const found = await verify(
      of.db,
      { keys: parts.keys, outside: parts.sink.all() },
      { now: parts.now, checkers: openCheckers(of.door) },
    )
    const fork = await forkAgainst(found, parts.sink, key.origin)
    if (fork === null) throw new Error('No entry is lost: the journal covers every checkpoint that is kept outside.')
    const now = of.store.now()
    await declareFork(of.db, fork, { reason, now, request: `cli-${crypto.randomUUID()}` })
    await seal(of.db, key, now, parts.sink)
    tell(options, `Declared in the journal: entries ${fork.from} to ${fork.to - 1} are lost.`, { ...fork, reason })
    return 0
  })
}

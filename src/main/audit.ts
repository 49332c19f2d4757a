/** `audit verify`, `audit prove`, `doctor`. */
import { seal } from '#kit/seal/sealer.ts'
import { auditProve, auditVerify } from '#kit/seal/commands.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { withInstallation } from './accounts.ts'
import { health } from './health.ts'
import { readOptions, tell } from './options.ts'
import { portsOf } from './parts.ts'

/** Recomputes the whole journal and compares it with its checkpoints, in the database and outside. */
export async function verifyCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  return withInstallation(options, async (of) => {
    const { key, sink } = portsOf(of)
    const { code, text } = await auditVerify(
      { db: of.db, key, sink, now: () => of.store.now() },
      { json: options.flags.has('json') },
    )
    console.log(text)
    return code
  })
}
/** Prints the proof of one entry as a file that can be checked without us. */
export async function proveCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  const [id] = options.words
  if (id === undefined)
    throw new ConfigRefusal([
      { where: 'audit prove', because: 'Give the id of a journal entry, as the history of a record shows it.' },
    ])
  return withInstallation(options, async (of) => {
    const { key, sink } = portsOf(of)
    await seal(of.db, key, of.store.now(), sink)
    const { code, text } = await auditProve({ db: of.db, key }, id)
    console[code === 0 ? 'log' : 'error'](text)
    return code
  })
}

const MARKS = { good: 'ok  ', warn: 'WARN', bad: 'BAD ' } as const
/** Prints what the health page shows; exit 1 when something is bad. */
export async function doctorCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  return withInstallation(options, async (of) => {
    const items = await health(of, { queues: async () => [] }, portsOf(of))
    const lines = items.map(
      ({ name, state, value, todo }) => `${MARKS[state]} ${name}: ${value}${todo === '' ? '' : `\n     ${todo}`}`,
    )
    tell(options, lines.join('\n'), { items })
    return items.some(({ state }) => state === 'bad') ? 1 : 0
  })
}

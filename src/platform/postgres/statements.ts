// Gives each SQL text that comes twice a name, so that a connection plans it once. Texts made ad hoc stay unnamed,
// and so does everything beyond the cap: each name costs memory in every connection of the server.
import { createHash } from 'node:crypto'

const nameCap = 2_000
const onceCap = 10_000

export interface Statements {
  /** The statement's name, or undefined when it is to run unnamed. */
  nameOf(text: string): string | undefined
}

/** @param isPrepared false behind a pooler in transaction mode, where names would meet another session. */
export function statements(isPrepared: boolean): Statements {
  if (!isPrepared) return { nameOf: () => undefined }
  const names = new Map<string, string>()
  const once = new Set<string>()
  return {
    nameOf(text) {
      const known = names.get(text)
      if (known !== undefined || names.size >= nameCap) return known
      if (once.delete(text)) return remember(names, text)
      if (once.size >= onceCap) once.clear()
      once.add(text)
      return undefined
    },
  }
}

function remember(names: Map<string, string>, text: string): string {
  const name = `p${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`
  names.set(text, name)
  return name
}

/** What the archiving processes last met, in a file of the data folder: the health page and the doctor are other processes. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Trouble {
  /** Since when without a success between. */
  readonly since: string
  /** When it was last tried. */
  readonly at: string
  readonly because: string
}
export interface Said {
  /** Why segments do not reach the archive. */
  readonly shipping?: Trouble | undefined
  /** Why no base backup is made. */
  readonly base?: Trouble | undefined
  /** Segments given up because too many waited: moments that cannot be reached. */
  readonly gaveUp?: { readonly at: string; readonly count: number } | undefined
}
type Kind = keyof Said

/** Each kind is written by one process alone. */
export function say<K extends Kind>(dataFolder: string, kind: K, what: Said[K] | null): void {
  const place = placeOf(dataFolder, kind)
  const text = JSON.stringify(what)
  if (text === JSON.stringify(read(dataFolder, kind) ?? null)) return
  mkdirSync(path.dirname(place), { recursive: true })
  const draft = `${place}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, place)
}
/** The trouble goes on, or begins. */
export function sayTrouble(dataFolder: string, kind: 'shipping' | 'base', at: string, error: unknown): void {
  const because = error instanceof Error ? error.message : String(error)
  say(dataFolder, kind, { since: read(dataFolder, kind)?.since ?? at, at, because })
}
export function saidOf(dataFolder: string): Said {
  return {
    shipping: read(dataFolder, 'shipping'),
    base: read(dataFolder, 'base'),
    gaveUp: read(dataFolder, 'gaveUp'),
  }
}
function read<K extends Kind>(dataFolder: string, kind: K): Said[K] {
  try {
    return (JSON.parse(readFileSync(placeOf(dataFolder, kind), 'utf8')) as Said[K] | null) ?? undefined // ours, renamed whole
  } catch {
    return undefined // nothing was said yet
  }
}
function placeOf(dataFolder: string, kind: Kind): string {
  return path.join(dataFolder, 'run', `archive-${kind}.json`)
}

/** Computes the root of the log at every size for which somebody has signed one, and compares. */
import { appendLeaves, emptyRange, rangeRoot } from '#engines/merkle.ts'
import type { CompactRange } from '#engines/merkle.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import { isSignedBy, readNote } from './checkpoint.ts'
import type { Findings } from './finding.ts'
import { stretch } from './finding.ts'
import type { PublicKey } from './key.ts'
import type { OutsideCheckpoint, OutsideDamage } from './sink.ts'

/** A root that somebody signed. */
export interface Signed {
  readonly size: number
  readonly root: Buffer
  readonly at: string
  readonly isOutside: boolean
}
/** A signature covers all entries before it, so those of the newest checkpoints say everything; more cost 0.1 ms each. */
const NEWEST = 2000

/** The checkpoints of the database. The newest are held against their notes and signatures. */
export async function insideCheckpoints(on: Sql, keys: readonly PublicKey[], findings: Findings): Promise<Signed[]> {
  const rows = await run<{ size: number; root: Buffer; at: string }>(
    on,
    sql`select size, root, at from journal_checkpoint order by size`,
  )
  const newest = await run<{ size: number; root: Buffer; at: string; note: string }>(
    on,
    sql`select size, root, at, note from journal_checkpoint order by size desc limit ${NEWEST}`,
  )
  for (const row of newest.reverse()) {
    const said = readNote(row.note)
    if (said === null || said.size !== row.size || !said.root.equals(row.root))
      findings.add(
        'changed',
        { at: row.at },
        `The checkpoint over ${row.size} entries of ${row.at} does not say what its row in the database says. The database was changed by hand: compare with the checkpoints kept outside.`,
      )
    else if (!isSignedBy(row.note, keys)) {
      findings.add(
        'rewritten',
        { index: row.size - 1, at: row.at },
        `The checkpoint over ${row.size} entries of ${row.at} is signed with another key than ${keys.map((key) => key.origin).join(', ')}. If the key was changed on purpose, give the old public key as well; otherwise the log was signed anew by somebody else.`,
      )
      break
    }
  }
  return rows.map((row) => ({ ...row, isOutside: false }))
}

/** The checkpoints kept outside, by size; of several with one size and root, the first. */
export async function outsideCheckpoints(
  outside: AsyncIterable<OutsideCheckpoint | OutsideDamage> | Iterable<OutsideCheckpoint | OutsideDamage>,
  findings: Findings,
): Promise<Signed[]> {
  const found = new Map<string, Signed>()
  for await (const line of outside) {
    const said = 'note' in line ? readNote(line.note) : null
    if (said === null || !('note' in line))
      findings.add(
        'unreadable',
        {},
        `A checkpoint kept outside cannot be read${'unreadable' in line ? ` (${line.unreadable})` : ''}. If the machine stopped while it was written, this is harmless; otherwise somebody has edited the file.`,
      )
    else if (!found.has(`${said.size}/${said.root.toString('base64')}`))
      found.set(`${said.size}/${said.root.toString('base64')}`, {
        size: said.size,
        root: said.root,
        at: line.at,
        isOutside: true,
      })
  }
  return [...found.values()].sort((a, b) => a.size - b.size)
}

const FLUSH = 4096
/** Takes the leaves in order and calls back at each size that was signed. */
export class Roots {
  #range: CompactRange
  #leaves: Buffer[] = []
  #next = 0
  readonly #signed: readonly Signed[]
  readonly #onRoot: (signed: Signed, isSame: boolean) => void
  constructor(start: CompactRange, signed: readonly Signed[], onRoot: (signed: Signed, isSame: boolean) => void) {
    this.#range = start
    this.#signed = signed.filter((one) => one.size >= start.size).sort((a, b) => a.size - b.size)
    this.#onRoot = onRoot
    this.#compare()
  }
  get size(): number {
    return this.#range.size + this.#leaves.length
  }
  get root(): Uint8Array {
    this.#flush()
    return rangeRoot(this.#range)
  }
  add(leaf: string): void {
    this.#leaves.push(Buffer.from(leaf, 'hex'))
    if (this.size === this.#signed[this.#next]?.size) this.#compare()
    else if (this.#leaves.length >= FLUSH) this.#flush()
  }
  #compare(): void {
    for (
      let signed = this.#signed[this.#next];
      signed !== undefined && signed.size === this.size;
      signed = this.#signed[++this.#next]
    )
      this.#onRoot(signed, signed.root.equals(this.root))
  }
  #flush(): void {
    this.#range = appendLeaves(this.#range, this.#leaves)
    this.#leaves = []
  }
}
export const emptyLog = emptyRange

/** What to say of a signed root that the log does not have; `good` is the last size before it that agreed. */
export function rewrittenSays(signed: Signed, good: number): string {
  const where = signed.isOutside ? 'kept outside' : 'in the database'
  return `The log is another one than the checkpoint over ${signed.size} entries of ${signed.at} ${where} tells of: ${good === 0 ? 'the whole log' : stretch(good, signed.size - 1)} was written anew. If an older backup was restored and work went on, declare the loss; otherwise restore a backup from before the change and ask who had access to the database.`
}

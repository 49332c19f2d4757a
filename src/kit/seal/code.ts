/**
 * The short code of a checkpoint, as it stands on what leaves the house (reports, packages, exports): how many entries it
 * covers, and the first 16 hexadecimal digits of its root. Whoever holds the paper can later have the log proved against it.
 */
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import { conflict, notFound } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { PublicKey } from './key.ts'
import { BrokenTree, rootAt } from './tree.ts'

export const CODE = /^([1-9]\d{0,14})-([0-9a-f]{16})$/
export const CHECKPOINT_FORMAT = 'pilothouse-checkpoint/1'
/** What `audit prove CODE` prints. */
export interface ProvedCheckpoint {
  readonly format: string
  readonly code: string
  readonly says: string
  /** When it was signed. */
  readonly at: string
  readonly checkpoint: string
  readonly publicKey: string
}

/** "1042-3f2ac41b0d7e6f52" */
export function codeOf(size: number, root: Uint8Array): string {
  return `${size}-${Buffer.from(root).toString('hex').slice(0, 16)}`
}
/** The code of the newest checkpoint; null before the first one. */
export async function lastCode(on: Sql): Promise<string | null> {
  const [row] = await run<{ size: number; root: Buffer }>(
    on,
    sql`select size, root from journal_checkpoint order by size desc limit 1`,
  )
  return row === undefined ? null : codeOf(row.size, row.root)
}
/** "Journal checkpoint 1042-3f2ac41b0d7e6f52", for people; empty before the first one. */
export async function lastCodeInWords(on: Sql): Promise<string> {
  const code = await lastCode(on)
  return code === null ? '' : say`Journal checkpoint ${code}`
}

/**
 * Whether the log of today still begins with what the code was printed for: its root is computed anew from the tree.
 * @throws not found (404) for a checkpoint that this log never had; conflict (409) when the log was changed since
 */
export async function proveCode(on: Sql, code: string, key: PublicKey): Promise<ProvedCheckpoint> {
  const match = CODE.exec(code)
  const size = Number(match?.[1] ?? 0)
  const [row] = await run<{ root: Buffer; at: string; note: string }>(
    on,
    sql`select root, at, note from journal_checkpoint where size = ${size}`,
  )
  if (row === undefined)
    throw notFound(
      say`A checkpoint over ${size} entries (the log is another one, was cut off, or the code is mistyped)`,
    )
  if (codeOf(size, row.root) !== code)
    throw conflict(
      say`The checkpoint over ${size} entries is ${codeOf(size, row.root)}, not ${code}. The code is mistyped, or the log was written anew since it was printed: run "audit verify".`,
    )
  const root = await rootNow(on, size)
  if (root === null || codeOf(size, root) !== code)
    throw conflict(
      say`The first ${size} entries of the log do not give ${code} any more: they were changed since it was printed. Run "audit verify" to see where.`,
    )
  const says = say`The first ${size} entries of the log are those for which ${code} was printed. "audit verify" holds what the entries say against them.`
  return { format: CHECKPOINT_FORMAT, code, says, at: row.at, checkpoint: row.note, publicKey: key.text }
}
async function rootNow(on: Sql, size: number): Promise<Uint8Array | null> {
  try {
    return await rootAt(on, size)
  } catch (error) {
    if (error instanceof BrokenTree) return null
    throw error
  }
}

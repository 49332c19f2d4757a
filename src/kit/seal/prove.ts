/** One entry with everything that shows it is in the log, in one file that is checked without Pilothouse. */
import { hash } from 'node:crypto'
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { canonical } from '#engines/jcs.ts'
import { leafHash } from '#engines/merkle.ts'
import { inclusionProof, inclusionSpans } from '#engines/merkle-proof.ts'
import { verifyInclusion } from '#engines/merkle-verify.ts'
import type { JsonSchema } from '#kit/contract.ts'
import type { Database } from '#kit/database.ts'
import type { Entry, JournalRow } from '#kit/journal.ts'
import { entryFrom } from '#kit/journal.ts'
import { jsonSchemaOf } from '#kit/json-schema.ts'
import { conflict, notFound } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import { isSignedBy, readNote } from './checkpoint.ts'
import type { PublicKey } from './key.ts'
import { readPublicKey, UnusableKey } from './key.ts'
import { readerFor } from './tree.ts'
import { fitted } from '#kit/wanted.ts'

export const PROOF_FORMAT = 'pilothouse-journal-proof/1'
/** docs/audit-proof.md explains each member; docs/check-proof.py checks one. */
export interface ProofFile {
  readonly format: string
  readonly entry: Entry
  /** Hexadecimal; null when the entry's values were erased (its `reason` is then their hash). */
  readonly salt: string | null
  readonly index: number
  readonly size: number
  /** Base64, nearest first (RFC 9162 section 2.1.3). */
  readonly proof: readonly string[]
  readonly checkpoint: string
  readonly publicKey: string
}

/**
 * The proof of one entry against the newest checkpoint.
 * @throws not found (404); conflict (409) when it is not sealed yet, or its checkpoint was signed with another key
 */
export async function prove(db: Database, entryId: string, key: PublicKey): Promise<ProofFile> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(entryId)) throw notFound(say`Entry ${entryId.slice(0, 60)}`)
  const row = await entryRow(db, entryId)
  const checkpoints = await run<{ size: number; note: string }>(
    db,
    sql`select size, note from journal_checkpoint where size > ${row.index} order by size desc limit 1`,
  )
  const checkpoint = checkpoints[0]
  if (checkpoint === undefined)
    throw conflict(
      say`This entry is not under a checkpoint yet. Sealing takes some seconds: try again in half a minute.`,
    )
  const { index } = row
  const read = await readerFor(db, inclusionSpans(index, checkpoint.size))
  const proof = inclusionProof(index, checkpoint.size, read).map((one) => Buffer.from(one).toString('base64'))
  return {
    format: PROOF_FORMAT,
    entry: entryFrom(row),
    salt: row.salt?.toString('hex') ?? null,
    index,
    size: checkpoint.size,
    proof,
    checkpoint: checkpoint.note,
    publicKey: key.text,
  }
}
async function entryRow(db: Database, entryId: string): Promise<JournalRow & { index: number }> {
  const rows = await run<JournalRow & { index: number | null }>(
    db,
    sql`select j.id::text, j.org, j.at, j.occurred_at, j.actor, j.on_behalf_of, j.request, j.record, j.record_id, j.action, j.changes, j.reason, j.origin, j.salt, j.leaf, l.index
      from journal_leaf l join journal j on j.org = l.org and j.id = l.entry and j.at = l.at where l.entry = ${entryId}::uuid limit 1`,
  )
  const row = rows[0]
  if (row !== undefined && row.index !== null) return { ...row, index: row.index }
  const unsealed = await run<{ one: number }>(
    db,
    sql`select 1 as one from journal where org in (select id from organisation) and id = ${entryId}::uuid`,
  )
  throw unsealed.length > 0
    ? conflict(say`This entry is not sealed yet. Sealing takes some seconds: try again in half a minute.`)
    : notFound(say`Entry ${entryId}`)
}

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const id = z.number().int()
const proofFile = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  entry: z.strictObject({
    id: z.string(),
    org: id,
    at: instant,
    occurredAt: instant,
    actor: id.nullable(),
    onBehalfOf: id.nullable(),
    request: z.string(),
    record: z.string(),
    recordId: id,
    action: z.string(),
    changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
    reason: z.string().nullable(),
    origin: z.string(),
  }),
  salt: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  index: id.nonnegative(),
  size: id.positive(),
  proof: z.array(z.string()).max(64),
  checkpoint: z.string().max(10_000),
  publicKey: z.string().max(500),
})
/** The same as a JSON schema. */
export const PROOF_FILE: JsonSchema = jsonSchemaOf(proofFile)
export type Checked = { readonly ok: true; readonly says: string } | { readonly ok: false; readonly says: string }

/** Whether a proof file holds, by itself or against a public key kept elsewhere. Needs no database. */
export function checkProof(file: unknown, trusted: PublicKey | null = null): Checked {
  const read = fitted(proofFile, file)
  if ('problems' in read)
    return {
      ok: false,
      says: say`This is no proof file of Pilothouse: ${read.problems[0]?.detail} Ask for it again with: pilothouse audit prove.`,
    }
  const { entry, salt, index, size, proof, checkpoint, publicKey } = read.value
  const key = keyOf(publicKey)
  const said = readNote(checkpoint)
  if (key === null) return { ok: false, says: say`The public key in the file cannot be read. Ask for the file again.` }
  if (trusted !== null && trusted.text !== key.text)
    return {
      ok: false,
      says: say`The file is signed by ${key.text}, not by the key that you trust (${trusted.text}). Ask why the key was changed.`,
    }
  if (said === null || said.size !== size || said.origin !== key.origin || !isSignedBy(checkpoint, [key]))
    return {
      ok: false,
      says: say`The checkpoint is not signed by the key in the file, or is over another number of entries. The file was changed, or belongs to another log.`,
    }
  const isIn = verifyInclusion({
    leaf: leafOfFile(entry, salt),
    index,
    size,
    root: said.root,
    proof: proof.map((one) => Buffer.from(one, 'base64')),
  })
  if (!isIn)
    return {
      ok: false,
      says: say`This entry is not entry ${index} of the log that was signed: the entry or its proof was changed.`,
    }
  return {
    ok: true,
    says: say`The entry on ${entry.record} ${entry.recordId} of ${entry.at} is entry ${index} of the ${size} that ${key.origin} has signed, and was not changed since.`,
  }
}
function keyOf(text: string): PublicKey | null {
  try {
    return readPublicKey(text)
  } catch (error) {
    if (error instanceof UnusableKey) return null
    throw error
  }
}
/** As the format has it, by the general canonical JSON: the fast `leafOf` of the journal must give the same. */
function leafOfFile({ changes, reason, ...rest }: z.infer<typeof proofFile>['entry'], salt: string | null): Buffer {
  const values = salt === null ? (reason ?? '') : hash('sha256', salt + canonical([changes, reason]), 'base64url')
  return leafHash(Buffer.from(canonical({ ...rest, fields: Object.keys(changes).sort(), values })))
}

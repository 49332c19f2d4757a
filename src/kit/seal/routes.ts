/** The seal over HTTP: its health, a verification with a time limit, and the proof of one entry. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { readsAll } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { mayKnowAdded } from '#kit/added.ts'
import { clearField } from '#kit/clearance.ts'
import type { Call, Route } from '#kit/contract.ts'
import { overseesJournal, readableEntries } from '#kit/journal-reach.ts'
import { forbidden, notFound } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import type { Store } from '#kit/store.ts'
import { sealHealth } from './health.ts'
import type { SealingKey } from './key.ts'
import type { ProofFile } from './prove.ts'
import { PROOF_FILE, prove } from './prove.ts'
import { SEAL_HEALTH, VERIFIED } from './shapes.ts'
import type { CheckpointSink } from './sink.ts'
import type { Verified } from './verify.ts'
import { verify } from './verify.ts'

export interface SealParts {
  readonly store: Store
  readonly key: SealingKey
  readonly sink: CheckpointSink
}
const TIME_LIMIT_MS = 20_000
const MOST_ENTRIES = 200_000
const verifyBody = z.strictObject({
  newest: z
    .number()
    .int()
    .min(1)
    .max(MOST_ENTRIES, `At most ${MOST_ENTRIES} here; "pilothouse audit verify" checks everything.`)
    .optional(),
})

export function sealRoutes(parts: SealParts): Route[] {
  const { store, key, sink } = parts
  const tag = 'Seal'
  return [
    {
      method: 'GET',
      path: '/admin/seal',
      reach: 'installation',
      tag,
      access: 'signed-in',
      summary: 'How the seal of the journal stands',
      ok: SEAL_HEALTH,
      refusals: [403],
      handle: async (call) => {
        onlyAuditors(call)
        return { body: await sealHealth(store.db, key, store.now(), sink) }
      },
    },
    {
      method: 'POST',
      path: '/admin/seal/verify',
      reach: 'installation',
      tag,
      access: 'signed-in',
      summary: `Verify the newest entries (up to ${MOST_ENTRIES} and 20 seconds)`,
      body: verifyBody,
      ok: VERIFIED,
      refusals: [403],
      audited: say`It only reads.`,
      handle: async (call) => ({ body: await verified(parts, call) }),
    },
    {
      method: 'GET',
      path: '/journal/{id}/proof',
      tag,
      access: 'signed-in',
      summary: 'One entry of a history with the proof that it is unchanged',
      ok: PROOF_FILE,
      refusals: [404, 409],
      handle: async (call) => {
        const file = await prove(store.db, call.params['id'] ?? '', key)
        await maySee(parts, call, file.entry)
        return { body: file, headers: { 'Content-Disposition': `attachment; filename="proof-${file.entry.id}.json"` } }
      },
    },
  ]
}

async function verified({ store, key, sink }: SealParts, call: Call): Promise<Verified> {
  onlyAuditors(call)
  const body = verifyBody.parse(call.body ?? {})
  const until = Date.parse(store.now()) + TIME_LIMIT_MS
  return verify(
    store.db,
    { keys: [key], outside: sink.all() },
    {
      now: () => store.now(),
      newest: body.newest ?? MOST_ENTRIES,
      isEnough: () => Date.parse(store.now()) > until,
    },
  )
}
function onlyAuditors(call: Call): void {
  if (!overseesJournal(call.actor))
    throw forbidden(say`Only administrators and auditors look after the seal. Ask one of them.`)
}
/** Whoever finds an entry in the journal, or reads it in a history, may prove it. @throws not found, as if it were not there */
async function maySee(
  parts: SealParts,
  call: Call,
  entry: Pick<ProofFile['entry'], 'id' | 'org' | 'record' | 'recordId' | 'changes'>,
): Promise<void> {
  const hidden = notFound(say`Entry ${entry.id}`)
  if (entry.org !== call.actor.org) throw hidden
  const about = { record: entry.record, record_id: entry.recordId }
  const isReadable = await readableEntries(parts.store, call.actor, [about])
  if (!isReadable(about)) throw hidden
  // A proof is of the whole entry: who may not read all of it gets none.
  const record = parts.store.catalogue.find(entry.record)
  const isWhole =
    record === null ||
    (Object.entries(entry.changes).every(([name, sides]) =>
      isKnown(parts.store, call.actor, { record, name, sides }),
    ) &&
      knowsAdded(parts.store, call.actor, record, entry.changes['custom']))
  if (!isWhole || namesOthers(parts.store, call.actor, entry.changes)) throw hidden
}
function isKnown(
  { catalogue }: Store,
  actor: Actor,
  { record, name, sides }: { record: RecordType; name: string; sides: unknown },
): boolean {
  if (!Object.hasOwn(record.fields, name)) return true
  const field = clearField(actor, record, name)
  const values = Array.isArray(sides) ? sides : [sides]
  return field !== undefined && values.every((value) => field.shown?.isWhole(value, { actor, catalogue }) ?? true)
}
/** Whether the actor may know every added field that the entry has values of. */
function knowsAdded(store: Store, actor: Actor, record: RecordType, sides: unknown): boolean {
  const names = (Array.isArray(sides) ? sides : []).flatMap((side: unknown) => Object.keys(Object(side)))
  return names.every((name) => mayKnowAdded(store.catalogue, actor, record, name))
}
/** Whether it holds the title of a record of a kind that the actor reads a part of: the title was written down for others. */
function namesOthers(store: Store, actor: Actor, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (!('number' in value) || !('title' in value))
    return Object.values(value).some((one) => namesOthers(store, actor, one))
  const to = store.catalogue.byNumber(String(value.number))
  return to !== null && !readsAll(actor, to.record, store.catalogue)
}

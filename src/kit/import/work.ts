/** The work of an import in the background: check, run, undo. Each can be started again where it stopped. */
import { counted, say, speaking, speaks } from '#engines/say.ts'
import type { Actor, Grant } from '#kit/actor.ts'
import type { Role } from '#kit/record.ts'
import type { JobData } from '#kit/jobs.ts'
import { conflict, Refusal } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Batch, BatchState } from './batch.ts'
import { changeBatch, importActor, importRequest, ownBatch, readBatch, recordOf, refuseUnless } from './batch.ts'
import { setProgress } from './batch-writer.ts'
import { layoutOf } from './gather.ts'
import type { Counts, Outcome } from './outcome.ts'
import { MOST_PROBLEMS } from './outcome.ts'
import { Pipeline } from './pipeline.ts'
import type { ImportParts } from './ports.ts'
import { fileRefusal, IMPORT_JOB } from './ports.ts'
import { rangesOf, tableOf } from './rejected.ts'
import { undoImport } from './undo.ts'

export type Deed = 'check' | 'run' | 'undo'
const BEGUN: Readonly<Record<Deed, BatchState>> = { check: 'checking', run: 'running', undo: 'undoing' }
const SHOWN_EVERY_MS = 300

/** Starts the work in the background; the state and the job are one commit. @throws conflict (409) when it may not start now */
export async function begin(parts: ImportParts, actor: Actor, id: number, deed: Deed): Promise<Batch> {
  const batch = await ownBatch(parts.store, actor, id)
  refuseUnless(batch, deed)
  if (deed !== 'undo' && batch.mapping === null)
    throw conflict(say`${batch.number} has no mapping yet. Say which column fills which field.`)
  return parts.store.transaction(actor, async (unit) => {
    const begun = await changeBatch(
      parts.store,
      actor,
      { id, rev: batch.rev },
      { state: BEGUN[deed], because: null, unit },
    )
    await parts.start(unit.on, IMPORT_JOB, {
      org: actor.org,
      import: id,
      deed,
      person: actor.person,
      name: actor.name,
      roles: actor.roles,
      grants: actor.grants ?? [],
      language: speaks()?.tag ?? null,
    })
    return begun
  })
}

export interface WorkOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}
/** What a job does. May run twice: what is done already is passed over. */
export async function importJob(parts: ImportParts, data: JobData, options: WorkOptions = {}): Promise<void> {
  const actor: Actor = {
    org: Number(data['org']),
    person: typeof data['person'] === 'number' ? data['person'] : null,
    name: String(data['name']),
    roles: data['roles'] as readonly Role[],
    grants: (data['grants'] ?? []) as readonly Grant[],
    origin: 'import',
    request: importRequest(Number(data['import'])),
  } // as begin() wrote it
  const language = typeof data['language'] === 'string' ? data['language'] : null
  await speaking(language, () =>
    work(parts, actor, { id: Number(data['import']), deed: data['deed'] as Deed }, options),
  ) // as begin() wrote it
}

/** Does the work here and now. A fault leaves the import "failed" with its reason; running it again goes on from there. */
export async function work(
  parts: ImportParts,
  actor: Actor,
  { id, deed }: { id: number; deed: Deed },
  options: WorkOptions = {},
): Promise<Batch> {
  const { store } = parts
  let batch = await readBatch(store, actor, id)
  if (batch.state !== BEGUN[deed] && batch.state !== 'failed') return batch
  if (batch.state === 'failed')
    batch = await changeBatch(store, actor, { id, rev: batch.rev }, { state: BEGUN[deed], because: null })
  try {
    if (deed === 'undo') return await undo(parts, actor, batch, options)
    return await readThrough(parts, actor, batch, { ...options, deed })
  } catch (error) {
    if (options.signal?.aborted === true) throw error
    await stopped(parts, actor, { id, deed }, error)
    if (sentenceOf(error) === null) throw error
    return readBatch(store, actor, id)
  }
}
function sentenceOf(error: unknown): string | null {
  return fileRefusal(error) ?? (error instanceof Refusal ? error.message : null)
}
/** An undo that stops leaves the import done, so that it can only be undone again; a check leaves no trace. */
async function stopped(
  { store }: ImportParts,
  actor: Actor,
  { id, deed }: { id: number; deed: Deed },
  error: unknown,
): Promise<void> {
  const because =
    sentenceOf(error) ??
    say`It stopped because of a fault in Pilothouse, which is in the log. What is written is whole: ${deed === 'run' ? say`run it again to go on, or undo it` : say`try again`}.`
  if (deed === 'check') await store.transaction(actor, (unit) => setProgress(store, actor, id, { unit, doneRows: 0 }))
  await changeBatch(store, actor, { id, rev: null }, { state: deed === 'undo' ? 'done' : 'failed', because })
}

async function readThrough(
  parts: ImportParts,
  actor: Actor,
  batch: Batch,
  options: WorkOptions & { deed: Deed },
): Promise<Batch> {
  const { store } = parts
  const { mapping } = batch
  if (mapping === null || batch.found === null)
    throw conflict(say`${batch.number} has no mapping yet. Say which column fills which field.`)
  const record = recordOf(store, batch)
  const table = await tableOf(parts, batch)
  const layout = await layoutOf(table, mapping, options.signal)
  const isDry = options.deed === 'check'
  const doneRows = isDry ? 0 : await writtenRows(parts, actor, batch)
  await store.transaction(actor, (unit) => setProgress(store, actor, batch.id, { unit, doneRows }))
  const pipeline = new Pipeline({
    store,
    actor: importActor(actor, batch.id),
    record,
    rules: parts.rules,
    table,
    layout,
    mapping,
    zone: await parts.zone(actor),
    batch: batch.id,
    isDry,
    doneRows,
    signal: options.signal,
    onProgress: progress(parts, actor, batch, { isDry, total: layout.rows, tell: options.onProgress }),
  })
  const outcome = await pipeline.run().catch(async (error: unknown) => {
    if (!isDry && options.signal?.aborted !== true) await keepSoFar(parts, actor, batch, pipeline.outcome)
    throw error
  })
  const counts = isDry ? outcome.counts() : await writtenCounts(parts, actor, batch, outcome)
  return changeBatch(
    store,
    actor,
    { id: batch.id, rev: null },
    { state: isDry ? 'checked' : 'done', counts, ...leftOut(outcome), rows: outcome.rows, because: null },
  )
}
/** What a run wrote until it stopped, so that whoever looks can decide between going on and undo. */
async function keepSoFar(parts: ImportParts, actor: Actor, batch: Batch, outcome: Outcome): Promise<void> {
  const { create, update, references } = await writtenCounts(parts, actor, batch, outcome)
  const counts: Counts = { ...outcome.counts(), create, update, unchanged: outcome.unchanged, references }
  await changeBatch(parts.store, actor, { id: batch.id, rev: null }, { counts, ...leftOut(outcome) })
}
function leftOut({ problems, failedRows }: Outcome): Pick<Batch, 'problems' | 'rejected'> {
  return { problems, rejected: rangesOf(failedRows) }
}
/** A dry run leaves its progress in the row as well; only what was written counts when a run begins. */
async function writtenRows({ store }: ImportParts, actor: Actor, batch: Batch): Promise<number> {
  const rows = await run<{ n: number }>(
    store.db,
    sql`select count(*) as n from (select 1 from journal where org = ${actor.org} and request = ${importRequest(batch.id)} and record = ${batch.record} limit 1) found`,
  )
  return (rows[0]?.n ?? 0) === 0 ? 0 : batch.progress
}
/** A run writes its progress with its rows; a dry run tells of it now and then. */
function progress(
  { store }: ImportParts,
  actor: Actor,
  batch: Batch,
  { isDry, total, tell }: { isDry: boolean; total: number; tell?: (done: number, total: number) => void },
): (done: number) => Promise<void> {
  let shownAt = 0
  return async (done) => {
    tell?.(done, Math.max(total, done))
    const now = performance.now()
    if (!isDry || now - shownAt < SHOWN_EVERY_MS) return
    shownAt = now
    await store.transaction(actor, (unit) => setProgress(store, actor, batch.id, { unit, doneRows: done }))
  }
}
/** Counted from the journal, so that a run in several tries is counted as one. */
async function writtenCounts({ store }: ImportParts, actor: Actor, batch: Batch, outcome: Outcome): Promise<Counts> {
  const rows = await run<{ record: string; made: number; touched: number }>(
    store.db,
    sql`select record, count(distinct record_id) filter (where action = 'create') as made, count(distinct record_id) as touched from journal
      where org = ${actor.org} and request = ${importRequest(batch.id)} group by record`,
  )
  const own = rows.find((row) => row.record === batch.record) ?? { made: 0, touched: 0 }
  const told = outcome.counts()
  const references = Object.fromEntries(
    rows.filter((row) => row.record !== batch.record && row.made > 0).map((row) => [row.record, row.made]),
  )
  const unchanged = told.create + told.update + told.unchanged - own.touched
  return { ...told, create: own.made, update: own.touched - own.made, unchanged: Math.max(0, unchanged), references }
}

async function undo(parts: ImportParts, actor: Actor, batch: Batch, options: WorkOptions): Promise<Batch> {
  const { store } = parts
  const kept = await undoImport(parts, actor, batch, options)
  const problems = kept.map((one) => ({
    row: 0,
    column: null,
    value: one.number,
    because: one.because,
    todo: say`Look at it, and put it right by hand.`,
  }))
  const because =
    kept.length === 0
      ? null
      : counted(
          kept.length,
          say`${kept.length} record was left as it is, because it was changed or used since.`,
          say`${kept.length} records were left as they are, because they were changed or used since.`,
        )
  return changeBatch(
    store,
    actor,
    { id: batch.id, rev: null },
    { state: 'undone', problems: problems.slice(0, MOST_PROBLEMS), rejected: [], because },
  )
}

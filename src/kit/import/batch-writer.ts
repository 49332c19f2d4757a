/** Writes a batch: all of it or nothing; a row that the database refuses is found by halving and left out alone. */
import { amid, say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { journalInsert } from '#kit/journal.ts'
import { Refusal } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Rules, Store, Unit } from '#kit/store.ts'
import type { Write } from '#kit/write.ts'
import { entriesOf, insertRows, updateRows } from '#kit/write.ts'

export interface PlannedWrite {
  readonly write: Write
  /** The last row of the file that it stands for. */
  readonly row: number
  /** Rows of the file that are done when this one is written. */
  readonly doneRows: number
}
export interface WriterContext {
  readonly store: Store
  readonly actor: Actor
  readonly record: RecordType
  readonly rules: Rules | undefined
  /** The import whose progress is kept in the same transaction. */
  readonly batch: number
  readonly refuse: (planned: PlannedWrite, because: string, todo: string) => void
}
/** Entries of one record in one statement; a statement has at most 65,535 values. */
const ENTRIES = 1000

/** Progress reaches `doneRows` together with the rows: a crash leaves no row without it, and none twice. */
export async function writeBatch(
  context: WriterContext,
  planned: readonly PlannedWrite[],
  doneRows: number,
): Promise<void> {
  try {
    await context.store.transaction(context.actor, async (unit) => {
      await writeAll(context, unit, planned)
      await setProgress(context.store, context.actor, context.batch, { unit, doneRows })
    })
  } catch (error) {
    if (!isRowFault(error)) throw error
    await withoutTheBad(context, planned, { doneRows, error })
  }
}
async function withoutTheBad(
  context: WriterContext,
  planned: readonly PlannedWrite[],
  { doneRows, error }: { doneRows: number; error: Error },
): Promise<void> {
  const [first] = planned
  if (planned.length <= 1) {
    if (first !== undefined) context.refuse(first, ...sentences(context, error))
    return writeBatch(context, [], doneRows)
  }
  const half = planned.slice(0, Math.ceil(planned.length / 2))
  await writeBatch(context, half, half.at(-1)?.doneRows ?? doneRows)
  await writeBatch(context, planned.slice(half.length), doneRows)
}

async function writeAll(
  { store, actor, record, rules }: WriterContext,
  unit: Unit,
  planned: readonly PlannedWrite[],
): Promise<void> {
  const writer = { on: unit.on, actor, now: store.now(), catalogue: store.catalogue }
  const writes = planned.map(({ write }) =>
    write.history === undefined ? write : { ...write, history: write.history.slice(0, ENTRIES) },
  )
  const made = writes.filter((write) => write.before === null)
  const changed = writes.filter((write) => write.before !== null)
  if (made.length > 0) await insertRows(writer, record, made)
  if (changed.length > 0 && !(await updateRows(writer, record, changed)))
    throw new Refusal(412, 'stale', say`It was changed by somebody else while the import ran.`)
  for (const { write } of planned) {
    for (let at = ENTRIES; at < (write.history?.length ?? 0); at += ENTRIES)
      await run(
        unit.on,
        journalInsert(entriesOf(writer, record, [{ ...write, history: write.history?.slice(at, at + ENTRIES) }])),
      )
    await rules?.after?.({
      before: write.before,
      after: write.after,
      actor,
      now: writer.now,
      on: unit.on,
      store,
      unit,
      action: write.action,
    })
  }
  const last = planned.at(-1)
  if (last !== undefined) unit.touched.push([record.name, last.write.after.id])
}

/** Progress is a cached field: it goes straight into the row, and screens hear of it after the commit. */
export async function setProgress(
  store: Store,
  actor: Actor,
  batch: number,
  { unit, doneRows }: { unit: Unit; doneRows: number },
): Promise<void> {
  await run(unit.on, sql`update import_batch set progress = ${doneRows} where org = ${actor.org} and id = ${batch}`)
  unit.touched.push(['importBatch', batch])
}

/** 22 and 23 are the classes of bad data and of broken rules in SQLSTATE. */
function isRowFault(error: unknown): error is Error {
  if (error instanceof Refusal) return true
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code)
}
function sentences({ record }: WriterContext, error: Error): [string, string] {
  if ('code' in error && error.code === '23505')
    return [
      say`Another ${amid(record.label)} has the same value where each must have its own.`,
      say`Take this one as the key, or mend the value.`,
    ]
  if (error instanceof Refusal) return [error.message, say`Import the file again: what is in already stays as it is.`]
  return [say`The database refuses this row: ${error.message}.`, say`Mend the row in the file, and import it again.`]
}

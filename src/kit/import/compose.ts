/** From the rows of one record to one write, with the record's own rules; or to the reason why it cannot be. */
import { amid, said, say } from '#engines/say.ts'
import { holdsEverywhere, may } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { clearAdded } from '#kit/added.ts'
import { isEmpty } from '#kit/check.ts'
import type { Sql } from '#kit/database.ts'
import type { Values } from '#kit/draft.ts'
import { labelOf } from '#kit/field.ts'
import type { Changes, Said } from '#kit/journal.ts'
import { misfits } from '#kit/misfits.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import type { Deriving, Rules, Store } from '#kit/store.ts'
import type { Write } from '#kit/write.ts'
import { changesBetween } from '#kit/write.ts'
import { completed } from './complete.ts'
import type { EventSource } from './mapping.ts'
import type { ReadRow } from './row-reader.ts'
import { differences, withValues } from './same.ts'
import type { Wish } from './wish.ts'
import { isWanted } from './wish.ts'

export interface ComposeContext {
  readonly store: Store
  readonly actor: Actor
  readonly record: RecordType
  readonly rules: Rules | undefined
  readonly events: EventSource | null
  readonly lastOnly: ReadonlySet<string>
  /** Reads for the rules; the same question of one batch is asked once. */
  readonly on: Sql
  readonly now: string
  /** The columns by field, for problems. */
  readonly columnOf: (field: string) => string | null
}
export interface Reason {
  readonly column: string | null
  readonly because: string
  readonly todo: string
}
export type Composed = { readonly write: Write } | { readonly unchanged: AnyRow } | { readonly refused: Reason }
type Entry = Omit<Said, 'record' | 'recordId'>

/** @param rows readable rows with their references settled, in file order; at least one */
export async function compose(
  context: ComposeContext,
  rows: readonly ReadRow[],
  before: AnyRow | null,
): Promise<Composed> {
  const refused = notAllowed(context, before)
  if (refused !== null) return { refused }
  try {
    return await follow(context, rows, before)
  } catch (error) {
    if (error instanceof Refusal)
      return {
        refused: { column: null, because: error.message, todo: say`Mend the row, or change the record by hand first.` },
      }
    throw error
  }
}

async function follow(context: ComposeContext, rows: readonly ReadRow[], before: AnyRow | null): Promise<Composed> {
  let now = before
  const history: Entry[] = []
  for (const [index, row] of rows.entries()) {
    const values = settled(row.values, index < rows.length - 1 ? context.lastOnly : NONE)
    const step = await advance(context, now, {
      ...values,
      ...(context.events === null ? {} : moments(context.events, now, values, row.at)),
    })
    if ('refused' in step) return step
    if (context.events !== null || now === null || Object.keys(step.changes).length > 0)
      history.push(entryOf(context, row, step.changes, now === null))
    now = step.after
  }
  if (now === null || history.length === 0) return now === null ? { refused: LOST } : { unchanged: now }
  return {
    write: {
      before,
      after: now,
      action: before === null ? 'create' : 'change',
      ...(context.events === null ? {} : { history }),
    },
  }
}
const NONE: ReadonlySet<string> = new Set()
const LOST: Reason = {
  column: null,
  because: 'The row holds nothing that can be imported.',
  todo: 'Leave it out of the file.',
}

function entryOf({ events }: ComposeContext, row: ReadRow, changes: Changes, isFirst: boolean): Entry {
  const by = events?.by === undefined ? {} : { by: row.by?.ref?.id ?? null }
  return { action: isFirst ? 'create' : 'change', changes, ...(row.at === null ? {} : { occurredAt: row.at }), ...by }
}
/** One update: what the file says holds over what the record's rules would derive. */
async function advance(
  context: ComposeContext,
  before: AnyRow | null,
  values: Values,
): Promise<{ after: AnyRow; changes: Changes } | { refused: Reason }> {
  const { record, actor, store, on, now } = context
  const said =
    before === null
      ? withValues(completed(record, { id: 0, now, actor }, plainValues(values)), customValues(values))
      : withValues(before, values)
  if (before !== null && Object.keys(differences(before, said, [])).length === 0) return { after: before, changes: {} }
  const refused = lacking(context, said)
  if (refused !== null) return { refused }
  const facts = { before, actor, now, on, store }
  const after = await derived(context, { ...facts, after: said }, values)
  const [misfit] = Object.entries(await misfits(record, { ...facts, after }, context.rules))
  const because = misfit?.[1] ?? (await context.rules?.refuse?.({ ...facts, after })) ?? null
  if (because !== null)
    return {
      refused: {
        column: context.columnOf(misfit?.[0] ?? ''),
        because,
        todo: say`Mend the row in the file, and import it again.`,
      },
    }
  return {
    after,
    changes: before === null ? changesBetween(record, null, after) : differences(before, after, record.cached ?? []),
  }
}
async function derived({ rules }: ComposeContext, facts: Deriving, values: Values): Promise<AnyRow> {
  const made = (await rules?.derive?.(facts)) ?? {}
  const more = Object.entries(made).filter(([name]) => !(name in values))
  return more.length === 0 ? facts.after : withValues(facts.after, Object.fromEntries(more))
}
function plainValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('custom.')))
}
function customValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('custom.')))
}
/** Wishes become their references. The key `number` is no value. */
function settled(values: Values, without: ReadonlySet<string>): Values {
  const made: Values = {}
  for (const [name, value] of Object.entries(values)) {
    if (name === 'number' || without.has(name)) continue
    if (!isWanted(value)) made[name] = value
    else
      made[name] =
        'wish' in value ? referenceIn(value.wish, value.isAny === true) : value.wishes.flatMap((wish) => wish.ref ?? [])
  }
  return made
}
function referenceIn(wish: Wish, isAny: boolean): unknown {
  return isAny && wish.ref !== null ? { record: wish.to.name, ...wish.ref } : wish.ref
}
function moments(events: EventSource, before: AnyRow | null, values: Values, at: string | null): Values {
  const made: Values = {}
  for (const [name, { field, in: wanted }] of Object.entries(events.moments ?? {})) {
    const value = field in values ? values[field] : before?.[field]
    const holds = wanted === undefined ? !isEmpty(value) : typeof value === 'string' && wanted.includes(value)
    if (holds && isEmpty(before?.[name]) && at !== null) made[name] = at
  }
  return made
}
function notAllowed({ actor, record }: ComposeContext, before: AnyRow | null): Reason | null {
  const isAllowed = before === null ? holdsEverywhere(actor, record, 'create') : may(actor, record, 'update', before)
  if (isAllowed) return null
  return {
    column: null,
    because:
      before === null
        ? say`You may not create ${amid(record.labelPlural)}.`
        : say`You may not change ${before.number}.`,
    todo: say`Ask an administrator for a role that may.`,
  }
}
function lacking({ record, columnOf, store, actor }: ComposeContext, row: AnyRow): Reason | null {
  const needed = Object.entries(record.fields).find(
    ([name, field]) => field.required && !field.stamped && field.kind !== 'boolean' && isEmpty(row[name]),
  )
  const added = Object.entries(clearAdded(store.catalogue, actor, record)).find(
    ([name, field]) => field.required && isEmpty(row.custom[name]),
  )
  const [name, field] = needed ?? added ?? []
  if (name === undefined) return null
  const column = columnOf(needed === undefined ? `custom.${name}` : name)
  return {
    column,
    because: say`${said(field?.label ?? labelOf(name))} is needed.`,
    todo: column === null ? say`Choose its column in the mapping.` : say`Fill the cell.`,
  }
}

/** Asks each question of a batch once; the answers are for this batch only. */
export function askedOnce(on: Sql): Sql {
  const known = new Map<string, Promise<unknown[]>>()
  return {
    query: <T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> => {
      const key = `${text}\n${JSON.stringify(values)}`
      const asked = known.get(key) ?? on.query(text, values)
      known.set(key, asked)
      // The rows are those of the same statement.
      return asked as Promise<T[]>
    },
  }
}

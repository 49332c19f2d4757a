/** The rows of a calendar feed, read as its person may read them at this moment. */
import { said, say } from '#engines/say.ts'
import { mayAtAll } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { classOf, clearFields, isWithin } from '#kit/clearance.ts'
import type { FilterContext } from '#kit/condition.ts'
import { parseFilter } from '#kit/filter.ts'
import { list } from '#kit/list.ts'
import type { AnyRow, Dated, RecordType } from '#kit/record.ts'
import type { RestParts } from '#kit/rest.ts'
import { filterContext } from '#kit/rest.ts'
import type { FeedPart } from '#kit/sign-in/token-scope.ts'
import type { CalendarEntry } from './calendar-text.ts'

/** What lies further back or ahead is not on a calendar that somebody carries about. */
const SPAN = { since: '-90d', until: '+400d' } as const
/** Programs read all of it again and again. */
export const MOST_ENTRIES = 1000
const PAGE = 500

export interface FeedParts extends Pick<RestParts, 'store' | 'zone'> {
  readonly publicUrl: string
}
export interface FeedRows {
  readonly entries: readonly CalendarEntry[]
  /** There are more than a feed holds. */
  readonly isCut: boolean
}

/** The kinds that stand in a calendar as far as this actor is concerned. */
export function datedRecords({ store }: Pick<FeedParts, 'store'>, actor: Actor): RecordType[] {
  return store.catalogue.records.filter(
    (record) => record.dated !== undefined && mayAtAll(actor, record, 'read') && datedFor(actor, record) !== null,
  )
}
function datedFor(actor: Actor, record: RecordType): Dated | null {
  const { dated } = record
  if (dated === undefined) return null
  const clear = clearFields(actor, record)
  return [dated.from, dated.to ?? dated.from].every((name) => Object.hasOwn(clear, name)) ? dated : null
}

/** Entries in the order of their parts, each by its date. A part that its person may not read any more gives none. */
export async function feedRows(parts: FeedParts, actor: Actor, feed: readonly FeedPart[]): Promise<FeedRows> {
  const context = await filterContext(parts, actor)
  const known = new Map(datedRecords(parts, actor).map((record) => [record.name, record]))
  const entries: CalendarEntry[] = []
  for (const { record: name, filter } of feed) {
    const record = known.get(name)
    if (record === undefined) continue
    for await (const row of rowsOf(parts, context, record, filter)) {
      if (entries.length === MOST_ENTRIES) return { entries, isCut: true }
      const entry = entryOf(parts.publicUrl, record, row)
      if (entry !== null) entries.push(entry)
    }
  }
  return { entries, isCut: false }
}

async function* rowsOf(
  { store }: FeedParts,
  context: FilterContext,
  record: RecordType,
  filter: string,
): AsyncGenerator<AnyRow> {
  const dated = datedFor(context.actor, record)
  if (dated === null) return
  const { from, to = from } = dated
  const query = {
    filter: `${filter} ${openOnly(record, filter)} ${to}>=${SPAN.since} ${from}<=${SPAN.until}`,
    sort: from,
    fields: [record.title, from, to, ...(record.flow === null ? [] : [record.flow.field])],
    limit: PAGE,
  }
  let after: string | undefined
  do {
    const page = await list(store.db.reader, context, record, after === undefined ? query : { ...query, after })
    yield* page.items
    after = page.next ?? undefined
  } while (after !== undefined)
}

/** What is done goes from the calendar, unless the filter itself says which states it wants. */
function openOnly({ flow, fields }: RecordType, filter: string): string {
  if (flow === null) return ''
  const parsed = parseFilter(filter)
  if ('terms' in parsed && parsed.terms.some((term) => term.field === flow.field)) return ''
  const states = fields[flow.field]?.options?.map((option) => option.value) ?? []
  return `${flow.field}:${states.filter((state) => !flow.ends.includes(state)).join(',')}`
}

function entryOf(publicUrl: string, record: RecordType, row: AnyRow): CalendarEntry | null {
  const when = whenOf(record, row)
  if (when === null) return null
  const kind = said(record.label)
  const url = record.place === undefined ? null : `${publicUrl}/${record.place}/${record.plural}/${row.number}`
  const state = record.fields[record.flow?.field ?? '']?.options?.find((one) => one.value === row[record.flow?.field ?? '']) // oxfmt-ignore
  return {
    uid: `${record.name}-${row.id}@${new URL(publicUrl).host}`,
    title: `${titleOf(record, row)} (${kind}${'at' in when ? `, ${say`due`}` : ''})`,
    description: [
      state === undefined ? row.number : `${row.number}: ${said(state.label)}`,
      ...(url === null ? [] : [url]),
    ].join('\n'),
    url,
    category: said(record.labelPlural),
    when,
    rev: row.rev,
    updatedAt: row.updatedAt,
  }
}
/** Calendars are carried out of the house: what is above the line manager's class goes by its number alone. */
function titleOf(record: RecordType, row: AnyRow): string {
  const field = record.fields[record.title]
  const isOpen = isWithin(classOf(record), 'C2') && isWithin(field === undefined ? 'C1' : classOf(field), 'C2')
  if (!isOpen) return row.number
  const title = row[record.title]
  if (typeof title === 'object' && title !== null && 'title' in title) return String(title.title)
  return title === null || title === undefined ? row.number : String(title)
}
function whenOf({ dated, fields }: RecordType, row: AnyRow): CalendarEntry['when'] | null {
  if (dated === undefined) return null
  const from = row[dated.from]
  if (typeof from !== 'string') return null
  if (fields[dated.from]?.kind === 'instant' && dated.to === undefined) return { at: from }
  const last = row[dated.to ?? dated.from]
  return { first: from, last: typeof last === 'string' ? last : from }
}

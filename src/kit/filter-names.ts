/** Names that a filter types (assignee:"Ann Lee"): one that nobody has is refused at its place, for an empty list would look like an answer. */
import { amid, say } from '#engines/say.ts'
import { readable } from './access.ts'
import type { FilterContext } from './condition.ts'
import { filterField, idOf, misread } from './condition.ts'
import type { Sql } from './database.ts'
import type { Place } from './filter.ts'
import { parseFilter } from './filter.ts'
import { findWords } from './find.ts'
import { nearestName } from './nearest.ts'
import type { RecordType } from './record.ts'
import { snake } from './record.ts'
import { raw, run, sql } from './sql.ts'

interface Typed {
  readonly to: RecordType
  readonly value: string
  readonly place: Place
}
/** Letters that a mistyped name is expected to begin with, and how many such names are compared. */
const BEGINNING = 3
const COMPARED = 500

/**
 * Asks the index of words, once for each name that is typed; ids, numbers, me, none and any cost nothing.
 * @throws a refusal (400) at the first name that nothing has which the actor may read
 */
export async function refuseStrangeNames(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  filter: string | undefined,
): Promise<void> {
  for (const typed of typedNames(context, record, filter ?? '')) {
    if (await isKnown(on, context, typed)) continue
    const { to, value, place } = typed
    const close = await nearNames(on, context, typed)
    const hint = close.length === 0 ? '' : say` Did you mean ${close.map((name) => `"${name}"`).join(say` or `)}?`
    const because = say`There is no ${amid(to.label)} called "${value.slice(0, 100)}".${hint || say` Write the whole name in quotes, or a number such as ${to.number}-1.`}`
    throw misread(because, place.at, place.length)
  }
}

/** A filter that cannot be read is refused where it becomes conditions. */
function typedNames(context: FilterContext, record: RecordType, filter: string): Typed[] {
  const parsed = parseFilter(filter)
  if ('problem' in parsed) return []
  return parsed.terms.flatMap((term) => {
    const field = filterField(context, record, term.field)?.field
    if ((field?.kind !== 'ref' && field?.kind !== 'refs') || term.operator !== 'is') return []
    const to = context.catalogue.get(field.to ?? '')
    const isWord = (value: string): boolean =>
      value === 'none' || value === 'any' || (value === 'me' && to.name === 'person')
    return term.values.flatMap((value, index) => {
      const place = term.places[index]
      const isName = !isWord(value) && idOf(to, value) === null && !/^[A-Z]{1,8}-\d+$/.test(value)
      return isName && place !== undefined ? [{ to, value, place }] : []
    })
  })
}

/** Whoever has the name has its words. Words that very many have are taken for known: the list itself compares the whole. */
async function isKnown(on: Sql, { actor, catalogue }: FilterContext, { to, value }: Typed): Promise<boolean> {
  const title = raw(`t.${snake(to.title)}`)
  // What has no word in it, such as "?", is in no index, and words are kept up to a length.
  const isIndexed = to.fields[to.title]?.searchable === true && /[\p{L}\p{N}]/u.test(value) && value.length <= 60
  const found = isIndexed ? await findWords(on, actor.org, to, value) : null
  if (found?.kind === 'many') return true
  if (found?.kind === 'none') return false
  const among = found === null ? raw('true') : sql`t.id = any(${found.ids}::bigint[])`
  const rows = await run(
    on,
    sql`select 1 from ${raw(to.table)} t where t.org = ${actor.org} and ${among} and lower(${title}) = lower(${value}) and ${readable(actor, to, catalogue)} limit 1`,
  )
  return rows.length > 0
}

/** The likeliest names of those that begin alike: at most one for the whole, one for its beginning. */
async function nearNames(on: Sql, { actor, catalogue }: FilterContext, { to, value }: Typed): Promise<string[]> {
  const found = await findWords(on, actor.org, to, value.trim().slice(0, BEGINNING))
  const ids = found?.kind === 'few' ? found.ids : found?.kind === 'many' ? found.newest : []
  const rows = await run<{ title: string }>(
    on,
    sql`select t.${raw(snake(to.title))} as title from ${raw(to.table)} t where t.org = ${actor.org}
      and t.id = any(${ids.slice(0, COMPARED)}::bigint[]) and t.binned_at is null and ${readable(actor, to, catalogue)}`,
  )
  const names = [...new Set(rows.map(({ title }) => String(title)))]
  const whole = nearestName(value, names)
  // A first or a last name alone is typed more often than the whole is mistyped.
  const firsts = names.filter((name) =>
    name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => nearestName(value, [word]) !== null),
  )
  return [...new Set([...(whole === null ? [] : [whole]), ...firsts])].slice(0, 3)
}

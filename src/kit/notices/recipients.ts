/** From occasions to people: who is named, who is in the team, who watches, owns or asked for the record. In sets. */
import type { Catalogue } from '#kit/catalogue.ts'
import type { Sql } from '#kit/database.ts'
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Happened } from './events.ts'
import type { Occasion } from './occasions.ts'
import { isTold } from './occasions.ts'

/** Something that happened, for one person. */
export interface Told {
  readonly person: number
  readonly record: string
  readonly recordId: number
  readonly happened: Happened
}
/** Occasions of one organisation. Nobody is told of what they did, but of what happens at their own door. */
export async function recipientsOf(
  on: Sql,
  catalogue: Catalogue,
  org: number,
  occasions: readonly Occasion[],
): Promise<Told[]> {
  const placed = await withPlaces(on, catalogue, org, occasions)
  const [members, stakes] = await Promise.all([
    membersOf(on, org, placed.flatMap(({ whom }) => ('teams' in whom ? whom.teams : []))), // oxfmt-ignore
    stakesOf(on, catalogue, org, placed.filter(({ whom }) => 'stakes' in whom)), // oxfmt-ignore
  ])
  const told = placed.flatMap((occasion) => {
    const { record, recordId, happened, whom } = occasion
    const people = new Map<number, string>()
    const add = (person: number, as: string): unknown => people.has(person) || people.set(person, as)
    if ('persons' in whom) for (const person of whom.persons) add(person, whom.as)
    if ('teams' in whom)
      for (const team of whom.teams) for (const person of members.get(team) ?? []) add(person, 'team')
    if ('stakes' in whom)
      for (const { person, as } of stakes.get(`${record}/${recordId}`) ?? [])
        if (whom.stakes === 'all' || as === 'watcher') add(person, as)
    if (happened.event !== 'security' && happened.by !== null) people.delete(happened.by)
    return [...people].map(([person, as]) => ({ person, record, recordId, happened: { ...happened, as } }))
  })
  // Whoever is mentioned in a comment hears of it once.
  const mentioned = new Set(told.filter(({ happened }) => happened.event === 'mentioned').map(keyOf))
  return told.filter((one) => one.happened.event !== 'commented' || !mentioned.has(keyOf(one)))
}
function keyOf({ person, happened }: Told): string {
  return `${person}/${happened.text?.id}`
}

/** A comment that was corrected does not say in the journal on what it stands. */
async function withPlaces(
  on: Sql,
  catalogue: Catalogue,
  org: number,
  occasions: readonly Occasion[],
): Promise<Occasion[]> {
  const ids = occasions.flatMap(({ record, recordId }) => (record === 'comment' ? [recordId] : []))
  if (ids.length === 0) return [...occasions]
  const rows = await run<{ id: number; record: string; on: number }>(
    on,
    sql`select id, on_record as record, on_id as on from comment where org = ${org} and id = any(${ids}::bigint[])`,
  )
  const places = new Map(rows.map((row) => [row.id, row]))
  return occasions.flatMap((occasion) => {
    if (occasion.record !== 'comment') return [occasion]
    const place = places.get(occasion.recordId)
    const kind = place === undefined ? null : catalogue.find(place.record)
    return place === undefined || kind === null || !isTold(kind)
      ? []
      : [{ ...occasion, record: place.record, recordId: place.on }]
  })
}

async function membersOf(on: Sql, org: number, teams: readonly number[]): Promise<Map<number, readonly number[]>> {
  if (teams.length === 0) return new Map()
  const rows = await run<{ id: number; members: number[]; lead: number | null }>(
    on,
    sql`select id, members, lead from team where org = ${org} and id = any(${teams}::bigint[]) and binned_at is null`,
  )
  return new Map(rows.map(({ id, members, lead }) => [id, [...members.map(Number), ...(lead === null ? [] : [lead])]]))
}

interface Stake {
  readonly person: number
  readonly as: string
}
async function stakesOf(
  on: Sql,
  catalogue: Catalogue,
  org: number,
  occasions: readonly Occasion[],
): Promise<Map<string, Stake[]>> {
  const made = new Map<string, Stake[]>()
  for (const [name, some] of Map.groupBy(occasions, ({ record }) => record)) {
    const ids = [...new Set(some.map(({ recordId }) => recordId))]
    const watchers = await run<{ id: number; person: number }>(
      on,
      sql`select on_id as id, person from watcher where org = ${org} and on_record = ${name} and on_id = any(${ids}::bigint[]) and binned_at is null`,
    )
    const record = catalogue.find(name)
    const isOpen = some.some(({ whom }) => 'stakes' in whom && whom.stakes === 'all')
    const named = isOpen && record !== null ? await namedBy(on, org, record, ids) : []
    const all = [...named, ...watchers.map(({ id, person }) => ({ id, person, as: 'watcher' }))]
    for (const { id, person, as } of all) {
      const key = `${name}/${id}`
      made.set(key, [...(made.get(key) ?? []), { person, as }])
    }
  }
  return made
}
/** People in the fields of rows; whoever made a row where it names nobody. */
async function namedBy(
  on: Sql,
  org: number,
  record: RecordType,
  ids: readonly number[],
): Promise<(Stake & { id: number })[]> {
  // oxfmt-ignore
  const fields = Object.entries(record.fields).filter(([, { to, stamped }]) => to === 'person' && !stamped)
  const names = [...fields.map(([name]) => name), 'createdBy']
  const columns = names.map((name) => `, ${snake(name)} as "${name}"`).join('')
  const rows = await run<Record<string, number | readonly number[] | null> & { id: number }>(
    on,
    sql`select id${raw(columns)} from ${raw(record.table)} where org = ${org} and id = any(${ids}::bigint[])`,
  )
  return rows.flatMap((row) => {
    const all = names.flatMap((as) => {
      const value = row[as] ?? null
      const persons = typeof value === 'object' ? (value ?? []) : [value]
      return persons.map((person) => ({ id: row.id, person: Number(person), as }))
    })
    const named = all.filter(({ as }) => as !== 'createdBy')
    return named.length === 0 ? all : named
  })
}

/** People as readers: what they hold, how they want to be told, and which records they may read at this moment. In sets. */
import { readable, readsAll } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import type { Sql } from '#kit/database.ts'
import type { KeptGrant } from '#kit/grants.ts'
import { GRANTS, held } from '#kit/grants.ts'
import type { RecordType } from '#kit/record.ts'
import { SIGN_IN } from '#kit/sign-in/deeds.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Choices } from './choices.ts'
import { choicesFrom } from './choices.ts'

export interface Reader {
  readonly actor: Actor & { readonly person: number }
  readonly choices: Choices
  readonly zone: string
  /** BCP 47; null: as the browser, so English where there is none. */
  readonly language: string | null
}
interface Row {
  readonly person: number
  readonly name: string
  readonly grants: readonly KeptGrant[]
  readonly preferences: { readonly language?: string | null } | null
  readonly zone: string
  readonly choice: unknown
}
/** Of these people those who are here, by id. */
export async function readersOf(on: Sql, org: number, persons: readonly number[]): Promise<Map<number, Reader>> {
  if (persons.length === 0) return new Map()
  const rows = await run<Row>(
    on,
    sql`select s.person, p.name, ${GRANTS}, f.value as preferences, c.value as choice, coalesce(f.value->>'timeZone', p.time_zone, l.time_zone, o.time_zone) as zone
      from (select ${org}::integer as org, unnest(${[...new Set(persons)]}::bigint[]) as person) s
      join person p on p.org = s.org and p.id = s.person and p.status = 'active' and p.binned_at is null
      join organisation o on o.id = s.org
      left join location l on l.org = p.org and l.id = p.location
      left join preference f on f.org = s.org and f.person = s.person
      left join notice_choice c on c.org = s.org and c.person = s.person`,
  )
  const made = new Map<number, Reader>()
  for (const { person, name, grants, preferences, zone, choice } of rows) {
    const actor = { org, person, name, ...(await held(on, org, grants)), origin: 'system', request: 'notices' } as const
    made.set(person, { actor, choices: choicesFrom(choice), zone, language: preferences?.language ?? null })
  }
  return made
}

/** A record in question. */
export interface Sight {
  readonly actor: Actor
  readonly record: string
  readonly id: number
}

/** @returns whether the actor may read it now: it is there, not in the bin, and within their reach */
export async function sightOf(
  on: Sql,
  catalogue: Catalogue,
  asked: readonly Sight[],
): Promise<(actor: Actor, record: string, id: number) => boolean> {
  const seen = new Set<string>()
  const questions = new Map<string, { where: Fragment; record: RecordType; org: number; ids: Set<number> }>()
  for (const { actor, record: name, id } of asked) {
    const record = catalogue.find(name)
    if (record === null) continue
    const key = placeOf(catalogue, actor, record)
    const where = readable(actor, record, catalogue)
    const question = questions.get(key) ?? { where, record, org: actor.org, ids: new Set() }
    questions.set(key, question)
    question.ids.add(id)
  }
  // One statement each: their texts are few and planned once, which a union of as many as there are readers never is.
  const answers = [...questions].map(async ([key, { where, record, org, ids }]) => {
    const rows = await run<{ id: number }>(
      on,
      sql`select t.id from ${raw(record.table)} t where t.org = ${org} and t.id = any(${[...ids]}::bigint[]) and t.binned_at is null and ${where}`,
    )
    for (const { id } of rows) seen.add(`${key}/${id}`)
  })
  await Promise.all(answers)
  return (actor, name, id) => {
    if (name === SIGN_IN) return actor.person === id
    const record = catalogue.find(name)
    return record !== null && seen.has(`${placeOf(catalogue, actor, record)}/${id}`)
  }
}
/** Those who read all of a kind ask one question together. */
function placeOf(catalogue: Catalogue, actor: Actor, record: RecordType): string {
  return readsAll(actor, record, catalogue) ? `${actor.org}/${record.name}/all` : `${actor.org}/${record.name}/${actor.person}` // oxfmt-ignore
}

/** People as readers: what they hold, how they want to be told, and which records they may read at this moment. In sets. */
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import type { Sql } from '#kit/database.ts'
import type { KeptGrant } from '#kit/grants.ts'
import { actorWith, GRANTS } from '#kit/grants.ts'
import type { RecordType } from '#kit/record.ts'
import { SIGN_IN } from '#kit/sign-in/deeds.ts'
import type { Fragment } from '#kit/sql.ts'
import { join, raw, run, sql } from '#kit/sql.ts'
import type { Choices } from './choices.ts'
import { choicesFrom } from './choices.ts'
import { ZONE } from '#kit/zone.ts'

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
    sql`select s.person, p.name, ${GRANTS}, f.value as preferences, c.value as choice, ${ZONE} as zone
      from (select ${org}::integer as org, unnest(${[...new Set(persons)]}::bigint[]) as person) s
      join person p on p.org = s.org and p.id = s.person and p.status = 'active' and p.binned_at is null
      join organisation o on o.id = s.org
      left join preference f on f.org = s.org and f.person = s.person
      left join notice_choice c on c.org = s.org and c.person = s.person`,
  )
  const made = new Map<number, Reader>()
  for (const { person, name, grants, preferences, zone, choice } of rows) {
    const actor = await actorWith(on, { org, person, name, grants }, { origin: 'system', request: 'notices' })
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
  const questions = new Map<string, Question>()
  for (const { actor, record: name, id } of asked) {
    const record = catalogue.find(name)
    if (record === null) continue
    const where = byAsker(readable(actor, record, catalogue), actor.person)
    const key = JSON.stringify([actor.org, name, where])
    const question = questions.get(key) ?? { where, record, org: actor.org, pairs: new Map() }
    questions.set(key, question)
    question.pairs.set(`${actor.person}/${id}`, [actor.person, id])
  }
  // One statement each: their texts are few and planned once, which a union of as many as there are readers never is.
  const answers = [...questions.values()].map(async ({ where, record, org, pairs }) => {
    const wanted = [...pairs.values()]
    const rows = await run<{ person: number | null; id: number }>(
      on,
      sql`select asker.person, t.id from unnest(${wanted.map(([person]) => person)}::bigint[], ${wanted.map(([, id]) => id)}::bigint[]) asker (person, sought) join ${raw(record.table)} t on t.org = ${org} and t.id = asker.sought and t.binned_at is null where ${where}`,
    )
    for (const { person, id } of rows) seen.add(`${org}/${person}/${record.name}/${id}`)
  })
  await Promise.all(answers)
  return (actor, name, id) => {
    if (name === SIGN_IN) return actor.person === id
    return seen.has(`${actor.org}/${actor.person}/${name}/${id}`)
  }
}
/** Readers whose conditions are the same but for themselves. */
interface Question {
  readonly where: Fragment
  readonly record: RecordType
  readonly org: number
  /** Who asks about which: not everybody about everything, which grows with its square. */
  readonly pairs: Map<string, readonly [person: number | null, id: number]>
}
/** A condition with `asker.person` wherever it holds the id of its reader: for that reader it says the same, and others can share it. */
function byAsker(where: Fragment, person: number | null): Fragment {
  const [head = '', ...tail] = where.parts
  return join(
    [raw(head), ...tail.map((after, nth) => (where.values[nth] === person ? raw(`asker.person${after}`) : sql`${where.values[nth]}${raw(after)}`))], // oxfmt-ignore
    '',
  )
}

/** Whom a comment on a record can mention: people and teams, and only those who may read that record. */
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { badRequest, notFound } from '#kit/problem.ts'
import { among, itemsOf, shapeOf, TEXT, WHOLE } from '#kit/routes/shape.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { readersOf, sightOf } from './readers.ts'

export interface Mentionable {
  readonly record: 'person' | 'team'
  readonly id: number
  readonly number: string
  readonly title: string
  /** The address of its page, as a mention holds it. */
  readonly path: string
}
const MENTIONABLE = shapeOf<Mentionable>({ record: among('person', 'team'), id: WHOLE, number: TEXT, title: TEXT, path: TEXT }) // oxfmt-ignore
const MOST_SHOWN = 8
/** People who are looked at for one answer, staff first: a longer name finds those who come later. */
const MOST_ASKED = 32
const MOST_PERSONS = 24
/** Of a team; one of them who may read the record is enough. */
const MOST_MEMBERS = 8

export function mentionRoutes(parts: { readonly store: Store }): Route[] {
  return [
    {
      method: 'GET',
      path: '/mentions',
      tag: 'Notices',
      access: 'signed-in',
      summary: 'People and teams to mention in a comment: those who may read the record',
      query: {
        record: { about: 'The kind of the record.', schema: { type: 'string', maxLength: 60 } },
        id: { about: 'Its id.', schema: { type: 'string', pattern: '^\\d{1,15}$' } },
        q: { about: 'How their name, or a part of it, begins.', schema: { type: 'string', maxLength: 60 } },
      },
      ok: itemsOf(MENTIONABLE),
      refusals: [404],
      handle: (call) => mentionable(parts.store, call),
    },
  ]
}

async function mentionable(store: Store, { actor, query }: Call): Promise<Answer> {
  const id = Number(/^\d{1,15}$/.test(query['id'] ?? '') ? query['id'] : 0)
  const q = (query['q'] ?? '').slice(0, 60)
  if (q.includes('\0')) throw badRequest(say`"${'q'}" holds a NUL character.`)
  const record = store.catalogue.find(query['record'] ?? '')
  if (record === null) throw notFound(say`The record`)
  await store.get(actor, record, id, { binned: false })
  const begins = `${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const persons = await run<{ id: number; name: string }>(
    store.db,
    sql`select p.id, p.name from person p where p.org = ${actor.org} and p.status = 'active' and p.binned_at is null and (lower(p.name) like ${begins} or lower(p.name) like ${`% ${begins}`})
      order by exists (select 1 from role_grant g where g.org = p.org and g.person = p.id and g.role <> 'requester') desc, p.name, p.id limit ${MOST_PERSONS}`,
  )
  const teams = await run<{ id: number; name: string; members: number[] }>(
    store.db,
    sql`select t.id, t.name, t.members[1:${MOST_MEMBERS}] as members from team t where t.org = ${actor.org} and t.binned_at is null and (lower(t.name) like ${begins} or lower(t.name) like ${`% ${begins}`}) order by t.name, t.id limit ${MOST_SHOWN}`,
  )
  const made = await readersAmong(store, { org: actor.org, record: record.name, id }, [
    ...persons.map(({ id: of, name }) => ({ asks: [of], shown: { record: 'person' as const, id: of, number: `P-${of}`, title: name, path: `/people/persons/P-${of}` } })), // oxfmt-ignore
    ...teams.map(({ id: of, name, members }) => ({ asks: members.map(Number), shown: { record: 'team' as const, id: of, number: `TEAM-${of}`, title: name, path: `/people/teams/TEAM-${of}` } })), // oxfmt-ignore
  ])
  return { body: { items: made } }
}
interface Candidate {
  /** Who of them must be able to read the record: one is enough. */
  readonly asks: readonly number[]
  readonly shown: Mentionable
}
/** The first of them, in slices: mostly the first slice is enough, and what comes after it is not asked for. */
async function readersAmong(
  { db, catalogue }: Store,
  { org, record, id }: { org: number; record: string; id: number },
  candidates: readonly Candidate[],
): Promise<Mentionable[]> {
  const made: Mentionable[] = []
  for (let at = 0, asked = 0; at < candidates.length && made.length < MOST_SHOWN && asked < MOST_ASKED;) {
    const slice = candidates.slice(at, at + MOST_SHOWN)
    const persons = [...new Set(slice.flatMap(({ asks }) => asks))].slice(0, MOST_ASKED)
    const readers = await readersOf(db, org, persons)
    const sees = await sightOf(db, catalogue, [...readers.values()].map(({ actor }) => ({ actor, record, id }))) // oxfmt-ignore
    const isReader = (person: number): boolean => {
      const reader = readers.get(person)
      return reader !== undefined && sees(reader.actor, record, id)
    }
    made.push(...slice.filter(({ asks }) => asks.some(isReader)).map(({ shown }) => shown))
    at += slice.length
    asked += persons.length
  }
  return made.slice(0, MOST_SHOWN)
}

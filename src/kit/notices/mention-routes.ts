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
/** Looked at, staff first; and shown. */
const MOST_ASKED = 60
const MOST_SHOWN = 8

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
      order by exists (select 1 from role_grant g where g.org = p.org and g.person = p.id and g.role <> 'requester') desc, p.name, p.id limit ${MOST_ASKED}`,
  )
  const teams = await run<{ id: number; name: string; members: number[] }>(
    store.db,
    sql`select t.id, t.name, t.members from team t where t.org = ${actor.org} and t.binned_at is null and (lower(t.name) like ${begins} or lower(t.name) like ${`% ${begins}`}) order by t.name, t.id limit ${MOST_SHOWN}`,
  )
  const asked = [...persons.map((one) => one.id), ...teams.flatMap(({ members }) => members.map(Number))]
  const readers = await readersOf(store.db, actor.org, asked)
  const sees = await sightOf(store.db, store.catalogue, [...readers.values()].map((one) => ({ actor: one.actor, record: record.name, id }))) // oxfmt-ignore
  const maySee = (person: number): boolean => {
    const reader = readers.get(person)
    return reader !== undefined && sees(reader.actor, record.name, id)
  }
  const made: Mentionable[] = [
    ...persons.filter((one) => maySee(one.id)).map((one) => ({ record: 'person' as const, id: one.id, number: `P-${one.id}`, title: one.name, path: `/people/persons/P-${one.id}` })), // oxfmt-ignore
    ...teams.filter(({ members }) => members.some((one) => maySee(Number(one)))).map((one) => ({ record: 'team' as const, id: one.id, number: `TEAM-${one.id}`, title: one.name, path: `/people/teams/TEAM-${one.id}` })), // oxfmt-ignore
  ]
  return { body: { items: made.slice(0, MOST_SHOWN) } }
}

/** Lists of SCIM: filter, page, and which attributes are shown. */
import type { Fragment } from '#kit/sql.ts'
import { all, run, sql } from '#kit/sql.ts'
import type { Filter } from './filter.ts'
import { equalTo, matches, readFilter } from './filter.ts'
import { GROUP_COLUMNS, shownGroup } from './groups.ts'
import type { GroupRow } from './groups.ts'
import type { Resource } from './resource.ts'
import { keyIn, LIST } from './resource.ts'
import { shownUser, USER_COLUMNS } from './users.ts'
import type { ScimContext, UserRow } from './users.ts'

export const MOST = 200
const BATCH = 2000

export interface Query {
  readonly filter: string | null
  /** From 1. */
  readonly startIndex: number
  readonly count: number
  readonly attributes: readonly string[]
  readonly excluded: readonly string[]
}
/** How a kind is read: its rows under a condition, by id, a batch at a time. */
interface Kind<T> {
  readonly count: (where: Fragment) => Promise<number>
  readonly page: (where: Fragment, after: { offset: number; limit: number }) => Promise<T[]>
  readonly narrow: (filter: Filter) => Fragment[]
  readonly shown: (row: T) => Resource
}

export function listUsers(context: ScimContext, query: Query): Promise<object> {
  const { store, provider } = context
  const mine = sql`i.org = ${provider.org} and i.provider = ${provider.id} and not i.resource ? 'deleted'`
  return listed<UserRow>(query, {
    count: async (where) =>
      (
        await run<{ n: number }>(
          store.db,
          sql`select count(*) as n from identity i join person p on p.org = i.org and p.id = i.person and p.binned_at is null where ${mine} and ${where}`,
        )
      )[0]?.n ?? 0,
    page: (where, { offset, limit }) =>
      run(
        store.db,
        sql`select ${USER_COLUMNS} where ${mine} and ${where} order by i.person offset ${offset} limit ${limit}`,
      ),
    narrow: (filter) => {
      const [userName, externalId, id] = ['userName', 'externalId', 'id'].map((name) => equalTo(filter, name))
      return [
        ...(userName === null ? [] : [sql`lower(i.user_name) = lower(${userName})`]),
        ...(externalId === null ? [] : [sql`i.external_id = ${externalId}`]),
        ...(id === null ? [] : [sql`i.person::text = ${id}`]),
      ]
    },
    shown: (row) => shownUser(context, row),
  })
}
export function listGroups(context: ScimContext, query: Query): Promise<object> {
  const { store, provider } = context
  const mine = sql`g.org = ${provider.org} and g.provider = ${provider.id}`
  return listed<GroupRow>(query, {
    count: async (where) =>
      (
        await run<{ n: number }>(store.db, sql`select count(*) as n from directory_group g where ${mine} and ${where}`)
      )[0]?.n ?? 0,
    page: (where, { offset, limit }) =>
      run(
        store.db,
        sql`select ${GROUP_COLUMNS} where ${mine} and ${where} order by g.id offset ${offset} limit ${limit}`,
      ),
    narrow: (filter) => {
      const name = equalTo(filter, 'displayName')
      return name === null ? [] : [sql`lower(g.name) = lower(${name})`]
    },
    shown: (row) => shownGroup(context, row),
  })
}
/** The kinds without a table: lists of what this server can. */
export function listOf(resources: readonly object[]): object {
  return {
    schemas: [LIST],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  }
}

async function listed<T>(query: Query, kind: Kind<T>): Promise<object> {
  const filter = query.filter === null ? null : readFilter(query.filter)
  const { total, found } = filter === null ? await plain(query, kind) : await filtered(query, kind, filter)
  return {
    schemas: [LIST],
    totalResults: total,
    startIndex: query.startIndex,
    itemsPerPage: found.length,
    Resources: found.map((one) => chosen(one, query)),
  }
}
async function plain<T>(query: Query, kind: Kind<T>): Promise<{ total: number; found: Resource[] }> {
  const every = sql`true`
  const total = await kind.count(every)
  const rows = query.count === 0 ? [] : await kind.page(every, { offset: query.startIndex - 1, limit: query.count })
  return { total, found: rows.map(kind.shown) }
}
/** What an index can find is found by it; the rest of the filter is held against each resource, whatever it asks. */
async function filtered<T>(query: Query, kind: Kind<T>, filter: Filter): Promise<{ total: number; found: Resource[] }> {
  const where = all(kind.narrow(filter))
  const found: Resource[] = []
  let total = 0
  for (let offset = 0; ; offset += BATCH) {
    const rows = await kind.page(where, { offset, limit: BATCH })
    for (const row of rows) {
      const shown = kind.shown(row)
      if (!matches(filter, shown)) continue
      total++
      if (total >= query.startIndex && found.length < query.count) found.push(shown)
    }
    if (rows.length < BATCH) return { total, found }
  }
}
/** Only these attributes, or all but these; id and schemas are always there. */
export function chosen(of: Resource, { attributes, excluded }: Pick<Query, 'attributes' | 'excluded'>): Resource {
  if (attributes.length > 0) {
    const made: Resource = {}
    for (const name of ['schemas', 'id', 'meta', ...attributes.map(top)]) {
      const key = keyIn(of, name)
      const value = key === null ? undefined : of[key]
      if (key !== null && value !== undefined && (name !== 'meta' || attributes.some((one) => top(one) === 'meta')))
        made[key] = value
    }
    return made
  }
  const gone = new Set(excluded.map((one) => top(one).toLowerCase()).filter((one) => one !== 'id' && one !== 'schemas'))
  return Object.fromEntries(Object.entries(of).filter(([name]) => !gone.has(name.toLowerCase())))
}
/** `name.givenName` and `urn:…:User:name` are parts of what is shown whole. */
function top(path: string): string {
  const own = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i, '')
  if (own.toLowerCase().startsWith('urn:')) return own.replace(/(:User):.+$/i, '$1')
  return own.split('.')[0] ?? own
}

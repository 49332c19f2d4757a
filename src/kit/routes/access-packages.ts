/** Access packages for administrators: ask for one about a person, see what there is, fetch one's own. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { PACKAGE_JOB } from '#kit/access-package/make.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Sql, Tx } from '#kit/database.ts'
import type { JobSender } from '#kit/jobs.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, notFound } from '#kit/problem.ts'
import { readId } from '#kit/rest.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { randomUUID } from 'node:crypto'
import type { FilesPort } from './files.ts'
import { among, INSTANT, INSTANT_OR_NULL, itemsOf, REF, shape, shapeOf, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from './shape.ts' // oxfmt-ignore
import type { Ref } from '#kit/field.ts'

export interface AccessPackagesParts {
  readonly store: Store
  readonly files: FilesPort
  readonly jobs: JobSender
}
export interface PackageShown {
  readonly id: string
  readonly person: Ref
  readonly askedBy: string | null
  readonly askedAt: string
  readonly state: string
  readonly because: string | null
  readonly madeAt: string | null
  readonly expiresAt: string
  readonly size: number | null
  readonly records: number
  readonly withheld: number
  /** Only who asked for it fetches it. */
  readonly isMine: boolean
}
const DAYS = 7
const ITEM = shapeOf<PackageShown>({
  id: TEXT,
  person: REF,
  askedBy: TEXT_OR_NULL,
  askedAt: INSTANT,
  state: among('waiting', 'made', 'expired'),
  because: TEXT_OR_NULL,
  madeAt: INSTANT_OR_NULL,
  expiresAt: INSTANT,
  size: { type: ['integer', 'null'] },
  records: WHOLE,
  withheld: WHOLE,
  isMine: YES_NO,
})
const common = { tag: 'Retention', access: 'administrator' } as const

export function accessPackageRoutes(parts: AccessPackagesParts): Route[] {
  return [
    {
      ...common,
      method: 'GET',
      path: '/admin/access-packages',
      summary: 'Access packages that were asked for, newest first',
      query: { person: { about: 'Only about this person, by id.', schema: { type: 'string', maxLength: 20 } } },
      ok: itemsOf(ITEM),
      handle: async (call) => ({ body: { items: await packages(parts, call) } }),
    },
    {
      ...common,
      method: 'POST',
      path: '/persons/{id}/access-package',
      summary: 'Put together everything that is kept about a person',
      body: z.strictObject({}),
      ok: shape({ id: TEXT }),
      okStatus: 202,
      refusals: [404, 409],
      audited: 'journal',
      handle: (call) => begin(parts, call),
    },
    {
      ...common,
      method: 'GET',
      path: '/admin/access-packages/{id}/content',
      summary: 'The package as a ZIP file, for whoever asked for it',
      okTypes: ['application/zip'],
      isPersonal: true,
      refusals: [404],
      audited: 'journal',
      handle: (call) => fetched(parts, call),
    },
  ]
}
async function packages({ store }: AccessPackagesParts, call: Call): Promise<PackageShown[]> {
  const person = call.query['person']
  const only = person !== undefined && /^\d{1,15}$/.test(person) ? Number(person) : null
  const rows = await run<Omit<PackageShown, 'person'> & { person: number; name: string | null }>(
    store.db,
    sql`select a.id::text, a.person, p.name, b.name as "askedBy", a.asked_at as "askedAt", a.state, a.because, a.made_at as "madeAt", a.expires_at as "expiresAt", a.size, a.records, a.withheld,
        a.asked_by is not distinct from ${call.actor.person}::bigint as "isMine"
      from access_package a left join person p on p.org = a.org and p.id = a.person left join person b on b.org = a.org and b.id = a.asked_by
      where a.org = ${call.actor.org} and (${only}::bigint is null or a.person = ${only}::bigint) order by a.asked_at desc limit 100`,
  )
  return rows.map(({ person: id, name, ...rest }) => ({
    ...rest,
    person: { id, number: `P-${id}`, title: name ?? `P-${id}` },
  }))
}
async function begin({ store, jobs }: AccessPackagesParts, call: Call): Promise<Answer> {
  const { actor } = call
  const record = store.catalogue.get('person')
  const { id: person } = await store.get(actor, record, readId(record, call.params['id']))
  const id = randomUUID()
  await store.db.transaction(async (tx: Tx) => {
    const waiting = await run(tx, sql`select 1 as one from access_package where org = ${actor.org} and person = ${person} and asked_by = ${actor.person} and state = 'waiting' and expires_at > ${store.now()}::timestamptz`) // oxfmt-ignore
    if (waiting.length > 0) throw conflict(say`One is being put together already. Wait until it is made.`)
    await run(
      tx,
      sql`insert into access_package (org, id, person, asked_by, asked_at, state, expires_at) values (${actor.org}, ${id}::uuid, ${person}, ${actor.person}, ${store.now()}, 'waiting', ${store.now()}::timestamptz + make_interval(days => ${DAYS}))`,
    )
    await note(tx, store, actor, { person, action: 'ask' })
    await jobs.send(tx, PACKAGE_JOB, { org: actor.org, id })
  })
  return { status: 202, body: { id } }
}
async function note(
  on: Sql,
  store: Store,
  actor: Actor,
  { person, action }: { person: number; action: string },
): Promise<void> {
  await run(
    on,
    journalInsert([entry(actor, store.now(), { record: 'accessPackage', recordId: person, action, changes: {} })]),
  )
}
async function fetched({ store, files }: AccessPackagesParts, call: Call): Promise<Answer> {
  const { actor } = call
  const id = call.params['id'] ?? ''
  const rows = await run<{ sha256: string; person: number }>(
    store.db,
    sql`select sha256, person from access_package where org = ${actor.org} and id::text = ${id} and asked_by = ${actor.person} and state = 'made' and expires_at > ${store.now()}::timestamptz`,
  )
  const found = rows[0] === undefined ? null : await files.open(rows[0].sha256)
  if (rows[0] === undefined || found === null) throw notFound(say`This access package, for you,`)
  await note(store.db, store, actor, { person: rows[0].person, action: 'fetch' })
  const name = `access-package-P-${rows[0].person}.zip`
  return {
    stream: found.stream,
    headers: {
      'Content-Type': 'application/zip',
      'Content-Length': String(found.size),
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    },
  }
}

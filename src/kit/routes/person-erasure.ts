/** Erasing a person, for administrators: asked for, done by a job, repeated when a backup from before is restored. */
import { z } from 'zod'
import { say, toSay } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Tx } from '#kit/database.ts'
import type { Look } from '#kit/erasure/erase.ts'
import { erasePerson, erasureRefusal } from '#kit/erasure/erase.ts'
import { system } from '#kit/actor.ts'
import type { JobHandler, JobOptions, JobSender } from '#kit/jobs.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict } from '#kit/problem.ts'
import { readId } from '#kit/rest.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { among, INSTANT, INSTANT_OR_NULL, listOf, orNull, shape, shapeOf, TEXT, TEXT_OR_NULL, WHOLE } from './shape.ts' // oxfmt-ignore

export const ERASURE_JOB = 'erasure'
/** One erasure, as it is kept outside the database: numbers only. */
export interface NotedErasure {
  readonly org: number
  readonly person: number
  /** When the row was made: after a restore, the same number may be somebody else's. */
  readonly createdAt: string
}
/** The list outside the database: a backup from before an erasure brings the person back, and this repeats it. */
export interface ErasureBook {
  note(one: NotedErasure): Promise<void>
  all(): Promise<readonly NotedErasure[]>
}
export interface ErasureParts {
  readonly store: Store
  readonly jobs: JobSender
  readonly erasures: ErasureBook
}
export interface ErasureShown {
  readonly state: string
  readonly because: string | null
  readonly askedAt: string
  readonly doneAt: string | null
  readonly entries: number
  readonly look: readonly Look[]
}
const body = z.strictObject({
  /** Why, without names: it stays in the journal. */
  reason: z.string().trim().min(3).max(500),
  /** Erases somebody who is still active. */
  isConfirmed: z.boolean().default(false),
})
const ERASURE = shapeOf<ErasureShown>({
  state: among('waiting', 'done', 'refused'),
  because: TEXT_OR_NULL,
  askedAt: INSTANT,
  doneAt: INSTANT_OR_NULL,
  entries: WHOLE,
  look: listOf(shapeOf<Look>({ record: TEXT, label: TEXT, field: TEXT, count: WHOLE })),
})
const common = { tag: 'Retention', access: 'administrator' } as const

export function erasureRoutes(parts: ErasureParts): Route[] {
  return [
    {
      ...common,
      method: 'GET',
      path: '/persons/{id}/erasure',
      summary: 'Whether a person was erased, and where others may quote them',
      ok: shape({ erasure: orNull(ERASURE) }),
      refusals: [404],
      handle: async (call) => ({ body: { erasure: await shown(parts, call) } }),
    },
    {
      ...common,
      method: 'POST',
      path: '/persons/{id}/erasure',
      summary: 'Erase a person: what they are called goes everywhere, the number stays. It cannot be undone',
      body,
      ok: shape({ state: TEXT }),
      okStatus: 202,
      refusals: [404, 409],
      audited: 'journal',
      handle: (call) => begin(parts, call, body.parse(call.body)),
    },
  ]
}
async function personIn({ store }: ErasureParts, call: Call): Promise<{ id: number; isActive: boolean }> {
  const record = store.catalogue.get('person')
  const row = await store.get(call.actor, record, readId(record, call.params['id']))
  return { id: row.id, isActive: row['status'] === 'active' && row.binnedAt === null }
}
async function shown(parts: ErasureParts, call: Call): Promise<ErasureShown | null> {
  const { id } = await personIn(parts, call)
  const rows = await run<ErasureShown>(
    parts.store.db,
    sql`select state, because, asked_at as "askedAt", done_at as "doneAt", entries, look from person_erasure where org = ${call.actor.org} and person = ${id}`,
  )
  return rows[0] ?? null
}
async function begin(parts: ErasureParts, call: Call, order: z.infer<typeof body>): Promise<Answer> {
  const { store } = parts
  const { actor } = call
  const { id: person, isActive } = await personIn(parts, call)
  if (person === actor.person) throw conflict(say`Nobody erases themselves. Ask another administrator.`)
  if (isActive && !order.isConfirmed)
    throw conflict(
      say`This person is still active. Mark them as left first, or confirm that they are erased all the same.`,
    )
  const before = await shown(parts, call)
  if (before?.state === 'done' || before?.state === 'waiting') throw conflict(say`This person is erased already.`)
  const because = await erasureRefusal({ store, org: actor.org, person }, actor)
  if (because !== null) throw conflict(because)
  await store.db.transaction(async (tx: Tx) => {
    const said = { record: 'erasure', recordId: person, action: 'ask', changes: {}, reason: order.reason }
    await run(tx, journalInsert([entry(actor, store.now(), said)]))
    await send(parts, tx, { org: actor.org, person, by: actor.person })
  })
  return { status: 202, body: { state: 'waiting' } }
}
async function send(
  { store, jobs }: ErasureParts,
  tx: Tx,
  { org, person, by }: { org: number; person: number; by: number | null },
): Promise<void> {
  await run(
    tx,
    sql`insert into person_erasure (org, person, asked_by, asked_at, state) values (${org}, ${person}, ${by}, ${store.now()}, 'waiting')
      on conflict (org, person) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at, state = 'waiting', because = null`,
  )
  await jobs.send(tx, ERASURE_JOB, { org, person }, { singletonKey: `${org}/${person}` })
}

export function erasureJob(parts: Omit<ErasureParts, 'jobs'>): { options: JobOptions; handler: JobHandler } {
  return {
    options: { retryLimit: 5, singleton: true },
    handler: async (data, { id }) => {
      const { store, erasures } = parts
      const of = { store, org: Number(data['org']), person: Number(data['person']) }
      const { org, person } = of
      const because = await erasureRefusal(of, system(org, `erasure-${id}`))
      if (because !== null) {
        await run(store.db, sql`update person_erasure set state = 'refused', because = ${because} where org = ${org} and person = ${person}`) // oxfmt-ignore
        return
      }
      const [row] = await run<NotedErasure>(store.db, sql`select org, id as person, created_at as "createdAt" from person where org = ${org} and id = ${person}`) // oxfmt-ignore
      // Outside first: what is half done when the machine is lost is repeated after the restore.
      if (row !== undefined) await erasures.note(row)
      const { entries, look } = await erasePerson(of, `erasure-${id}`)
      await run(
        store.db,
        sql`update person_erasure set state = 'done', done_at = ${store.now()}, entries = entries + ${entries}, look = case when look = '[]' then ${JSON.stringify(look)}::jsonb else look end where org = ${org} and person = ${person}`,
      )
    },
  }
}
/** After a restore of a backup from before: whoever was erased since then is erased again. @returns how many */
export async function repeatErasures(parts: ErasureParts): Promise<number> {
  const { store } = parts
  let sent = 0
  for (const { org, person, createdAt } of await parts.erasures.all()) {
    const missing = await run(
      store.db,
      sql`select 1 as one from person p where p.org = ${org} and p.id = ${person} and p.created_at = ${createdAt}::timestamptz
        and not exists (select from person_erasure e where e.org = p.org and e.person = p.id)`,
    )
    if (missing.length === 0) continue
    await store.db.transaction(async (tx) => {
      const said = { record: 'erasure', recordId: person, action: 'repeat', changes: {}, reason: toSay('A backup from before the erasure was restored') } // oxfmt-ignore
      await run(tx, journalInsert([entry(system(org, 'erasure-repeat'), store.now(), said)]))
      await send(parts, tx, { org, person, by: null })
    })
    sent++
  }
  return sent
}

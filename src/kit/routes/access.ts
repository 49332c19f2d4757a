/** Who may see what, and why; and, for administrators, seeing Pilothouse as somebody else does. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { isAllowed, system } from '#kit/actor.ts'
import { ceiling } from '#kit/clearance.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { accessOf, actorExplained, readersOf } from '#kit/explain.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, forbidden, notFound, Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { notice } from '#kit/records/notice.ts'
import { readId } from '#kit/rest.ts'
import { keyHash } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { GrantParts } from './grants.ts'
import { grantsIn } from './grants.ts'
import { PERSON_ACCESS, READERS } from './access-shape.ts'
import { INSTANT, REF, shape } from './shape.ts'

const EXPLAINED_TO = ['administrator', 'auditor']
const MINUTES = 30
const tag = 'Access'
const viewBody = z.strictObject({
  person: z.union([z.number().int().positive(), z.string().max(40)], 'Give a person, such as P-7.'),
  reason: z.string().trim().min(3, 'Say why: the person reads it.').max(500),
})

export function accessRoutes(parts: GrantParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/access/persons/{id}',
      tag,
      access: 'signed-in',
      summary: 'What a person may see and change, and why',
      ok: PERSON_ACCESS,
      refusals: [403, 404],
      handle: (call) => ofPerson(parts, call),
    },
    {
      method: 'GET',
      path: '/access/records/{record}/{id}',
      tag,
      access: 'signed-in',
      summary: 'Who can see a record, and why',
      ok: READERS,
      refusals: [403, 404],
      handle: (call) => ofRow(parts, call),
    },
    {
      method: 'POST',
      path: '/view-as',
      tag,
      access: 'administrator',
      summary: 'See Pilothouse as another person does, reading only; that person is told',
      body: viewBody,
      ok: shape({ person: REF, until: INSTANT }),
      okStatus: 201,
      refusals: [404, 409],
      audited: 'journal',
      handle: (call) => begin(parts, call, viewBody.parse(call.body)),
    },
    {
      method: 'DELETE',
      path: '/view-as',
      tag,
      access: 'signed-in',
      summary: 'Stop seeing Pilothouse as somebody else',
      okStatus: 204,
      refusals: [409],
      whileViewing: true,
      audited: 'journal',
      handle: (call) => stop(parts, call),
    },
  ]
}

async function ofPerson({ store }: GrantParts, call: Call): Promise<Answer> {
  const person = store.catalogue.get('person')
  const row = await store.get(call.actor, person, readId(person, call.params['id']))
  if (!isAllowed(call.actor, EXPLAINED_TO) && row.id !== call.actor.person)
    throw forbidden(say`What others may see is shown to administrators and auditors.`)
  const ref = refTo(row)
  const actor = await actorExplained(store, call.actor.org, ref)
  const isHere = row.binnedAt === null && row['status'] === 'active'
  return {
    body: {
      person: ref,
      isHere,
      ceiling: ceiling(actor, () => true),
      grants: await grantsIn(store.db, call.actor.org, row.id),
      records: isHere ? accessOf(store.catalogue, actor, call.actor) : [],
    },
  }
}
async function ofRow({ store }: GrantParts, call: Call): Promise<Answer> {
  const record = store.catalogue.find(call.params['record'] ?? '')
  if (record === null) throw notFound(say`This kind of record`)
  const row = await store.get(call.actor, record, readId(record, call.params['id']))
  if (!isAllowed(call.actor, EXPLAINED_TO))
    throw forbidden(say`Who can see a record is shown to administrators and auditors.`)
  return { body: await readersOf(store, record, row, call.actor.org) }
}

async function begin(parts: GrantParts, call: Call, body: z.infer<typeof viewBody>): Promise<Answer> {
  const { store } = parts
  const { actor } = call
  const key = sessionKey(call)
  const record = store.catalogue.get('person')
  const row = await store.get(actor, record, readId(record, String(body.person)))
  if (row.id === actor.person) throw conflict(say`You see Pilothouse as yourself already. Choose another person.`)
  if (row.binnedAt !== null || row['status'] !== 'active') throw conflict(say`${row.number} has left and sees nothing.`)
  const until = new Date(Date.parse(store.now()) + MINUTES * 60_000).toISOString()
  const product = system(actor.org, actor.request)
  await store.transaction(actor, async (unit) => {
    await run(
      unit.on,
      sql`insert into view_as (key, org, viewer, person, reason, expires_at) values (${key}, ${actor.org}, ${actor.person}, ${row.id}, ${body.reason}, ${until}::timestamptz)
        on conflict (key) do update set person = excluded.person, reason = excluded.reason, expires_at = excluded.expires_at`,
    )
    await run(
      unit.on,
      journalInsert([
        entry(actor, store.now(), {
          record: 'person',
          recordId: row.id,
          action: 'view-as',
          changes: {},
          reason: body.reason,
        }),
      ]),
    )
    const told = {
      person: row.id,
      subject: say`${actor.name} looks at Pilothouse as you see it`,
      on: { record: 'person', id: row.id },
      because: say`Begun ${store.now()} for at most ${MINUTES} minutes, reading only. The reason given: ${body.reason}`,
    }
    await store.create(product, notice, told, { trusted: true, unit })
  })
  if (actor.person !== null) parts.identities.end(actor.org, actor.person)
  return { status: 201, body: { person: refTo(row), until } }
}
async function stop(parts: GrantParts, call: Call): Promise<Answer> {
  const { store } = parts
  const gone = await run<{ viewer: number; person: number }>(
    store.db,
    sql`delete from view_as where key = ${sessionKey(call)} returning viewer, person`,
  )
  const [view] = gone
  if (view === undefined) throw conflict(say`You see Pilothouse as yourself already.`)
  const viewer = { ...call.actor, person: view.viewer }
  await run(
    store.db,
    journalInsert([
      entry(viewer, store.now(), { record: 'person', recordId: view.person, action: 'view-as-end', changes: {} }),
    ]),
  )
  for (const person of [view.viewer, view.person]) parts.identities.end(call.actor.org, person)
  return { status: 204 }
}
/** @throws conflict (409) for a token: somebody who looks at a screen sees as whom they look */
function sessionKey(call: Call): Buffer {
  const key = call.headers['cookie']
  if (call.door?.kind !== 'session' || key === undefined)
    throw new Refusal(409, 'session', say`Sign in with a browser to see Pilothouse as somebody else; a token cannot.`)
  return keyHash(key)
}
function refTo(row: AnyRow): { id: number; number: string; title: string } {
  return { id: row.id, number: row.number, title: String(row['name']) }
}

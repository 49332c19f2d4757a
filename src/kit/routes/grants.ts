/** Who holds which role where: listed, granted, taken away. Each is written into the history of the person. */
import { z } from 'zod'
import { said, say } from '#engines/say.ts'
import type { Actor, Reach } from '#kit/actor.ts'
import { isAllowed } from '#kit/actor.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Sql } from '#kit/database.ts'
import { labelOf } from '#kit/field.ts'
import { beyondOwnPart, grantRefusal, grantsAtAll } from '#kit/granting.ts'
import { ROLES, SCOPES, subtrees } from '#kit/grants.ts'
import type { ScopeName } from '#kit/grants.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, forbidden, notFound, unfit } from '#kit/problem.ts'
import { readId } from '#kit/rest.ts'
import type { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Choice, ShownGrant } from './access-shape.ts'
import { CHOICE, GRANT } from './access-shape.ts'
import { itemsOf } from './shape.ts'

export interface GrantParts {
  readonly store: Store
  readonly identities: Identities
}
const one = z.union([z.number().int().positive(), z.string().max(40)], 'Give a number such as 7, or P-7.')
const grantBody = z.strictObject({
  person: one,
  role: z.string().max(40),
  scope: z.enum(SCOPES).optional(),
  at: one.nullable().optional(),
})
const READERS = ['manager', 'lead', 'auditor']
const tag = 'Access'

export function grantRoutes(parts: GrantParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/grants',
      tag,
      access: 'signed-in',
      summary: 'Who holds which role, and where',
      query: { person: { about: 'Only those of one person, such as P-5.', schema: { type: 'string', maxLength: 40 } } },
      ok: itemsOf(GRANT),
      handle: (call) => listed(parts, call),
    },
    {
      method: 'GET',
      path: '/grants/choices',
      tag,
      access: 'signed-in',
      summary: 'The roles that I may grant, and for what',
      ok: itemsOf(CHOICE),
      handle: async (call) => ({ body: { items: await choices(parts.store, call.actor) } }),
    },
    {
      method: 'POST',
      path: '/grants',
      tag,
      access: 'signed-in',
      summary: 'Grant a role to a person: for the organisation, a unit, a team, or what is their own',
      body: grantBody,
      ok: GRANT,
      okStatus: 201,
      refusals: [403, 404, 409, 422],
      audited: 'journal',
      handle: (call) => give(parts, call, grantBody.parse(call.body)),
    },
    {
      method: 'DELETE',
      path: '/grants/{id}',
      tag,
      access: 'signed-in',
      summary: 'Take a role away',
      okStatus: 204,
      refusals: [403, 404, 409],
      audited: 'journal',
      handle: (call) => take(parts, call),
    },
  ]
}

interface Kept {
  readonly person: number
  readonly name: string
  readonly role: string
  readonly own_name: string | null
  readonly scope: ScopeName
  readonly scope_id: number
  readonly at_name: string | null
  readonly granted_at: string
  readonly granted_by: number | null
  readonly by_name: string | null
}
async function listed({ store }: GrantParts, call: Call): Promise<Answer> {
  const { actor } = call
  const asked = call.query['person']
  const person = asked === undefined ? null : readId(store.catalogue.get('person'), asked)
  if (!isAllowed(actor, READERS) && person !== actor.person)
    throw forbidden(say`Who holds which role is shown to managers, leads and auditors.`)
  return { body: { items: await grantsIn(store.db, actor.org, person) } }
}
/** The grants of a person, or of everybody; at most 5,000. */
export async function grantsIn(on: Sql, org: number, person: number | null): Promise<ShownGrant[]> {
  const rows = await run<Kept>(
    on,
    sql`select g.person, p.name, g.role, r.name as own_name, g.scope, g.scope_id, coalesce(u.name, t.name) as at_name, g.granted_at, g.granted_by, b.name as by_name
      from role_grant g join person p on p.org = g.org and p.id = g.person
      left join own_role r on r.org = g.org and g.role = 'role:' || r.id
      left join unit u on g.scope = 'unit' and u.org = g.org and u.id = g.scope_id
      left join team t on g.scope = 'team' and t.org = g.org and t.id = g.scope_id
      left join person b on b.org = g.org and b.id = g.granted_by
      where g.org = ${org} and (${person}::bigint is null or g.person = ${person}) order by p.name, g.person, g.role, g.scope, g.scope_id limit 5000`,
  )
  return rows.map(shown)
}
function shown(row: Kept): ShownGrant {
  const prefix = row.scope === 'unit' ? 'UNIT' : 'TEAM'
  return {
    id: [row.person, row.role, row.scope, row.scope_id].join('.'),
    person: { id: row.person, number: `P-${row.person}`, title: row.name },
    role: row.role,
    label: row.own_name ?? labelOf(row.role),
    scope: row.scope,
    at:
      row.scope_id === 0
        ? null
        : { id: row.scope_id, number: `${prefix}-${row.scope_id}`, title: row.at_name ?? `${prefix}-${row.scope_id}` },
    grantedAt: row.granted_at,
    grantedBy:
      row.granted_by === null
        ? null
        : { id: row.granted_by, number: `P-${row.granted_by}`, title: row.by_name ?? `P-${row.granted_by}` },
  }
}

async function choices(store: Store, actor: Actor): Promise<Choice[]> {
  if (!grantsAtAll(actor)) return []
  const own = await run<{ id: number; name: string; widest: ScopeName }>(
    store.db,
    sql`select id, name, widest from own_role where org = ${actor.org} and binned_at is null order by name`,
  )
  const all = [
    ...ROLES.map((role) => ({ role, label: said(labelOf(role), 'role'), widest: 'organisation' as ScopeName })),
    ...own.map(({ id, name, widest }) => ({ role: `role:${id}`, label: name, widest })),
  ]
  const isWide = grantRefusal(actor, { role: 'requester', reach: { scope: 'organisation' } }) === null
  return all
    .filter(({ role }) => mayGrantSomewhere(actor, role))
    .map(({ role, label, widest }) => ({ role, label, scopes: scopesOf(role, widest, isWide) }))
}
function mayGrantSomewhere(actor: Actor, role: string): boolean {
  const everywhere = grantRefusal(actor, { role, reach: { scope: 'organisation' } })
  return everywhere === null || everywhere === beyondOwnPart()
}
function scopesOf(role: string, widest: ScopeName, isWide: boolean): ScopeName[] {
  const narrower = SCOPES.slice(SCOPES.indexOf(widest))
  if (role === 'administrator') return ['organisation']
  return isWide ? narrower : narrower.filter((scope) => scope === 'unit' || scope === 'team')
}

async function give(parts: GrantParts, call: Call, body: z.infer<typeof grantBody>): Promise<Answer> {
  const { store } = parts
  const { actor } = call
  const person = await store.get(actor, store.catalogue.get('person'), idOf(store, 'person', body.person))
  if (person.binnedAt !== null || person['status'] !== 'active')
    throw conflict(say`${person.number} has left. Bring them back before you grant a role.`)
  const scope = body.scope ?? 'organisation'
  await refuseUnknown(store, actor, body.role, scope)
  const at = await placeOf(store, actor, scope, body.at ?? null)
  const reach = await reachOf(store.db, actor.org, scope, at)
  const because = grantRefusal(actor, { role: body.role, reach })
  if (because !== null) throw forbidden(because)
  await store.db.transaction(async (tx) => {
    const made = await run(
      tx,
      sql`insert into role_grant (org, person, role, scope, scope_id, granted_by) values (${actor.org}, ${person.id}, ${body.role}, ${scope}, ${at}, ${actor.person}) on conflict do nothing returning 1`,
    )
    if (made.length === 0) throw conflict(say`${String(person['name'])} has this role already.`)
    await note(tx, store, actor, { person: person.id, kept: { role: body.role, scope, at }, isGiven: true })
  })
  parts.identities.end(actor.org, person.id)
  const id = [person.id, body.role, scope, at].join('.')
  const made = (await grantsIn(store.db, actor.org, person.id)).find((grant) => grant.id === id)
  return { status: 201, body: made }
}
/** @throws unfit (422) for a role that does not exist, or that is not granted so widely */
async function refuseUnknown(store: Store, actor: Actor, role: string, scope: ScopeName): Promise<void> {
  const own = /^role:(\d{1,15})$/.exec(role)?.[1]
  const rows =
    own === undefined
      ? []
      : await run<{ widest: ScopeName }>(
          store.db,
          sql`select widest from own_role where org = ${actor.org} and id = ${Number(own)} and binned_at is null`,
        )
  const widest = rows[0]?.widest ?? (ROLES.some((one) => one === role) ? 'organisation' : null)
  if (widest === null) throw unfit([{ pointer: '/role', detail: say`There is no such role. Choose another.` }])
  const isTooWide =
    SCOPES.indexOf(scope) < SCOPES.indexOf(widest) || (role === 'administrator' && scope !== 'organisation')
  if (isTooWide)
    throw unfit([
      {
        pointer: '/scope',
        detail:
          role === 'administrator'
            ? say`Administrators look after the whole organisation. Choose "organisation".`
            : say`This role is not granted so widely. Choose a narrower scope.`,
      },
    ])
}
/** The id of the unit or team; 0 for other scopes. @throws unfit (422) when it is missing or not visible */
async function placeOf(store: Store, actor: Actor, scope: ScopeName, at: number | string | null): Promise<number> {
  if (scope !== 'unit' && scope !== 'team') {
    if (at !== null) throw unfit([{ pointer: '/at', detail: say`Only units and teams have a place. Leave it out.` }])
    return 0
  }
  if (at === null) throw unfit([{ pointer: '/at', detail: say`Say which ${scope}.` }])
  const record = store.catalogue.get(scope)
  const [row] = await store.many(actor, record, [idOf(store, scope, at)], { fields: [] })
  if (row === undefined) throw unfit([{ pointer: '/at', detail: say`This ${scope} was not found. Choose another.` }])
  return row.id
}
function idOf(store: Store, record: string, said: number | string): number {
  return readId(store.catalogue.get(record), String(said))
}
async function reachOf(on: Sql, org: number, scope: ScopeName, at: number): Promise<Reach> {
  if (scope === 'unit') return { scope, ids: (await subtrees(on, org, [at])).get(at) ?? [at] }
  return scope === 'team' ? { scope, ids: [at] } : { scope }
}

async function take(parts: GrantParts, call: Call): Promise<Answer> {
  const { store } = parts
  const { actor } = call
  const kept = readGrant(call.params['id'] ?? '')
  const reach = await reachOf(store.db, actor.org, kept.scope, kept.at)
  const because = grantRefusal(actor, { role: kept.role, reach })
  if (because !== null) throw forbidden(because)
  await store.db.transaction(async (tx) => {
    if (kept.role === 'administrator') await refuseLast(tx, actor.org, kept.person)
    const gone = await run(
      tx,
      sql`delete from role_grant where org = ${actor.org} and person = ${kept.person} and role = ${kept.role} and scope = ${kept.scope} and scope_id = ${kept.at} returning 1`,
    )
    if (gone.length === 0) throw notFound(say`The grant`)
    await note(tx, store, actor, { person: kept.person, kept, isGiven: false })
  })
  parts.identities.end(actor.org, kept.person)
  return { status: 204 }
}
interface Named {
  readonly person: number
  readonly role: string
  readonly scope: ScopeName
  readonly at: number
}
function readGrant(id: string): Named {
  const [person = '', role = '', scope = '', at = ''] = id.split('.')
  const known = SCOPES.find((one) => one === scope)
  if (known === undefined || ![person, at].every((text) => /^\d{1,15}$/.test(text)) || id.includes('\u0000'))
    throw notFound(say`The grant`)
  return { person: Number(person), role, scope: known, at: Number(at) }
}
/** Two administrators who take the role from each other at once must not both succeed: the grants are locked. */
async function refuseLast(tx: Sql, org: number, person: number): Promise<void> {
  const others = await run<{ person: number }>(
    tx,
    sql`select g.person from role_grant g join person p on p.org = g.org and p.id = g.person and p.status = 'active' and p.binned_at is null
      where g.org = ${org} and g.role = 'administrator' order by g.person for update of g`,
  )
  if (!others.some((row) => row.person !== person))
    throw conflict(say`This is the last administrator. Make somebody else an administrator first.`)
}
async function note(
  tx: Sql,
  store: Store,
  actor: Actor,
  of: { person: number; kept: Omit<Named, 'person'>; isGiven: boolean },
): Promise<void> {
  const { role, scope, at } = of.kept
  const text = `${role}, ${scope}${at === 0 ? '' : ` ${scope === 'unit' ? 'UNIT' : 'TEAM'}-${at}`}`
  const said = {
    record: 'person',
    recordId: of.person,
    action: of.isGiven ? 'grant' : 'revoke',
    changes: { role: of.isGiven ? ([null, text] as const) : ([text, null] as const) },
  }
  await run(tx, journalInsert([entry(actor, store.now(), said)]))
}

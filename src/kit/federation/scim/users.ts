/** /Users: the persons whom a SCIM client keeps here. It sees nobody else. */
import type { Actor } from '#kit/actor.ts'
import { Places } from '#kit/federation/directory/places.ts'
import { applyGroups } from '#kit/federation/grants.ts'
import { distrust, link } from '#kit/federation/person-of.ts'
import type { ScimProvider } from '#kit/federation/settings.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import type { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { checkedUser, personOfUser } from './person-of-user.ts'
import { patched } from './patch.ts'
import type { Resource } from './resource.ts'
import { ENTERPRISE, member, ScimError, textOf, USER } from './resource.ts'

export interface ScimContext {
  readonly store: Store
  readonly identities: Identities
  readonly provider: ScimProvider
  readonly actor: Actor
  /** Where SCIM is reached. */
  readonly base: string
}
export interface UserRow {
  readonly subject: string
  readonly person: number
  readonly resource: Resource
  readonly rev: number
  readonly created_at: string
  readonly updated_at: string
  readonly status: string
  readonly groups: { id: number; name: string }[] | null
}
export const USER_COLUMNS = sql`i.subject, i.person, i.resource, i.rev, i.created_at, i.updated_at, p.status,
  (select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.id) from directory_member m join directory_group g on g.org = m.org and g.provider = m.provider and g.id = m.in_group where m.org = i.org and m.provider = i.provider and m.person = i.person) as groups
  from identity i join person p on p.org = i.org and p.id = i.person and p.binned_at is null`

export function shownUser({ base }: ScimContext, row: UserRow): Resource {
  const location = `${base}/Users/${row.person}`
  const groups = (row.groups ?? []).map(({ id, name }) => ({
    value: String(id),
    display: name,
    $ref: `${base}/Groups/${id}`,
    type: 'direct',
  }))
  return {
    ...row.resource,
    schemas: ENTERPRISE in row.resource ? [USER, ENTERPRISE] : [USER],
    id: String(row.person),
    active: row.status === 'active',
    ...(groups.length === 0 ? {} : { groups }),
    meta: {
      resourceType: 'User',
      created: row.created_at,
      lastModified: row.updated_at,
      location,
      version: `W/"${row.rev}"`,
    },
  }
}
/** @throws 404 */
export async function userRow({ store, provider }: ScimContext, id: string, unit?: Unit): Promise<UserRow> {
  const rows = /^\d{1,15}$/.test(id)
    ? await run<UserRow>(
        unit?.on ?? store.db,
        sql`select ${USER_COLUMNS} where i.org = ${provider.org} and i.provider = ${provider.id} and i.person = ${Number(id)} and not i.resource ? 'deleted'`,
      )
    : []
  const [row] = rows
  if (row === undefined) throw new ScimError(404, null, `There is no user ${id.slice(0, 60)}.`)
  return row
}

export async function createUser(context: ScimContext, body: unknown): Promise<UserRow> {
  const user = checkedUser(body)
  const { store, actor, provider } = context
  const id = await store.transaction(actor, async (unit) => {
    const person =
      (await revived(context, unit, user)) ?? (await linked(context, unit, user)) ?? (await made(context, unit, user))
    await applyGroups({ on: unit.on, actor, now: store.now() }, provider, person, [])
    await follow(context, unit, { person, user, before: null })
    return person
  })
  return userRow(context, String(id))
}
/** PUT: what is not sent is gone. */
export async function replaceUser(
  context: ScimContext,
  id: string,
  body: unknown,
  rev: number | null,
): Promise<UserRow> {
  return change(context, id, rev, () => checkedUser(body))
}
export async function patchUser(context: ScimContext, id: string, body: unknown, rev: number | null): Promise<UserRow> {
  return change(context, id, rev, (row) =>
    checkedUser(patched({ ...row.resource, active: row.status === 'active' }, body)),
  )
}
/** Leaves; the person stays, with everything that refers to them. */
export async function deleteUser(context: ScimContext, id: string, rev: number | null): Promise<void> {
  const { store, actor, provider, identities } = context
  await store.transaction(actor, async (unit) => {
    const row = await userRow(context, id, unit)
    current(row, rev)
    await setActive(context, unit, row.person, false)
    await run(
      unit.on,
      sql`delete from directory_member where org = ${provider.org} and provider = ${provider.id} and person = ${row.person}`,
    )
    const silent = { ...provider, settings: { ...provider.settings, everybody: [], groups: [] } }
    await applyGroups({ on: unit.on, actor, now: store.now() }, silent, row.person, [])
    await run(
      unit.on,
      sql`update identity set resource = resource || '{"deleted": true}', user_name = null, rev = rev + 1, updated_at = now() where org = ${provider.org} and provider = ${provider.id} and person = ${row.person}`,
    )
  })
  identities.end(provider.org, Number(id))
}
/** @throws 412 when it was changed since it was read */
export function current(row: { readonly rev: number }, rev: number | null): void {
  if (rev !== null && rev !== row.rev)
    throw new ScimError(412, null, `It was changed meanwhile; its version is now W/"${row.rev}".`)
}

async function change(
  context: ScimContext,
  id: string,
  rev: number | null,
  next: (row: UserRow) => Resource,
): Promise<UserRow> {
  await context.store.transaction(context.actor, async (unit) => {
    const row = await userRow(context, id, unit)
    current(row, rev)
    await follow(context, unit, { person: row.person, user: next(row), before: row })
  })
  return userRow(context, id)
}
/** Brings person and link in step with the user. */
async function follow(
  context: ScimContext,
  unit: Unit,
  { person, user, before }: { person: number; user: Resource; before: UserRow | null },
): Promise<void> {
  const { store, actor, provider } = context
  const record = store.catalogue.get('person')
  const row = await store.get(actor, record, person, { unit })
  const patch = await patchOf(context, unit, row, user)
  if (Object.keys(patch).length > 0)
    await store
      .change(actor, record, { id: person, rev: null }, patch, { unit, reason: `${provider.name} (SCIM)` })
      .catch(asScim)
  await setActive(context, unit, person, member(user, 'active') !== false)
  const { active: _, ...kept } = user
  const isSame =
    before !== null &&
    JSON.stringify(before.resource) === JSON.stringify(kept) &&
    before.status === (member(user, 'active') === false ? 'left' : 'active')
  if (!isSame)
    await run(
      unit.on,
      sql`update identity set resource = ${JSON.stringify(kept)}::jsonb, user_name = ${textOf(member(user, 'userName'))}, external_id = ${textOf(member(user, 'externalId'))}, rev = rev + ${before === null ? 0 : 1}, updated_at = now() where org = ${provider.org} and provider = ${provider.id} and person = ${person}`,
    ).catch(taken)
}
async function patchOf(
  context: ScimContext,
  unit: Unit,
  row: AnyRow,
  user: Resource,
): Promise<Record<string, unknown>> {
  const { provider } = context
  const { values, department, manager } = personOfUser(user)
  const patch: Record<string, unknown> = { ...values }
  if (department !== null) {
    const found = (await Places.units(unit.on, provider.org)).find(department)
    if (found !== null) patch['unit'] = found.id
  }
  if (manager !== null) {
    const [boss] = await run<{ person: number }>(
      unit.on,
      sql`select person from identity where org = ${provider.org} and provider = ${provider.id} and person::text = ${manager}`,
    )
    if (boss !== undefined && boss.person !== row.id) patch['lineManager'] = boss.person
  }
  const same = (name: string): boolean => {
    const now = row[name] ?? null
    return (
      JSON.stringify(typeof now === 'object' && now !== null && 'id' in now ? now.id : now) ===
      JSON.stringify(patch[name])
    )
  }
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !same(name)))
}
async function setActive(
  { store, actor, provider, identities }: ScimContext,
  unit: Unit,
  person: number,
  isActive: boolean,
): Promise<void> {
  const record = store.catalogue.get('person')
  const row = await store.get(actor, record, person, { unit })
  if ((row['status'] === 'active') === isActive) return
  const move = isActive ? 'return' : 'leave'
  await store
    .move(actor, record, { id: person, rev: null, move }, {}, { unit, reason: `${provider.name} (SCIM)` })
    .catch(asScim)
  // The person's own rule ends sessions and tokens in the same transaction; here they are forgotten on every node.
  identities.end(provider.org, person)
}

/** Somebody whom this client removed earlier, and sends again. */
async function revived({ provider, store, actor }: ScimContext, unit: Unit, user: Resource): Promise<number | null> {
  const userName = textOf(member(user, 'userName')) ?? ''
  const [row] = await run<{ person: number }>(
    unit.on,
    sql`update identity set resource = resource - 'deleted', rev = rev + 1 where org = ${provider.org} and provider = ${provider.id} and resource ? 'deleted' and lower(resource->>'userName') = lower(${userName}) returning person`,
  )
  if (row === undefined) return null
  const person = await store.get(actor, store.catalogue.get('person'), row.person, { unit })
  return person.binnedAt === null ? row.person : null
}
async function linked(context: ScimContext, unit: Unit, user: Resource): Promise<number | null> {
  const { provider } = context
  const email = String(personOfUser(user).values['email'] ?? '')
  if (email === '') return null
  const [row] = await run<{ id: number; isTaken: boolean }>(
    unit.on,
    sql`select p.id, exists (select 1 from identity i where i.org = p.org and i.provider = ${provider.id} and i.person = p.id) as "isTaken" from person p where p.org = ${provider.org} and lower(p.email) = lower(${email}) and p.binned_at is null`,
  )
  if (row === undefined) return null
  if (row.isTaken) throw new ScimError(409, 'uniqueness', `Another user of yours has the e-mail ${email}.`)
  const because = distrust(provider, { email, isEmailVerified: true })
  if (because !== null)
    throw new ScimError(409, 'uniqueness', `P-${row.id} has the e-mail ${email} already, and ${because}.`)
  await tie(context, unit, row.id, `The same e-mail, for which ${provider.name} is trusted`)
  return row.id
}
async function made(context: ScimContext, unit: Unit, user: Resource): Promise<number> {
  const { store, actor, provider } = context
  const { values } = personOfUser(user)
  const row = await store
    .create(actor, store.catalogue.get('person'), values, { unit, reason: `${provider.name} (SCIM)` })
    .catch(asScim)
  await tie(context, unit, row.id, `Made by ${provider.name}`)
  return row.id
}
async function tie({ store, actor, provider }: ScimContext, unit: Unit, person: number, reason: string): Promise<void> {
  await link({ store, unit, actor }, provider, { subject: crypto.randomUUID(), groups: [] }, { person, reason })
}
/** Our refusals in the words of SCIM. */
export function asScim(error: unknown): never {
  if (!(error instanceof Refusal)) throw error
  const detail = error.errors[0]?.detail ?? error.message
  if (error.status === 409) throw new ScimError(409, 'uniqueness', error.message)
  throw error.status === 422 || error.status === 400
    ? new ScimError(400, 'invalidValue', detail)
    : new ScimError(error.status, null, detail)
}
export function taken(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === '23505')
    throw new ScimError(409, 'uniqueness', 'Another of yours has that name already.')
  throw error
}

/** /Groups: groups of a SCIM client. They give roles by the rules of the provider; they are no teams. */
import { applyGroups } from '#kit/federation/grants.ts'
import { run, sql } from '#kit/sql.ts'
import type { Unit } from '#kit/store.ts'
import { patched } from './patch.ts'
import type { Json, Resource } from './resource.ts'
import { GROUP, isObject, member, ScimError, textOf, wrong } from './resource.ts'
import type { ScimContext } from './users.ts'
import { current, taken } from './users.ts'

export interface GroupRow {
  readonly id: number
  readonly name: string
  readonly external_id: string | null
  readonly rev: number
  readonly created_at: string
  readonly updated_at: string
  readonly members: { id: number; name: string }[] | null
}
export const GROUP_COLUMNS = sql`g.id, g.name, g.external_id, g.rev, g.created_at, g.updated_at,
  (select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.id) from directory_member m join person p on p.org = m.org and p.id = m.person where m.org = g.org and m.provider = g.provider and m.in_group = g.id) as members from directory_group g`

export function shownGroup({ base }: ScimContext, row: GroupRow): Resource {
  return {
    schemas: [GROUP],
    id: String(row.id),
    displayName: row.name,
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    members: (row.members ?? []).map(({ id, name }) => ({
      value: String(id),
      display: name,
      $ref: `${base}/Users/${id}`,
      type: 'User',
    })),
    meta: {
      resourceType: 'Group',
      created: row.created_at,
      lastModified: row.updated_at,
      location: `${base}/Groups/${row.id}`,
      version: `W/"${row.rev}"`,
    },
  }
}
/** @throws 404 */
export async function groupRow({ store, provider }: ScimContext, id: string, unit?: Unit): Promise<GroupRow> {
  const rows = /^\d{1,15}$/.test(id)
    ? await run<GroupRow>(
        unit?.on ?? store.db,
        sql`select ${GROUP_COLUMNS} where g.org = ${provider.org} and g.provider = ${provider.id} and g.id = ${Number(id)}`,
      )
    : []
  const [row] = rows
  if (row === undefined) throw new ScimError(404, null, `There is no group ${id.slice(0, 60)}.`)
  return row
}

export async function createGroup(context: ScimContext, body: unknown): Promise<GroupRow> {
  const { store, actor, provider } = context
  const group = checkedGroup(body)
  const id = await store.numbers.take(provider.org, 'directoryGroup')
  await store.transaction(actor, async (unit) => {
    await run(
      unit.on,
      sql`insert into directory_group (org, provider, id, name, external_id) values (${provider.org}, ${provider.id}, ${id}, ${group.name}, ${group.externalId})`,
    ).catch(taken)
    await setMembers(context, unit, id, { wanted: group.members, before: [], isRenamed: true })
  })
  return groupRow(context, String(id))
}
export async function replaceGroup(
  context: ScimContext,
  id: string,
  body: unknown,
  rev: number | null,
): Promise<GroupRow> {
  return change(context, id, rev, () => checkedGroup(body))
}
export async function patchGroup(
  context: ScimContext,
  id: string,
  body: unknown,
  rev: number | null,
): Promise<GroupRow> {
  return change(context, id, rev, (row) => checkedGroup(patched(shownGroup(context, row), body)))
}
export async function deleteGroup(context: ScimContext, id: string, rev: number | null): Promise<void> {
  const { store, actor, provider } = context
  await store.transaction(actor, async (unit) => {
    const row = await groupRow(context, id, unit)
    current(row, rev)
    const before = (row.members ?? []).map((one) => one.id)
    await run(
      unit.on,
      sql`delete from directory_group where org = ${provider.org} and provider = ${provider.id} and id = ${row.id}`,
    )
    await regrant(context, unit, before)
  })
}

interface Group {
  readonly name: string
  readonly externalId: string | null
  readonly members: readonly number[]
}
function checkedGroup(body: unknown): Group {
  if (!isObject(body)) throw wrong('invalidSyntax', 'Send a group as a JSON object.')
  const name = textOf(member(body, 'displayName'))
  if (name === null || name.length > 500)
    throw wrong('invalidValue', '"displayName" is needed, with at most 500 characters.')
  const members = member(body, 'members') ?? []
  if (!Array.isArray(members)) throw wrong('invalidValue', '"members" is a list.')
  return { name, externalId: textOf(member(body, 'externalId')), members: [...new Set(members.map(memberId))] }
}
function memberId(one: Json): number {
  if (textOf(member(one, 'type'))?.toLowerCase() === 'group')
    throw wrong('invalidValue', 'Groups within groups are not kept. Send their members.')
  const value = member(one, 'value')
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value))
    throw wrong('invalidValue', 'A member is { "value": "<id of a user>" }.')
  return Number(value)
}
async function change(
  context: ScimContext,
  id: string,
  rev: number | null,
  next: (row: GroupRow) => Group,
): Promise<GroupRow> {
  const { store, actor, provider } = context
  await store.transaction(actor, async (unit) => {
    // One change of a group after the other: two that add a member each must not undo one another.
    await run(
      unit.on,
      sql`select 1 from directory_group where org = ${provider.org} and provider = ${provider.id} and id::text = ${id} for update`,
    )
    const row = await groupRow(context, id, unit)
    current(row, rev)
    const group = next(row)
    await run(
      unit.on,
      sql`update directory_group set name = ${group.name}, external_id = ${group.externalId}, rev = rev + 1, updated_at = now() where org = ${provider.org} and provider = ${provider.id} and id = ${row.id}`,
    ).catch(taken)
    const before = (row.members ?? []).map((one) => one.id)
    await setMembers(context, unit, row.id, { wanted: group.members, before, isRenamed: group.name !== row.name })
  })
  return groupRow(context, id)
}
async function setMembers(
  context: ScimContext,
  unit: Unit,
  group: number,
  { wanted, before, isRenamed }: { wanted: readonly number[]; before: readonly number[]; isRenamed: boolean },
): Promise<void> {
  const { provider } = context
  const [has, wants] = [new Set(before), new Set(wanted)]
  const gone = before.filter((id) => !wants.has(id))
  const fresh = wanted.filter((id) => !has.has(id))
  const known = await run<{ person: number }>(
    unit.on,
    sql`insert into directory_member (org, provider, in_group, person) select org, provider, ${group}::bigint, person from identity where org = ${provider.org} and provider = ${provider.id} and person = any(${fresh}::bigint[]) and not resource ? 'deleted' on conflict do nothing returning person`,
  )
  const strange = fresh.find((id) => !known.some(({ person }) => person === id))
  if (strange !== undefined) throw wrong('invalidValue', `There is no user ${strange}, so it cannot be a member.`)
  await run(
    unit.on,
    sql`delete from directory_member where org = ${provider.org} and provider = ${provider.id} and in_group = ${group} and person = any(${gone}::bigint[])`,
  )
  await regrant(context, unit, isRenamed ? [...new Set([...wanted, ...before])] : [...fresh, ...gone])
}
/** The roles of these persons by the groups that they are in now. */
async function regrant(
  { store, actor, provider, identities }: ScimContext,
  unit: Unit,
  persons: readonly number[],
): Promise<void> {
  const rows = await run<{ person: number; groups: string[] }>(
    unit.on,
    sql`update identity i set groups = coalesce((select array_agg(g.name) from directory_member m join directory_group g on g.org = m.org and g.provider = m.provider and g.id = m.in_group where m.org = i.org and m.provider = i.provider and m.person = i.person), '{}')
      where i.org = ${provider.org} and i.provider = ${provider.id} and i.person = any(${persons}::bigint[]) returning i.person, i.groups`,
  )
  for (const { person, groups } of rows)
    await applyGroups({ on: unit.on, actor, now: store.now() }, provider, person, groups)
  if (rows.length > 0)
    identities.forget(
      provider.org,
      rows.map(({ person }) => person),
    )
}

/** Grants as they are kept: who holds which role where. Read with the identity, so that a request asks nothing more. */
import { said } from '#engines/say.ts'
import type { Actor, Grant, Reach, Rights } from './actor.ts'
import { ceilingOfRole } from './clearance.ts'
import type { Sql } from './database.ts'
import type { Confidentiality } from './field.ts'
import { labelOf } from './field.ts'
import type { Role } from './record.ts'
import { raw, run, sql } from './sql.ts'

export const ROLES = [
  'administrator',
  'manager',
  'lead',
  'agent',
  'requester',
  'officer',
  'auditor',
] as const satisfies readonly Role[]
export const SCOPES = ['organisation', 'unit', 'team', 'own'] as const
export type ScopeName = (typeof SCOPES)[number]

/** A grant as the database keeps it, with the role of the organisation's own that it names. */
export interface KeptGrant {
  readonly role: string
  readonly scope: ScopeName
  /** The unit or team; 0 for other scopes. */
  readonly at: number
  readonly own: { readonly name: string; readonly ceiling: Confidentiality; readonly rights: Rights } | null
}
/** All grants of the person `s.person` of `s.org`, as one JSON column called "grants". A role in the bin grants nothing. */
export const GRANTS = raw(`coalesce((
  select jsonb_agg(jsonb_build_object('role', g.role, 'scope', g.scope, 'at', g.scope_id,
    'own', case when r.id is null then null else jsonb_build_object('name', r.name, 'ceiling', r.ceiling, 'rights', r.rights) end) order by g.role, g.scope, g.scope_id)
  from role_grant g left join own_role r on r.org = g.org and g.role = 'role:' || r.id and r.binned_at is null
  where g.org = s.org and g.person = s.person and (g.role not like 'role:%' or r.id is not null)), '[]') as grants`)

/** What an actor holds by their grants; the units below a unit are asked for when there is such a grant. */
export async function held(
  on: Sql,
  org: number,
  kept: readonly KeptGrant[],
): Promise<Required<Pick<Actor, 'roles' | 'grants'>>> {
  const units = kept.filter((one) => one.scope === 'unit').map((one) => one.at)
  const below = units.length === 0 ? new Map<number, number[]>() : await subtrees(on, org, units)
  const isPlain = (one: KeptGrant): boolean => one.own === null && one.scope === 'organisation'
  return {
    roles: kept.filter(isPlain).map((one) => one.role as Role), // without an own role it is a built-in one
    grants: kept.filter((one) => !isPlain(one)).map((one) => grantOf(one, below.get(one.at) ?? [])),
  }
}
/** A person as they were read with GRANTS. */
export interface Holder {
  readonly org: number
  readonly person: number
  readonly name: string
  readonly grants: readonly KeptGrant[]
}
/** The person as an actor, with everything that they hold. */
export async function actorWith(
  on: Sql,
  { org, person, name, grants }: Holder,
  by: Pick<Actor, 'origin' | 'request'>,
): Promise<Actor & { readonly person: number }> {
  return { org, person, name, ...(await held(on, org, grants)), ...by }
}
function grantOf({ role, scope, at, own }: KeptGrant, units: readonly number[]): Grant {
  const reach: Reach = scope === 'unit' ? { scope, ids: units } : scope === 'team' ? { scope, ids: [at] } : { scope }
  return {
    role,
    label: own?.name ?? said(labelOf(role), 'role'),
    reach,
    rights: own?.rights ?? null,
    ceiling: own?.ceiling ?? ceilingOfRole(role),
  }
}
/** unit → itself and every unit below it. A circle, should there be one, ends after a hundred steps. */
export async function subtrees(on: Sql, org: number, units: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await run<{ top: number; ids: number[] }>(
    on,
    sql`with recursive down (top, id, depth) as (
      select id, id, 0 from unit where org = ${org} and id = any(${units}::bigint[]) and binned_at is null union
      select down.top, u.id, down.depth + 1 from down join unit u on u.org = ${org} and u.parent = down.id and u.binned_at is null where down.depth < 100
    ) select top, array_agg(distinct id) as ids from down group by top`,
  )
  return new Map(rows.map((row) => [row.top, row.ids.map(Number)]))
}
/** The grants of a person, as they are now. */
export async function grantsOf(on: Sql, org: number, person: number): Promise<KeptGrant[]> {
  const rows = await run<{ grants: KeptGrant[] }>(
    on,
    sql`select ${GRANTS} from (select ${org}::integer as org, ${person}::bigint as person) s`,
  )
  return rows[0]?.grants ?? []
}

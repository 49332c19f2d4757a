/** Roles from groups. A provider takes away only what it gave: what an administrator granted here stays. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { run, sql } from '#kit/sql.ts'
import type { Provider } from './settings.ts'

interface Grant {
  readonly role: string
  /** 0 is the whole organisation. */
  readonly unit: number
}
/** The grants of a member of these groups, each once. Only a directory's names are the same in capitals (RFC 4519). */
export function grantsOf(provider: Pick<Provider, 'settings' | 'kind'>, groups: readonly string[]): Grant[] {
  const { everybody, groups: rules } = provider.settings
  const same = (name: string): string => (provider.kind === 'ldap' ? name.toLowerCase() : name)
  const mine = new Set(groups.map(same))
  const all = [
    ...everybody.map((role) => ({ role, unit: 0 })),
    ...rules
      .filter((rule) => mine.has(same(rule.group)))
      .flatMap((rule) => rule.roles.map((role) => ({ role, unit: rule.unit ?? 0 }))),
  ]
  return [...new Map(all.map((grant) => [keyOf(grant), grant])).values()]
}

export interface Granting {
  readonly on: Sql
  readonly actor: Actor
  readonly now: string
}
/**
 * Gives and takes roles until they are what the groups say, in the caller's transaction.
 * @returns the sentence about a role that stays although the group is gone (the last administrator), or null
 */
export async function applyGroups(
  { on, actor, now }: Granting,
  provider: Provider,
  person: number,
  groups: readonly string[],
): Promise<string | null> {
  const wanted = grantsOf(provider, groups)
  const given = await run<Grant>(
    on,
    sql`select role, unit from provider_grant where org = ${provider.org} and provider = ${provider.id} and person = ${person}`,
  )
  const isGiven = new Set(given.map(keyOf))
  const isWanted = new Set(wanted.map(keyOf))
  const target = { on, provider, person }
  const changed: { grant: Grant; isNew: boolean }[] = []
  for (const grant of wanted.filter((one) => !isGiven.has(keyOf(one))))
    if (await give(target, grant)) changed.push({ grant, isNew: true })
  let kept: string | null = null
  for (const grant of given.filter((one) => !isWanted.has(keyOf(one)))) {
    if (grant.role === 'administrator' && grant.unit === 0 && (await isLastAdministrator(target)))
      kept = say`P-${person} stays an administrator although the group is gone: there is no other. Make somebody else an administrator first.`
    else if (await take(target, grant)) changed.push({ grant, isNew: false })
  }
  if (changed.length === 0) return kept
  const entries = changed.map(({ grant, isNew }) =>
    entry(actor, now, {
      record: 'person',
      recordId: person,
      action: isNew ? 'grant' : 'revoke',
      changes: { role: isNew ? [null, said(grant)] : [said(grant), null] },
      reason: isNew ? say`Groups at ${provider.name}` : say`No such group at ${provider.name} any more`,
    }),
  )
  await run(on, journalInsert(entries))
  return kept
}

/** Takes back every role that the provider gave, as when it is removed. The last administrator stays one. */
export async function takeBack(by: Granting, provider: Provider): Promise<void> {
  const rows = await run<{ person: number }>(
    by.on,
    sql`select distinct person from provider_grant where org = ${provider.org} and provider = ${provider.id}`,
  )
  const silent = { ...provider, settings: { ...provider.settings, everybody: [], groups: [] } } as Provider // the same kind, with no rule
  for (const { person } of rows) await applyGroups(by, silent, person, [])
  await run(by.on, sql`delete from provider_grant where org = ${provider.org} and provider = ${provider.id}`)
}

interface Target {
  readonly on: Sql
  readonly provider: Provider
  readonly person: number
}
/** @returns whether the role is new; one that an administrator granted stays theirs */
async function give({ on, provider, person }: Target, { role, unit }: Grant): Promise<boolean> {
  const others = await run(
    on,
    sql`select 1 from provider_grant where org = ${provider.org} and person = ${person} and role = ${role} and unit = ${unit}`,
  )
  const made = await insertGrant(on, { org: provider.org, person, role, unit })
  if (made || others.length > 0)
    await run(
      on,
      sql`insert into provider_grant (org, provider, person, role, unit) values (${provider.org}, ${provider.id}, ${person}, ${role}, ${unit}) on conflict do nothing`,
    )
  return made
}
/** @returns whether the role is gone; another provider may give it too */
async function take({ on, provider, person }: Target, { role, unit }: Grant): Promise<boolean> {
  await run(
    on,
    sql`delete from provider_grant where org = ${provider.org} and provider = ${provider.id} and person = ${person} and role = ${role} and unit = ${unit}`,
  )
  const others = await run(
    on,
    sql`select 1 from provider_grant where org = ${provider.org} and person = ${person} and role = ${role} and unit = ${unit}`,
  )
  if (others.length > 0) return false
  await deleteGrant(on, { org: provider.org, person, role, unit })
  return true
}
async function isLastAdministrator({ on, provider, person }: Target): Promise<boolean> {
  const others = await run(
    on,
    sql`select 1 from role_grant g join person p on p.org = g.org and p.id = g.person where g.org = ${provider.org} and g.role = 'administrator' and g.scope = 'organisation' and g.person <> ${person} and p.status = 'active' and p.binned_at is null limit 1`,
  )
  return others.length === 0
}

interface Row extends Grant {
  readonly org: number
  readonly person: number
}
async function insertGrant(on: Sql, row: Row): Promise<boolean> {
  const { org, person, role, unit } = row
  const made = await run(
    on,
    sql`insert into role_grant (org, person, role, scope, scope_id) values (${org}, ${person}, ${role}, ${scopeOf(row)}, ${unit}) on conflict do nothing returning 1`,
  )
  return made.length === 1
}
/** One that somebody granted here meanwhile, by hand, stays. */
async function deleteGrant(on: Sql, row: Row): Promise<void> {
  const { org, person, role, unit } = row
  await run(
    on,
    sql`delete from role_grant where org = ${org} and person = ${person} and role = ${role} and scope = ${scopeOf(row)} and scope_id = ${unit} and granted_by is null`,
  )
}
function scopeOf({ unit }: Grant): string {
  return unit === 0 ? 'organisation' : 'unit'
}
function keyOf({ role, unit }: Grant): string {
  return `${role}/${unit}`
}
/** As it stands in the journal, whoever grants. */
export function said({ role, unit }: Grant): string {
  return unit === 0 ? `${role}, organisation` : `${role}, unit UNIT-${unit}`
}

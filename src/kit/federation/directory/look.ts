/** Trying a directory with one account: what would be read of it, which roles it would have, and who it would be here. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Call, Route } from '#kit/contract.ts'
import type { Sql } from '#kit/database.ts'
import type { FederationParts } from '#kit/federation/enter.ts'
import { grantsOf } from '#kit/federation/grants.ts'
import { distrust } from '#kit/federation/person-of.ts'
import type { DirectoryEntry } from '#kit/federation/ports.ts'
import { opened, providerRow } from '#kit/federation/providers.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import { badRequest, notFound } from '#kit/problem.ts'
import { limitFlood } from '#kit/routes/admit.ts'
import { among, listOf, shapeOf, TEXT, TEXT_OR_NULL, TEXTS, WHOLE } from '#kit/routes/shape.ts'
import { run, sql } from '#kit/sql.ts'

interface Read {
  /** The field here, the attribute there, and what it holds. */
  readonly field: string
  readonly attribute: string
  readonly value: string | null
}
interface Looked {
  /** Entries with this name: only a single one is let in. */
  readonly found: number
  readonly dn: string | null
  readonly values: readonly Read[]
  readonly groups: readonly string[]
  readonly roles: readonly string[]
  readonly password: 'right' | 'wrong' | 'not tried'
  /** Who that is here, or why nobody: in sentences. */
  readonly says: readonly string[]
}
const LOOKED = shapeOf<Looked>({
  found: WHOLE,
  dn: TEXT_OR_NULL,
  values: listOf(shapeOf<Read>({ field: TEXT, attribute: TEXT, value: TEXT_OR_NULL })),
  groups: TEXTS,
  roles: TEXTS,
  password: among('right', 'wrong', 'not tried'),
  says: TEXTS,
})
const lookBody = z.strictObject({
  name: z.string().trim().min(1, 'Give the name with which somebody signs in.').max(320),
  /** Empty: only what is read is shown. */
  password: z.string().max(500).default(''),
})
const MOST_GROUPS = 200

export function lookRoute(parts: FederationParts): Route {
  return {
    method: 'POST',
    path: '/admin/sign-in-providers/{id}/look',
    tag: 'Administration',
    access: 'administrator',
    summary: 'Try a directory with one account: what would be read, and who it would be; nothing changes',
    body: lookBody,
    ok: LOOKED,
    refusals: [400, 409, 429],
    audited: say`It changes nothing.`,
    answersSecret: true,
    handle: async (call) => ({ body: await look(parts, call, lookBody.parse(call.body)) }),
  }
}
async function look(parts: FederationParts, call: Call, body: z.infer<typeof lookBody>): Promise<Looked> {
  limitFlood(parts, call, 'sign-in')
  const id = call.params['id'] ?? ''
  if (!/^\d{1,15}$/.test(id)) throw notFound(say`The sign-in provider`)
  const row = await providerRow(parts.store.db, call.actor.org, Number(id))
  const provider = opened(row, parts.secret)
  if (provider.kind !== 'ldap') throw badRequest(say`${row.name} is no directory; there is no account to look up.`)
  const { found, entry, isPassword } = await parts.federation.ldap.look(provider, body.name, body.password)
  if (entry === null) return nobody(provider, body.name, found)
  return {
    found: 1,
    dn: entry.dn,
    values: valuesOf(provider, entry),
    groups: entry.groups.slice(0, MOST_GROUPS),
    roles: grantsOf(provider, entry.groups).map(({ role, unit }) => (unit === 0 ? role : say`${role} in UNIT-${unit}`)),
    password: isPassword === null ? 'not tried' : isPassword ? 'right' : 'wrong',
    says: await whoHere(parts.store.db, provider, entry),
  }
}
function nobody(provider: LdapProvider, name: string, found: number): Looked {
  const because =
    found === 0
      ? say`Nobody in ${provider.settings.base} is found as “${name}” by the filter for signing in.`
      : say`Several entries are found as “${name}”: none of them is let in. Make the filter for signing in narrower.`
  return { found, dn: null, values: [], groups: [], roles: [], password: 'not tried', says: [because] }
}
/** In the order of the settings. `groups` are told apart, and `userName` is only looked for. */
function valuesOf({ settings }: LdapProvider, entry: DirectoryEntry): Read[] {
  const read: Readonly<Record<string, unknown>> = { ...entry }
  return Object.entries(settings.attributes).flatMap(([field, attribute]) => {
    if (field === 'groups' || field === 'userName') return []
    const value = read[field]
    return [{ field, attribute, value: typeof value === 'string' ? value : null }]
  })
}
async function whoHere(on: Sql, provider: LdapProvider, entry: DirectoryEntry): Promise<string[]> {
  const disabled = entry.isDisabled
    ? [say`It is disabled there (${provider.settings.disabledWhen}): nobody is let in with it.`]
    : []
  const known = await run<{ person: number }>(
    on,
    sql`select person from identity where org = ${provider.org} and provider = ${provider.id} and subject = ${entry.id}`,
  )
  if (known[0] !== undefined) return [...disabled, say`This account is P-${known[0].person} here.`]
  return [...disabled, await firstTime(on, provider, entry)]
}
/** As personOf() would decide at the first sign-in. */
async function firstTime(on: Sql, provider: LdapProvider, entry: DirectoryEntry): Promise<string> {
  const { email } = entry
  const same = await run<{ id: number }>(
    on,
    sql`select id from person where org = ${provider.org} and lower(email) = lower(${email}) and binned_at is null`,
  )
  if (same[0] !== undefined) {
    const because = distrust(provider, { email, isEmailVerified: email !== null })
    return because === null
      ? say`The first sign-in makes it P-${same[0].id}, who has the same e-mail.`
      : say`P-${same[0].id} has the same e-mail, but ${because}: the sign-in would be refused.`
  }
  return provider.settings.createsPersons
    ? say`The first sign-in makes a person called “${entry.name}”.`
    : say`Nobody here belongs to it, and persons are not made: the sign-in would be refused.`
}

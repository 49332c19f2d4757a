/** Setting up, signing in and out, who I am, my preferences and API tokens. */
import { z } from 'zod'
import { isTimeZone } from '#engines/wall-clock.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { system } from '#kit/actor.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { forbidden, notFound, Refusal, unfit } from '#kit/problem.ts'
import { checkPassword, closeSession, hashPassword, isSetUp, newKey, openSession, passwordProblem, useSetupLink } from '#kit/sign-in.ts'
import type { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

export interface SignInParts {
  readonly store: Store
  readonly identities: Identities
  /** Cookies only over TLS. */
  readonly isSecure: boolean
  /** Tries per address and minute before asking to wait. */
  readonly limit: { readonly take: (key: string) => boolean }
}
const COOKIE = 'pilothouse'
const zone = z.string().max(60).refine(isTimeZone, 'This is not a time zone. Write one such as Europe/Berlin.')
const setupBody = z.strictObject({ token: z.string().max(200), name: z.string().trim().min(1, 'Give your name.').max(200), email: z.email('Give an e-mail address.').max(320), password: z.string().max(500), organisation: z.string().trim().min(1, 'Give the name of the organisation.').max(200), timeZone: zone })
const signInBody = z.strictObject({ email: z.string().max(320), password: z.string().max(500) })
const preferencesBody = z.strictObject({ theme: z.enum(['light', 'dark', 'auto']).optional(), density: z.enum(['compact', 'normal', 'roomy']).optional(), singleKeys: z.boolean().optional(), timeZone: zone.optional(), locale: z.string().max(20).optional() })
const tokenBody = z.strictObject({ name: z.string().trim().min(1, 'Give the token a name.').max(100), days: z.number().int().min(1).max(3650).nullable().optional() })

export function signInRoutes(parts: SignInParts): Route[] {
  const { store } = parts
  const tag = 'Sign-in'
  return [
    { method: 'GET', path: '/setup', tag, access: 'public', summary: 'Whether the installation has been set up', handle: async () => ({ body: { isSetUp: await isSetUp(store.db) } }) },
    { method: 'POST', path: '/setup', tag, access: 'public', summary: 'Create the first administrator with the one-time link', body: setupBody, okStatus: 201, refusals: [409, 429], audited: 'journal', answersSecret: true, handle: (call) => setUp(parts, call, setupBody.parse(call.body)) },
    { method: 'POST', path: '/session', tag, access: 'public', summary: 'Sign in', body: signInBody, refusals: [401, 429], audited: 'journal', answersSecret: true, handle: (call) => signIn(parts, call, signInBody.parse(call.body)) },
    { method: 'DELETE', path: '/session', tag, access: 'signed-in', summary: 'Sign out', okStatus: 204, audited: 'A session ends; signing in is written down.', handle: (call) => signOut(parts, call) },
    { method: 'GET', path: '/me', tag, access: 'signed-in', summary: 'Who I am', handle: async (call) => ({ body: await me(parts, call) }) },
    { method: 'PATCH', path: '/me/preferences', tag, access: 'signed-in', summary: 'Change how things look for me', body: preferencesBody, audited: 'Only the looks of one person.', handle: (call) => prefer(parts, call, preferencesBody.parse(call.body)) },
    { method: 'GET', path: '/tokens', tag, access: 'signed-in', summary: 'My API tokens', handle: async (call) => ({ body: { items: await tokens(parts, call) } }) },
    { method: 'POST', path: '/tokens', tag, access: 'signed-in', summary: 'Make an API token; it is shown once', body: tokenBody, okStatus: 201, audited: 'journal', answersSecret: true, handle: (call) => makeToken(parts, call, tokenBody.parse(call.body)) },
    { method: 'DELETE', path: '/tokens/{id}', tag, access: 'signed-in', summary: 'Revoke an API token', okStatus: 204, audited: 'journal', handle: (call) => revoke(parts, call) },
  ]
}

async function setUp(parts: SignInParts, call: Call, body: z.infer<typeof setupBody>): Promise<Answer> {
  const { store } = parts
  limit(parts, call, 'setup')
  const because = passwordProblem(body.password)
  if (because !== null) throw unfit([{ pointer: '/password', detail: because }])
  if (!(await useSetupLink(store.db, body.token))) throw new Refusal(409, 'setup-link', 'This set-up link is not valid any more. Restart Pilothouse: it prints a new one as long as there is no administrator.')
  const person = await firstAdministrator(store, call.request, body)
  const session = await openSession(store.db, person)
  return { status: 201, body: { person: person.person }, headers: { 'Set-Cookie': cookie(parts, session.key, session.maxAge) } }
}
/** The organisation, its first person with a password and the role of administrator. Used by set-up and the command line. */
export async function firstAdministrator(store: Store, request: string, said: { name: string; email: string; password: string; organisation: string; timeZone: string }): Promise<{ org: number; person: number }> {
  const password = await hashPassword(said.password)
  const org = 1
  await run(store.db, sql`insert into organisation (id, name, time_zone) values (${org}, ${said.organisation}, ${said.timeZone}) on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone`)
  return store.transaction(system(org, request, 'setup'), async (unit) => {
    const row = await store.create(system(org, request, 'setup'), store.catalogue.get('person'), { name: said.name, email: said.email, timeZone: said.timeZone }, { unit })
    await run(unit.on, sql`insert into credential (org, person, email, password) values (${org}, ${row.id}, ${said.email}, ${password})`)
    for (const role of ['administrator', 'manager']) await run(unit.on, sql`insert into role_grant (org, person, role) values (${org}, ${row.id}, ${role})`)
    return { org, person: row.id }
  })
}

async function signIn(parts: SignInParts, call: Call, body: z.infer<typeof signInBody>): Promise<Answer> {
  limit(parts, call, 'sign-in')
  const who = await checkPassword(parts.store.db, body.email, body.password)
  if (who === null) throw new Refusal(401, 'sign-in', 'E-mail and password do not belong together. Try again, or ask an administrator for a new password.')
  const session = await openSession(parts.store.db, who)
  await note(parts, { org: who.org, person: who.person, request: call.request }, { record: 'person', recordId: who.person, action: 'sign-in' })
  return { body: { person: who.person }, headers: { 'Set-Cookie': cookie(parts, session.key, session.maxAge) } }
}
async function signOut(parts: SignInParts, call: Call): Promise<Answer> {
  const key = call.headers['cookie']
  if (key !== undefined) await closeSession(parts.store.db, key)
  parts.identities.forget()
  return { status: 204, headers: { 'Set-Cookie': cookie(parts, '', 0) } }
}
function cookie(parts: SignInParts, key: string, maxAge: number): string {
  return `${COOKIE}=${key}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${parts.isSecure ? '; Secure' : ''}`
}
function limit(parts: SignInParts, call: Call, what: string): void {
  if (!parts.limit.take(`${what}/${call.address}`)) throw new Refusal(429, 'too-many', 'Too many tries from this address. Wait a minute, then try again.')
}

async function me(parts: SignInParts, call: Call): Promise<unknown> {
  const rows = await run<{ org_name: string; zone: string; own_zone: string | null; email: string | null; preferences: object | null; settings: object }>(
    parts.store.db,
    sql`select o.name as org_name, o.time_zone as zone, o.settings, p.time_zone as own_zone, p.email, f.value as preferences from organisation o
      left join person p on p.org = o.id and p.id = ${call.actor.person} left join preference f on f.org = o.id and f.person = p.id where o.id = ${call.actor.org}`,
  )
  const row = rows[0]
  const preferences = { theme: 'auto', density: 'normal', singleKeys: true, ...row?.preferences }
  return {
    person: call.actor.person === null ? null : { id: call.actor.person, number: `P-${call.actor.person}`, title: call.actor.name, email: row?.email ?? null },
    org: { id: call.actor.org, name: row?.org_name ?? '' }, roles: call.actor.roles,
    timeZone: ('timeZone' in preferences ? preferences.timeZone : null) ?? row?.own_zone ?? row?.zone ?? 'UTC', orgTimeZone: row?.zone ?? 'UTC',
    locale: 'locale' in preferences ? preferences.locale : 'en', preferences, isDemo: row !== undefined && 'demo' in row.settings,
  }
}
async function prefer(parts: SignInParts, call: Call, body: z.infer<typeof preferencesBody>): Promise<Answer> {
  if (call.actor.person === null) throw forbidden('Only a person has preferences.')
  await run(parts.store.db, sql`insert into preference (org, person, value) values (${call.actor.org}, ${call.actor.person}, ${JSON.stringify(body)}::jsonb) on conflict (org, person) do update set value = preference.value || excluded.value`)
  return { body: await me(parts, call) }
}

async function tokens(parts: SignInParts, call: Call): Promise<object[]> {
  return run(parts.store.db, sql`select id, name, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt" from api_token where org = ${call.actor.org} and person = ${call.actor.person} order by id desc`)
}
async function makeToken(parts: SignInParts, call: Call, body: z.infer<typeof tokenBody>): Promise<Answer> {
  if (call.actor.person === null) throw forbidden('Only a person has tokens.')
  const made = await newToken(parts.store, { org: call.actor.org, person: call.actor.person }, { name: body.name, days: body.days ?? 365 })
  await note(parts, { org: call.actor.org, person: call.actor.person, request: call.request }, { record: 'person', recordId: call.actor.person, action: 'token-created' })
  return { status: 201, body: made }
}
/** A token with its only showing. */
export async function newToken(store: Store, who: { org: number; person: number }, said: { name: string; days: number | null }): Promise<{ id: number; token: string }> {
  const { shown, kept } = newKey('ph_')
  const id = await store.numbers.take(who.org, 'apiToken')
  await run(store.db, sql`insert into api_token (org, id, person, name, key, expires_at) values (${who.org}, ${id}, ${who.person}, ${said.name}, ${kept}, now() + make_interval(days => ${said.days}::integer))`)
  return { id, token: shown }
}
async function revoke(parts: SignInParts, call: Call): Promise<Answer> {
  const id = /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : 0
  const gone = await run(parts.store.db, sql`delete from api_token where org = ${call.actor.org} and person = ${call.actor.person} and id = ${id} returning 1`)
  if (gone.length === 0) throw notFound('The token')
  parts.identities.forget()
  await note(parts, { org: call.actor.org, person: call.actor.person, request: call.request }, { record: 'person', recordId: call.actor.person ?? 0, action: 'token-revoked' })
  return { status: 204 }
}
/** Writes down what is no change of a record: signing in, tokens. */
async function note(parts: SignInParts, who: { org: number; person: number | null; request: string }, said: { record: string; recordId: number; action: string }): Promise<void> {
  const actor = { ...system(who.org, who.request, 'web'), person: who.person }
  await run(parts.store.db, journalInsert([entry(actor, parts.store.now(), { ...said, changes: {} })]))
}

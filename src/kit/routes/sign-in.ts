/** Setting up, signing in and out, who I am, my preferences and API tokens. */
import { z } from 'zod'
import { isTimeZone } from '#engines/wall-clock.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { system } from '#kit/actor.ts'
import { noteDeed } from './note-deed.ts'
import { Refusal, unfit } from '#kit/problem.ts'
import {
  checkPassword,
  closeSession,
  hashPassword,
  isSetUp,
  openSession,
  passwordProblem,
  useSetupLink,
} from '#kit/sign-in.ts'
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
const setupBody = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1, 'Give your name.').max(200),
  email: z.email('Give an e-mail address.').max(320),
  password: z.string().max(500),
  organisation: z.string().trim().min(1, 'Give the name of the organisation.').max(200),
  timeZone: zone,
})
const signInBody = z.strictObject({ email: z.string().max(320), password: z.string().max(500) })

export function signInRoutes(parts: SignInParts): Route[] {
  const { store } = parts
  const tag = 'Sign-in'
  return [
    {
      method: 'GET',
      path: '/setup',
      tag,
      access: 'public',
      summary: 'Whether the installation has been set up',
      handle: async () => ({ body: { isSetUp: await isSetUp(store.db) } }),
    },
    {
      method: 'POST',
      path: '/setup',
      tag,
      access: 'public',
      summary: 'Create the first administrator with the one-time link',
      body: setupBody,
      okStatus: 201,
      refusals: [409, 429],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => setUp(parts, call, setupBody.parse(call.body)),
    },
    {
      method: 'POST',
      path: '/session',
      tag,
      access: 'public',
      summary: 'Sign in',
      body: signInBody,
      refusals: [401, 429],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => signIn(parts, call, signInBody.parse(call.body)),
    },
    {
      method: 'DELETE',
      path: '/session',
      tag,
      access: 'signed-in',
      summary: 'Sign out',
      okStatus: 204,
      audited: 'A session ends; signing in is written down.',
      handle: (call) => signOut(parts, call),
    },
  ]
}

async function setUp(parts: SignInParts, call: Call, body: z.infer<typeof setupBody>): Promise<Answer> {
  const { store } = parts
  limit(parts, call, 'setup')
  const because = passwordProblem(body.password)
  if (because !== null) throw unfit([{ pointer: '/password', detail: because }])
  if (!(await useSetupLink(store.db, body.token)))
    throw new Refusal(
      409,
      'setup-link',
      'This set-up link is not valid any more. Restart Pilothouse: it prints a new one as long as there is no administrator.',
    )
  const person = await firstAdministrator(store, call.request, body)
  const session = await openSession(store.db, person)
  return {
    status: 201,
    body: { person: person.person },
    headers: { 'Set-Cookie': cookie(parts, session.key, session.maxAge) },
  }
}
/** The organisation, its first person with a password and the role of administrator. Used by set-up and the command line. */
export async function firstAdministrator(
  store: Store,
  request: string,
  said: { name: string; email: string; password: string; organisation: string; timeZone: string },
): Promise<{ org: number; person: number }> {
  const password = await hashPassword(said.password)
  const org = 1
  await run(
    store.db,
    sql`insert into organisation (id, name, time_zone) values (${org}, ${said.organisation}, ${said.timeZone}) on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone`,
  )
  return store.transaction(system(org, request, 'setup'), async (unit) => {
    const row = await store.create(
      system(org, request, 'setup'),
      store.catalogue.get('person'),
      { name: said.name, email: said.email, timeZone: said.timeZone },
      { unit },
    )
    await run(
      unit.on,
      sql`insert into credential (org, person, email, password) values (${org}, ${row.id}, ${said.email}, ${password})`,
    )
    for (const role of ['administrator', 'manager'])
      await run(unit.on, sql`insert into role_grant (org, person, role) values (${org}, ${row.id}, ${role})`)
    return { org, person: row.id }
  })
}

async function signIn(parts: SignInParts, call: Call, body: z.infer<typeof signInBody>): Promise<Answer> {
  limit(parts, call, 'sign-in')
  const who = await checkPassword(parts.store.db, body.email, body.password)
  if (who === null)
    throw new Refusal(
      401,
      'sign-in',
      'E-mail and password do not belong together. Try again, or ask an administrator for a new password.',
    )
  const session = await openSession(parts.store.db, who)
  await noteDeed(
    parts.store,
    { org: who.org, person: who.person, request: call.request },
    { record: 'person', recordId: who.person, action: 'sign-in' },
  )
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
  if (!parts.limit.take(`${what}/${call.address}`))
    throw new Refusal(429, 'too-many', 'Too many tries from this address. Wait a minute, then try again.')
}

/** Who I am, how I like things to look, and my API tokens. */
import { z } from 'zod'
import { isTimeZone } from '#engines/wall-clock.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { forbidden, notFound } from '#kit/problem.ts'
import { newKey } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { noteDeed } from './note-deed.ts'
import type { SignInParts } from './sign-in.ts'

const zone = z.string().max(60).refine(isTimeZone, 'This is not a time zone. Write one such as Europe/Berlin.')
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
/** A zone or a locale of null is the usual one again: the organisation's zone, the browser's locale. */
const preferencesBody = z.strictObject({
  theme: z.enum(['light', 'dark', 'auto']).optional(),
  density: z.enum(['compact', 'normal', 'roomy']).optional(),
  singleKeys: z.boolean().optional(),
  timeZone: zone.nullable().optional(),
  locale: z
    .string()
    .max(20)
    .refine(isLocale, 'This is not a language tag. Write one such as en-GB.')
    .nullable()
    .optional(),
})
const tokenBody = z.strictObject({
  name: z.string().trim().min(1, 'Give the token a name.').max(100),
  days: z.number().int().min(1).max(3650).nullable().optional(),
})

export function myRoutes(parts: SignInParts): Route[] {
  const tag = 'Sign-in'
  return [
    {
      method: 'GET',
      path: '/me',
      tag,
      access: 'signed-in',
      summary: 'Who I am',
      handle: async (call) => ({ body: await me(parts, call) }),
    },
    {
      method: 'PATCH',
      path: '/me/preferences',
      tag,
      access: 'signed-in',
      summary: 'Change how things look for me',
      body: preferencesBody,
      audited: 'Only the looks of one person.',
      handle: (call) => prefer(parts, call, preferencesBody.parse(call.body)),
    },
    {
      method: 'GET',
      path: '/tokens',
      tag,
      access: 'signed-in',
      summary: 'My API tokens',
      handle: async (call) => ({ body: { items: await tokens(parts, call) } }),
    },
    {
      method: 'POST',
      path: '/tokens',
      tag,
      access: 'signed-in',
      summary: 'Make an API token; it is shown once',
      body: tokenBody,
      okStatus: 201,
      audited: 'journal',
      answersSecret: true,
      handle: (call) => makeToken(parts, call, tokenBody.parse(call.body)),
    },
    {
      method: 'DELETE',
      path: '/tokens/{id}',
      tag,
      access: 'signed-in',
      summary: 'Revoke an API token',
      okStatus: 204,
      audited: 'journal',
      handle: (call) => revoke(parts, call),
    },
  ]
}

async function me(parts: SignInParts, call: Call): Promise<unknown> {
  const rows = await run<{
    org_name: string
    zone: string
    own_zone: string | null
    email: string | null
    preferences: object | null
    settings: object
  }>(
    parts.store.db,
    sql`select o.name as org_name, o.time_zone as zone, o.settings, p.time_zone as own_zone, p.email, f.value as preferences from organisation o
      left join person p on p.org = o.id and p.id = ${call.actor.person} left join preference f on f.org = o.id and f.person = p.id where o.id = ${call.actor.org}`,
  )
  const row = rows[0]
  const preferences = { theme: 'auto', density: 'normal', singleKeys: true, ...row?.preferences }
  return {
    person:
      call.actor.person === null
        ? null
        : {
            id: call.actor.person,
            number: `P-${call.actor.person}`,
            title: call.actor.name,
            email: row?.email ?? null,
          },
    org: { id: call.actor.org, name: row?.org_name ?? '' },
    roles: call.actor.roles,
    timeZone: ('timeZone' in preferences ? preferences.timeZone : null) ?? row?.own_zone ?? row?.zone ?? 'UTC',
    orgTimeZone: row?.zone ?? 'UTC',
    locale: 'locale' in preferences ? preferences.locale : null,
    preferences,
    isDemo: row !== undefined && 'demo' in row.settings,
  }
}
async function prefer(parts: SignInParts, call: Call, body: z.infer<typeof preferencesBody>): Promise<Answer> {
  if (call.actor.person === null) throw forbidden('Only a person has preferences.')
  await run(
    parts.store.db,
    sql`insert into preference (org, person, value) values (${call.actor.org}, ${call.actor.person}, ${JSON.stringify(body)}::jsonb) on conflict (org, person) do update set value = preference.value || excluded.value`,
  )
  return { body: await me(parts, call) }
}

async function tokens(parts: SignInParts, call: Call): Promise<object[]> {
  return run(
    parts.store.db,
    sql`select id, name, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt" from api_token where org = ${call.actor.org} and person = ${call.actor.person} order by id desc`,
  )
}
async function makeToken(parts: SignInParts, call: Call, body: z.infer<typeof tokenBody>): Promise<Answer> {
  if (call.actor.person === null) throw forbidden('Only a person has tokens.')
  const made = await newToken(
    parts.store,
    { org: call.actor.org, person: call.actor.person },
    { name: body.name, days: body.days ?? 365 },
  )
  await noteDeed(
    parts.store,
    { org: call.actor.org, person: call.actor.person, request: call.request },
    { record: 'person', recordId: call.actor.person, action: 'token-created' },
  )
  return { status: 201, body: made }
}
/** A token with its only showing. */
export async function newToken(
  store: Store,
  who: { org: number; person: number },
  said: { name: string; days: number | null },
): Promise<{ id: number; token: string }> {
  const { shown, kept } = newKey('ph_')
  const id = await store.numbers.take(who.org, 'apiToken')
  await run(
    store.db,
    sql`insert into api_token (org, id, person, name, key, expires_at) values (${who.org}, ${id}, ${who.person}, ${said.name}, ${kept}, now() + make_interval(days => ${said.days}::integer))`,
  )
  return { id, token: shown }
}
async function revoke(parts: SignInParts, call: Call): Promise<Answer> {
  const id = /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : 0
  const gone = await run(
    parts.store.db,
    sql`delete from api_token where org = ${call.actor.org} and person = ${call.actor.person} and id = ${id} returning 1`,
  )
  if (gone.length === 0) throw notFound('The token')
  parts.identities.forget()
  await noteDeed(
    parts.store,
    { org: call.actor.org, person: call.actor.person, request: call.request },
    { record: 'person', recordId: call.actor.person ?? 0, action: 'token-revoked' },
  )
  return { status: 204 }
}

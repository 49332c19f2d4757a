/** API tokens: made with a scope and an end, shown once, listed with their last use, revoked. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { forbidden, notFound, unfit } from '#kit/problem.ts'
import { noteSignIn } from '#kit/sign-in/deeds.ts'
import { signInPolicy } from '#kit/sign-in/policy.ts'
import type { TokenScope } from '#kit/sign-in/token-scope.ts'
import { newKey } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { SignInParts } from './admit.ts'
import type { TokenShown } from './security-shape.ts'
import { TOKEN } from './security-shape.ts'
import { listOf, shape, TEXT, WHOLE } from './shape.ts'

const USUAL_DAYS = 90
const MOST_DAYS = 366
const tokenBody = z.strictObject({
  name: z.string().trim().min(1, 'Give the token a name.').max(100),
  days: z.number().int().min(1).max(MOST_DAYS).optional(),
  readOnly: z.boolean().optional(),
  records: z.array(z.string().max(60)).min(1, 'Choose at least one kind of record, or leave it out for all.').max(100).nullable().optional(), // oxfmt-ignore
})

export function tokenRoutes(parts: SignInParts): Route[] {
  const tag = 'Sign-in'
  return [
    {
      method: 'GET',
      path: '/tokens',
      tag,
      access: 'signed-in',
      summary: 'My API tokens',
      ok: shape({ items: listOf(TOKEN) }),
      handle: async ({ actor }) => ({
        body: { items: await tokensOf(parts, { org: actor.org, person: actor.person }) },
      }),
    },
    {
      method: 'POST',
      path: '/tokens',
      tag,
      access: 'signed-in',
      summary: 'Make an API token, for reading only or for some kinds of record if you like; it is shown once',
      body: tokenBody,
      ok: shape({ id: WHOLE, token: TEXT, expiresAt: TEXT }),
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

/** A person's tokens, newest first; calendar feeds are none, though they are kept with them. */
export function tokensOf(
  parts: Pick<SignInParts, 'store'>,
  who: { org: number; person: number | null },
): Promise<TokenShown[]> {
  return run(
    parts.store.db,
    sql`select id, name, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt", scope from api_token where org = ${who.org} and person = ${who.person} and not coalesce(scope ? 'feed', false) order by id desc`,
  )
}
async function makeToken(parts: SignInParts, call: Call, body: z.infer<typeof tokenBody>): Promise<Answer> {
  const { actor, door } = call
  if (actor.person === null) throw forbidden(say`Only a person has tokens.`)
  const who = { org: actor.org, person: actor.person }
  const strange = body.records?.findIndex((name) => parts.store.catalogue.find(name) === null) ?? -1
  if (strange >= 0)
    throw unfit([
      { pointer: `/records/${strange}`, detail: say`There is no such kind of record. GET /records names them.` },
    ])
  const { tokenDays } = await signInPolicy(parts.store.db, actor.org)
  const days = body.days ?? Math.min(USUAL_DAYS, tokenDays)
  if (days > tokenDays) throw unfit([{ pointer: '/days', detail: say`Tokens last ${tokenDays} days at most here.` }])
  const records = body.records ?? null
  const scope = body.readOnly === true || records !== null ? { readOnly: body.readOnly === true, records } : null
  // A token does not outlive itself through one that it makes.
  const until = door?.kind === 'token' ? door.expiresAt : null
  const made = await newToken(parts.store, who, { name: body.name, days, scope, until })
  await noteSignIn(parts.store, { ...who, by: who.person, request: call.request, action: 'token-created', address: call.address, said: { token: made.id, name: body.name, ...(scope === null ? {} : { scope }) } }) // oxfmt-ignore
  return { status: 201, body: made }
}
/** A token with its only showing. @param said.days null: until it is revoked @param said.until an instant that it does not outlast */
export async function newToken(
  store: Store,
  who: { org: number; person: number },
  said: { name: string; days: number | null; scope?: TokenScope | null; until?: string | null },
): Promise<{ id: number; token: string; expiresAt: string }> {
  const { shown, kept } = newKey('ph_')
  const id = await store.numbers.take(who.org, 'apiToken')
  const scope = said.scope ? JSON.stringify(said.scope) : null
  const rows = await run<{ expires_at: string }>(
    store.db,
    sql`insert into api_token (org, id, person, name, key, scope, expires_at) values (${who.org}, ${id}, ${who.person}, ${said.name}, ${kept}, ${scope}::jsonb, least(now() + make_interval(days => ${said.days}::integer), ${said.until ?? null}::timestamptz)) returning expires_at`,
  )
  return { id, token: shown, expiresAt: rows[0]?.expires_at ?? '' }
}
async function revoke(parts: SignInParts, call: Call): Promise<Answer> {
  const id = /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : 0
  const { org, person } = call.actor
  if (person === null || !(await revokeToken(parts, { org, person }, id))) throw notFound(say`The token`)
  await noteSignIn(parts.store, { org, person, by: person, request: call.request, action: 'token-revoked', address: call.address, said: { token: id } }) // oxfmt-ignore
  return { status: 204 }
}
/** @returns whether there was one */
export async function revokeToken(
  parts: Pick<SignInParts, 'store' | 'identities'>,
  who: { org: number; person: number },
  id: number,
): Promise<boolean> {
  const gone = await run(
    parts.store.db,
    sql`delete from api_token where org = ${who.org} and person = ${who.person} and id = ${id} returning 1 as one`,
  )
  parts.identities.end(who.org, who.person)
  return gone.length > 0
}

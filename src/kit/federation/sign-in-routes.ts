/** Signing in elsewhere: which ways there are, going there, coming back. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { Refusal } from '#kit/problem.ts'
import { limitFlood, noteFailure } from '#kit/routes/admit.ts'
import { afterPassword } from '#kit/routes/enter.ts'
import { listOf, shape, TEXT, TEXT_OR_NULL, WHOLE } from '#kit/routes/shape.ts'
import { sessionCookie } from '#kit/sign-in/cookie.ts'
import { countTry, forgiveTry } from '#kit/sign-in/delays.ts'
import { closeSession } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { backChannelRoute } from './back-channel.ts'
import type { FederationParts } from './enter.ts'
import { enter, known, limitJourneys, orTrouble, toQuery } from './enter.ts'
import { begunCookie, keepHandshake, keyHash, newBrowser, ownPage, takeHandshake } from './handshake.ts'
import { oidcCallback, slugOf } from './places.ts'
import type { OidcKept } from './ports.ts'
import { opened, providerBySlug, providerRow } from './providers.ts'
import { samlRoutes } from './saml-routes.ts'
import { decrypt } from './secrets.ts'

const tag = 'Sign-in'
const ldapBody = z.strictObject({ name: z.string().trim().min(1).max(320), password: z.string().max(500) })

export function federatedSignInRoutes(parts: FederationParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/sign-in/providers',
      tag,
      access: 'public',
      summary: 'Other ways to sign in',
      ok: shape({ items: listOf(shape({ provider: TEXT, name: TEXT, kind: TEXT })) }),
      handle: async () => ({ body: { items: await shownProviders(parts) } }),
    },
    {
      method: 'GET',
      path: '/sign-in/trouble/{key}',
      tag,
      access: 'public',
      summary: 'Why a sign-in elsewhere did not work; told once',
      ok: shape({ because: TEXT_OR_NULL }),
      handle: async (call) => ({
        body: await takeHandshake<object>(parts.store.db, `trouble/${call.params['key'] ?? ''}`, null).catch(() => ({
          because: null,
        })), // told already: nothing to say
      }),
    },
    ...oidcRoutes(parts),
    backChannelRoute(parts),
    ...samlRoutes(parts),
    {
      method: 'POST',
      path: '/sign-in/ldap/{provider}',
      tag,
      access: 'public',
      summary: 'Sign in with the name and password of a directory',
      body: ldapBody,
      ok: shape({ person: WHOLE }),
      refusals: [401, 403, 409, 429],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => signInLdap(parts, call, ldapBody.parse(call.body)),
    },
    {
      method: 'POST',
      path: '/sign-in/end',
      tag,
      access: 'signed-in',
      summary: 'Sign out here; says where the browser signs out of its provider',
      // As in `DELETE /session`.
      reach: 'installation',
      ok: shape({ to: TEXT_OR_NULL }),
      audited: say`A session ends; signing in is written down.`,
      handle: (call) => end(parts, call),
    },
  ]
}
function oidcRoutes(parts: FederationParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/sign-in/oidc/{provider}',
      tag,
      access: 'public',
      summary: 'Go to an OpenID provider to sign in',
      query: toQuery,
      okStatus: 303,
      handle: (call) => orTrouble(parts, () => beginOidc(parts, call)),
    },
    {
      method: 'GET',
      path: '/sign-in/oidc/{provider}/callback',
      tag,
      access: 'public',
      summary: 'Come back from an OpenID provider',
      okStatus: 303,
      audited: 'journal',
      handle: (call) => orTrouble(parts, () => finishOidc(parts, call)),
    },
  ]
}
async function shownProviders({ store }: FederationParts): Promise<object[]> {
  return run(
    store.db,
    sql`select slug as provider, name, kind from identity_provider where is_on and kind in ('oidc', 'saml', 'ldap') order by lower(name)`,
  )
}

interface OidcBegun extends OidcKept {
  readonly slug: string
  readonly to: string
}
async function beginOidc(parts: FederationParts, call: Call): Promise<Answer> {
  limitJourneys(parts, call)
  const provider = await providerBySlug(parts.store.db, parts.secret, { slug: slugOf(call), kind: 'oidc' })
  const { to, kept } = await parts.federation.oidc.begin(provider, oidcCallback(parts, provider.slug))
  const begun: OidcBegun = { ...kept, slug: provider.slug, to: ownPage(call.query['to']) }
  const browser = newBrowser()
  await keepHandshake(parts.store.db, kept.state, begun, browser)
  return { status: 303, headers: { Location: to }, cookies: [begunCookie(browser, parts.isSecure)] }
}
async function finishOidc(parts: FederationParts, call: Call): Promise<Answer> {
  const { store, secret, federation } = parts
  limitJourneys(parts, call)
  const begun = await takeHandshake<OidcBegun>(store.db, call.query['state'] ?? '', call.headers['begun'])
  // Each provider has an address of its own: an answer of one is never taken at the address of another (mix-up).
  if (begun.slug !== slugOf(call))
    throw new Refusal(
      409,
      'mix-up',
      say`This answer comes from another provider than the one that was asked. Sign in again.`,
    )
  const provider = await providerBySlug(store.db, secret, { slug: begun.slug, kind: 'oidc' })
  const came = new URL(oidcCallback(parts, provider.slug))
  came.search = new URLSearchParams(call.query).toString()
  const { profile, idToken, session } = await federation.oidc.finish(provider, begun, came)
  return enter(parts, provider, profile, { call, to: begun.to, ending: { idToken, session } })
}

async function signInLdap(parts: FederationParts, call: Call, body: z.infer<typeof ldapBody>): Promise<Answer> {
  limitFlood(parts, call, 'sign-in')
  const { store, secret } = parts
  const provider = await providerBySlug(store.db, secret, { slug: slugOf(call), kind: 'ldap' })
  // An account of a directory waits by itself: failures there say nothing about an account with the same name here.
  const tried = { email: `${provider.slug}/${body.name}`, address: call.address, browser: undefined }
  await countTry(store.db, secret, tried)
  const profile = await parts.federation.ldap.signIn(provider, body.name, body.password)
  if (profile === null) {
    noteFailure(parts, call, null, provider.name)
    throw new Refusal(401, 'sign-in', say`Name and password do not belong together at ${provider.name}. Try again.`)
  }
  await forgiveTry(store.db, secret, tried)
  // A directory proves a password alone: whoever has a second factor here is asked for it.
  return afterPassword(parts, call, await known(parts, provider, profile, call.request))
}

/** Ends the session here, and says where the provider's is ended; null when it has none. */
async function end(parts: FederationParts, call: Call): Promise<Answer> {
  const key = call.headers['cookie']
  const to = key === undefined ? null : await endAt(parts, key).catch(() => null) // the provider is away: we still sign out
  if (key !== undefined) await closeSession(parts.store.db, key)
  if (call.actor.person !== null) parts.identities.end(call.actor.org, call.actor.person)
  return { body: { to }, cookies: [sessionCookie(parts.isSecure, '', 0)] }
}
async function endAt(parts: FederationParts, key: string): Promise<string | null> {
  const { store, secret, federation, publicUrl } = parts
  const [row] = await run<{ org: number; provider: number; kept: Buffer }>(
    store.db,
    sql`delete from federated_session where session = ${keyHash(key)} returning org, provider, kept`,
  )
  if (row === undefined) return null
  const text = decrypt(secret, 'session', row.kept)
  const provider = opened(await providerRow(store.db, row.org, row.provider), secret)
  if (text === null || provider.kind !== 'oidc') return null
  const kept: { idToken?: string } = JSON.parse(text)
  return federation.oidc.endAt(provider, kept.idToken ?? '', `${publicUrl}/login`)
}

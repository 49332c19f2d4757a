/** SAML 2.0: going to the identity provider, its posted answer, and the end in the browser that began. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { Refusal } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { FederationParts } from './enter.ts'
import { enter, limitJourneys, orTrouble, toQuery } from './enter.ts'
import { begunCookie, keepHandshake, keyHash, newBrowser, ownPage, seeHandshake, takeHandshake } from './handshake.ts'
import { samlPlaces, slugOf } from './places.ts'
import type { SamlFound, SamlKept } from './ports.ts'
import { providerBySlug } from './providers.ts'

const tag = 'Sign-in'
const samlBody = z.looseObject({ SAMLResponse: z.string().max(400_000), RelayState: z.string().max(200).default('') })

export function samlRoutes(parts: FederationParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/sign-in/saml/{provider}',
      tag,
      access: 'public',
      summary: 'Go to a SAML identity provider to sign in',
      query: toQuery,
      okStatus: 303,
      handle: (call) => orTrouble(parts, () => beginSaml(parts, call)),
    },
    {
      method: 'GET',
      path: '/sign-in/saml/{provider}/metadata',
      tag,
      access: 'public',
      summary: 'What a SAML identity provider has to know about us',
      okTypes: ['application/samlmetadata+xml'],
      handle: (call) => samlMetadata(parts, call),
    },
    {
      method: 'POST',
      path: '/sign-in/saml/{provider}/consume',
      tag,
      access: 'public',
      summary: 'Takes the assertion of a SAML identity provider',
      body: samlBody,
      takesForm: true,
      okStatus: 303,
      audited: say`The sign-in that follows is written down.`,
      handle: (call) => orTrouble(parts, () => consumeSaml(parts, call, samlBody.parse(call.body))),
    },
    {
      method: 'GET',
      path: '/sign-in/saml/{provider}/finish',
      tag,
      access: 'public',
      summary: 'The end of a sign-in with SAML, in the browser that began it',
      query: { ticket: { about: 'Given by the step before.', schema: { type: 'string', maxLength: 200 } } },
      okStatus: 303,
      audited: 'journal',
      handle: (call) => orTrouble(parts, () => finishSaml(parts, call)),
    },
  ]
}

interface SamlBegun extends SamlKept {
  readonly slug: string
  readonly to: string
  readonly browser: string
}
interface SamlTicket extends SamlFound {
  readonly slug: string
  readonly to: string
}
async function beginSaml(parts: FederationParts, call: Call): Promise<Answer> {
  limitJourneys(parts, call)
  const provider = await providerBySlug(parts.store.db, parts.secret, { slug: slugOf(call), kind: 'saml' })
  const state = randomBytes(24).toString('base64url')
  const { to, kept } = await parts.federation.saml.begin(provider, samlPlaces(parts, provider.slug), state)
  const browser = newBrowser()
  const begun: SamlBegun = {
    ...kept,
    slug: provider.slug,
    to: ownPage(call.query['to']),
    browser: keyHash(browser).toString('base64'),
  }
  await keepHandshake(parts.store.db, state, begun, null)
  return { status: 303, headers: { Location: to }, cookies: [begunCookie(browser, parts.isSecure)] }
}
async function samlMetadata(parts: FederationParts, call: Call): Promise<Answer> {
  const provider = await providerBySlug(parts.store.db, parts.secret, { slug: slugOf(call), kind: 'saml' })
  return {
    body: parts.federation.saml.metadata(provider, samlPlaces(parts, provider.slug)),
    headers: { 'Content-Type': 'application/samlmetadata+xml' },
  }
}
/** Posted by a page of the provider, so without our cookies (SameSite=Lax): checked here, finished by a GET that has them. */
async function consumeSaml(parts: FederationParts, call: Call, body: z.infer<typeof samlBody>): Promise<Answer> {
  const { store, secret, federation } = parts
  limitJourneys(parts, call)
  const begun = await seeHandshake<SamlBegun>(store.db, body.RelayState)
  if (begun.slug !== slugOf(call))
    throw new Refusal(
      409,
      'mix-up',
      say`This answer comes from another provider than the one that was asked. Sign in again.`,
    )
  const provider = await providerBySlug(store.db, secret, { slug: begun.slug, kind: 'saml' })
  const found = await federation.saml.finish(provider, samlPlaces(parts, provider.slug), begun, body.SAMLResponse)
  await takeHandshake(store.db, body.RelayState, null) // answered: the same request is not answered twice
  const spent = await run(
    store.db,
    sql`insert into spent_assertion (org, provider, id, expires_at) values (${provider.org}, ${provider.id}, ${found.assertion}, ${found.expiresAt}) on conflict do nothing returning 1`,
  )
  if (spent.length === 0) throw new Refusal(409, 'sign-in-used', say`This answer was used already. Sign in again.`)
  const ticket = newBrowser()
  const kept: SamlTicket & { browser: string } = { ...found, slug: begun.slug, to: begun.to, browser: begun.browser }
  await keepHandshake(store.db, `saml/${ticket}`, kept, null)
  return { status: 303, headers: { Location: `/api/v1/sign-in/saml/${provider.slug}/finish?ticket=${ticket}` } }
}
async function finishSaml(parts: FederationParts, call: Call): Promise<Answer> {
  const kept = await takeHandshake<SamlTicket & { browser: string }>(
    parts.store.db,
    `saml/${call.query['ticket'] ?? ''}`,
    null,
  )
  const browser = call.headers['begun']
  if (kept.slug !== slugOf(call) || browser === undefined || keyHash(browser).toString('base64') !== kept.browser)
    throw new Refusal(
      403,
      'other-browser',
      say`This sign-in was begun in another browser, or cookies are refused here. Sign in again in this one.`,
    )
  const provider = await providerBySlug(parts.store.db, parts.secret, { slug: kept.slug, kind: 'saml' })
  return enter(parts, provider, kept.profile, { call, to: kept.to, ending: null })
}

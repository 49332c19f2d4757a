/** The end of a sign-in elsewhere: the person and their roles, then a session; or the sentence on why not. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import type { Answer, Call } from '#kit/contract.ts'
import { Refusal } from '#kit/problem.ts'
import type { SignInParts } from '#kit/routes/admit.ts'
import { admit } from '#kit/routes/admit.ts'
import { run, sql } from '#kit/sql.ts'
import { applyGroups } from './grants.ts'
import { keepTrouble, keyHash, ownPage } from './handshake.ts'
import { personOf } from './person-of.ts'
import type { LdapPort, OidcPort, Profile, SamlPort } from './ports.ts'
import { written } from './providers.ts'
import { encrypt } from './secrets.ts'
import type { Provider } from './settings.ts'

export interface FederationParts extends SignInParts {
  /** Journeys to a provider and back: a whole site may share one address, and nothing can be guessed. */
  readonly journeys: { readonly take: (key: string) => boolean }
  readonly federation: { readonly oidc: OidcPort; readonly saml: SamlPort; readonly ldap: LdapPort }
}
/** The query of a route that begins a sign-in. */
export const toQuery = {
  to: { about: 'The page to go to afterwards.', schema: { type: 'string', maxLength: 2000 } },
} as const

/**
 * The person that a profile is here, with the roles of its groups.
 * @throws a refusal that says why this profile is nobody here
 */
export async function known(
  { store, identities, secret, publicUrl }: FederationParts,
  provider: Provider,
  profile: Profile,
  request: string,
): Promise<{ org: number; person: number }> {
  const actor: Actor = { ...system(provider.org, request, 'sign-in'), name: provider.name }
  const person = await store.transaction(actor, async (unit) => {
    const id = await personOf({ store, unit, actor, mail: { secret, publicUrl } }, provider, profile)
    const kept = await applyGroups({ on: unit.on, actor, now: store.now() }, provider, id, profile.groups)
    if (kept !== null)
      await written(store, unit.on, actor, { id: provider.id, action: 'role-kept', changes: {}, reason: kept })
    return id
  })
  identities.end(provider.org, person) // roles may have changed
  return { org: provider.org, person }
}
/** What is kept of a sign-in elsewhere, so that either side can end it at the other. */
export interface Ending {
  readonly idToken: string
  /** The provider's own session, when it names it. */
  readonly session: string | null
}
/** Into the application, signed in. @param ending null when the provider cannot end it, nor be told of the end */
export async function enter(
  parts: FederationParts,
  provider: Provider,
  profile: Profile,
  { call, to, ending }: { call: Call; to: string; ending: Ending | null },
): Promise<Answer> {
  const who = await known(parts, provider, profile, call.request)
  const { cookies = [] } = await admit(parts, call, who, { method: provider.kind, factor: provider.name })
  const key = /^[^=]+=([^;]+)/.exec(cookies[0] ?? '')?.[1]
  if (ending !== null && key !== undefined)
    await run(
      parts.store.db,
      sql`insert into federated_session (session, org, provider, kept, subject, sid) values (${keyHash(key)}, ${provider.org}, ${provider.id}, ${encrypt(parts.secret, 'session', JSON.stringify({ idToken: ending.idToken }))}, ${profile.subject}, ${ending.session})`,
    )
  return { status: 303, headers: { Location: ownPage(to) }, cookies }
}
/** A browser that comes back with something wrong is shown the sentence on the sign-in page. */
export async function orTrouble(parts: FederationParts, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const key = await keepTrouble(parts.store.db, error.message)
    return { status: 303, headers: { Location: `/login?trouble=${key}` } }
  }
}
/** @throws 429 */
export function limitJourneys(parts: FederationParts, call: Call): void {
  if (!parts.journeys.take(`journey/${call.address}`))
    throw new Refusal(429, 'too-many', say`Too many sign-ins from this address. Wait a minute, then try again.`, {
      extra: { retryAfterSeconds: 60 },
    })
}

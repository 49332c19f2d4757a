/** The addresses that the other side is told, and what they say about which provider is meant. */
import { say } from '#engines/say.ts'
import type { Call } from '#kit/contract.ts'
import { notFound } from '#kit/problem.ts'
import type { FederationParts } from './enter.ts'
import type { SamlPlaces } from './ports.ts'

export function oidcCallback({ publicUrl }: Pick<FederationParts, 'publicUrl'>, slug: string): string {
  return `${publicUrl}/api/v1/sign-in/oidc/${slug}/callback`
}
/** Where an OpenID provider tells us that somebody signed out there. */
export function oidcLogout({ publicUrl }: Pick<FederationParts, 'publicUrl'>, slug: string): string {
  return `${publicUrl}/api/v1/sign-in/oidc/${slug}/logout`
}
export function samlPlaces({ publicUrl }: Pick<FederationParts, 'publicUrl'>, slug: string): SamlPlaces {
  const base = `${publicUrl}/api/v1/sign-in/saml/${slug}`
  return { entity: `${base}/metadata`, consumer: `${base}/consume` }
}
/** @throws not found (404) when it can be none */
export function slugOf(call: Call): string {
  const slug = call.params['provider'] ?? ''
  if (!/^[0-9a-f]{18}$/.test(slug)) throw notFound(say`This way to sign in`)
  return slug
}

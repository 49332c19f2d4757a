/** Logout tokens: an OpenID provider says by itself that a session ended there (OpenID Connect Back-Channel Logout 1.0, 2.6). */
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import { say } from '#engines/say.ts'
import type { LogoutToken } from '#kit/federation/ports.ts'
import type { OidcProvider } from '#kit/federation/settings.ts'
import { Refusal } from '#kit/problem.ts'
import { guardedFetch } from './guarded-fetch.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/** With a key that only the provider has: no "none", and nothing that is signed with the client's own secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** A logout is told at once, and tried again for some minutes. */
const MOST_AGE_SECONDS = 600
/** How far the two clocks may be apart. */
const TOLERANCE_SECONDS = 60
const LONGEST = 500

/** The provider's keys, read when a token names one that is not known, at most twice a minute. */
export function providerKeys(provider: OidcProvider, address: string): JWTVerifyGetKey {
  const fetch = guardedFetch(provider.settings.innerHosts)
  return createRemoteJWKSet(new URL(address), {
    [customFetch]: (url, { method, headers }) => fetch(url, { method, headers: Object.fromEntries(headers) }),
    timeoutDuration: 10_000,
  })
}

/** @param of.issuer as the provider's own metadata names it @throws a refusal (400) that says which check failed */
export async function readLogoutToken(
  token: string,
  of: { keys: JWTVerifyGetKey; issuer: string; audience: string; nowMs: number },
): Promise<LogoutToken> {
  const { payload, protectedHeader } = await jwtVerify(token, of.keys, {
    issuer: of.issuer,
    audience: of.audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['iss', 'aud', 'iat', 'jti', 'events'],
    maxTokenAge: MOST_AGE_SECONDS,
    clockTolerance: TOLERANCE_SECONDS,
    currentDate: new Date(of.nowMs),
  }).catch((error: unknown) => {
    throw error instanceof errors.JOSEError ? refused(error.message) : error
  })
  const type = protectedHeader.typ?.toLowerCase()
  if (type !== undefined && type !== 'jwt' && !type.endsWith('logout+jwt'))
    throw refused('it is a token of another kind')
  return claimsOf(payload)
}
function claimsOf(payload: JWTPayload): LogoutToken {
  const { events, sub, sid, jti, iat } = payload
  if (!isObject(events) || !Object.hasOwn(events, EVENT) || !isObject(events[EVENT as keyof typeof events]))
    throw refused('it does not say that somebody signed out')
  // An id_token has a nonce, a logout token never: one is not taken for the other.
  if (Object.hasOwn(payload, 'nonce')) throw refused('it has a nonce')
  const [subject, session] = [textIn(sub), textIn(sid)]
  if (subject === null && session === null) throw refused('it names neither a person nor a session')
  const id = textIn(jti)
  if (id === null || iat === undefined) throw refused('it has no id of its own')
  return { subject, session, id, untilMs: (iat + MOST_AGE_SECONDS + 2 * TOLERANCE_SECONDS) * 1000 }
}
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null
}
function refused(because: string): Refusal {
  return new Refusal(400, 'logout-token', say`The logout token is not accepted: ${because}.`, {
    extra: { error: 'invalid_request' },
  })
}

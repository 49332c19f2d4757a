/** OpenID Connect: authorisation code with PKCE, through openid-client, which checks state, nonce, issuer, signature and times. */
import * as client from 'openid-client'
import { say } from '#engines/say.ts'
import type { OidcPort, Profile } from '#kit/federation/ports.ts'
import type { OidcProvider } from '#kit/federation/settings.ts'
import { badRequest, Refusal } from '#kit/problem.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { providerKeys, readLogoutToken } from './logout-token.ts'

const REMEMBERED_MS = 600_000

/** @param steadyMs for how long a configuration is remembered @param nowMs by which tokens are judged */
export function openOidc(steadyMs: () => number, nowMs: () => number): OidcPort {
  const known = new Map<string, { until: number; configuration: Promise<client.Configuration> }>()
  const keysOf = new WeakMap<client.Configuration, ReturnType<typeof providerKeys>>()
  const configured = (provider: OidcProvider): Promise<client.Configuration> => {
    const key = `${provider.org}/${provider.id}/${provider.rev}`
    const found = known.get(key)
    if (found !== undefined && found.until > steadyMs()) return found.configuration
    const configuration = discover(provider)
    known.set(key, { until: steadyMs() + REMEMBERED_MS, configuration })
    configuration.catch(() => known.delete(key)) // the next sign-in asks again
    return configuration
  }
  return {
    begin: async (provider, redirectUri) => begin(await configured(provider), provider, redirectUri),
    finish: async (provider, kept, came) => {
      const configuration = await configured(provider)
      try {
        const tokens = await client.authorizationCodeGrant(configuration, came, {
          pkceCodeVerifier: kept.verifier,
          expectedState: kept.state,
          expectedNonce: kept.nonce,
          idTokenExpected: true,
        })
        return {
          profile: await profileOf(configuration, provider, tokens),
          idToken: tokens.id_token ?? '',
          session: textIn(tokens.claims()?.['sid']),
        }
      } catch (error) {
        throw inWords(provider, error)
      }
    },
    loggedOut: async (provider, token) => {
      const configuration = await configured(provider)
      const { issuer, jwks_uri: address } = configuration.serverMetadata()
      if (address === undefined) throw badRequest(say`${provider.name} does not say where its keys are.`)
      const keys = keysOf.get(configuration) ?? providerKeys(provider, address)
      keysOf.set(configuration, keys)
      return readLogoutToken(token, { keys, issuer, audience: provider.settings.clientId, nowMs: nowMs() })
    },
    endAt: async (provider, idToken, back) => {
      const configuration = await configured(provider)
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null
      return client.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: back }).href
    },
    test: (provider, redirectUri) => test(provider, redirectUri),
  }
}

async function discover(provider: OidcProvider): Promise<client.Configuration> {
  const { issuer, clientId, innerHosts } = provider.settings
  const url = new URL(issuer)
  const fetch = guardedFetch(innerHosts)
  // http: only for a host that the configuration names as inside: a test, or a machine behind the same wall.
  const isPlain = url.protocol === 'http:'
  if (isPlain && !innerHosts.some((host) => host === url.hostname || host === url.host))
    throw badRequest(say`${issuer} is not protected by TLS. Give its https:// address.`)
  const authentication = provider.clientSecret === '' ? client.None() : client.ClientSecretBasic(provider.clientSecret)
  try {
    return await client.discovery(url, clientId, { client_secret: provider.clientSecret }, authentication, {
      // openid-client hands over text or form bodies and plain headers, which is what the guarded fetch takes.
      [client.customFetch]: (address, order) => fetch(address, order as Parameters<typeof fetch>[1]),
      execute: isPlain ? [client.allowInsecureRequests] : [],
      timeout: 15,
    })
  } catch (error) {
    throw inWords(provider, error)
  }
}

async function begin(
  configuration: client.Configuration,
  { settings }: OidcProvider,
  redirectUri: string,
): ReturnType<OidcPort['begin']> {
  const kept = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  }
  const to = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: settings.scopes,
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
  })
  return { to: to.href, kept }
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>
/** From the id_token; what it leaves out is asked of the userinfo endpoint, whose subject must be the same. */
async function profileOf(
  configuration: client.Configuration,
  { settings }: OidcProvider,
  tokens: Tokens,
): Promise<Profile> {
  const claims = tokens.claims()
  if (claims === undefined) throw badRequest(say`The provider sent no id_token.`)
  const isWhole = claims['email'] !== undefined && claims[settings.groupsClaim] !== undefined
  const more =
    isWhole || configuration.serverMetadata().userinfo_endpoint === undefined
      ? {}
      : await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
  const said: Readonly<Record<string, unknown>> = { ...more, ...claims }
  const email = textIn(said['email'])
  return {
    subject: claims.sub,
    email,
    isEmailVerified:
      email !== null &&
      (said['email_verified'] === true || (said['email_verified'] === undefined && settings.emailIsVerified)),
    name: textIn(said['name']) ?? textIn(said['preferred_username']),
    groups: textsIn(said[settings.groupsClaim]),
  }
}
function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 300) : null
}
function textsIn(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return all.filter((one) => typeof one === 'string').slice(0, 5000)
}

async function test(provider: OidcProvider, redirectUri: string): Promise<string[]> {
  const server = (await discover(provider)).serverMetadata()
  const found = [say`${server.issuer} answers, and offers what is needed.`]
  if (server.code_challenge_methods_supported?.includes('S256') !== true)
    found.push(say`It does not say that it knows PKCE (S256). We send it all the same.`)
  if (server.authorization_response_iss_parameter_supported !== true)
    found.push(
      say`It does not name itself in its answers (RFC 9207); its own callback address keeps it apart from others.`,
    )
  found.push(say`Register this address there for coming back: ${redirectUri}`)
  return found
}

/** What openid-client refuses, as a sentence for whoever signs in or configures. */
function inWords(provider: Pick<OidcProvider, 'name'>, error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Refusal ? error.cause : error
  if (cause instanceof Refusal) return cause
  if (error instanceof client.AuthorizationResponseError)
    return new Refusal(
      403,
      'provider-refused',
      say`${provider.name} did not let you in (${error.error}). Try again, or ask its administrator.`,
    )
  if (error instanceof client.ResponseBodyError)
    return new Refusal(
      403,
      'provider-refused',
      say`${provider.name} refused: ${error.error_description ?? error.error}. Sign in again; if it stays, check the client's id and secret.`,
    )
  if (
    error instanceof client.ClientError ||
    error instanceof TypeError ||
    error instanceof client.WWWAuthenticateChallengeError
  )
    return new Refusal(
      403,
      'answer-refused',
      say`The answer of ${provider.name} is not accepted: ${inner(error)}. Sign in again; if it stays, check its settings.`,
    )
  return error
}
/** The library says in the cause which check failed. */
function inner(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}

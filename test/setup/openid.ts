// A real OpenID provider (oidc-provider) on a free loopback port, and a browser of a few lines that goes through its pages.
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { Provider, type KoaContextWithOIDC } from 'oidc-provider'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'

export interface Account {
  [claim: string]: unknown
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
  groups?: string[]
}
export interface OpenId {
  issuer: string
  /** Who signs in next, whatever is typed. */
  account: Account
  /** Changes what the token endpoint answers. */
  tamper: ((body: Record<string, unknown>) => Record<string, unknown>) | null
  /** An id_token with these claims changed, signed with the provider's own key. */
  signed(token: unknown, claims: object): string
  /** A token of these claims, signed with the provider's own key. */
  token(claims: object, head?: object): string
  /** Tells it of the client, and where to tell that somebody signed out. */
  start(redirectUri: string, loggedOutUri?: string): Promise<void>
}
export const client = { id: 'pilothouse', secret: 'a-secret-of-the-client-of-48-characters-or-more!' }

export async function openIdProvider(account: Account): Promise<OpenId> {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const port = await freePort()
  const made: OpenId = {
    issuer: `http://127.0.0.1:${port}`,
    account,
    tamper: null,
    signed: (token, claims) => {
      const [header = '', payload = ''] = String(token).split('.')
      const body = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...claims }
      const text = `${header}.${Buffer.from(JSON.stringify(body)).toString('base64url')}`
      return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`
    },
    token: (claims, head = {}) => {
      const [header, payload] = [{ alg: 'RS256', kid: 'k1', typ: 'logout+jwt', ...head }, claims].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      )
      return `${header}.${payload}.${sign('RSA-SHA256', Buffer.from(`${header}.${payload}`), key).toString('base64url')}`
    },
    start: async (redirectUri, loggedOutUri) => {
      const provider = new Provider(made.issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [redirectUri],
            post_logout_redirect_uris: [new URL('/login', redirectUri).href],
            ...(loggedOutUri === undefined
              ? {}
              : { backchannel_logout_uri: loggedOutUri, backchannel_logout_session_required: true }),
          },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
        findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...made.account, sub: made.account.sub }) }),
        ttl: {
          IdToken: 600,
          AccessToken: 600,
          AuthorizationCode: 60,
          Interaction: 600,
          Session: 600,
          Grant: 600,
        },
        jwks: { keys: [{ ...key.export({ format: 'jwk' }), kty: 'RSA', alg: 'RS256', use: 'sig', kid: 'k1' }] },
        cookies: { keys: ['a key for cookies'] },
        features: { backchannelLogout: { enabled: true } },
        // It keeps itself from calling addresses inside, where we are in a test.
        fetch: (url: string | URL | Request, options?: RequestInit) => {
          const { method, headers, body, redirect, signal } = options ?? {}
          return fetch(url, { method, headers, body, redirect, signal })
        },
        pkce: { required: () => true },
        renderError: (context, out) => void (context.body = JSON.stringify(out)),
      })
      provider.use(async (context: KoaContextWithOIDC, next: () => Promise<void>) => {
        await next()
        if (context.path === '/token' && made.tamper !== null)
          context.body = made.tamper(context.body as Record<string, unknown>)
      })
      const server = createServer(provider.callback())
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      atEnd(
        () =>
          new Promise((resolve) => {
            server.close(() => resolve())
            server.closeAllConnections()
          }),
      )
    },
  }
  return made
}

/** Cookies per host, redirects by hand. */
export class Browser {
  /** What is typed as the name. */
  login = 'anybody'
  readonly #cookies = new Map<string, Map<string, string>>()
  async go(address: string, form?: Record<string, string>): Promise<Response> {
    const { host } = new URL(address)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  /** Follows redirects, signing in and consenting on the provider's pages, until `stop` matches the next address. */
  async follow(address: string, stop: (next: string) => boolean): Promise<string> {
    let next = address
    for (let step = 0; step < 20; step++) {
      if (stop(next)) return next
      const answer = await this.go(next)
      const location = answer.headers.get('location')
      if (location === null) {
        const page = await answer.text()
        const [, action] = /action="([^"]+)"/.exec(page) ?? []
        const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page) ?? []
        if (action === undefined || prompt === undefined)
          throw new Error(`The browser is stuck at ${next}: ${page.slice(0, 300)}`)
        const sent = await this.go(
          new URL(action, next).href,
          prompt === 'login' ? { prompt, login: this.login, password: 'x' } : { prompt },
        )
        next = new URL(sent.headers.get('location') ?? '', next).href
      } else next = new URL(location, next).href
    }
    throw new Error('The browser was sent on for too long.')
  }
}

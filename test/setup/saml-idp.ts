// A real SAML identity provider (samlp) on a free loopback port; it answers with what the browser would post, as JSON.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import samlp from 'samlp'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'

export interface Keys {
  key: string
  cert: string
}
export interface SamlUser {
  id: string
  email?: string
  name?: string
  groups?: readonly string[]
}
export interface SamlIdp {
  entryPoint: string
  issuer: string
  keys: Keys
  user: SamlUser
  /** Where assertions are meant to go. */
  consumer: string
  /** Laid over the options of samlp for the next answers. */
  options: Record<string, unknown>
  /** Goes where the service provider sends the browser. @returns the fields of the form that is posted back */
  answer(to: string): Promise<{ SAMLResponse: string; RelayState: string }>
}

export function newKeys(): Keys {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-saml-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  const ran = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=idp',
    '-keyout',
    key,
    '-out',
    cert,
  ])
  if (ran.status !== 0) throw new Error(`openssl: ${String(ran.stderr)}`)
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  rmSync(folder, { recursive: true })
  return made
}
export async function startSamlIdp(user: SamlUser): Promise<SamlIdp> {
  const port = await freePort()
  const idp: SamlIdp = {
    entryPoint: `http://127.0.0.1:${port}/sso`,
    issuer: `urn:idp:${port}`,
    keys: newKeys(),
    user,
    consumer: '',
    options: {},
    answer: async (to) => {
      const answer = await fetch(to)
      const text = await answer.text()
      if (!answer.ok) throw new Error(text)
      return JSON.parse(text)
    },
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', idp.entryPoint)
    const query = Object.fromEntries(url.searchParams)
    const middleware = samlp.auth({
      issuer: idp.issuer,
      ...idp.keys,
      getPostURL: (_audience: string, _dom: unknown, _request: unknown, done: (error: null, address: string) => void) =>
        done(null, idp.consumer),
      recipient: idp.consumer,
      destination: idp.consumer,
      getUserFromRequest: () => idp.user,
      profileMapper: () => ({
        getClaims: () => ({ email: idp.user.email, displayName: idp.user.name, groups: idp.user.groups }),
        getNameIdentifier: () => ({
          nameIdentifier: idp.user.id,
          nameIdentifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        }),
        metadata: [],
      }),
      responseHandler: (xml: Buffer) =>
        response.end(JSON.stringify({ SAMLResponse: xml.toString('base64'), RelayState: query['RelayState'] })),
      ...idp.options,
    })
    const fail = (error: unknown): void => void response.writeHead(500).end(String(error))
    middleware(Object.assign(request, { query, body: {}, originalUrl: request.url }), response, fail)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  atEnd(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return idp
}

/** fetch() for what an administrator configured: public addresses, and those inside that the configuration names; nothing else. */
import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { say } from '#engines/say.ts'
import { badRequest, Refusal } from '#kit/problem.ts'
import { isPublicAddress } from '#platform/public-fetch.ts'

const MOST_BYTES = 2_000_000
const PATIENCE_MS = 10_000

/** Whether `innerHosts` names this host: `idp.example.internal`, or with its port. */
export function isInner(innerHosts: readonly string[], host: string, port: number): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  return innerHosts.includes(name) || innerHosts.includes(`${name}:${port}`)
}
/** Names are looked up here and nowhere else, so that a name cannot point elsewhere between check and connection. */
export function guardedLookup(isInside: boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '', 0)
      const [first] = addresses
      if (first === undefined || (!isInside && addresses.some(({ address }) => !isPublicAddress(address))))
        return done(innerRefusal(hostname), '', 0)
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family)
    })
  }
}
/** @throws a refusal when it is an address inside that was not named */
export function refuseInner(host: string, isInside: boolean): void {
  const name = host.replace(/^\[|\]$/g, '')
  if (!isInside && isIP(name) !== 0 && !isPublicAddress(name)) throw innerRefusal(name)
}
function innerRefusal(host: string): Refusal {
  return badRequest(
    say`${host} is inside our own network. If that is right, name it under "Servers inside our network" of this provider.`,
  )
}

interface Order {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams | Uint8Array | null
}
/** One request, redirects not followed, at most 2 MB and ten seconds. @throws a refusal that names the host and the fault */
export function guardedFetch(innerHosts: readonly string[]): (address: string, order?: Order) => Promise<Response> {
  return (address, order = {}) => {
    const url = new URL(address)
    const isSecure = url.protocol === 'https:'
    const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port)
    const isInside = isInner(innerHosts, url.hostname, port)
    refuseInner(url.hostname, isInside)
    return new Promise<Response>((resolve, reject) => {
      const fail = (error: Error): void => reject(inWords(url, error))
      const request = (isSecure ? https : http).request(
        url,
        {
          method: order.method ?? 'GET',
          headers: { ...order.headers, 'accept-encoding': 'identity', 'user-agent': 'Pilothouse' },
          lookup: guardedLookup(isInside),
          agent: false,
          signal: AbortSignal.timeout(PATIENCE_MS),
        },
        (response) => void whole(response).then(resolve, fail),
      )
      request.on('error', fail)
      const body = order.body ?? null
      request.end(body instanceof URLSearchParams ? body.toString() : (body ?? undefined))
    })
  }
}
async function whole(response: http.IncomingMessage): Promise<Response> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) {
      response.destroy()
      throw new Error('too long')
    }
    parts.push(part)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  const status = response.statusCode ?? 500
  return new Response(status === 204 || status === 304 ? null : Buffer.concat(parts), { status, headers })
}
function inWords(url: URL, error: Error): Error {
  if (error instanceof Refusal) return error
  if (error.cause instanceof Refusal) return error.cause
  const code = 'code' in error ? String(error.code) : ''
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return badRequest(
      say`${url.host} did not answer within ten seconds. Look whether it is running and reachable from here.`,
    )
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return badRequest(say`There is no server called ${url.hostname}. Check the address.`)
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return badRequest(
      say`The certificate of ${url.host} is not trusted (${code}). Have it signed by an authority that this machine trusts.`,
    )
  return badRequest(say`${url.host} cannot be reached (${code === '' ? error.message : code}). Check the address.`)
}

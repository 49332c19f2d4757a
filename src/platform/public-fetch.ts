// Fetches a text from an address that a person gave: public addresses only, checked again at the moment of connecting.
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { say } from '#engines/say.ts'
import type { FetchText } from '#kit/fetch-text.ts'
import { badRequest, Refusal } from '#kit/problem.ts'

// IANA special-purpose registries (RFC 6890): everything that is not reached over the public internet.
const inner = new BlockList()
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
  add(range, 'ipv4')
for (const range of [
  '::/96',
  '64:ff9b::/32',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  '3fff::/20',
])
  add(range, 'ipv6')
function add(range: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = range.split('/')
  inner.addSubnet(address, Number(bits), family)
}

// Only this part of IPv6 has been given out for the public internet (IANA, IPv6 global unicast).
const givenOut = new BlockList()
givenOut.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address belongs to the public internet. An IPv4 address inside an IPv6 one counts as itself. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const mapped = family === 6 ? ipv4Within(address) : null
  if (mapped !== null) return !inner.check(mapped, 'ipv4')
  return family === 4 ? !inner.check(address, 'ipv4') : givenOut.check(address, 'ipv6') && !inner.check(address, 'ipv6')
}
/** ::ffff:10.0.0.1 in any spelling → 10.0.0.1. */
function ipv4Within(address: string): string | null {
  // URL writes every spelling of an IPv6 address in one way.
  const plain = new URL(`http://[${address.split('%')[0]}]/`).hostname.slice(1, -1)
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain)
  if (match === null) return null
  const [high, low] = [Number.parseInt(match[1] ?? '0', 16), Number.parseInt(match[2] ?? '0', 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

const mostRedirects = 3
// Ports of other services below 1024 are refused as a whole; these above are those that browsers refuse (WHATWG Fetch, "bad
// port") and those of common databases. What speaks there may take a request for a command.
const otherServices = new Set([
  1719, 1720, 1723, 2049, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900, 6000, 6379, 6566, 6665, 6666, 6667,
  6668, 6669, 6679, 6697, 9200, 10080, 11211, 27017,
])

/** Looks a name up: dns.lookup, or what a test puts in its place. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** Which addresses may be called. */
export interface Bounds {
  readonly isPrivateAllowed: boolean
  /** The setting with which the administrator of the machine allows those inside the own network; null where nothing does. */
  readonly setting: string | null
}
/** @param isPrivateAllowed true when feeds inside the own network may be read (PILOTHOUSE_ALLOW_PRIVATE_FEEDS). */
export function publicFetch(isPrivateAllowed: boolean, resolve: Resolve = lookup): FetchText {
  const bounds = { isPrivateAllowed, setting: 'PILOTHOUSE_ALLOW_PRIVATE_FEEDS' }
  return async (address, limits) => {
    const signal = AbortSignal.timeout(limits.timeoutMs)
    let url = checkedAddress(address, bounds)
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const answer = await once(url, { ...bounds, resolve, signal, mostBytes: limits.mostBytes })
      if ('text' in answer) return answer.text
      const next = checkedAddress(new URL(answer.location, url).href, bounds)
      if (next.hostname !== url.hostname)
        throw badRequest(
          say`${url.hostname} sends on to another server, ${next.hostname}. Give that address, if you trust it.`,
        )
      if (url.protocol === 'https:' && next.protocol === 'http:')
        throw badRequest(say`${url.hostname} sends on to an address without TLS. Give that address, if you trust it.`)
      url = next
    }
    throw badRequest(say`${url.hostname} sends on in a circle. Give the address of the feed itself.`)
  }
}

/** @throws a refusal for what is no address that may be called */
export function checkedAddress(address: string, { isPrivateAllowed, setting }: Bounds): URL {
  if (!URL.canParse(address))
    throw badRequest(say`"${address.slice(0, 100)}" is not a web address. Write it with https:// in front.`)
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw badRequest(
      say`${url.protocol} is not called from here. Give an address that begins with https:// or http://.`,
    )
  if (url.username !== '' || url.password !== '')
    throw badRequest(say`The address holds a name or a password. Leave them out: nothing signs in there.`)
  const port = Number(url.port)
  if ((port > 0 && port < 1024) || otherServices.has(port))
    throw badRequest(
      say`The port ${port} belongs to another service. Give an address without a port, or with one above 1023.`,
    )
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!isPrivateAllowed && isIP(host) !== 0 && !isPublicAddress(host)) throw innerAddress(host, setting)
  return url
}
function innerAddress(host: string, setting: string | null): Refusal {
  const because =
    setting === null
      ? say`${host} is an address inside the own network, and is not called. Give a public address.`
      : say`${host} is an address inside the own network, and is not called. Give a public address, or let the administrator of this machine set ${setting}=true.`
  return new Refusal(422, 'inner-address', because)
}

interface Visit extends Bounds {
  resolve: Resolve
  signal: AbortSignal
  mostBytes: number
}
type Answered = { text: string } | { location: string }

function once(url: URL, visit: Visit): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const options = {
      signal: visit.signal,
      lookup: publicLookup(visit),
      agent: false as const,
      headers: {
        Accept: 'text/calendar, text/plain;q=0.9, */*;q=0.1',
        'Accept-Encoding': 'identity',
        'User-Agent': 'Pilothouse',
      },
    }
    const request = (url.protocol === 'https:' ? https : http).get(url, options, (response) => {
      read(response, url, visit.mostBytes).then(resolve, (error: unknown) => {
        request.destroy()
        reject(inWords(url, error))
      })
    })
    request.on('error', (error) => reject(inWords(url, error)))
  })
}
async function read(response: http.IncomingMessage, url: URL, mostBytes: number): Promise<Answered> {
  const status = response.statusCode ?? 0
  const location = response.headers.location
  if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href)) {
    response.destroy()
    return { location }
  }
  if (status !== 200)
    throw badRequest(say`${url.hostname} answered with ${status}. Open the address in a browser to see why.`)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes)
      throw badRequest(
        say`${url.hostname} sends more than ${Math.floor(mostBytes / 1000)} kB. Give the address of a smaller feed.`,
      )
    parts.push(part)
  }
  return { text: Buffer.concat(parts).toString('utf8') }
}

/** Names are looked up here and nowhere else, so that a name cannot point elsewhere between check and connection. */
export function publicLookup({ isPrivateAllowed, setting, resolve }: Bounds & Pick<Visit, 'resolve'>): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '', 0)
      const found = isPrivateAllowed ? addresses : addresses.filter(({ address }) => isPublicAddress(address))
      const first = found[0]
      if (first === undefined || found.length < addresses.length) return done(innerAddress(hostname, setting), '', 0)
      return options.all === true ? done(null, found) : done(null, first.address, first.family)
    })
  }
}
function inWords(url: URL, error: unknown): unknown {
  if (error instanceof Refusal) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))
    return badRequest(say`${url.hostname} did not answer in time. Try again later, or paste the text of the feed.`)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return badRequest(say`There is no server called ${url.hostname}. Check the address.`)
  return badRequest(
    say`${url.hostname} cannot be reached${code === '' ? '' : ` (${code})`}. Check the address, or paste the text of the feed.`,
  )
}

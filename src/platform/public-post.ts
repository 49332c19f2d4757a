/** Posts a text to an address that a person gave: public addresses only, checked again at the moment of connecting; no redirect is followed. */
import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'
import type { Post, PostAnswer, Posted, PostedBytes } from '#kit/webhooks/ports.ts'
import { checkedAddress, publicLookup, type Resolve } from './public-fetch.ts'

/** The whole of it, so that a claim never runs out under a request. */
const WHOLE_MS = 20_000

/** @param isPrivateAllowed true when addresses inside the own network may be called (PILOTHOUSE_ALLOW_PRIVATE_FEEDS) */
export function publicPost(
  isPrivateAllowed: boolean,
  { resolve = lookup, wholeMs = WHOLE_MS }: { resolve?: Resolve; wholeMs?: number } = {},
): Post {
  // oxfmt-ignore
  return async (address, posted, given) => {
    const signal = AbortSignal.any([given, AbortSignal.timeout(wholeMs)])
    try {
      const url = checkedAddress(address, isPrivateAllowed)
      return { kind: 'answered', status: await post(url, posted, { isPrivateAllowed, resolve, signal }) }
    } catch (error) {
      return { kind: 'trouble', because: inWords(address, error) } satisfies PostAnswer
    }
  }
}

interface Visit {
  readonly isPrivateAllowed: boolean
  readonly resolve: Resolve
  readonly signal: AbortSignal
}
/** The answer's text is not read: nobody needs it, and it may have no end. */
function post(
  url: URL,
  { headers, body }: Posted | PostedBytes,
  { isPrivateAllowed, resolve, signal }: Visit,
): Promise<number> {
  return new Promise((done, fail) => {
    const options = {
      method: 'POST',
      signal,
      lookup: publicLookup({ isPrivateAllowed, resolve }),
      agent: false as const,
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body), 'User-Agent': 'Pilothouse' },
    }
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      done(response.statusCode ?? 0)
      response.destroy()
    })
    request.on('error', fail)
    request.end(body)
  })
}
function inWords(address: string, error: unknown): string {
  if (error instanceof Refusal) return error.message
  const host = URL.canParse(address) ? new URL(address).hostname : address.slice(0, 100)
  const { name = '', code = '' } = error instanceof Error ? (error as Error & { code?: string }) : {}
  if (name === 'AbortError' || name === 'TimeoutError') return say`${host} did not answer in time.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return say`There is no server called ${host}. Check the address.`
  return say`${host} cannot be reached${code === '' ? '' : ` (${code})`}.`
}

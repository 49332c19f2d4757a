/** Posts a text to an address that a person gave: public addresses only, checked again at the moment of connecting; no redirect is followed. */
import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'
import type { JudgeAddress, Post, PostAnswer, Posted, PostedBytes } from '#kit/webhooks/ports.ts'
import type { Bounds, Resolve } from './public-fetch.ts'
import { checkedAddress, publicLookup } from './public-fetch.ts'

/** The whole of it, so that a claim never runs out under a request. */
const WHOLE_MS = 20_000
/** So long somebody who gives an address waits for its name to be looked up. */
const LOOK_MS = 3_000
const SETTING = 'PILOTHOUSE_ALLOW_PRIVATE_WEBHOOKS'

interface Posting {
  readonly resolve?: Resolve
  readonly wholeMs?: number
  /** See `Bounds`. */
  readonly setting?: string | null
}
/** @param isPrivateAllowed true when addresses inside the own network may be called (PILOTHOUSE_ALLOW_PRIVATE_WEBHOOKS) */
export function publicPost(
  isPrivateAllowed: boolean,
  { resolve = lookup, wholeMs = WHOLE_MS, setting = SETTING }: Posting = {},
): Post {
  const bounds = { isPrivateAllowed, setting }
  return async (address, posted, given) => {
    const signal = AbortSignal.any([given, AbortSignal.timeout(wholeMs)])
    try {
      const url = checkedAddress(address, bounds)
      return { kind: 'answered', status: await post(url, posted, { ...bounds, resolve, signal }) }
    } catch (error) {
      return { kind: 'trouble', because: inWords(address, error) } satisfies PostAnswer
    }
  }
}

/**
 * Judges an address as it is given, by the rules by which it is called later. A name that nobody knows now may be known then:
 * it is not refused.
 */
export function addressJudge(
  isPrivateAllowed: boolean,
  { resolve = lookup, lookMs = LOOK_MS }: { resolve?: Resolve; lookMs?: number } = {},
): JudgeAddress {
  const bounds = { isPrivateAllowed, setting: SETTING }
  return async (address) => {
    try {
      const { hostname } = checkedAddress(address, bounds)
      const host = hostname.replace(/^\[|\]$/g, '')
      const looked = new Promise<Error | null>((done) =>
        publicLookup({ ...bounds, resolve })(host, { all: true }, (error) => done(error)),
      )
      const error = await Promise.race([looked, sleep(lookMs, null, { ref: false })])
      return error instanceof Refusal ? error.message : null
    } catch (error) {
      if (error instanceof Refusal) return error.message
      throw error
    }
  }
}

interface Visit extends Bounds {
  readonly resolve: Resolve
  readonly signal: AbortSignal
}
/** The answer's text is not read: nobody needs it, and it may have no end. */
function post(url: URL, { headers, body }: Posted | PostedBytes, { signal, ...visit }: Visit): Promise<number> {
  return new Promise((done, fail) => {
    const options = {
      method: 'POST',
      signal,
      lookup: publicLookup(visit),
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

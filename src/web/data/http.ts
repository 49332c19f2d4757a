// The only place that calls the server: JSON in and out, refusals as Problem, the request's id kept for undo.
import { askedLanguage } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { Problem, type ProblemBody } from './problem.ts'
import { suspect } from './reach.ts'
import { isNotTheirs, isSomebodyElse, personHeader } from './shown-to.ts'

export interface Answer<T> {
  body: T
  request: string | null
  rev: string | null
  at: number
}
export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  rev?: number | null
  signal?: AbortSignal
  /** Goes out although the page is being left. */
  keepalive?: true
  /** Of the server itself, never what was read before. */
  fresh?: true
  /** The same key twice is the same call: it is done once. */
  key?: string
}
/** Where answers are kept for as long as the server cannot be reached. */
export interface Shelf {
  keep(path: string, body: unknown): void
  readBefore(path: string): Promise<{ readonly body: unknown; readonly at: number } | null>
  forget(): void
}

const base = '/api/v1'
/** Browsers let 64 KiB go out after a page, and refuse more: so many characters are fewer bytes, whatever they are. */
const afterPage = 20_000
let shelf: Shelf | null = null

/** From now on answers are kept there. */
export function keepAnswersOn(given: Shelf): void {
  shelf = given
}

/** Sends one call; what was read before is shown again while the server cannot be reached. @throws Problem with the server's sentence, also when it cannot be reached. */
export async function call<T>(path: string, options: Call = {}): Promise<Answer<T>> {
  const isRead = isReading(options)
  if (!isRead && isSomebodyElse()) throw new Problem(409, { detail: messages.errors.somebodyElse })
  try {
    const answer = await ask<T>(path, options)
    if (isRead && !isSomebodyElse()) shelf?.keep(path, answer.body)
    return answer
  } catch (error) {
    const kept = isRead && !options.fresh && isUnreachable(error) ? await shelf?.readBefore(path) : null
    // It is what the same path answered before.
    if (kept) return { body: kept.body as T, request: null, rev: null, at: kept.at }
    if (path === '/me' && error instanceof Problem && error.status === 401) shelf?.forget()
    throw error
  }
}

/** Whether the call may not have arrived at all. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || isAway(error.status, error.body))
}

function isReading({ method = 'GET' }: Call): boolean {
  return method === 'GET'
}
/** What is said with every call. @param isRead a write names to whom this page is shown */
export function usualHeaders(isRead: boolean): Record<string, string> {
  const said = { accept: 'application/json', 'accept-language': askedLanguage() }
  return isRead ? said : { ...said, ...personHeader() }
}
/** A refusal as it is thrown. @param body has the problem shape; `errors` and `detail` may be missing, which Problem allows for */
export function problemOf(status: number, body: unknown): Problem {
  const said = (body ?? {}) as ProblemBody
  if (status === 409 && said.type?.endsWith(':somebody-else') === true) isNotTheirs()
  return new Problem(status, said)
}

async function ask<T>(path: string, options: Call): Promise<Answer<T>> {
  const form = options.body instanceof FormData
  const headers = new Headers(usualHeaders(isReading(options)))
  if (options.body !== undefined && !form) headers.set('content-type', 'application/json')
  if (options.rev !== undefined && options.rev !== null) headers.set('if-match', `"${options.rev}"`)
  if (options.key !== undefined) headers.set('idempotency-key', options.key)
  const init: RequestInit = { method: options.method ?? 'GET', headers, credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  if (options.body !== undefined) init.body = form ? (options.body as FormData) : JSON.stringify(options.body)
  if (options.keepalive && typeof init.body === 'string' && init.body.length <= afterPage) init.keepalive = true
  const response = await reach(base + path, init)
  const body = await bodyOf(response)
  if (isAway(response.status, body) || isFullOrBusy(response)) suspect()
  if (!response.ok) throw problemOf(response.status, body)
  // The caller names the shape that the contract promises for this path.
  return {
    body: body as T,
    request: response.headers.get('x-request-id'),
    rev: response.headers.get('etag'),
    at: Date.now(),
  }
}

/** Reads a file. @returns it with its name, "" when the server gives none. @throws Problem */
export async function readFile(path: string): Promise<{ file: Blob; name: string }> {
  const response = await reach(base + path, { headers: usualHeaders(true), credentials: 'same-origin' })
  if (!response.ok) throw problemOf(response.status, await bodyOf(response))
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? ''
  return { file: await response.blob(), name }
}

/** Reads the body of one GET. @throws Problem */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>(path, signal ? { signal } : {})).body
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    suspect()
    throw new Problem(0, { detail: messages.errors.unreachable })
  }
}

/** A proxy that finds no server answers 502 or 504; the server itself says when its database is away. */
function isAway(status: number, body: unknown): boolean {
  const type = (body as ProblemBody | null)?.type ?? ''
  return status === 502 || status === 504 || (status === 503 && type.endsWith(':database-away'))
}

/** It answers, but takes nothing new, or not everybody. */
function isFullOrBusy({ status, headers }: Response): boolean {
  return status === 507 || status === 503 || headers.has('pilothouse-warning')
}

async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (response.status === 204 || !type.includes('json')) return null
  return response.json()
}

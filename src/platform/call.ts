/** A request as its route takes it: parameters and body checked against what the route declares. */
import type { FastifyRequest } from 'fastify'
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Call, Route } from '#kit/contract.ts'
import { isZod } from '#kit/contract.ts'
import { BEGUN_COOKIE } from '#kit/federation/handshake.ts'
import { nearestName } from '#kit/nearest.ts'
import type { Refusal } from '#kit/problem.ts'
import { badRequest, unfit } from '#kit/problem.ts'
import { browserCookieName, sessionCookieName } from '#kit/sign-in/cookie.ts'
import type { Identity } from '#kit/sign-in.ts'
import { fitted } from '#kit/wanted.ts'
import { readBody } from './body.ts'
import { readUpload } from './upload.ts'

/** @throws a refusal (400, 422) when what was sent is not what the route takes */
export function callOf(
  route: Route,
  request: FastifyRequest,
  { actor, who, isSecure }: { actor: Actor; who: Identity | null; isSecure: boolean },
): Call {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.query as Record<string, unknown>)) {
    if (typeof value !== 'string') throw badRequest(say`"${name}" is given twice. Give it once.`)
    // The database takes none, and a download would break off in the middle.
    if (value.includes('\u0000')) throw badRequest(say`"${name}" holds a NUL character. Remove it.`)
    if (route.query !== undefined && !Object.hasOwn(route.query, name)) throw strangeParameter(name, route.query)
    query[name] = value
  }
  const body = readBody(request.body)
  return {
    actor,
    door: who?.door ?? null,
    query,
    request: request.id,
    address: request.ip,
    params: request.params as Record<string, string>,
    body: isZod(route.body) ? parsed(route, body) : body,
    rev: revision(request.headers['if-match']),
    headers: {
      'user-agent': request.headers['user-agent'],
      'content-type': request.headers['content-type'],
      cookie: request.cookies[sessionCookieName(isSecure)],
      browser: request.cookies[browserCookieName(isSecure)],
      accept: request.headers.accept,
      range: request.headers.range,
      'if-none-match': request.headers['if-none-match'],
      begun: request.cookies[BEGUN_COOKIE],
    },
    upload: route.body === 'upload' ? () => readUpload(request) : null,
  }
}
/** A mistyped "filtre" must not answer everything. Routes that declare no parameters read none. */
function strangeParameter(name: string, known: NonNullable<Route['query']>): Refusal {
  const said = name.slice(0, 60)
  const close = nearestName(said, Object.keys(known))
  const hint = close === null ? say`Known are: ${Object.keys(known).join(', ')}.` : say`Did you mean ${close}?`
  const pointer = `/${said.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return badRequest(say`There is no parameter "${said}". ${hint}`, [{ pointer, detail: say`Not a parameter. ${hint}` }])
}
function parsed(route: Route, body: unknown): unknown {
  if (!isZod(route.body)) return body
  const result = fitted(route.body, body ?? {})
  if ('value' in result) return result.value
  throw unfit(result.problems)
}
function revision(header: string | undefined): number | null {
  if (header === undefined) return null
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())
  if (match === null) throw badRequest(say`If-Match holds the revision that you read, such as "3".`)
  return Number(match[1])
}

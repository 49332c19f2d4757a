/** The HTTP server: binds routes as data to Fastify, finds out who asks, and turns refusals into problems. */
import { randomUUID } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastify from 'fastify'
import type { Language } from '#engines/say.ts'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { forbidden, notFound, Refusal } from '#kit/problem.ts'
import { sessionCookieName } from '#kit/sign-in/cookie.ts'
import { refuseBeyondScope } from '#kit/sign-in/token-scope.ts'
import type { Credential, Identities, Identity } from '#kit/sign-in.ts'
import { actorOf, nobody } from '#kit/sign-in.ts'
import type { Idempotency } from './idempotency.ts'
import { answerBrokenHttp } from './broken-http.ts'
import { callOf } from './call.ts'
import { takeForms } from './forms.ts'
import { takeJson } from './json-body.ts'
import type { Patience, RequestLimits } from './limits.ts'
import { defaultPatience, limitConnections } from './limits.ts'
import { inLanguage, inLanguageNamed, isFollowedLink, languageHeaders, languageOf } from './languages.ts'
import { problemOf } from './problems.ts'
import { refuseForeignOrigin } from './origin.ts'
import type { OpenAnswers } from './open-answers.ts'
import { Overload } from './overload.ts'
import type { RefusedAccess } from './refusals.ts'
import { isAskedBy, isRefusedFor, watchRefusals } from './refusals.ts'
import { requestBy } from './request-id.ts'
import type { Room } from './room.ts'
import { securityHeaders, tellBrowsers } from './security-headers.ts'
import { refuseForSomebodyElse } from './shown-to.ts'
import { withinOrganisation } from './tenant.ts'

export interface HttpParts {
  readonly routes: readonly Route[]
  readonly identities: Identities
  readonly idempotency: Idempotency
  readonly nowMs: () => number
  /** Faults that nobody expected; told once each. */
  readonly onFault: (error: unknown, request: string) => void
  readonly onDone: (route: string, status: number, seconds: number) => void
  /** Access that was refused; as many as may be written down. */
  readonly onRefused: (refused: RefusedAccess) => void
  /** Each request that a token lets in, before it is answered. */
  readonly onToken: (use: TokenUse) => void
  /** Browsers reach us over TLS: cookies are bound to this host. */
  readonly isSecure: boolean
  /** Where browsers reach us; the Host header alone decides when it is absent. */
  readonly publicUrl?: string
  /** The language that a person chose (BCP 47), or null: for plain links, which the browser follows in its own. */
  readonly chosenLanguage?: (who: { readonly org: number; readonly person: number }) => Promise<string | null>
  /** The kind of record whose plural begins an address, or null. */
  readonly recordOf: (plural: string) => string | null
  /** None for the tests and benchmarks that ask as fast as they can. */
  readonly limits?: RequestLimits | null
  /** Of the disk below the database, where it is ours to watch. */
  readonly room?: Room | null
  readonly patience?: Patience
  /** Turns away what is more than can be answered at the same time. */
  readonly overload?: Overload
  /** Refuses while the database does not answer. */
  readonly guard?: <T>(work: () => Promise<T>) => Promise<T>
  /** What is being answered, for a stop that cuts nobody off. */
  readonly open?: OpenAnswers
  /** Addresses of the proxies in front of us, whose X-Forwarded-For is believed. */
  readonly proxies?: readonly string[]
  /** Largest JSON body in bytes. */
  readonly bodyLimit?: number
  readonly uploadLimit?: number
}
/** Events that a slow reader has not taken yet. */
const MOST_UNREAD_BYTES = 1_000_000
export interface TokenUse {
  readonly tokenId: number
  readonly org: number
  readonly person: number
  readonly method: string
  readonly route: string
  readonly address: string
  readonly request: string
}
export async function newServer(parts: HttpParts): Promise<FastifyInstance> {
  const { proxies = [] } = parts
  const patience = {
    ...(parts.patience ?? defaultPatience),
    ...(proxies.length > 0 ? { connectionsOfAddress: null } : {}),
  }
  const server = fastify({
    bodyLimit: parts.bodyLimit ?? 2_000_000,
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    genReqId: () => randomUUID(),
    requestTimeout: patience.requestMs,
    connectionTimeout: patience.silenceMs,
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.checkMs },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    exposeHeadRoutes: true,
    frameworkErrors: (error, request, reply) => sendProblem(parts, error, request, reply),
    clientErrorHandler: answerBrokenHttp,
  })
  limitConnections(server.server, patience)
  parts.open?.watch(server.server)
  tellBrowsers(server, parts.isSecure)
  server.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/v1')) return
    reply.headers(languageHeaders(request.headers['accept-language']))
    // Screens then ask /readyz, and say it before somebody has written for nothing.
    if (parts.room?.isFull === true) reply.header('Pilothouse-Warning', 'no-room')
  })
  server.addHook('onRequest', async (request) => parts.limits?.admitAddress(request.ip))
  await server.register(cookie)
  await server.register(compress, { threshold: 2048, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 4 } } })
  await server.register(multipart, {
    limits: { fileSize: parts.uploadLimit ?? 512_000_000, files: 1, fields: 20, fieldSize: 100_000 },
  })
  // The framework takes plain text by itself, which a page of another site can post without asking.
  server.removeContentTypeParser('text/plain')
  takeJson(server)
  takeForms(server)
  server.addHook('onResponse', async (request, reply) =>
    parts.onDone(
      `${request.method} ${request.routeOptions.url ?? 'unknown'}`,
      reply.statusCode,
      reply.elapsedTime / 1000,
    ),
  )
  watchRefusals(server, parts.nowMs, parts.onRefused)
  server.setErrorHandler((error, request, reply) => sendProblem(parts, error, request, reply))
  const { overload = new Overload() } = parts
  for (const route of parts.routes) bind(server, parts, route, overload)
  return server
}

function bind(server: FastifyInstance, parts: HttpParts, route: Route, overload: Overload): void {
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<{ answer: Answer; ended: Ended }> => {
    const credential = credentialOf(parts, route, request)
    const who = route.isSignedAddress === true ? null : await whoAsks(parts, route, request, credential)
    if (who !== null) reply.header('X-Request-Id', (request.id = requestBy(who, request.id)))
    refuseForSomebodyElse(request, who)
    if (isWriting(route)) parts.room?.refuseWrites()
    const actor =
      who === null ? nobody(request.id) : actorOf(who, request.id, who.door.kind === 'token' ? 'api' : 'web')
    const call = callOf(route, request, { actor, who, isSecure: parts.isSecure })
    const key = request.headers['idempotency-key']
    const chosen = who === null || !isFollowedLink(request.headers) ? null : await parts.chosenLanguage?.(who)
    const answer = await inLanguageNamed(chosen, () => answered(parts, { route, call, url: request.url, key }))
    const ended: Ended = (onEnd) => (who === null ? () => {} : parts.identities.watch(credential, who, onEnd))
    return { answer, ended }
  }
  const { guard = (work) => work() } = parts
  const guarded = (request: FastifyRequest, reply: FastifyReply): ReturnType<typeof handle> =>
    inLanguage(languageFor(request), () => guard(() => handle(request, reply)))
  const url = `/api/v1${route.path.replace(/\{(\w+)\}/g, ':$1')}`
  server.route({
    method: route.method,
    url,
    config: { takesForm: route.takesForm === true },
    handler: async (request, reply) => {
      // Only the work counts: what is sent up or down slowly waits for somebody else, and event streams stay open.
      const isUpload = route.body === 'upload'
      const { answer, ended } = await (isUpload
        ? guarded(request, reply)
        : overload.answer(() => guarded(request, reply)))
      if (answer.events !== undefined && !reply.raw.destroyed) parts.open?.addStream(reply.raw)
      return send(reply, answer, route, ended)
    },
  })
}

function languageFor(request: FastifyRequest): Language | null {
  return languageOf(request.headers['accept-language'])
}

/** Whoever signs in to look, and whatever removes something, is let in also when there is no more room. */
function isWriting({ method, access, body, audited = 'journal' }: Route): boolean {
  const keeps = audited === 'journal' || body === 'upload'
  return method !== 'GET' && method !== 'DELETE' && access !== 'public' && keeps
}

/** What the route answers, at most once for an Idempotency-Key; its statements see the actor's organisation alone. */
async function answered(
  parts: HttpParts,
  { route, call, url, key }: { route: Route; call: Call; url: string; key: string | string[] | undefined },
): Promise<Answer> {
  const { actor, body } = call
  const isOwn = actor.org !== 0 && route.access !== 'public' && route.reach !== 'installation'
  const handle = (): Promise<Answer> =>
    isOwn ? withinOrganisation(actor.org, () => route.handle(call)) : route.handle(call)
  return route.method === 'POST' && typeof key === 'string' && actor.org !== 0
    ? parts.idempotency.once({ actor, key, url, body, answersSecret: route.answersSecret === true }, handle)
    : handle()
}

function credentialOf(parts: HttpParts, route: Route, request: FastifyRequest): Credential {
  if (route.byKeyIn !== undefined) {
    const said = (request.params as Readonly<Record<string, string>>)[route.byKeyIn] ?? ''
    return { token: said.slice(0, 200).replace(/\.ics$/, '') }
  }
  const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1]
  return bearer === undefined ? { session: request.cookies[sessionCookieName(parts.isSecure)] } : { token: bearer }
}
/** @returns null for the public. @throws a refusal when this route is not open to whoever asks */
async function whoAsks(
  parts: HttpParts,
  route: Route,
  request: FastifyRequest,
  credential: Credential,
): Promise<Identity | null> {
  // Before anything is looked up: also who is not signed in yet may not be signed in by another site's page.
  if (!('token' in credential) && route.method !== 'GET' && route.takesForm !== true)
    refuseForeignOrigin(request.headers, parts.publicUrl)
  const who = await parts.identities.find(credential, parts.nowMs())
  if (who === null) {
    if (route.access === 'public') return null
    // A program that reads an address would ask its owner for a password that does not exist.
    if (route.byKeyIn !== undefined) throw notFound('The calendar feed')
    throw new Refusal(401, 'not-signed-in', say`Sign in, or send a valid API token as "Authorization: Bearer …".`)
  }
  isAskedBy(request, who)
  parts.limits?.admitPerson(who.org, who.person)
  if (who.door.kind === 'token') admitToken(parts, route, request, who)
  if (
    who.door.kind === 'session' &&
    who.door.isUnfinished &&
    route.access !== 'public' &&
    route.isSetUpOfSignIn !== true
  )
    throw new Refusal(
      403,
      'second-factor',
      say`Your organisation asks for a second factor. Set up an authenticator app or a passkey first.`,
    )
  if (who.viewer !== undefined && !isReading(route) && route.whileViewing !== true)
    throw forbidden(say`You see Pilothouse as ${who.name} does, and may only read. Stop viewing first.`)
  if (who.viewer !== undefined && route.isPersonal === true)
    throw forbidden(say`You see Pilothouse as ${who.name} does; this is for ${who.name} alone.`)
  if (route.access === 'administrator' && !who.roles.includes('administrator'))
    throw forbidden(say`Only administrators may do this.`)
  return who
}
/** A secret that is shown once is not for the eyes of somebody else. */
function isReading(route: Route): boolean {
  return route.method === 'GET' && route.answersSecret !== true
}
function admitToken(parts: HttpParts, route: Route, request: FastifyRequest, who: Identity): void {
  if (who.door.kind !== 'token') return
  const { org, person, door } = who
  const { method } = route
  parts.onToken({ tokenId: door.id, org, person, method, route: route.path, address: request.ip, request: request.id })
  refuseBeyondScope(door.scope, route, parts.recordOf)
}
/** Calls back when whoever asked is not let in any more; returns how to stop listening. */
type Ended = (onEnd: () => void) => () => void

function send(reply: FastifyReply, answer: Answer, route: Route, ended: Ended): FastifyReply | undefined {
  if (answer.events !== undefined)
    return reply.request.method === 'HEAD'
      ? reply.type('text/event-stream').send()
      : events(reply, answer.events, ended)
  if (answer.cookies !== undefined) reply.header('Set-Cookie', [...answer.cookies])
  reply.code(answer.status ?? route.okStatus ?? 200).headers(answer.headers ?? {})
  if (answer.stream !== undefined) return reply.send(answer.stream)
  return answer.body === undefined
    ? reply.send()
    : typeof answer.body === 'string'
      ? reply.send(answer.body)
      : reply.type('application/json; charset=utf-8').send(answer.body)
}
function events(reply: FastifyReply, start: NonNullable<Answer['events']>, ended: Ended): undefined {
  const closed = new AbortController()
  reply.hijack()
  // Whoever went away while it was found out who they are: nobody is there to be told, and no end would ever be heard of.
  if (reply.raw.destroyed) return undefined
  // A stream bypasses the framework: what every answer says is handed over by hand.
  const everywhere = reply.getHeaders() as OutgoingHttpHeaders // the framework's type allows no less
  reply.raw.writeHead(200, { ...everywhere, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  const stop = ended(() => reply.raw.end())
  reply.raw.on('close', () => {
    stop()
    closed.abort()
  })
  start((text) => {
    // Whoever has stopped reading would have us keep it all: the browser connects again by itself.
    if (reply.raw.writableLength > MOST_UNREAD_BYTES) reply.raw.destroy()
    else reply.raw.write(text)
  }, closed.signal)
  return undefined
}

function sendProblem(parts: HttpParts, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = inLanguage(languageFor(request), () => problemOf(error, request.id))
  if (error instanceof Refusal) isRefusedFor(request, error.kind)
  // What is turned away on purpose is counted, not written down: there may be thousands.
  if (problem.status >= 500 && !(error instanceof Refusal)) parts.onFault(error, request.id)
  // An address that cannot be read is refused before any hook has spoken.
  if (!reply.hasHeader('x-request-id'))
    reply.headers(securityHeaders(request.url, parts.isSecure)).header('X-Request-Id', request.id)
  const wait = problem['retryAfterSeconds'] ?? (problem.status === 503 ? 5 : undefined)
  const retry = wait === undefined ? {} : { 'Retry-After': String(wait) }
  return reply
    .code(problem.status)
    .headers({ ...languageHeaders(request.headers['accept-language']), 'Cache-Control': 'no-store', ...retry })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}

/** The running server: routes, reactions, jobs and schedules over one installation. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '#kit/actor.ts'
import type { Route } from '#kit/contract.ts'
import { ReactionRunner } from '#kit/reaction.ts'
import { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { newServer } from '#platform/http.ts'
import { Idempotency } from '#platform/idempotency.ts'
import { openJobs } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import { Metrics } from '#platform/metrics.ts'
import { RateLimit } from '#platform/rate-limit.ts'
import { problemOf } from '#platform/problems.ts'
import { allReactions, allRoutes, allSchedules, recordExtras } from '#app'
import type { AppParts } from '#app'
import { health } from './health.ts'
import { loadCustomFields, ROOT } from './installation.ts'
import type { Installation } from './installation.ts'

export interface Running {
  readonly server: FastifyInstance
  readonly address: string
  readonly reactions: ReactionRunner
  readonly routes: readonly Route[]
  readonly metrics: Metrics
  close(): Promise<void>
}
export const VERSION: string = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version

/** @param web the folder of the built web application; null serves the API alone */
export async function startServer(of: Installation, log: Log, web: string | null): Promise<Running> {
  const metrics = new Metrics()
  const nowMs = (): number => Date.now()
  const onFault = (where: string) => (error: unknown): void => log.error({ error, where }, 'fault')
  const jobs = openJobs({ connection: of.door, db: of.db, onError: onFault('jobs') })
  const listeners = new Map<number, Set<(touched: readonly (readonly [string, number])[] | null) => void>>()
  const identities = new Identities(of.db)
  const routes: Route[] = []
  const parts: AppParts = {
    store: of.store, zone: zones(of), extras: new Map(), jobs, files: of.files, secret: of.secret, dataFolder: of.config.dataFolder, version: VERSION,
    identities, isSecure: of.config.publicUrl.startsWith('https:'), limit: new RateLimit({ most: 10, perMinute: 10, nowMs }),
    routes: () => routes, health: () => health(of, jobs), onFault: onFault('work'),
    listen: (org, onChange) => {
      const set = listeners.get(org) ?? new Set()
      listeners.set(org, set.add(onChange))
      return () => void set.delete(onChange)
    },
  }
  const whole: AppParts = { ...parts, extras: recordExtras(parts) }
  routes.push(...allRoutes(whole))
  const reactions = new ReactionRunner(of.db, allReactions(whole), (name, error) => log.error({ error, reaction: name }, 'a reaction failed; it is tried again'))
  const stopListening = await of.notifier.listen((org, touched) => {
    reactions.wake()
    if (touched === null || touched.some(([record]) => record === 'customField')) void loadCustomFields(of.store).catch(onFault('custom fields'))
    for (const listener of listeners.get(org) ?? []) listener(touched)
  })
  const isWorker = of.config.roles.includes('worker')
  for (const { name, cron, work } of allSchedules(whole)) {
    jobs.define(name, { retryLimit: 2, singleton: true }, async () => work())
    jobs.schedule(name, cron)
  }
  await jobs.start(isWorker)
  if (isWorker) reactions.start()
  const server = await newServer({ routes, identities, idempotency: new Idempotency(of.db), nowMs, onFault: (error, request) => log.error({ error, request }, 'fault'), onDone: (route, status, seconds) => metrics.observe(route, status, seconds) })
  await systemPages(server, of, metrics, web)
  const address = await server.listen({ port: of.config.port, host: of.config.host })
  return {
    server, address, reactions, routes, metrics,
    close: async () => {
      await server.close()
      await reactions.stop()
      await stopListening().catch(() => {}) // the database may be gone already
      await jobs.stop()
    },
  }
}

/** The zone in which a person's days begin: their own, their location's, the organisation's. Remembered for a minute. */
function zones(of: Installation): (actor: Actor) => Promise<string> {
  const known = new Map<string, { zone: string; until: number }>()
  return async (actor) => {
    const key = `${actor.org}/${actor.person}`
    const found = known.get(key)
    if (found !== undefined && found.until > Date.now()) return found.zone
    const rows = await run<{ zone: string | null }>(of.db, sql`select coalesce(f.value->>'timeZone', p.time_zone, l.time_zone, o.time_zone) as zone from organisation o left join person p on p.org = o.id and p.id = ${actor.person} left join location l on l.org = o.id and l.id = p.location left join preference f on f.org = o.id and f.person = p.id where o.id = ${actor.org}`)
    const zone = rows[0]?.zone ?? 'UTC'
    if (known.size > 10_000) known.clear()
    known.set(key, { zone, until: Date.now() + 60_000 })
    return zone
  }
}

/** Health, metrics, the web application and everything that is nowhere. */
async function systemPages(server: FastifyInstance, of: Installation, metrics: Metrics, web: string | null): Promise<void> {
  server.get('/healthz', async () => ({ alive: true }))
  server.get('/readyz', async (_, reply) => {
    try {
      await of.db.query('select 1 as one')
      return { ready: true }
    } catch {
      return reply.code(503).header('Retry-After', '5').send({ ready: false, because: 'The database cannot be reached.' }) // the answer is the report
    }
  })
  server.get('/metrics', async (_, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text([])))
  if (web !== null) await server.register(fastifyStatic, { root: web, wildcard: false, maxAge: '1h', setHeaders: (reply, file) => void reply.header('Cache-Control', file.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache') })
  const page = web === null ? null : readFileSync(path.join(web, 'index.html'), 'utf8')
  server.setNotFoundHandler((request, reply) => {
    const isPage = page !== null && request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
    if (isPage) return reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-cache').send(page)
    const problem = problemOf({ code: 'FST_ERR_NOT_FOUND' }, request.id)
    return reply.code(404).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
  })
}

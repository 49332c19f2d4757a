/** The running server: routes, reactions, jobs and schedules over one installation. */
import type { FastifyInstance } from 'fastify'
import type { Actor } from '#kit/actor.ts'
import { reloadTouched } from '#kit/reload.ts'
import { chosenLanguage } from '#kit/chosen-language.ts'
import type { Route } from '#kit/contract.ts'
import { ReactionRunner } from '#kit/reaction.ts'
import { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { bindScim } from '#platform/federation/scim-http.ts'
import { steadyMs } from '#platform/clock.ts'
import { newServer } from '#platform/http.ts'
import { collectWhenIdle } from '#platform/idle-memory.ts'
import { Idempotency } from '#platform/idempotency.ts'
import { type Jobs, openJobs } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import { Metrics } from '#platform/metrics.ts'
import { OpenAnswers } from '#platform/open-answers.ts'
import type { RequestLimits } from '#platform/limits.ts'
import { Overload } from '#platform/overload.ts'
import { RateLimit } from '#platform/rate-limit.ts'
import { Room } from '#platform/room.ts'
import type { AppParts, Ticker } from '#app'
import { allJobs, allReactions, allRoutes, allSchedules, allTickers, recordExtras } from '#app'
import { backupDesk } from './backup/desk.ts'
import { demoDesk } from './demo-desk.ts'
import { sendRestored } from './backup/restored-jobs.ts'
import { urgentOf } from './health/urgent.ts'
import type { Installation } from './installation.ts'
import { leave } from './leave.ts'
import { VERSION } from './version.ts'
import { systemPages } from './pages.ts'
import { Screens, type OnChange } from './screens.ts'
import { portsOf } from './parts.ts'
import { watchOver } from './pulse.ts'
import { Watches } from './watches.ts'
import { ZONE } from '#kit/zone.ts'

export interface Running {
  readonly server: FastifyInstance
  readonly address: string
  readonly reactions: ReactionRunner
  readonly routes: readonly Route[]
  readonly metrics: Metrics
  /** Lets what is being answered end. @param drainSeconds how long to answer on first, so that a proxy can turn away */
  close(drainSeconds?: number): Promise<void>
}
type Fault = (where: string) => (error: unknown) => void

/**
 * @param web the folder of the built web application; null serves the API alone
 * @param limits of requests; none where tests and benchmarks ask as fast as they can
 */
export async function startServer(
  of: Installation,
  log: Log,
  web: string | null,
  limits: RequestLimits | null = null,
): Promise<Running> {
  const fault: Fault = (where) => (error) => log.error({ error, where }, 'fault')
  const open = new OpenAnswers()
  const { pulse, takeOverWith } = watchOver(of, log, open)
  const watches = new Watches(of, log)
  const jobs = openJobs({
    connection: of.door,
    db: of.db,
    node: of.config.isPrepared ? pulse.node : null,
    onError: fault('jobs'),
  })
  const screens = new Screens()
  const identities = new Identities(of.db, (org, person) => of.notifier.changed(org, [['person', person]]))
  const routes: Route[] = []
  const parts = appParts(of, { jobs, screens, identities, routes, log, watches })
  routes.push(...allRoutes(parts))
  const reactions = new ReactionRunner(of.db, allReactions(parts), (name, error) =>
    log.error({ error, reaction: name }, 'a reaction failed; it is tried again'),
  )
  const metrics = new Metrics()
  const guard = <T>(work: () => Promise<T>): Promise<T> => pulse.guard(work)
  // What was begun is ended in the other order, also when the start fails half-way.
  const ends: (() => Promise<void>)[] = []
  try {
    ends.push(await hearChanges(of, { identities, reactions, screens, fault }))
    ends.push(() => pulse.stop())
    await pulse.start()
    ends.push(watches.start())
    ends.push(() => jobs.stop())
    ends.push(() => reactions.stop())
    ends.push(await startWork(of, { parts, jobs, reactions, fault }))
    if (of.config.roles.includes('worker')) takeOverWith(jobs)
    const server = await webOf(of, { parts, routes, identities, metrics, limits, guard, open, log, web, watches })
    const address = await server.listen({ port: of.config.port, host: of.config.host })
    const stopCollecting = collectWhenIdle()
    ends.push(async () => stopCollecting())
    const close = async (drainSeconds = 0): Promise<void> => {
      await leave(server, open, drainSeconds)
      await endAll(ends)
    }
    return { server, address, reactions, routes, metrics, close }
  } catch (error) {
    await endAll(ends)
    throw error
  }
}
/** Each ends, though another one could not: the database may be gone already. */
async function endAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  for (const end of ends.toReversed()) await end().catch(() => {})
}

/** What changed, here or on another node, is forgotten where it is kept, followed by reactions, and told to screens. */
async function hearChanges(
  of: Installation,
  {
    identities,
    reactions,
    screens,
    fault,
  }: { identities: Identities; reactions: ReactionRunner; screens: Screens; fault: Fault },
): Promise<() => Promise<void>> {
  const stopHearing = of.notifier.hear((org, touched) => forgetPersons(identities, org, touched))
  const stopListening = await of.notifier.listen((org, touched) => {
    forgetPersons(identities, org, touched)
    // Also on a node that only answers: whoever comes first does it, and screens do not wait for a worker.
    reactions.wake()
    of.catalogue.titles.forget(org, touched?.map(([record]) => record) ?? null)
    void reloadTouched(of.db, of.catalogue, org, touched).catch(fault('added fields and settings'))
    screens.tell(org, touched)
  })
  return async () => {
    stopHearing()
    await stopListening()
  }
}

interface WebParts {
  readonly parts: AppParts
  readonly routes: readonly Route[]
  readonly identities: Identities
  readonly metrics: Metrics
  readonly limits: RequestLimits | null
  readonly guard: <T>(work: () => Promise<T>) => Promise<T>
  readonly open: OpenAnswers
  readonly log: Log
  readonly web: string | null
  readonly watches: Watches
}
/** The server with all its addresses; it does not listen yet. */
async function webOf(
  of: Installation,
  { parts, routes, identities, metrics, limits, guard, open, log, web, watches }: WebParts,
): Promise<FastifyInstance> {
  const room = of.config.databaseUrl === null ? new Room(of.config.dataFolder) : null
  const overload = new Overload()
  const server = await newServer({
    routes,
    identities,
    idempotency: new Idempotency(of.db),
    nowMs: steadyMs,
    // Whoever was shown the id finds it in the line itself.
    onFault: (error, request) => log.error({ error, request }, `fault ${request}`),
    onDone: (route, status, seconds) => metrics.observe(route, status, seconds),
    onRefused: (refused) => log.warn({ refused }, 'access was refused'),
    onToken: (use) => log.info({ use }, 'an API token was used'),
    isSecure: parts.isSecure,
    publicUrl: of.config.publicUrl,
    chosenLanguage: (who) => chosenLanguage(of.db, who),
    limits,
    room,
    overload,
    proxies: of.config.proxies,
    recordOf: recordsByPlural(of),
    guard,
    open,
  })
  await bindScim(server, parts, (error, request) => log.error({ error, request }, `fault ${request}`))
  await systemPages(server, of, {
    metrics,
    routes,
    version: VERSION,
    web,
    reports: watches.reports,
    guard,
    isLeaving: () => open.isLeaving,
    readiness: { room, overload, pace: watches.pace, clockSetMs: () => watches.clock.noticedMs },
  })
  return server
}

function appParts(
  of: Installation,
  {
    jobs,
    screens,
    identities,
    routes,
    log,
    watches,
  }: {
    jobs: Jobs
    screens: Screens
    identities: Identities
    routes: readonly Route[]
    log: Log
    watches: Watches
  },
): AppParts {
  const parts: AppParts = {
    ...portsOf(of),
    zone: zones(of),
    extras: new Map(),
    jobs,
    version: VERSION,
    identities,
    isSecure: of.config.publicUrl.startsWith('https:'),
    publicUrl: of.config.publicUrl,
    // Many sit behind one address; who guesses is slowed down in the database long before.
    backups: backupDesk(of),
    demo: demoDesk(of, jobs),
    limit: new RateLimit({ most: 1200, perMinute: 1200, nowMs: steadyMs }),
    watch: (what, facts) => log.warn({ ...facts }, what),
    journeys: new RateLimit({ most: 600, perMinute: 600, nowMs: steadyMs }),
    routes: () => routes,
    health: () => watches.health(),
    urgent: urgentOf(() => watches.health()),
    listen: (org, onChange) => screens.add(org, onChange),
    tell: (org, touched) => of.notifier.changed(org, touched),
  }
  return { ...parts, extras: recordExtras(parts) }
}

/** Reactions, jobs, schedules and tickers; a process without the role "worker" only sends jobs. */
async function startWork(
  of: Installation,
  { parts, jobs, reactions, fault }: { parts: AppParts; jobs: Jobs; reactions: ReactionRunner; fault: Fault },
): Promise<() => Promise<void>> {
  for (const [name, { options, handler }] of Object.entries(allJobs(parts))) jobs.define(name, options, handler)
  for (const { name, cron, work } of allSchedules(parts)) {
    jobs.define(name, { retryLimit: 2, singleton: true }, async () => work())
    jobs.schedule(name, cron)
  }
  const isWorker = of.config.roles.includes('worker')
  await jobs.start(isWorker)
  if (!isWorker) return async () => {}
  await sendRestored(of.db, jobs, new Set(Object.keys(allJobs(parts))))
  await reactions.start()
  return startTickers(allTickers(parts), fault)
}
/** @returns stops them and waits for what is under way */
function startTickers(tickers: readonly Ticker[], fault: Fault): () => Promise<void> {
  const working = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  const timers = tickers.map(({ name, everyMs, work }) => {
    const tick = (): void => {
      if (working.has(name)) return
      working.set(
        name,
        work(stopping.signal)
          .catch(fault(name))
          .finally(() => void working.delete(name)),
      )
    }
    return setInterval(tick, everyMs).unref()
  })
  return async () => {
    for (const timer of timers) clearInterval(timer)
    stopping.abort()
    await Promise.all(working.values())
  }
}

/** Whoever was changed (left, above all) is asked for again by the next request. */
function forgetPersons(identities: Identities, org: number, touched: Parameters<OnChange>[0]): void {
  if (touched === null) return identities.forget(org, null)
  const persons = touched.filter(([record]) => record === 'person').map(([, id]) => id)
  if (persons.length > 0) identities.forget(org, persons)
}
function recordsByPlural(of: Installation): (plural: string) => string | null {
  const known = new Map(of.catalogue.records.map(({ plural, name }) => [plural, name]))
  return (plural) => known.get(plural) ?? null
}

const REMEMBERED_MS = 60_000
/** The zone in which a person's days begin. Remembered for a minute. */
function zones(of: Installation): (actor: Actor) => Promise<string> {
  const known = new Map<string, { zone: string; until: number }>()
  return async (actor) => {
    const key = `${actor.org}/${actor.person}`
    const found = known.get(key)
    if (found !== undefined && found.until > steadyMs()) return found.zone
    const asked = sql`select ${ZONE} as zone from organisation o left join person p on p.org = o.id and p.id = ${actor.person} left join preference f on f.org = o.id and f.person = p.id where o.id = ${actor.org}`
    const zone = (await run<{ zone: string }>(of.db, asked))[0]?.zone ?? 'UTC'
    if (known.size > 10_000) known.clear()
    known.set(key, { zone, until: steadyMs() + REMEMBERED_MS })
    return zone
  }
}

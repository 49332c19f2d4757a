// What the services domain answers over REST, asked as the server does.
import assert from 'node:assert/strict'
import type { z } from 'zod'
import type { Actor } from '#kit/actor.ts'
import type { Call, Route } from '#kit/contract.ts'
import { isZod } from '#kit/contract.ts'
import { Refusal, unfit } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { publicFetch } from '#platform/public-fetch.ts'
import { routes } from '#services'
import { incidentClocks } from '../../src/domains/desk/incident-clocks.ts'
import type { PreviewStep } from '../../src/domains/services/calendar-preview.ts'
import type { Affected } from '../../src/domains/services/impact-routes.ts'
import type { LevelRow } from '../../src/domains/services/level-report.ts'
import type { ServiceHealth } from '../../src/domains/services/service-health.ts'
import type { MapNode } from '../../src/domains/services/service-map.ts'
import { ground, openLevels, type Ground, type Levels } from './levels.ts'

/** Whatever an answer of these routes may hold. */
export interface Body {
  due: string
  steps: PreviewStep[]
  days: { on: string; name: string; isNew: boolean }[]
  countries: unknown[]
  name: string
  new: number
  leftOut: string[]
  rows: LevelRow[]
  asOf: string
  items: (AnyRow & ServiceHealth)[]
  next: string
  affected: Affected[]
  nodes: MapNode[]
  edges: { from: number; to: number; group?: string }[]
  groups: { minimum: number }[]
}
export interface Said {
  body?: unknown
  query?: Record<string, string>
  params?: Record<string, string>
  actor?: Actor
  from?: readonly Route[]
}
export interface Asking {
  levels: Levels
  on: Ground
  /** The body through its contract, then the handler. */
  ask(method: string, path: string, said?: Said): Promise<Body>
}
export async function openRoutes(): Promise<Asking> {
  const levels = await openLevels()
  const on = await ground(levels)
  const all = routes({ store: levels.store, clocks: incidentClocks, fetchText: publicFetch(false) })
  return {
    levels,
    on,
    ask: (method, path, said = {}) => answered({ all, actor: levels.actor }, `${method} ${path}`, said),
  }
}
async function answered(
  { all, actor }: { all: readonly Route[]; actor: Actor },
  name: string,
  said: Said,
): Promise<Body> {
  const route = (said.from ?? all).find((one) => `${one.method} ${one.path}` === name)
  assert.ok(route, name)
  const parsed = isZod(route.body) ? (route.body as z.ZodType).safeParse(said.body ?? {}) : null
  if (parsed?.success === false)
    throw unfit(parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })))
  const call: Call = {
    actor: said.actor ?? actor,
    params: said.params ?? {},
    query: said.query ?? {},
    body: parsed?.data ?? said.body,
    rev: null,
    request: 'r',
    headers: {},
    upload: null,
    address: '127.0.0.1',
  }
  return (await route.handle(call)).body as Body
}
export const refusedWith = (status: number, pattern: RegExp) => (error: unknown) =>
  error instanceof Refusal &&
  error.status === status &&
  pattern.test(`${error.message} ${JSON.stringify(error.errors)}`)

/** Impact over REST: whom a failing service reaches, whom an incident reaches, and the map around a service. */
import { say } from '#engines/say.ts'
import { holdsEverywhere, readable } from '#kit/access.ts'
import type { ClockType } from '#kit/clock.ts'
import type { Call, Route } from '#kit/contract.ts'
import type { Ref } from '#kit/field.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { readId } from '#kit/rest.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { dependency, service } from './catalogue.ts'
import { clockedRecords } from './clock-reaction.ts'
import { servicesOf } from './clocks.ts'
import type { CompiledGraph } from './graph.ts'
import { serviceGraph } from './graph.ts'
import { KeptAnswers } from './kept-answer.ts'
import type { OpenWork } from './open-work.ts'
import { openWork, unfinished } from './open-work.ts'
import { fallenWith, ownReach } from './own-reach.ts'
import type { Fallen } from './own-reach.ts'
import { IMPACT, SERVICE_MAP } from './impact-shape.ts'
import { serviceMap } from './service-map.ts'

export interface ImpactParts {
  readonly store: Store
  readonly clocks: readonly ClockType[]
}
export interface Affected {
  readonly service: Ref
  readonly kind: string
  readonly criticality: string
  readonly status: string
  readonly depth: number
  readonly via: Ref | null
  readonly because: string
}
/** What a failure reaches. */
export interface Impact {
  readonly sources: readonly Ref[]
  /** Nearest first, at most 500. */
  readonly affected: readonly Affected[]
  readonly total: number
  /** How many people have reported something that is still open. */
  readonly people: { readonly reported: number }
}
const MOST_SHOWN = 500
const WEIGHT: Readonly<Record<string, number>> = { critical: 0, high: 1, medium: 2, low: 3 }
const work = new WeakMap<Store, KeptAnswers<OpenWork>>()

export function impactRoutes(parts: ImpactParts): Route[] {
  const levels = (name: string, about: string): NonNullable<Route['query']> => ({
    [name]: { about, schema: { type: 'integer', minimum: 0, maximum: 10 } },
  })
  const tag = 'Services'
  return [
    {
      method: 'GET',
      path: '/services/{id}/impact',
      tag,
      access: 'signed-in',
      summary: 'Whom it reaches when this service fails',
      ok: IMPACT,
      refusals: [403],
      handle: async (call) => ({ body: await impactOfService(parts, call) }),
    },
    {
      method: 'GET',
      path: '/services/{id}/map',
      tag,
      access: 'signed-in',
      summary: 'The services around it, with places for a map',
      query: {
        ...levels('up', say`How far up: what stands on it; 1 when empty.`),
        ...levels('down', say`How far down: what it needs; 3 when empty.`),
      },
      ok: SERVICE_MAP,
      refusals: [403],
      handle: async (call) => ({ body: await mapAround(parts, call) }),
    },
    ...clockedRecords(parts.clocks)
      .filter((record) => record.fields['service'] !== undefined)
      .map((record): Route => ({
        method: 'GET',
        path: `/${record.plural}/{id}/impact`,
        tag: record.labelPlural,
        access: 'signed-in',
        summary: `Whom it reaches, together with other open ${record.labelPlural.toLowerCase()}`,
        ok: IMPACT,
        refusals: [403],
        handle: async (call) => ({ body: await impactOfRow(parts, call, record) }),
      })),
  ]
}
function refuseStrangers(call: Call): void {
  if (!holdsEverywhere(call.actor, dependency, 'read'))
    throw forbidden(say`What services need is shown to the staff. Ask an administrator for a role that may see it.`)
}

/** Open work of the record that has clocks, at most five seconds old. */
export async function workNow({ store, clocks }: ImpactParts, org: number): Promise<OpenWork> {
  const kept = work.get(store) ?? new KeptAnswers<OpenWork>(5)
  work.set(store, kept)
  const records = clockedRecords(clocks).filter(
    (record) => record.fields['service'] !== undefined && record.fields['services'] !== undefined,
  )
  return kept.get(String(org), Date.parse(store.now()), async () => {
    const all = await Promise.all(records.map((record) => openWork(store.db, org, record, clocks)))
    return new Map(all.flatMap((one) => [...one]))
  })
}

async function impactOfService(parts: ImpactParts, call: Call): Promise<unknown> {
  refuseStrangers(call)
  const row = await parts.store.get(call.actor, service, readId(service, call.params['id']))
  return answer(parts, call, [row.id])
}
async function impactOfRow(parts: ImpactParts, call: Call, record: RecordType): Promise<unknown> {
  refuseStrangers(call)
  const row = await parts.store.get(call.actor, record, readId(record, call.params['id']))
  return answer(parts, call, servicesOf(row))
}

/** What is reached from the sources, while everything else that is open has failed too. Nearest first, then most critical. */
async function answer(parts: ImpactParts, call: Call, sources: readonly number[]): Promise<Impact> {
  const [compiled, open] = await Promise.all([
    serviceGraph(parts.store.db, call.actor.org),
    workNow(parts, call.actor.org),
  ])
  const own = [...new Set(sources.flatMap((id) => compiled.nodes.get(id) ?? []))]
  const hit = ownReach(compiled.graph, fallenBy(compiled, open), own)
  const shown = [...hit.nodes.subarray(0, own.length + MOST_SHOWN)].flatMap((node, at) =>
    hit.via[at] === -1 ? [] : [{ node, via: hit.via[at] ?? -1, depth: hit.depth[at] ?? 0 }],
  )
  const details = await serviceDetails(
    parts.store,
    call.actor.org,
    shown
      .flatMap(({ node, via }) => [node, via])
      .concat(own)
      .map((node) => compiled.ids[node] ?? 0),
  )
  const affected = shown.flatMap((one) => affectedBy(compiled, details, one) ?? [])
  affected.sort(
    (a, b) =>
      a.depth - b.depth ||
      (WEIGHT[a.criticality] ?? 9) - (WEIGHT[b.criticality] ?? 9) ||
      a.service.title.localeCompare(b.service.title),
  )
  const reached = [...new Set([...sources, ...affected.map((one) => one.service.id)])]
  return {
    sources: sources.flatMap((id) => details.get(id)?.ref ?? []),
    affected,
    total: hit.nodes.length - own.length,
    people: { reported: await reporters(parts, call, reached) },
  }
}

const fallenNow = new WeakMap<OpenWork, { compiled: CompiledGraph; fallen: Fallen }>()
/** What everything that is open brings down: worked out once for all who ask. */
function fallenBy(compiled: CompiledGraph, open: OpenWork): Fallen {
  const kept = fallenNow.get(open)
  if (kept?.compiled === compiled) return kept.fallen
  const fallen = fallenWith(
    compiled.graph,
    [...open.keys()].flatMap((id) => compiled.nodes.get(id) ?? []),
  )
  fallenNow.set(open, { compiled, fallen })
  return fallen
}

interface Detail {
  readonly ref: Ref
  readonly kind: string
  readonly criticality: string
  readonly status: string
}
export async function serviceDetails(store: Store, org: number, ids: readonly number[]): Promise<Map<number, Detail>> {
  const rows = await run<{ id: number; name: string; kind: string; criticality: string; status: string }>(
    store.db,
    sql`select id, name, kind, criticality, status from service where org = ${org} and id = any(${[...new Set(ids)]}::bigint[])`,
  )
  return new Map(
    rows.map(({ id, name, ...row }) => [id, { ...row, ref: { id, number: `${service.number}-${id}`, title: name } }]),
  )
}
function affectedBy(
  compiled: CompiledGraph,
  details: ReadonlyMap<number, Detail>,
  { node, via, depth }: { node: number; via: number; depth: number },
): Affected | null {
  const detail = details.get(compiled.ids[node] ?? 0)
  if (detail === undefined) return null
  const through = details.get(compiled.ids[via] ?? 0)
  const { ref: found, kind, criticality, status } = detail
  return {
    service: found,
    kind,
    criticality,
    status,
    depth,
    via: through?.ref ?? null,
    because: reason(compiled, node, via, through?.ref ?? null),
  }
}
function reason({ groupsOf }: CompiledGraph, node: number, via: number, through: Ref | null): string {
  if (through === null) return say`It needs a service that was removed meanwhile.`
  const group = groupsOf.get(node)?.find((one) => one.members.includes(via))
  if (group === undefined) return say`It needs ${through.title} (${through.number}).`
  return say`It needs ${group.min ?? 1} of ${group.members.length} in the group "${group.name}"; with ${through.title} (${through.number}) too few are left.`
}
/** How many people have reported something on these services that is still open, as far as the reader sees what they reported. */
async function reporters({ store, clocks }: ImpactParts, call: Call, services: readonly number[]): Promise<number> {
  let sum = 0
  for (const record of clockedRecords(clocks).filter(
    (one) => one.fields['requester'] !== undefined && one.fields['service'] !== undefined,
  )) {
    const rows = await run<{ n: number }>(
      store.db,
      sql`select count(distinct requester) as n from ${raw(record.table)} t where t.org = ${call.actor.org} and ${raw(unfinished(record, clocks))} and t.service = any(${services}::bigint[]) and ${readable(call.actor, record, store.catalogue)}`,
    )
    sum += rows[0]?.n ?? 0
  }
  return sum
}

async function mapAround(parts: ImpactParts, call: Call): Promise<unknown> {
  refuseStrangers(call)
  const row = await parts.store.get(call.actor, service, readId(service, call.params['id']))
  const [up, down] = [depthOf(call, 'up', 1), depthOf(call, 'down', 3)]
  const [compiled, open] = await Promise.all([
    serviceGraph(parts.store.db, call.actor.org),
    workNow(parts, call.actor.org),
  ])
  return serviceMap({ compiled, open, details: (ids) => serviceDetails(parts.store, call.actor.org, ids) }, row.id, {
    up,
    down,
  })
}
function depthOf(call: Call, name: string, usual: number): number {
  const value = call.query[name] === undefined ? usual : Number(call.query[name])
  if (!Number.isInteger(value) || value < 0 || value > 10)
    throw badRequest(say`"${name}" is a whole number from 0 to 10.`)
  return value
}

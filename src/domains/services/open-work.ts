/** What is open on which service right now, and which services it brings down: asked by impact, map and health alike. */
import { impactOf } from '#engines/impact.ts'
import type { Sql } from '#kit/database.ts'
import type { RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import { openCondition } from '#kit/table.ts'
import type { ClockType } from '#kit/clock.ts'
import type { CompiledGraph } from './graph.ts'

/** service → priority → how many. */
export type OpenWork = ReadonlyMap<number, ReadonlyMap<string, number>>
export type Health = 'good' | 'warn' | 'bad'
const URGENT = new Set(['P1', 'P2'])

/** Open and not resting: resolved work brings nothing down any more. */
export function unfinished(record: RecordType, clocks: readonly ClockType[]): string {
  const rests = [
    ...new Set(
      clocks.filter((clock) => clock.record.name === record.name).flatMap((clock) => Object.keys(clock.rests)),
    ),
  ]
  const field = record.flow?.field ?? 'status'
  return rests.length === 0
    ? openCondition(record)
    : `${openCondition(record)} and ${field} not in (${rests.map((state) => `'${state}'`).join(', ')})`
}

/** Counts of unfinished records by each service they name. */
export async function openWork(
  on: Sql,
  org: number,
  record: RecordType,
  clocks: readonly ClockType[],
): Promise<OpenWork> {
  const rows = await run<{ service: number; priority: string | null; n: number }>(
    on,
    sql`select s as service, t.priority, count(*) as n from ${raw(record.table)} t cross join lateral unnest(array_append(t.services, t.service)) s
      where t.org = ${org} and ${raw(unfinished(record, clocks))} and s is not null group by 1, 2`,
  )
  const found = new Map<number, Map<string, number>>()
  for (const row of rows) {
    const own = found.get(row.service) ?? new Map<string, number>()
    own.set(row.priority ?? 'none', row.n)
    found.set(row.service, own)
  }
  return found
}
/** The most urgent unfinished record that names each of these services: its first by priority and number. */
export async function firstOpen(
  on: Sql,
  { org, record, clocks }: { org: number; record: RecordType; clocks: readonly ClockType[] },
  services: readonly number[],
): Promise<Map<number, { id: number; priority: string | null }>> {
  const rows = await run<{ service: number; id: number; priority: string | null }>(
    on,
    sql`select distinct on (s) s as service, t.id, t.priority from ${raw(record.table)} t cross join lateral unnest(array_append(t.services, t.service)) s
      where t.org = ${org} and ${raw(unfinished(record, clocks))} and s = any(${services}::bigint[]) order by s, t.priority nulls last, t.id`,
  )
  return new Map(rows.map(({ service, ...row }) => [service, row]))
}
export function countOf(work: OpenWork, service: number): number {
  return [...(work.get(service)?.values() ?? [])].reduce((sum, n) => sum + n, 0)
}

interface Standings {
  readonly state: Uint8Array
  /** The node whose open work makes it so: itself, or one below it; -1 where nothing does. */
  readonly cause: Int32Array
}
const standingsNow = new WeakMap<OpenWork, { compiled: CompiledGraph; found: Standings }>()
/** The state of every node: bad when urgent work is open on it or brings it down, warn when other work does. Worked out once for all who ask. */
export function standings(compiled: CompiledGraph, work: OpenWork): (node: number) => Health {
  const { state } = standingsOf(compiled, work)
  return (node) => (state[node] === 2 ? 'bad' : state[node] === 1 ? 'warn' : 'good')
}
/** The node whose open work gives a node its state; null for one in good health. */
export function causes(compiled: CompiledGraph, work: OpenWork): (node: number) => number | null {
  const { cause } = standingsOf(compiled, work)
  return (node) => ((cause[node] ?? -1) < 0 ? null : (cause[node] ?? null))
}
function standingsOf(compiled: CompiledGraph, work: OpenWork): Standings {
  const kept = standingsNow.get(work)
  const found = kept?.compiled === compiled ? kept.found : statesOf(compiled, work)
  standingsNow.set(work, { compiled, found })
  return found
}
function statesOf({ graph, nodes }: CompiledGraph, work: OpenWork): Standings {
  const open: number[] = []
  const urgent: number[] = []
  for (const [service, counts] of work) {
    const node = nodes.get(service)
    if (node === undefined) continue
    open.push(node)
    if ([...counts.keys()].some((priority) => URGENT.has(priority))) urgent.push(node)
  }
  const [state, cause] = [new Uint8Array(graph.nodes), new Int32Array(graph.nodes).fill(-1)]
  for (const [value, sources] of [
    [1, open],
    [2, urgent],
  ] as const) {
    const { nodes: reached, via } = impactOf(graph, sources)
    // In breadth order: what a node was reached through stands before it and knows its cause already.
    reached.forEach((node, at) => {
      state[node] = value
      cause[node] = via[at] === -1 ? node : (cause[via[at] ?? node] ?? node)
    })
  }
  return { state, cause }
}

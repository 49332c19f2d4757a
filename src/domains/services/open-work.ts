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
export function countOf(work: OpenWork, service: number): number {
  return [...(work.get(service)?.values() ?? [])].reduce((sum, n) => sum + n, 0)
}

const standingsNow = new WeakMap<OpenWork, { compiled: CompiledGraph; state: Uint8Array }>()
/** The state of every node: bad when urgent work is open on it or brings it down, warn when other work does. Worked out once for all who ask. */
export function standings(compiled: CompiledGraph, work: OpenWork): (node: number) => Health {
  const kept = standingsNow.get(work)
  const state = kept?.compiled === compiled ? kept.state : statesOf(compiled, work)
  standingsNow.set(work, { compiled, state })
  return (node) => (state[node] === 2 ? 'bad' : state[node] === 1 ? 'warn' : 'good')
}
function statesOf({ graph, nodes }: CompiledGraph, work: OpenWork): Uint8Array {
  const open: number[] = []
  const urgent: number[] = []
  for (const [service, counts] of work) {
    const node = nodes.get(service)
    if (node === undefined) continue
    open.push(node)
    if ([...counts.keys()].some((priority) => URGENT.has(priority))) urgent.push(node)
  }
  const state = new Uint8Array(graph.nodes)
  for (const node of impactOf(graph, open).nodes) state[node] = 1
  for (const node of impactOf(graph, urgent).nodes) state[node] = 2
  return state
}

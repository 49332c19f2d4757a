/** The health of business services: how well promises were kept, what is open, which clock is due first. For the bridge. */
import type { ClockType } from '#kit/clock.ts'
import type { RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { countsBy, spanParts } from './clock-counts.ts'
import { serviceGraph } from './graph.ts'
import { percentOf } from './level-report.ts'
import type { CompiledGraph } from './graph.ts'
import type { Health, OpenWork } from './open-work.ts'
import { causes, firstOpen, standings, unfinished } from './open-work.ts'

export interface ServiceHealth {
  readonly service: { readonly id: number; readonly number: string; readonly title: string }
  readonly criticality: string
  readonly state: Health
  readonly met: number
  readonly breached: number
  readonly percent: number | null
  /** P1 → 2: the unfinished records that `filter` opens. */
  readonly open: Readonly<Record<string, number>>
  /** Why it is not in good health: the service that has open work, itself or one it needs, and the most urgent of that work. */
  readonly cause: {
    readonly service: { readonly id: number; readonly number: string; readonly title: string }
    readonly number: string
    readonly priority: string | null
  } | null
  readonly worst: {
    readonly record: string
    readonly id: number
    readonly number: string
    readonly clock: string
    readonly dueAt: string
    readonly state: string
  } | null
  /** The open records as a filter. */
  readonly filter: string
}
interface Asked {
  readonly store: Store
  readonly org: number
  readonly record: RecordType
  readonly clocks: readonly ClockType[]
  readonly since: string
  readonly work: OpenWork
}
const MOST = 500
const ORDER: Readonly<Record<Health, number>> = { bad: 0, warn: 1, good: 2 }

/** Live business services, those in trouble first, then by name. Only promises to the business count. */
export async function serviceHealth(asked: Asked): Promise<ServiceHealth[]> {
  const { store, org, record, work } = asked
  const services = await run<{ id: number; name: string; criticality: string }>(
    store.db.reader,
    sql`select id, name, criticality from service where org = ${org} and kind = 'business' and status = 'live' and binned_at is null order by name limit ${MOST}`,
  )
  const ids = services.map((one) => one.id)
  const [kept, worst, compiled, own] = await Promise.all([
    keptPromises(asked, ids),
    worstClocks(asked, ids),
    serviceGraph(store.db, org),
    ownWork(asked, ids),
  ])
  const whyOf = await causesOf(asked, compiled, ids)
  const stateOf = standings(compiled, work)
  const states = record.fields[record.flow?.field ?? '']?.options?.map((option) => option.value) ?? []
  const over = new Set([...(record.flow?.ends ?? []), ...asked.clocks.flatMap((clock) => Object.keys(clock.rests))])
  const open = states.filter((state) => !over.has(state)).join(',')
  return services
    .map(({ id, name, criticality }): ServiceHealth => {
      const { met = 0, breached = 0 } = kept.get(id) ?? {}
      const node = compiled.nodes.get(id)
      return {
        service: { id, number: `SVC-${id}`, title: name },
        criticality,
        state: node === undefined ? 'good' : stateOf(node),
        met,
        breached,
        percent: percentOf(met, breached),
        open: own.get(id) ?? {},
        cause: whyOf.get(id) ?? null,
        worst: worst.get(id) ?? null,
        filter: `service:SVC-${id} status:${open}`,
      }
    })
    .sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.service.title.localeCompare(b.service.title))
}

/** Unfinished records whose own service it is, by priority. */
async function ownWork(
  { store, org, record, clocks }: Asked,
  ids: readonly number[],
): Promise<Map<number, Record<string, number>>> {
  const rows = await run<{ service: number; open: Record<string, number> }>(
    store.db.reader,
    sql`select service, jsonb_object_agg(priority, n) as open from (
        select t.service, coalesce(t.priority, 'none') as priority, count(*) as n from ${raw(record.table)} t
        where t.org = ${org} and ${raw(unfinished(record, clocks))} and t.service = any(${ids}::bigint[]) group by 1, 2
      ) counted group by service`,
  )
  return new Map(rows.map(({ service, open }) => [service, open]))
}
async function causesOf(
  { store, org, record, clocks, work }: Asked,
  compiled: CompiledGraph,
  ids: readonly number[],
): Promise<Map<number, NonNullable<ServiceHealth['cause']>>> {
  const causeOf = causes(compiled, work)
  const found = ids.flatMap((id) => {
    const node = compiled.nodes.get(id)
    const cause = node === undefined ? null : causeOf(node)
    return cause === null ? [] : [{ id, cause: compiled.ids[cause] ?? 0 }]
  })
  const sources = [...new Set(found.map(({ cause }) => cause))]
  const [first, names] = await Promise.all([
    firstOpen(store.db.reader, { org, record, clocks }, sources),
    run<{ id: number; name: string }>(
      store.db.reader,
      sql`select id, name from service where org = ${org} and id = any(${sources}::bigint[])`,
    ),
  ])
  const titles = new Map(names.map(({ id, name }) => [id, name]))
  return new Map(
    found.flatMap(({ id, cause }) => {
      const [of, title] = [first.get(cause), titles.get(cause)]
      if (of === undefined || title === undefined) return []
      const service = { id: cause, number: `SVC-${cause}`, title }
      return [[id, { service, number: `${record.number}-${of.id}`, priority: of.priority }] as const]
    }),
  )
}

async function keptPromises(
  { store, org, record, clocks, since }: Asked,
  ids: readonly number[],
): Promise<Map<number, { met: number; breached: number }>> {
  const asked = { org, record: record.name, clocks: clocks.map((clock) => clock.name) }
  const span = spanParts(Date.parse(since), Number.POSITIVE_INFINITY, Date.parse(store.now()))
  const rows = await run<{ service: number; met: number; breached: number }>(
    store.db.reader,
    sql`select key::bigint as service, met, breached from (${countsBy(asked, 'service', span)}) c where key = any(${ids.map(String)}::text[])`,
  )
  return new Map(rows.map((row) => [row.service, row]))
}
async function worstClocks(
  { store, org, record }: Asked,
  ids: readonly number[],
): Promise<Map<number, NonNullable<ServiceHealth['worst']>>> {
  const rows = await run<{ service: number; id: number; clock: string; dueAt: string; state: string }>(
    store.db.reader,
    sql`select distinct on (service) service, record_id as id, name as clock, due_at as "dueAt", state from clock
      where org = ${org} and record = ${record.name} and stopped_at is null and due_at is not null and service = any(${ids}::bigint[]) order by service, due_at`,
  )
  return new Map(
    rows.map(({ service, ...row }) => [service, { ...row, record: record.name, number: `${record.number}-${row.id}` }]),
  )
}

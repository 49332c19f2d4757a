/** The only composition root: which domains there are, and who reacts to whose events. */
import type { Actor } from '#kit/actor.ts'
import { Catalogue } from '#kit/catalogue.ts'
import type { Route } from '#kit/contract.ts'
import type { Reaction } from '#kit/reaction.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { comment, file, link, task, watcher } from '#kit/records/about.ts'
import { notice } from '#kit/records/notice.ts'
import { customField, importBatch, savedView } from '#kit/records/setup.ts'
import { action, measure, measurement, obligation } from '#kit/records/steering.ts'
import { ensurePartitions } from '#kit/migrate.ts'
import { recordRoutes } from '#kit/rest.ts'
import type { AdminParts } from '#kit/routes/admin.ts'
import { adminRoutes } from '#kit/routes/admin.ts'
import type { CommonParts } from '#kit/routes/common.ts'
import { commonRoutes } from '#kit/routes/common.ts'
import type { FilesParts } from '#kit/routes/files.ts'
import { filesRoutes } from '#kit/routes/files.ts'
import type { SignInParts } from '#kit/routes/sign-in.ts'
import { signInRoutes } from '#kit/routes/sign-in.ts'
import { obligationRules, produceTasks } from '#kit/records/obligation-rules.ts'
import { measureAll } from '#kit/measure.ts'
import type { Rules } from '#kit/store.ts'
import { foldTallies } from '#kit/tally.ts'
import * as bridge from '#bridge'
import * as desk from '#desk'
import * as people from '#people'
import * as services from '#services'

/** Every kind of record, by area; the area owns its migrations. */
export const AREAS: Readonly<Record<string, readonly RecordType[]>> = {
  kit: [comment, task, link, file, watcher, customField, savedView, importBatch, measure, measurement, obligation, action, notice],
  people: people.records,
  services: services.records,
  desk: desk.records,
}
export const RECORDS: readonly RecordType[] = Object.values(AREAS).flat()
export const PLACES = [
  { name: 'bridge', label: 'Bridge', icon: 'bridge' },
  { name: 'desk', label: 'Desk', icon: 'desk' },
  { name: 'estate', label: 'Estate', icon: 'estate' },
  { name: 'people', label: 'People', icon: 'people' },
  { name: 'improvement', label: 'Improvement', icon: 'improvement' },
] as const

export function newCatalogue(extra: readonly RecordType[] = []): Catalogue {
  return new Catalogue([...RECORDS, ...extra])
}
export function allRules(): Map<string, Rules> {
  return new Map(Object.entries({ obligation: obligationRules, ...people.rules, ...services.rules, ...desk.rules }))
}

/** Everything that routes, reactions and schedules are made with. */
export interface AppParts extends Omit<CommonParts, 'places'>, FilesParts, SignInParts, AdminParts {
  readonly dataFolder: string
  readonly onFault: (error: unknown) => void
}
export interface Schedule {
  readonly name: string
  /** Five fields. */
  readonly cron: string
  readonly work: () => Promise<void>
}

export function allRoutes(parts: AppParts): Route[] {
  return [
    ...signInRoutes(parts),
    ...commonRoutes({ ...parts, places: PLACES }),
    ...filesRoutes(parts),
    ...adminRoutes(parts),
    ...bridge.routes(parts),
    ...parts.store.catalogue.records.flatMap((record) => recordRoutes(parts, record)),
  ]
}
export function recordExtras(_parts: AppParts): Map<string, (actor: Actor, row: AnyRow) => Promise<Readonly<Record<string, unknown>>>> {
  return new Map()
}
export function allReactions(_parts: AppParts): Reaction[] {
  return []
}
export function allSchedules(parts: AppParts): Schedule[] {
  const { db } = parts.store
  return [
    { name: 'fold-tallies', cron: '* * * * *', work: async () => void (await foldTallies(db)) },
    { name: 'obligations', cron: '*/10 * * * *', work: async () => void (await produceTasks(parts.store, `obligations-${parts.store.now()}`)) },
    { name: 'measures', cron: '5 * * * *', work: () => measureAll(parts.store, bridge.SOURCES, `measures-${parts.store.now()}`) },
    { name: 'journal-partitions', cron: '17 3 * * *', work: () => ensurePartitions(db, parts.store.now().slice(0, 10)) },
  ]
}

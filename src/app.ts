/** The only composition root: which domains there are, and who reacts to whose events. */
import { Catalogue } from '#kit/catalogue.ts'
import type { RecordType } from '#kit/record.ts'
import { comment, file, link, task, watcher } from '#kit/records/about.ts'
import { customField, importBatch, savedView } from '#kit/records/setup.ts'
import { action, measure, measurement, obligation } from '#kit/records/steering.ts'
import type { Rules } from '#kit/store.ts'
import * as desk from '#desk'
import * as people from '#people'
import * as services from '#services'

/** Every kind of record, by area; the area owns its migrations. */
export const AREAS: Readonly<Record<string, readonly RecordType[]>> = {
  kit: [comment, task, link, file, watcher, customField, savedView, importBatch, measure, measurement, obligation, action],
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
  return new Map(Object.entries({ ...people.rules, ...services.rules, ...desk.rules }))
}

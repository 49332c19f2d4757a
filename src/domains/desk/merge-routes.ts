/** Addresses of merging and of families. */
import { z } from 'zod'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { rowOf, wholeOf } from '#kit/json-schema.ts'
import type { AnyRow } from '#kit/record.ts'
import type { RestParts } from '#kit/rest.ts'
import { readId, whole } from '#kit/rest.ts'
import { listOf, orNull, REF, shape, shapeOf, TEXTS, WHOLE } from '#kit/routes/shape.ts'
import type { Family } from './family.ts'
import { family, resolveFamily } from './family.ts'
import type { Reporter } from './reporters.ts'
import { incident } from './incident.ts'
import { merge, unmerge } from './merge.ts'

/** A record by its id or its number. */
export const one = z.union(
  [z.number().int().positive(), z.string().trim().min(1).max(40)],
  'Give the number of a record, such as 1042 or INC-1042.',
)
const reason = z.string().max(2000).optional()
const mergeBody = z.strictObject({ into: one, reason })
const reasonBody = z.strictObject({ reason })
const familyBody = z.strictObject({
  resolution: z.string().trim().min(1).max(100_000).optional(),
  closureCode: z.string().max(60).optional(),
})

const INCIDENTS = listOf(rowOf(incident))
const FAMILY = shapeOf<Family>({
  parent: orNull(rowOf(incident)),
  children: INCIDENTS,
  merged: INCIDENTS,
  open: WHOLE,
  reporters: listOf(shapeOf<Reporter>({ person: REF, incident: REF })),
})

export function mergeRoutes(parts: RestParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/incidents/{id}/merge',
      ...ofIncidents,
      summary: 'Merge a duplicate into the incident that goes on',
      body: mergeBody,
      ok: wholeOf(incident),
      audited: 'journal',
      handle: (call) => merged(parts, call),
    },
    {
      method: 'POST',
      path: '/incidents/{id}/unmerge',
      ...ofIncidents,
      summary: 'Take a merge apart',
      body: reasonBody,
      ok: wholeOf(incident),
      audited: 'journal',
      handle: (call) => unmerged(parts, call),
    },
  ]
}
export function familyRoutes({ store }: RestParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/incidents/{id}/family',
      ...ofIncidents,
      summary: 'Its parent, its children and what was merged into it',
      ok: FAMILY,
      handle: async (call) => ({ body: await family(store, call.actor, incidentId(call)) }),
    },
    {
      method: 'POST',
      path: '/incidents/{id}/resolve-family',
      ...ofIncidents,
      summary: 'Resolve it and everything open below it',
      body: familyBody,
      ok: shape({ resolved: TEXTS }),
      audited: 'journal',
      handle: async (call) => {
        const said = familyBody.parse(call.body ?? {})
        return { body: await resolveFamily(store, call.actor, { id: incidentId(call), rev: call.rev, said }) }
      },
    },
  ]
}
export const ofIncidents = { tag: incident.labelPlural, access: 'signed-in' } as const
export function incidentId(call: Call): number {
  return readId(incident, call.params['id'])
}

async function merged(parts: RestParts, call: Call): Promise<Answer> {
  const { into, reason = null } = mergeBody.parse(call.body)
  const order = { id: incidentId(call), into: readId(incident, String(into)), rev: call.rev, reason }
  return answered(parts, call, await merge(parts.store, call.actor, order))
}
async function unmerged(parts: RestParts, call: Call): Promise<Answer> {
  const { reason = null } = reasonBody.parse(call.body ?? {})
  return answered(parts, call, await unmerge(parts.store, call.actor, { id: incidentId(call), rev: call.rev, reason }))
}
async function answered(parts: RestParts, call: Call, row: AnyRow): Promise<Answer> {
  return { body: await whole(parts, call.actor, incident, row), headers: { ETag: `"${row.rev}"` } }
}

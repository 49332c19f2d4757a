/** Changing very many records at once, in the background. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { mayAtAll } from '#kit/access.ts'
import type { BulkResult } from '#kit/bulk.ts'
import type { BulkParts, BulkProgress } from '#kit/bulk-run.ts'
import { beginBulk, bulkProgress } from '#kit/bulk-run.ts'
import type { Route } from '#kit/contract.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import { notFound } from '#kit/problem.ts'
import type { RestParts } from '#kit/rest.ts'
import { filterContext } from '#kit/rest.ts'
import { bulkBody } from './bulk-body.ts'
import { among, listOf, shapeOf, TEXT, WHOLE } from './shape.ts'

const runBody = bulkBody.extend({ record: z.string('Name the kind of record.').max(60) })
const PROGRESS = shapeOf<BulkProgress>({
  id: WHOLE,
  state: among('running', 'done'),
  total: WHOLE,
  position: WHOLE,
  failed: listOf(shapeOf<BulkResult['failed'][number]>({ id: WHOLE, number: TEXT, because: TEXT })),
  request: TEXT,
})

export function bulkRunRoutes(parts: RestParts & BulkParts): Route[] {
  const tag = 'Everything'
  return [
    {
      method: 'POST',
      path: '/bulk-runs',
      tag,
      access: 'signed-in',
      summary: 'Change, move or bin very many records in the background',
      body: runBody,
      ok: PROGRESS,
      okStatus: 202,
      refusals: [404],
      audited: 'journal',
      handle: async (call) => {
        const { record: name, ...order } = runBody.parse(call.body)
        const record = parts.store.catalogue.find(name)
        if (record === null || !mayAtAll(call.actor, record, 'read')) throw notFound(say`This kind of record`)
        const context = await filterContext(parts, call.actor)
        await refuseStrangeNames(parts.store.db, context, record, order.filter)
        return { status: 202, body: await beginBulk(parts, context, record, order) }
      },
    },
    {
      method: 'GET',
      path: '/bulk-runs/{id}',
      tag,
      access: 'signed-in',
      summary: 'How far it is, and what was left as it was',
      ok: PROGRESS,
      handle: async (call) => {
        const id = /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : 0
        return { body: await bulkProgress(parts.store.db, call.actor, id) }
      },
    },
  ]
}

/** Changing very many records at once, in the background. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { mayAtAll } from '#kit/access.ts'
import type { BulkResult } from '#kit/bulk.ts'
import type { BulkParts, BulkProgress } from '#kit/bulk-run.ts'
import { beginBulk, beginUndo, bulkProgress, cancelBulk, runningBulks } from '#kit/bulk-run.ts'
import type { Call, Route } from '#kit/contract.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import { notFound } from '#kit/problem.ts'
import type { RestParts } from '#kit/rest.ts'
import { filterContext } from '#kit/rest.ts'
import { bulkBody } from './bulk-body.ts'
import { among, itemsOf, listOf, orNull, shapeOf, TEXT, TEXT_OR_NULL, WHOLE } from './shape.ts'

const runBody = bulkBody.extend({ record: z.string('Name the kind of record.').max(60) })
const PROGRESS = shapeOf<BulkProgress>({
  id: WHOLE,
  record: TEXT,
  deed: among('change', 'move', 'bin', 'undo'),
  state: among('running', 'done', 'cancelled', 'failed'),
  total: orNull(WHOLE),
  position: WHOLE,
  left: WHOLE,
  failed: listOf(shapeOf<BulkResult['failed'][number]>({ id: WHOLE, number: TEXT, because: TEXT })),
  reasons: listOf(shapeOf<BulkProgress['reasons'][number]>({ because: TEXT, count: WHOLE })),
  because: TEXT_OR_NULL,
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
    running(parts),
    {
      method: 'GET',
      path: '/bulk-runs/{id}',
      tag,
      access: 'signed-in',
      summary: 'How far it is, and what was left as it was',
      ok: PROGRESS,
      handle: async (call) => ({ body: await bulkProgress(parts.store.db, call.actor, runIn(call)) }),
    },
    {
      method: 'DELETE',
      path: '/bulk-runs/{id}',
      tag,
      access: 'signed-in',
      summary: 'Cancel it: what is done stays done, and can be undone',
      ok: PROGRESS,
      refusals: [404, 409],
      audited: say`What it wrote is journalled, and nothing else changes.`,
      handle: async (call) => ({ body: await cancelBulk(parts.store.db, call.actor, runIn(call)) }),
    },
    {
      method: 'POST',
      path: '/bulk-runs/{id}/undo',
      tag,
      access: 'signed-in',
      summary: 'Take back in the background what it wrote, however much that is',
      ok: PROGRESS,
      okStatus: 202,
      refusals: [404, 409],
      audited: 'journal',
      handle: async (call) => ({ status: 202, body: await beginUndo(parts, call.actor, runIn(call)) }),
    },
  ]
}
function running(parts: BulkParts): Route {
  return {
    method: 'GET',
    path: '/bulk-runs',
    tag: 'Everything',
    access: 'signed-in',
    summary: 'What I have begun and is under way',
    ok: itemsOf(PROGRESS),
    handle: async (call) => ({ body: { items: await runningBulks(parts.store.db, call.actor) } }),
  }
}
function runIn({ params }: Call): number {
  return /^\d{1,15}$/.test(params['id'] ?? '') ? Number(params['id']) : 0
}

/** The log of what was sent to a webhook: trying it, sending a message again, and letting go what a restore has held. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Sql } from '#kit/database.ts'
import { conflict, notFound } from '#kit/problem.ts'
import { among, INSTANT, INSTANT_OR_NULL, pageOf, shape, shapeOf, TEXT, TEXT_OR_NULL, WHOLE } from '#kit/routes/shape.ts' // oxfmt-ignore
import { run, sql } from '#kit/sql.ts'
import type { WebhookParts } from './note.ts'
import { idIn, note } from './note.ts'

const STATES = ['queued', 'sending', 'delivered', 'failed', 'held', 'discarded'] as const
export interface DeliveryShown {
  readonly id: number
  readonly type: string
  readonly state: (typeof STATES)[number]
  readonly attempts: number
  readonly status: number | null
  readonly lastError: string | null
  readonly body: string
  readonly createdAt: string
  readonly nextAt: string | null
}
const PAGE = 50
const none = z.strictObject({})
const heldBody = z.strictObject({ deed: z.enum(['send', 'discard']) })
const DELIVERY = shapeOf<DeliveryShown>({
  id: WHOLE,
  type: TEXT,
  state: among(...STATES),
  attempts: WHOLE,
  status: { type: ['integer', 'null'] },
  lastError: TEXT_OR_NULL,
  body: TEXT,
  createdAt: INSTANT,
  nextAt: INSTANT_OR_NULL,
})
const one = { tag: 'Administration', access: 'administrator' } as const

export function deliveryRoutes(parts: WebhookParts): Route[] {
  return [
    {
      ...one,
      method: 'POST',
      path: '/admin/webhooks/{id}/test',
      summary: 'Send a message that says nothing, to see whether it arrives',
      body: none,
      okStatus: 202,
      ok: shape({ delivery: WHOLE }),
      audited: 'journal',
      handle: (call) => test(parts, call),
    },
    {
      ...one,
      method: 'GET',
      path: '/admin/webhooks/{id}/deliveries',
      summary: 'What was sent to a webhook, the newest first',
      query: { after: { about: 'Where the page before ended.', schema: { type: 'string', pattern: '^\\d{1,15}$' } } },
      ok: pageOf(DELIVERY),
      handle: (call) => deliveries(parts, call),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/webhook-deliveries/{id}/send',
      summary: 'Send a message again, with the same id',
      body: none,
      okStatus: 204,
      refusals: [409],
      audited: 'journal',
      handle: (call) => sendAgain(parts, call),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/webhooks/{id}/held',
      summary: 'Send, or discard, every message to a webhook that is held',
      body: heldBody,
      ok: shape({ count: WHOLE }),
      audited: 'journal',
      handle: (call) => letGo(parts, call, heldBody.parse(call.body).deed),
    },
  ]
}

async function test(parts: WebhookParts, call: Call): Promise<Answer> {
  const id = idIn(call)
  const { org } = call.actor
  const message = { type: 'test', timestamp: parts.store.now(), data: {} }
  const [row] = await parts.store.db.transaction(async (on) => {
    const made = await run<{ id: number }>(
      on,
      sql`insert into webhook_delivery (org, webhook, message_id, type, body) select org, id, ${randomUUID()}::uuid, 'test', ${JSON.stringify(message)} from webhook where org = ${org} and id = ${id} returning id`,
    )
    if (made.length === 0) return made
    await tryAtOnce(on, org, id)
    await run(on, note(parts, call, 'webhook-tested', { webhook: id }))
    return made
  })
  if (row === undefined) throw notFound(say`The webhook`)
  return { status: 202, body: { delivery: row.id } }
}
async function deliveries({ store }: WebhookParts, call: Call): Promise<Answer> {
  const after = /^\d{1,15}$/.test(call.query['after'] ?? '') ? Number(call.query['after']) : null
  const rows = await run<DeliveryShown>(
    store.db,
    sql`select d.id, d.type, d.state, d.attempts, d.status, d.last_error as "lastError", d.body, d.created_at as "createdAt", case when d.state = 'queued' then greatest(d.next_at, h.next_at) end as "nextAt"
      from webhook_delivery d join webhook h on h.org = d.org and h.id = d.webhook where d.org = ${call.actor.org} and d.webhook = ${idIn(call)} and (${after}::bigint is null or d.id < ${after}) order by d.id desc limit ${PAGE + 1}`,
  )
  const items = rows.slice(0, PAGE)
  return { body: { items, next: rows.length > PAGE ? String(items.at(-1)?.id) : null } }
}
async function sendAgain(parts: WebhookParts, call: Call): Promise<Answer> {
  const id = idIn(call)
  const { org } = call.actor
  await parts.store.db.transaction(async (on) => {
    const [row] = await run<{ state: string; webhook: number }>(
      on,
      sql`select state, webhook from webhook_delivery where org = ${org} and id = ${id} for update`,
    )
    if (row === undefined) throw notFound(say`The message`)
    if (row.state === 'sending') throw conflict(say`It is being sent at this moment.`)
    await run(on, sql`update webhook_delivery set ${AGAIN} where org = ${org} and id = ${id}`)
    await tryAtOnce(on, org, row.webhook)
    await run(on, note(parts, call, 'webhook-sent-again', { webhook: row.webhook, message: id }))
  })
  return { status: 204 }
}
async function letGo(parts: WebhookParts, call: Call, deed: 'send' | 'discard'): Promise<Answer> {
  const id = idIn(call)
  const { org } = call.actor
  const set = deed === 'send' ? AGAIN : sql`state = 'discarded', ended_at = now()`
  const count = await parts.store.db.transaction(async (on) => {
    await tryAtOnce(on, org, id)
    const done = await run(
      on,
      sql`update webhook_delivery set ${set} where org = ${org} and webhook = ${id} and state = 'held' returning 1 as one`,
    )
    await run(on, note(parts, call, `webhook-held-${deed}`, { webhook: id, messages: done.length }))
    return done.length
  })
  return { body: { count } }
}
/** Sending anew begins to count from the start. */
const AGAIN = sql`state = 'queued', attempts = 0, next_at = now(), ended_at = null, last_error = null`
/** Somebody looks at it: what stands in its way is tried now. @throws not found */
async function tryAtOnce(on: Sql, org: number, webhook: number): Promise<void> {
  const rows = await run(on, sql`update webhook set next_at = now() where org = ${org} and id = ${webhook} returning 1 as one`) // oxfmt-ignore
  if (rows.length === 0) throw notFound(say`The webhook`)
}

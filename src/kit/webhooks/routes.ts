/** Settings, Webhooks, for administrators: where what happens is sent, the log of deliveries, and sending one again. */
import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { encrypt } from '#kit/federation/secrets.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, notFound } from '#kit/problem.ts'
import { among, INSTANT, INSTANT_OR_NULL, itemsOf, listOf, pageOf, shape, shapeOf, TEXT, TEXT_OR_NULL, TEXTS, WHOLE, YES_NO } from '#kit/routes/shape.ts' // oxfmt-ignore
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { secretPlace } from './deliver.ts'
import { WEBHOOK_EVENTS } from './events.ts'

export interface WebhookShown {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly events: readonly string[]
  /** Null: all kinds of record. */
  readonly records: readonly string[] | null
  readonly isOn: boolean
  readonly createdAt: string
}
export interface DeliveryShown {
  readonly id: number
  readonly type: string
  readonly state: 'queued' | 'sending' | 'delivered' | 'failed'
  readonly attempts: number
  readonly status: number | null
  readonly lastError: string | null
  readonly body: string
  readonly createdAt: string
  readonly nextAt: string | null
}
export interface WebhookParts {
  readonly store: Store
  readonly secret: Buffer
}
const MOST = 20
const PAGE = 50
const newBody = z.strictObject({
  name: z.string().trim().min(1, 'Give the webhook a name.').max(100),
  url: z.url({ protocol: /^https?$/, error: 'Give an address that begins with https://.' }).max(2000),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1, 'Choose at least one event.'),
  records: z.array(z.string().max(60)).min(1, 'Choose at least one kind of record, or leave it out for all.').max(100).nullable().optional(), // oxfmt-ignore
})
const changeBody = z.strictObject({ isOn: z.boolean() })
const none = z.strictObject({})
const HOOK = shapeOf<WebhookShown>({
  id: WHOLE,
  name: TEXT,
  url: TEXT,
  events: listOf(among(...WEBHOOK_EVENTS)),
  records: { anyOf: [TEXTS, { type: 'null' }] },
  isOn: YES_NO,
  createdAt: INSTANT,
})
const DELIVERY = shapeOf<DeliveryShown>({
  id: WHOLE,
  type: TEXT,
  state: among('queued', 'sending', 'delivered', 'failed'),
  attempts: WHOLE,
  status: { type: ['integer', 'null'] },
  lastError: TEXT_OR_NULL,
  body: TEXT,
  createdAt: INSTANT,
  nextAt: INSTANT_OR_NULL,
})
const one = { tag: 'Administration', access: 'administrator' } as const

export function webhookRoutes(parts: WebhookParts): Route[] {
  return [
    {
      ...one,
      method: 'GET',
      path: '/admin/webhooks',
      summary: 'Where what happens is sent',
      ok: itemsOf(HOOK),
      handle: async ({ actor }) => ({ body: { items: await hooksOf(parts, actor.org) } }),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/webhooks',
      summary: 'Make a webhook; the secret with which its messages are signed is shown once',
      body: newBody,
      ok: shape({ id: WHOLE, secret: TEXT }),
      okStatus: 201,
      refusals: [409],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => make(parts, call, newBody.parse(call.body)),
    },
    {
      ...one,
      method: 'PATCH',
      path: '/admin/webhooks/{id}',
      summary: 'Switch a webhook on or off',
      body: changeBody,
      okStatus: 204,
      audited: 'journal',
      handle: (call) => switchTo(parts, call, changeBody.parse(call.body).isOn),
    },
    {
      ...one,
      method: 'DELETE',
      path: '/admin/webhooks/{id}',
      summary: 'Remove a webhook with its log',
      okStatus: 204,
      audited: 'journal',
      handle: (call) => remove(parts, call),
    },
    ...deliveryRoutes(parts),
  ]
}
function deliveryRoutes(parts: WebhookParts): Route[] {
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
  ]
}

function hooksOf({ store }: WebhookParts, org: number): Promise<WebhookShown[]> {
  return run<WebhookShown>(
    store.db,
    sql`select id, name, url, events, records, is_on as "isOn", created_at as "createdAt" from webhook where org = ${org} order by id`,
  )
}
function idIn(call: Call): number {
  return /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : 0
}
function note({ store }: WebhookParts, { actor }: Call, action: string, said: Readonly<Record<string, unknown>>) {
  const changes = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, [null, value] as const]))
  return journalInsert([entry(actor, store.now(), { record: 'organisation', recordId: actor.org, action, changes })])
}
async function make(parts: WebhookParts, call: Call, body: z.infer<typeof newBody>): Promise<Answer> {
  const { org } = call.actor
  if ((await hooksOf(parts, org)).length >= MOST)
    throw conflict(say`There are ${MOST} webhooks already. Remove one that nobody needs.`)
  for (const name of body.records ?? []) parts.store.catalogue.get(name)
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const kept = encrypt(parts.secret, secretPlace(org, body.url), secret)
  const id = await parts.store.db.transaction(async (on) => {
    const [row] = await run<{ id: number }>(
      on,
      sql`insert into webhook (org, name, url, secret, events, records) values (${org}, ${body.name}, ${body.url}, ${kept}, ${body.events}::text[], ${body.records ?? null}::text[]) returning id`,
    )
    await run(on, note(parts, call, 'webhook-made', { webhook: row?.id, name: body.name, url: body.url, events: body.events })) // oxfmt-ignore
    return row?.id
  })
  return { status: 201, body: { id, secret } }
}
async function switchTo(parts: WebhookParts, call: Call, isOn: boolean): Promise<Answer> {
  const id = idIn(call)
  await parts.store.db.transaction(async (on) => {
    const rows = await run(on, sql`update webhook set is_on = ${isOn} where org = ${call.actor.org} and id = ${id} returning 1 as one`) // oxfmt-ignore
    if (rows.length === 0) throw notFound(say`The webhook`)
    await run(on, note(parts, call, isOn ? 'webhook-on' : 'webhook-off', { webhook: id }))
  })
  return { status: 204 }
}
async function remove(parts: WebhookParts, call: Call): Promise<Answer> {
  const id = idIn(call)
  await parts.store.db.transaction(async (on) => {
    const rows = await run<{ name: string }>(on, sql`delete from webhook where org = ${call.actor.org} and id = ${id} returning name`) // oxfmt-ignore
    if (rows.length === 0) throw notFound(say`The webhook`)
    await run(on, sql`delete from webhook_delivery where org = ${call.actor.org} and webhook = ${id}`)
    await run(on, note(parts, call, 'webhook-removed', { webhook: id, name: rows[0]?.name }))
  })
  return { status: 204 }
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
    if (made.length > 0) await run(on, note(parts, call, 'webhook-tested', { webhook: id }))
    return made
  })
  if (row === undefined) throw notFound(say`The webhook`)
  return { status: 202, body: { delivery: row.id } }
}
async function deliveries({ store }: WebhookParts, call: Call): Promise<Answer> {
  const after = /^\d{1,15}$/.test(call.query['after'] ?? '') ? Number(call.query['after']) : null
  const rows = await run<DeliveryShown>(
    store.db,
    sql`select id, type, state, attempts, status, last_error as "lastError", body, created_at as "createdAt", case when state = 'queued' then next_at end as "nextAt"
      from webhook_delivery where org = ${call.actor.org} and webhook = ${idIn(call)} and (${after}::bigint is null or id < ${after}) order by id desc limit ${PAGE + 1}`,
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
    await run(
      on,
      sql`update webhook_delivery set state = 'queued', attempts = 0, next_at = now(), ended_at = null, last_error = null where org = ${org} and id = ${id}`,
    )
    await run(on, note(parts, call, 'webhook-sent-again', { webhook: row.webhook, message: id }))
  })
  return { status: 204 }
}

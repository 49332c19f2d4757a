/** Settings, Webhooks, for administrators: where what happens is sent. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { encrypt } from '#kit/federation/secrets.ts'
import { conflict, notFound, unfit } from '#kit/problem.ts'
import { among, INSTANT, INSTANT_OR_NULL, itemsOf, listOf, shape, shapeOf, TEXT, TEXTS, WHOLE, YES_NO } from '#kit/routes/shape.ts' // oxfmt-ignore
import { run, sql } from '#kit/sql.ts'
import { secretPlace } from './deliver.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { WEBHOOK_EVENTS } from './events.ts'
import { problemsOf } from './judge.ts'
import type { WebhookParts } from './note.ts'
import { idIn, note } from './note.ts'

export interface WebhookShown {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly events: readonly string[]
  /** Null: all kinds of record. */
  readonly records: readonly string[] | null
  readonly isOn: boolean
  /** Since when it has not been reached; null when the last message arrived. */
  readonly failingSince: string | null
  /** When it is tried again; null while it is not failing. */
  readonly nextAt: string | null
  /** Messages that a restore has held: somebody decides about them. */
  readonly held: number
  readonly createdAt: string
}
const MOST = 20
const newBody = z.strictObject({
  name: z.string().trim().min(1, 'Give the webhook a name.').max(100),
  url: z.url({ protocol: /^https?$/, error: 'Give an address that begins with https://.' }).max(2000),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1, 'Choose at least one event.'),
  records: z.array(z.string().max(60)).min(1, 'Choose at least one kind of record, or leave it out for all.').max(100).nullable().optional(), // oxfmt-ignore
})
const changeBody = z.strictObject({ isOn: z.boolean() })
const HOOK = shapeOf<WebhookShown>({
  id: WHOLE,
  name: TEXT,
  url: TEXT,
  events: listOf(among(...WEBHOOK_EVENTS)),
  records: { anyOf: [TEXTS, { type: 'null' }] },
  isOn: YES_NO,
  failingSince: INSTANT_OR_NULL,
  nextAt: INSTANT_OR_NULL,
  held: WHOLE,
  createdAt: INSTANT,
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
function hooksOf({ store }: WebhookParts, org: number): Promise<WebhookShown[]> {
  return run<WebhookShown>(
    store.db,
    sql`select h.id, h.name, h.url, h.events, h.records, h.is_on as "isOn", h.failing_since as "failingSince", case when h.failing_since is not null then h.next_at end as "nextAt", h.created_at as "createdAt",
        (select count(*) from webhook_delivery d where d.org = h.org and d.webhook = h.id and d.state = 'held') as held from webhook h where h.org = ${org} order by h.id`,
  )
}
async function make(parts: WebhookParts, call: Call, body: z.infer<typeof newBody>): Promise<Answer> {
  const { org } = call.actor
  if ((await hooksOf(parts, org)).length >= MOST)
    throw conflict(say`There are ${MOST} webhooks already. Remove one that nobody needs.`)
  const problems = await problemsOf(parts, body)
  if (problems.length > 0) throw unfit(problems)
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const kept = encrypt(parts.secret, secretPlace(org, body.url), secret)
  const id = await parts.store.db.transaction(async (on) => {
    const [row] = await run<{ id: number }>(
      on,
      sql`insert into webhook (org, name, url, secret, events, records) values (${org}, ${body.name}, ${body.url}, ${kept}, ${body.events}::text[], ${body.records ?? null}::text[]) returning id`,
    )
    // The rest of the address may be a secret of the other side.
    await run(on, note(parts, call, 'webhook-made', { webhook: row?.id, name: body.name, host: new URL(body.url).host, events: body.events })) // oxfmt-ignore
    return row?.id
  })
  return { status: 201, body: { id, secret } }
}
async function switchTo(parts: WebhookParts, call: Call, isOn: boolean): Promise<Answer> {
  const id = idIn(call)
  if (isOn) await judgeAgain(parts, call, id)
  await parts.store.db.transaction(async (on) => {
    const rows = await run(on, sql`update webhook set is_on = ${isOn}, failing_since = null, failures = 0, next_at = now() where org = ${call.actor.org} and id = ${id} returning 1 as one`) // oxfmt-ignore
    if (rows.length === 0) throw notFound(say`The webhook`)
    await run(on, note(parts, call, isOn ? 'webhook-on' : 'webhook-off', { webhook: id }))
  })
  return { status: 204 }
}
/** What was allowed when it was made may not be any more. @throws a refusal (422) where nothing could be sent */
async function judgeAgain({ store, judgeAddress }: WebhookParts, { actor }: Call, id: number): Promise<void> {
  const [hook] = await run<{ url: string }>(
    store.db,
    sql`select url from webhook where org = ${actor.org} and id = ${id}`,
  )
  const because = hook === undefined ? null : await judgeAddress(hook.url)
  if (because !== null) throw unfit([{ pointer: '/isOn', detail: because }])
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

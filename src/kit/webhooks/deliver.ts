/**
 * Sends what is due to webhooks, signed as Standard Webhooks 1.0 has it. Claimed before it is sent, as mails are; what a process
 * that died left behind is sent again with the same id, by which the other side knows a second copy.
 */
import { createHmac } from 'node:crypto'
import { say } from '#engines/say.ts'
import type { Database, Sql } from '#kit/database.ts'
import { decrypt } from '#kit/federation/secrets.ts'
import type { Outgoing } from '#kit/outgoing.ts'
import { laneTickers, sendAll } from '#kit/outgoing.ts'
import { run, sql } from '#kit/sql.ts'
import type { PostAnswer, PostText } from './ports.ts'

export interface Delivering {
  readonly db: Database
  readonly secret: Buffer
  readonly post: PostText
}
interface Due {
  readonly org: number
  readonly id: number
  readonly webhook: number
  readonly message_id: string
  readonly body: string
  readonly attempts: number
}
interface Hook {
  readonly url: string
  readonly secret: Buffer
  readonly is_on: boolean
}
const CLAIM_MINUTES = 5
/** After each try that failed: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours, as the specification proposes. */
const DELAYS_S = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
/** How long nothing is sent to a webhook that has failed once, twice …: its other messages wait meanwhile. */
const HOOK_DELAYS_S = [5, 60, 300, 1800, 3600]

/** @returns how many were tried */
export function deliverWebhooks(parts: Delivering, signal: AbortSignal): Promise<number> {
  return sendAll(outgoing(parts), signal)
}
export function webhookTickers(parts: Delivering): ReturnType<typeof laneTickers> {
  return laneTickers('webhooks', outgoing(parts))
}
function outgoing(parts: Delivering): Outgoing<Due> {
  const { db } = parts
  return {
    lanes: 4,
    claim: (isFirstLane) => db.transaction((on) => claim(on, !isFirstLane)),
    attempt: (due, signal) => attempt(parts, due, signal),
    giveBack: (due) => giveBack(db, due),
    settle: (due, answer) => settle(db, due, answer),
  }
}
/** First the webhook is taken, then its message that waits longest: nobody else sends to it meanwhile. */
async function claim(on: Sql, alsoFailing: boolean): Promise<Due | null> {
  const isDue = sql`d.next_at <= now() and (d.state = 'queued' or d.state = 'sending' and d.claimed_at < now() - make_interval(mins => ${CLAIM_MINUTES}))`
  const [hook] = await run<{ org: number; id: number }>(
    on,
    sql`update webhook set claimed_at = now() where (org, id) = (
        select h.org, h.id from webhook h cross join lateral (select d.next_at from webhook_delivery d where d.org = h.org and d.webhook = h.id and ${isDue} order by d.next_at, d.id limit 1) d
        where h.next_at <= now() and (h.claimed_at is null or h.claimed_at < now() - make_interval(mins => ${CLAIM_MINUTES})) and (${alsoFailing}::boolean or h.failing_since is null)
        order by h.failing_since is not null, d.next_at limit 1 for update of h skip locked)
      returning org, id`,
  )
  if (hook === undefined) return null
  const [due] = await run<Due>(
    on,
    sql`update webhook_delivery set state = 'sending', attempts = attempts + 1, claimed_at = now() where (org, id) = (
        select d.org, d.id from webhook_delivery d where d.org = ${hook.org} and d.webhook = ${hook.id} and ${isDue} order by d.next_at, d.id limit 1 for update)
      returning org, id, webhook, message_id, body, attempts`,
  )
  if (due === undefined) await run(on, sql`update webhook set claimed_at = null where org = ${hook.org} and id = ${hook.id}`) // oxfmt-ignore
  return due ?? null
}
async function attempt({ db, secret, post }: Delivering, due: Due, signal: AbortSignal): Promise<PostAnswer> {
  const [hook] = await run<Hook>(
    db,
    sql`select url, secret, is_on from webhook where org = ${due.org} and id = ${due.webhook}`,
  )
  if (hook?.is_on !== true) return { kind: 'trouble', because: say`The webhook is switched off.` }
  const key = decrypt(secret, secretPlace(due.org, hook.url), hook.secret)
  if (key === null) return { kind: 'trouble', because: say`Its secret was kept with another secret of this installation. Make the webhook anew.` } // oxfmt-ignore
  const id = `msg_${due.message_id}`
  const at = String(Math.floor(Date.now() / 1000))
  return post(hook.url, { headers: { 'Content-Type': 'application/json', 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature(key, `${id}.${at}.${due.body}`) }, body: due.body }, signal) // oxfmt-ignore
}
/** @param key whsec_ and the key in base64 */
export function signature(key: string, text: string): string {
  return `v1,${createHmac('sha256', Buffer.from(key.replace(/^whsec_/, ''), 'base64'))
    .update(text)
    .digest('base64')}`
}
/** A secret is bound to its address: with another one it cannot be opened. */
export function secretPlace(org: number, url: string): string {
  return `${org}/webhook/${url}`
}
async function giveBack(db: Database, due: Due): Promise<void> {
  await db.transaction(async (on) => {
    await run(on, sql`update webhook set claimed_at = null where org = ${due.org} and id = ${due.webhook}`)
    await run(on, sql`update webhook_delivery set state = 'queued', attempts = attempts - 1 where org = ${due.org} and id = ${due.id} and state = 'sending' and attempts = ${due.attempts}`) // oxfmt-ignore
  })
}
async function settle(db: Database, due: Due, answer: PostAnswer): Promise<void> {
  const status = answer.kind === 'answered' ? answer.status : null
  const isTaken = status !== null && status >= 200 && status < 300
  const because = answer.kind === 'trouble' ? answer.because : isTaken ? null : answerInWords(answer.status)
  const delay = DELAYS_S[due.attempts - 1]
  const state = isTaken ? 'delivered' : delay === undefined || status === 410 ? 'failed' : 'queued'
  await db.transaction(async (on) => {
    await run(
      on,
      sql`update webhook_delivery set state = ${state}, status = ${status}, last_error = ${because}, ended_at = case when ${state} = 'queued' then null else now() end,
        next_at = now() + make_interval(secs => ${delay ?? 0}) where org = ${due.org} and id = ${due.id} and state = 'sending' and attempts = ${due.attempts}`,
    )
    // Gone: the other side wants nothing more.
    await noteStanding(on, due, { isTaken, isGone: status === 410 })
  })
}
/** Lets the webhook go, and says when it is tried again. */
async function noteStanding(
  on: Sql,
  { org, webhook }: Due,
  { isTaken, isGone }: { isTaken: boolean; isGone: boolean },
): Promise<void> {
  const most = HOOK_DELAYS_S.length
  await run(
    on,
    isTaken
      ? sql`update webhook set claimed_at = null, failing_since = null, failures = 0, next_at = now() where org = ${org} and id = ${webhook}`
      : sql`update webhook set claimed_at = null, is_on = is_on and not ${isGone}::boolean, failing_since = coalesce(failing_since, now()), failures = failures + 1,
          next_at = now() + make_interval(secs => (${HOOK_DELAYS_S}::int[])[least(${most}::integer, failures + 1)]) where org = ${org} and id = ${webhook}`,
  )
}
function answerInWords(status: number): string {
  if (status === 410) return say`It answers 410: it is gone for good, and is told nothing more.`
  if (status >= 300 && status < 400)
    return say`It answers ${status} and sends on to another address. Give that one, if you trust it.`
  return say`It answers ${status}.`
}
const KEPT_DAYS = 30
/** As long as a message is tried, one that waits behind others is kept for them. */
const MOST_WAITED_DAYS = 4
/** What is done goes after a month, what was held and never looked at after a year. By schedule. */
export async function forgetDeliveries(on: Sql): Promise<void> {
  await run(
    on,
    sql`update webhook_delivery set state = 'failed', ended_at = now(), last_error = coalesce(last_error, ${say`Its webhook was not reached for ${MOST_WAITED_DAYS} days.`})
      where state = 'queued' and next_at < now() - make_interval(days => ${MOST_WAITED_DAYS})`,
  )
  await run(on, sql`delete from webhook_delivery where ended_at < now() - make_interval(days => ${KEPT_DAYS})`)
  await run(on, sql`delete from webhook_delivery where state = 'held' and created_at < now() - interval '1 year'`)
}
/** After a restore nobody knows which of these were sent meanwhile: an administrator decides. */
export async function holdDeliveries(on: Sql, because: string): Promise<void> {
  await run(
    on,
    sql`update webhook_delivery set state = 'held', last_error = ${because} where state in ('queued', 'sending')`,
  )
  await run(on, sql`update webhook set claimed_at = null, failing_since = null, failures = 0, next_at = now()`)
}

/**
 * Sends what is due to webhooks, signed as Standard Webhooks 1.0 has it. Claimed before it is sent, as mails are; what a process
 * that died left behind is sent again with the same id, by which the other side knows a second copy.
 */
import { createHmac } from 'node:crypto'
import { say } from '#engines/say.ts'
import type { Database, Sql } from '#kit/database.ts'
import { decrypt } from '#kit/federation/secrets.ts'
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
const LANES = 4
const CLAIM_MINUTES = 5
/** After each try that failed: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours, as the specification proposes. */
const DELAYS_S = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** @returns how many were tried */
export async function deliverWebhooks(parts: Delivering, signal: AbortSignal): Promise<number> {
  let tried = 0
  const lane = async (): Promise<void> => {
    while (!signal.aborted) {
      const due = await claim(parts.db)
      if (due === null) return
      tried++
      await settle(parts.db, due, await attempt(parts, due, signal))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return tried
}
/** Every two seconds, in any process that works. */
export function webhookTicker(parts: Delivering): {
  name: string
  everyMs: number
  work: (signal: AbortSignal) => Promise<void>
} {
  // oxfmt-ignore
  return { name: 'webhooks', everyMs: 2_000, work: async (signal) => void (await deliverWebhooks(parts, signal)) }
}
async function claim(on: Sql): Promise<Due | null> {
  const [due] = await run<Due>(
    on,
    sql`update webhook_delivery set state = 'sending', attempts = attempts + 1, claimed_at = now() where (org, id) = (
        select d.org, d.id from webhook_delivery d where d.next_at <= now()
          and (d.state = 'queued' or d.state = 'sending' and d.claimed_at < now() - make_interval(mins => ${CLAIM_MINUTES}))
        order by d.next_at, d.id limit 1 for update skip locked)
      returning org, id, webhook, message_id, body, attempts`,
  )
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
async function settle(on: Sql, due: Due, answer: PostAnswer): Promise<void> {
  const status = answer.kind === 'answered' ? answer.status : null
  const isTaken = status !== null && status >= 200 && status < 300
  const because = answer.kind === 'trouble' ? answer.because : isTaken ? null : answerInWords(answer.status)
  const delay = DELAYS_S[due.attempts - 1]
  const state = isTaken ? 'delivered' : delay === undefined || status === 410 ? 'failed' : 'queued'
  await run(
    on,
    sql`update webhook_delivery set state = ${state}, status = ${status}, last_error = ${because}, ended_at = case when ${state} = 'queued' then null else now() end,
      next_at = now() + make_interval(secs => ${delay ?? 0}) where org = ${due.org} and id = ${due.id} and state = 'sending' and attempts = ${due.attempts}`,
  )
  // Gone: the other side wants nothing more.
  if (status === 410)
    await run(on, sql`update webhook set is_on = false where org = ${due.org} and id = ${due.webhook}`)
}
function answerInWords(status: number): string {
  if (status === 410) return say`It answers 410: it is gone for good, and is told nothing more.`
  if (status >= 300 && status < 400)
    return say`It answers ${status} and sends on to another address. Give that one, if you trust it.`
  return say`It answers ${status}.`
}
const KEPT_DAYS = 30
export async function forgetDeliveries(on: Sql): Promise<void> {
  await run(on, sql`delete from webhook_delivery where ended_at < now() - make_interval(days => ${KEPT_DAYS})`)
}

/**
 * Takes messages to the push services of browsers (RFC 8030). Claimed before they are sent, as mails and webhooks are; what a
 * process that died left behind is sent again, and takes the place of the first by its topic. First tries come before second
 * ones, and one lane is kept for browsers that were reached, so that a service that hangs holds nobody else up.
 */
import { say } from '#engines/say.ts'
import type { Database, Sql } from '#kit/database.ts'
import type { Outgoing } from '#kit/outgoing.ts'
import { laneTickers, sendAll } from '#kit/outgoing.ts'
import { run, sql } from '#kit/sql.ts'
import type { PostAnswer, PostBytes } from '#kit/webhooks/ports.ts'
import { pushKey, vapid } from './key.ts'

export interface Delivering {
  readonly db: Database
  readonly secret: Buffer
  readonly publicUrl: string
  readonly post: PostBytes
}
interface Due {
  readonly org: number
  readonly id: number
  readonly subscription: number
  readonly body: Buffer
  readonly topic: string
  readonly isUrgent: boolean
  readonly attempts: number
  readonly endpoint: string
}
const CLAIM_MINUTES = 5
/** What is a day old stands in the inbox anyway. */
const LIFE_HOURS = 24
/** After each try that failed: 10 s, 1, 10 and 30 minutes, 1, 3 and 6 hours. */
const DELAYS_S = [10, 60, 600, 1800, 3600, 10_800, 21_600]
/** Gone, unknown, or bound to another key than ours: nothing can be sent there again. */
const ENDED: readonly number[] = [401, 403, 404, 410]

/** @returns how many were tried */
export function deliverPushes(parts: Delivering, signal: AbortSignal): Promise<number> {
  return sendAll(outgoing(parts), signal)
}
export function pushTickers(parts: Delivering): ReturnType<typeof laneTickers> {
  return laneTickers('push', outgoing(parts))
}
function outgoing(parts: Delivering): Outgoing<Due> {
  const { db } = parts
  return {
    lanes: 2,
    claim: (isFirstLane) => claim(db, !isFirstLane),
    attempt: (due, signal) => attempt(parts, due, signal),
    giveBack: (due) => giveBack(db, due),
    settle: (due, answer) => settle(db, due, answer),
  }
}
async function claim(on: Sql, alsoFailing: boolean): Promise<Due | null> {
  const [due] = await run<Due>(
    on,
    sql`update push_message m set state = 'sending', attempts = m.attempts + 1, claimed_at = now() from push_subscription s where s.org = m.org and s.id = m.subscription and (m.org, m.id) = (
        select d.org, d.id from push_message d join push_subscription b on b.org = d.org and b.id = d.subscription where d.next_at <= now() and (${alsoFailing}::boolean or b.last_error is null)
          and (d.state = 'queued' or d.state = 'sending' and d.claimed_at < now() - make_interval(mins => ${CLAIM_MINUTES}))
        order by d.attempts, d.next_at, d.id limit 1 for update of d skip locked)
      returning m.org, m.id, m.subscription, m.body, m.topic, m.is_urgent as "isUrgent", m.attempts, s.endpoint`,
  )
  return due ?? null
}
async function attempt(
  { db, secret, publicUrl, post }: Delivering,
  due: Due,
  signal: AbortSignal,
): Promise<PostAnswer> {
  const key = await pushKey(db, secret)
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Encoding': 'aes128gcm',
    TTL: String(LIFE_HOURS * 3600),
    Urgency: due.isUrgent ? 'high' : 'normal',
    Topic: due.topic,
    Authorization: vapid(key, due.endpoint, { contact: publicUrl, nowMs: Date.now() }),
  }
  return post(due.endpoint, { headers, body: due.body }, signal)
}
async function giveBack(on: Sql, { org, id, attempts }: Due): Promise<void> {
  await run(on, sql`update push_message set state = 'queued', attempts = attempts - 1 where org = ${org} and id = ${id} and state = 'sending' and attempts = ${attempts}`) // oxfmt-ignore
}
async function settle(on: Sql, due: Due, answer: PostAnswer): Promise<void> {
  const status = answer.kind === 'answered' ? answer.status : null
  const own = sql`org = ${due.org} and id = ${due.id} and state = 'sending' and attempts = ${due.attempts}`
  const browser = sql`org = ${due.org} and id = ${due.subscription}`
  if (status !== null && status >= 200 && status < 300) {
    await run(on, sql`delete from push_message where ${own}`)
    await run(on, sql`update push_subscription set delivered_at = now(), last_error = null where ${browser}`)
    return
  }
  if (status !== null && ENDED.includes(status)) {
    await run(on, sql`delete from push_subscription where ${browser}`)
    return
  }
  const because = answer.kind === 'trouble' ? answer.because : say`Its push service answers ${answer.status}.`
  await run(on, sql`update push_subscription set last_error = ${because} where ${browser}`)
  const delay = isHopeless(status) ? undefined : DELAYS_S[due.attempts - 1]
  if (delay === undefined) await run(on, sql`delete from push_message where ${own}`)
  // What else waits for the same service would find the same.
  else
    await run(
      on,
      sql`update push_message set state = 'queued', next_at = now() + make_interval(secs => ${delay}) where ${own} or (org = ${due.org} and subscription = ${due.subscription} and state = 'queued' and next_at <= now())`,
    )
}
/** What is a day old is not sent any more. Once an hour would do; by schedule. */
export async function forgetOldPushes(on: Sql): Promise<void> {
  await run(on, sql`delete from push_message where created_at < now() - make_interval(hours => ${LIFE_HOURS})`)
}
/** The message itself is refused: another try finds the same. */
function isHopeless(status: number | null): boolean {
  return status !== null && ((status >= 300 && status < 400) || status === 400 || status === 413)
}

/** Browsers that show a person's notices while the application is closed: each is listed, and can be ended. */
import type { Sql } from '#kit/database.ts'
import { deviceWords } from '#kit/sign-in/device.ts'
import type { Who } from '#kit/sign-in/second-factor.ts'
import { run, sql } from '#kit/sql.ts'
import type { BrowserKeys } from './encrypt.ts'

export interface PushBrowser {
  readonly id: number
  readonly device: string
  readonly createdAt: string
  readonly seenAt: string
  /** When a push service took the last notice for it. */
  readonly deliveredAt: string | null
  /** What went wrong since. */
  readonly lastError: string | null
  /** It was switched on in the session that asks. */
  readonly isThis: boolean
}
/** What a browser hands over when it agrees to show notices. */
export interface Offered extends BrowserKeys {
  readonly endpoint: string
}
/** More browsers than anybody uses; each costs a request a notice. */
const MOST = 10
/** A browser that was not opened for so long is nobody's any more. */
const KEPT_DAYS = 180

/** The newest first. */
export async function browsersOf(on: Sql, who: Who, session: string | null): Promise<PushBrowser[]> {
  const rows = await run<Omit<PushBrowser, 'device' | 'isThis'> & { agent: string | null; session: string }>(
    on,
    sql`select id, agent, session, created_at as "createdAt", seen_at as "seenAt", delivered_at as "deliveredAt", last_error as "lastError" from push_subscription
      where org = ${who.org} and person = ${who.person} order by seen_at desc, id desc`,
  )
  return rows.map(({ agent, session: of, ...row }) => ({ ...row, device: deviceWords(agent), isThis: of === session }))
}
/** A browser that was another person's is theirs no more, nor is what was on its way to it. Of too many the one that was not seen for longest goes. */
export async function subscribe(on: Sql, who: Who, { session, agent, offered }: Subscribing): Promise<void> {
  await run(
    on,
    sql`delete from push_message m using push_subscription s where s.org = ${who.org} and s.endpoint = ${offered.endpoint} and s.person <> ${who.person} and m.org = s.org and m.subscription = s.id`,
  )
  await run(
    on,
    sql`insert into push_subscription (org, person, session, agent, endpoint, p256dh, auth) values (${who.org}, ${who.person}, ${session}::uuid, ${agent?.slice(0, 400) ?? null}, ${offered.endpoint}, ${offered.p256dh}, ${offered.auth})
      on conflict (org, endpoint) do update set person = excluded.person, session = excluded.session, agent = excluded.agent, p256dh = excluded.p256dh, auth = excluded.auth, created_at = now(), seen_at = now(), last_error = null`,
  )
  await run(
    on,
    sql`delete from push_subscription where org = ${who.org} and person = ${who.person} and id not in (select id from push_subscription where org = ${who.org} and person = ${who.person} order by seen_at desc, id desc limit ${MOST})`,
  )
}
/** The browser says that it is still there, perhaps in a new session. @returns whether it is known and this person's */
export async function stillThere(on: Sql, who: Who, { session, agent, offered }: Subscribing): Promise<boolean> {
  const known = await run(
    on,
    sql`update push_subscription set session = ${session}::uuid, agent = ${agent?.slice(0, 400) ?? null}, seen_at = now()
      where org = ${who.org} and person = ${who.person} and endpoint = ${offered.endpoint} and p256dh = ${offered.p256dh} and auth = ${offered.auth} returning 1 as one`,
  )
  return known.length === 1
}
/**
 * The browser has another subscription in place of the one `from` which messages went until now; null is the one of this
 * session, where the browser no longer knows. What waits was encrypted for the old one, and nobody can read it any more.
 * @returns whether the old one, or already the new one, is known and this person's
 */
export async function replace(on: Sql, who: Who, from: string | null, subscribing: Subscribing): Promise<boolean> {
  const { session, agent, offered } = subscribing
  const meant = from === null ? sql`session = ${session}::uuid` : sql`endpoint = ${from}`
  const replaced = await run(
    on,
    sql`with replaced as (
        update push_subscription p set session = ${session}::uuid, agent = ${agent?.slice(0, 400) ?? null}, endpoint = ${offered.endpoint}, p256dh = ${offered.p256dh}, auth = ${offered.auth}, seen_at = now(), last_error = null
        where org = ${who.org} and id = (select id from push_subscription where org = ${who.org} and person = ${who.person} and ${meant} order by seen_at desc, id desc limit 1)
          and not exists (select from push_subscription o where o.org = p.org and o.endpoint = ${offered.endpoint} and o.id <> p.id)
        returning id
      ), unreadable as (
        delete from push_message where org = ${who.org} and subscription in (select id from replaced)
      )
      select 1 as one from replaced`,
  )
  return replaced.length === 1 || stillThere(on, who, subscribing)
}
/** Whoever signs in anew in the same browser goes on being told there. @param of the keys of the two sessions as they are kept */
export async function carryOver(on: Sql, { from, to }: { readonly from: Buffer; readonly to: Buffer }): Promise<void> {
  await run(
    on,
    sql`update push_subscription p set session = n.id from session o, session n where o.key = ${from} and n.key = ${to} and n.org = o.org and n.person = o.person and p.org = o.org and p.session = o.id`,
  )
}
interface Subscribing {
  readonly session: string
  readonly agent: string | undefined
  readonly offered: Offered
}
/** @returns whether there was one */
export async function endBrowser(on: Sql, who: Who, id: number): Promise<boolean> {
  const gone = await run(
    on,
    sql`delete from push_subscription where org = ${who.org} and person = ${who.person} and id = ${id} returning 1 as one`,
  )
  return gone.length === 1
}
/** Once a day. */
export async function forgetPush(on: Sql): Promise<void> {
  await run(on, sql`delete from push_subscription where seen_at < now() - make_interval(days => ${KEPT_DAYS})`)
}

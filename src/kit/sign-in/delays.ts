/**
 * Slows guessing down: each try is counted in the database before the password is looked at, so that neither many nodes,
 * nor a restart, nor a hundred tries at once get more than their share (ASVS 5.0 6.3.1).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { say } from '#engines/say.ts'
import type { DelayRule } from '#engines/delay.ts'
import { ACCOUNT, ADDRESS, BROWSER, delaySeconds, WISH } from '#engines/delay.ts'
import type { Sql } from '#kit/database.ts'
import { Refusal } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'

export interface Try {
  readonly email: string
  readonly address: string
  /** The cookie of a browser that was let in before. */
  readonly browser: string | undefined
}
interface Subject {
  readonly key: Buffer
  readonly rule: DelayRule
  /** Of one account; an address is shared by many. */
  readonly own: boolean
}

/**
 * Counts one try. The same for accounts that do not exist.
 * @throws a refusal (429) while the account (as strangers see it), the browser or the address has to wait
 */
export async function countTry(on: Sql, secret: Buffer, said: Try): Promise<void> {
  for (const subject of subjectsOf(secret, said)) {
    const wait = await count(on, subject)
    if (wait > 0) throw waitRefusal(wait)
  }
}
/** Counts one wish for a new password of an address, whoever it names. @throws a refusal (429) after too many */
export async function countWish(on: Sql, secret: Buffer, address: string): Promise<void> {
  const wait = await count(on, { key: keyOf(secret, 'wish', networkOf(address)), rule: WISH, own: false })
  if (wait > 0) throw waitRefusal(wait)
}
export function waitRefusal(seconds: number): Refusal {
  const words = seconds < 90 ? say`${seconds} seconds` : say`${Math.ceil(seconds / 60)} minutes`
  return new Refusal(429, 'too-many', say`Too many tries that failed. Wait ${words}, then try again.`, {
    extra: { retryAfterSeconds: seconds },
  })
}
/** The person was let in: the account starts anew; the address only takes its own try back, or one account would open the way to others. */
export async function forgiveTry(on: Sql, secret: Buffer, said: Try): Promise<void> {
  for (const { key, own } of subjectsOf(secret, said))
    if (own) await run(on, sql`delete from sign_in_delay where subject = ${key}`)
    else await takeBack(on, key)
}
/** The password was right, and a second step follows: the address has done nothing wrong, the account keeps its count. */
export async function forgiveAddress(on: Sql, secret: Buffer, said: Try): Promise<void> {
  for (const { key, own } of subjectsOf(secret, said)) if (!own) await takeBack(on, key)
}
async function takeBack(on: Sql, key: Buffer): Promise<void> {
  await run(
    on,
    sql`update sign_in_delay set failures = failures - 1, until = now() where subject = ${key} and failures > 0`,
  )
}
/** An administrator lets somebody try again at once. @returns whether there was anything to forgive */
export async function unlockAccount(on: Sql, secret: Buffer, email: string): Promise<boolean> {
  const gone = await run(
    on,
    sql`delete from sign_in_delay where subject = ${keyOf(secret, 'account', email)} returning 1 as one`,
  )
  return gone.length > 0
}
/** @returns failures in a row, and until when strangers' tries at this account have to wait */
export async function delayOf(
  on: Sql,
  secret: Buffer,
  email: string,
): Promise<{ failures: number; until: string } | null> {
  const rows = await run<{ failures: number; until: string }>(
    on,
    sql`select failures, until from sign_in_delay where subject = ${keyOf(secret, 'account', email)}`,
  )
  return rows[0] ?? null
}
/** Forgets what is over; by schedule. */
export async function forgetDelays(on: Sql): Promise<void> {
  await run(
    on,
    sql`delete from sign_in_delay where tried_at < now() - make_interval(secs => ${ACCOUNT.forgetSeconds}) and until < now()`,
  )
}

/** A mark for a browser that was let in to this account. It opens nothing. */
export function browserMark(secret: Buffer, email: string): string {
  return createHmac('sha256', secret).update(`browser of ${email.toLowerCase()}`).digest('base64url')
}

/** A browser that was let in before waits for its own failures alone: strangers cannot keep its person out. */
function subjectsOf(secret: Buffer, { email, address, browser }: Try): readonly Subject[] {
  const mark = browserMark(secret, email)
  const isKnown =
    browser?.length === mark.length &&
    timingSafeEqual(createHash('sha256').update(browser).digest(), createHash('sha256').update(mark).digest())
  if (isKnown) return [{ key: keyOf(secret, 'browser', email), rule: BROWSER, own: true }]
  return [
    { key: keyOf(secret, 'address', networkOf(address)), rule: ADDRESS, own: false },
    { key: keyOf(secret, 'account', email), rule: ACCOUNT, own: true },
  ]
}
/** Hashed with a key: the table names nobody. */
function keyOf(secret: Buffer, kind: string, value: string): Buffer {
  return createHmac('sha256', secret).update(`${kind} ${value.trim().toLowerCase()}`).digest()
}
/** Whoever has one IPv6 address has 2^64 of them: the network counts as one. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const front = head.split(':').filter((part) => part !== '')
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - tail.split(':').length) }, () => '0')
  return [...front, ...zeros, ...(tail?.split(':') ?? [])].slice(0, 4).join(':')
}

/** @returns seconds to wait; 0 when the try is counted and may go on */
async function count(on: Sql, { key, rule }: Subject): Promise<number> {
  const delays = Array.from({ length: 31 }, (_, over) => delaySeconds(rule, rule.free + over))
  const taken = await run<{ one: number }>(
    on,
    // One statement: of a hundred tries at once, each sees the count of the one before.
    sql`insert into sign_in_delay as d (subject, failures, tried_at, until) values (${key}, 1, clock_timestamp(), clock_timestamp())
      on conflict (subject) do update set tried_at = clock_timestamp(),
        failures = case when d.tried_at < clock_timestamp() - make_interval(secs => ${rule.forgetSeconds}) then 1 else d.failures + 1 end,
        until = case when d.tried_at < clock_timestamp() - make_interval(secs => ${rule.forgetSeconds}) then clock_timestamp()
          else clock_timestamp() + make_interval(secs => (${delays}::int[])[least(31, greatest(1, d.failures + 2 - ${rule.free}))]) end
      where d.until <= clock_timestamp() returning 1 as one`,
  )
  if (taken.length > 0) return 0
  const rows = await run<{ wait: number }>(
    on,
    sql`select ceil(extract(epoch from until - clock_timestamp()))::int as wait from sign_in_delay where subject = ${key}`,
  )
  return Math.max(1, rows[0]?.wait ?? 1)
}

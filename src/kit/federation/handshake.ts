/** A sign-in under way elsewhere: kept until it comes back, once, to the browser that began it. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import { Refusal } from '#kit/problem.ts'
import { keyHash } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'

export { keyHash } from '#kit/sign-in.ts'

export const BEGUN_COOKIE = 'pilothouse_begun'
export const MINUTES = 10

/** The key of a new browser, for the cookie that travels with the sign-in. */
export function newBrowser(): string {
  return randomBytes(24).toString('base64url')
}
export function begunCookie(key: string, isSecure: boolean): string {
  return `${BEGUN_COOKIE}=${key}; Path=/api/v1/sign-in; HttpOnly; SameSite=Lax; Max-Age=${MINUTES * 60}${isSecure ? '; Secure' : ''}`
}

/** @param kept what is needed when the person comes back; JSON. @param browser null: any browser may come back with it */
export async function keepHandshake(on: Sql, key: string, kept: object, browser: string | null): Promise<void> {
  await run(
    on,
    sql`insert into sign_in_handshake (key, browser, kept, expires_at) values (${keyHash(key)}, ${browser === null ? null : keyHash(browser)}, ${JSON.stringify(kept)}::jsonb, now() + make_interval(mins => ${MINUTES}))`,
  )
}
/**
 * Takes it out: a second one with the same key finds nothing.
 * @throws a refusal when it is not known, was used, is too old, or was begun in another browser
 */
export async function takeHandshake<T>(on: Sql, key: string, browser: string | null | undefined): Promise<T> {
  const [row] = await run<{ browser: Buffer | null; kept: T; isFresh: boolean }>(
    on,
    sql`delete from sign_in_handshake where key = ${keyHash(key)} returning browser, kept, expires_at > now() as "isFresh"`,
  )
  if (row === undefined)
    throw new Refusal(409, 'sign-in-used', say`This sign-in was used already, or was never begun here. Sign in again.`)
  if (!row.isFresh)
    throw new Refusal(409, 'sign-in-late', say`This took longer than ${MINUTES} minutes. Sign in again.`)
  if (row.browser !== null && browser !== null && !isSame(row.browser, browser))
    throw new Refusal(
      403,
      'other-browser',
      say`This sign-in was begun in another browser, or cookies are refused here. Sign in again in this one.`,
    )
  return row.kept
}
/** The row stays: SAML answers arrive without cookies and are looked at twice. */
export async function seeHandshake<T>(on: Sql, key: string): Promise<T> {
  const [row] = await run<{ kept: T }>(
    on,
    sql`select kept from sign_in_handshake where key = ${keyHash(key)} and expires_at > now()`,
  )
  if (row === undefined)
    throw new Refusal(409, 'sign-in-used', say`This sign-in was used already, or was never begun here. Sign in again.`)
  return row.kept
}

/** A sentence for the sign-in page, under a key that goes into its address: an address cannot bring words of its own. */
export async function keepTrouble(on: Sql, because: string): Promise<string> {
  const key = newBrowser()
  await keepHandshake(on, `trouble/${key}`, { because }, null)
  return key
}
/** Where to go after the sign-in: a page of this installation, or the start. */
export function ownPage(to: string | undefined): string {
  const base = 'http://here.invalid'
  if (to === undefined || !to.startsWith('/') || /[\\\u0000-\u001f]/.test(to) || !URL.canParse(to, base)) return '/'
  const url = new URL(to, base)
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}${url.hash}` : '/'
}
function isSame(kept: Buffer, browser: string | undefined): boolean {
  return browser !== undefined && timingSafeEqual(kept, keyHash(browser))
}

/** What nobody came back with in time. */
export async function forgetHandshakes(on: Sql): Promise<void> {
  await on.query('delete from sign_in_handshake where expires_at < now()')
  await on.query('delete from spent_assertion where expires_at < now()')
  await on.query('delete from federated_session f where not exists (select 1 from session s where s.key = f.session)')
}

/** Who is asking: sessions, API tokens and the one-time set-up link. Secrets are kept as hashes only. */
import { createHash, randomBytes } from 'node:crypto'
import type { Actor, Grant, Origin } from './actor.ts'
import type { Database, Sql } from './database.ts'
import { BESIDE } from './demo-beside.ts'
import type { Holder } from './grants.ts'
import { actorWith, GRANTS, held } from './grants.ts'
import type { Role } from './record.ts'
import type { Fragment } from './sql.ts'
import { raw, run, sql } from './sql.ts'
import { ASKS_SECOND_FACTOR, USUAL, signInPolicy } from './sign-in/policy.ts'
import type { TokenScope } from './sign-in/token-scope.ts'

export interface Identity {
  readonly org: number
  readonly person: number
  readonly name: string
  readonly roles: readonly Role[]
  readonly grants: readonly Grant[]
  readonly door: Door
  /** The administrator who reads as this person, by this session. */
  readonly viewer?: { readonly person: number; readonly name: string; readonly until: string }
}
/** What lets the person in. */
export type Door =
  | {
      readonly kind: 'session'
      /** Names the session to its person; opens nothing. */
      readonly id: string
      readonly provedAt: string
      /** The organisation asks for a second factor that this person does not have yet: nothing else is open before. */
      readonly isUnfinished: boolean
    }
  | {
      readonly kind: 'token'
      readonly id: number
      readonly scope: TokenScope | null
      readonly expiresAt: string | null
    }
export interface Credential {
  readonly session?: string | undefined
  readonly token?: string | undefined
}

export function newKey(prefix: string): { shown: string; kept: Buffer } {
  const shown = `${prefix}${randomBytes(32).toString('base64url')}`
  return { shown, kept: keyHash(shown) }
}
export function keyHash(shown: string): Buffer {
  return createHash('sha256').update(shown).digest()
}

/** How a session was opened. Those of a federation (OIDC, SAML, LDAP) have proved their second factor elsewhere. */
export interface Opening {
  readonly method: string
  readonly address?: string | undefined
  readonly agent?: string | undefined
}
/** A session with a new key, which is shown this once. `maxAge` in seconds is for its cookie. */
export async function openSession(
  db: Sql,
  who: { org: number; person: number },
  opening: Opening = { method: 'password' },
): Promise<{ key: string; maxAge: number }> {
  const { shown, kept } = newKey('')
  const { sessionHours } = await signInPolicy(db, who.org)
  await run(
    db,
    sql`insert into session (key, org, person, expires_at, method, address, agent) values (${kept}, ${who.org}, ${who.person}, now() + make_interval(hours => ${sessionHours}), ${opening.method}, ${opening.address ?? null}, ${opening.agent?.slice(0, 400) ?? null})`,
  )
  return { key: shown, maxAge: sessionHours * 3600 }
}
export async function closeSession(db: Sql, key: string): Promise<void> {
  await run(db, sql`delete from session where key = ${keyHash(key)}`)
}

const IS_HERE = raw("p.status = 'active' and p.binned_at is null")
/** Sessions that last: neither their time is over nor were they left alone for too long. */
const LASTS: Fragment = sql`s.expires_at > now() and s.seen_at > now() - make_interval(mins => coalesce((o.settings->'signIn'->>'idleMinutes')::integer, ${USUAL.idleMinutes}))`

/** The person of a session or token; null when it is unknown, expired, or the person has left. */
export async function identify(db: Sql, credential: Credential): Promise<Identity | null> {
  const { session, token } = credential
  if (token !== undefined) return byToken(db, keyHash(token))
  return session === undefined ? null : bySession(db, keyHash(session))
}
async function byToken(db: Sql, key: Buffer): Promise<Identity | null> {
  const rows = await run<Holder & { token: number; scope: TokenScope | null; expires_at: string | null }>(
    db,
    sql`with used as (update api_token set used_at = now() where key = ${key} and (expires_at is null or expires_at > now()) and (used_at is null or used_at < now() - interval '1 minute'))
      select s.org, s.person, p.name, ${GRANTS}, s.id as token, s.scope, s.expires_at from api_token s join person p on p.org = s.org and p.id = s.person
      where s.key = ${key} and s.org <> ${BESIDE} and (s.expires_at is null or s.expires_at > now()) and ${IS_HERE}`,
  )
  const [row] = rows
  if (row === undefined) return null
  const { token, scope, expires_at: expiresAt, ...who } = row
  return { ...who, ...(await held(db, who.org, who.grants)), door: { kind: 'token', id: token, scope, expiresAt } }
}
async function bySession(db: Sql, key: Buffer): Promise<Identity | null> {
  const rows = await run<
    Holder & {
      viewed: Viewed | null
      visits: boolean
      id: string
      proved_at: string
      method: string
      asks: boolean
      has: boolean
    }
  >(
    db,
    sql`with seen as (update session s set seen_at = now() from organisation o where o.id = s.org and s.key = ${key} and s.seen_at < now() - interval '1 minute' and ${LASTS})
      select s.org, s.person, p.name, ${GRANTS}, (select jsonb_build_object('person', v.person, 'until', v.expires_at) from view_as v where v.key = s.key and v.expires_at > now()) as viewed, s.visits_demo as visits, s.id, s.proved_at, s.method, ${raw(ASKS_SECOND_FACTOR)} as asks,
        exists (select 1 from totp t where t.org = s.org and t.person = s.person) or exists (select 1 from passkey k where k.org = s.org and k.person = s.person) as has
      from session s join organisation o on o.id = s.org join person p on p.org = s.org and p.id = s.person where s.key = ${key} and s.org <> ${BESIDE} and ${LASTS} and ${IS_HERE}`,
  )
  const [row] = rows
  if (row === undefined) return null
  const { id, viewed, visits, proved_at: provedAt, method, asks, has, ...who } = row
  const isOurs = method === 'password' || method === 'set-up'
  const isUnfinished = isOurs && !has && asks
  const door = { kind: 'session', id, provedAt, isUnfinished } as const
  const home: Identity = { ...who, ...(await held(db, who.org, who.grants)), door }
  const own = visits && home.roles.includes('administrator') ? await visiting(db, home) : home
  return viewed === null || !own.roles.includes('administrator') ? own : viewing(db, own, viewed)
}
/** The manager of the demonstration, as whom an administrator looks at it; the administrator again once it is gone. */
async function visiting(db: Sql, home: Identity): Promise<Identity> {
  const [row] = await run<Holder>(
    db,
    sql`select s.org, s.person, p.name, ${GRANTS} from (select org, person from role_grant where org = ${BESIDE} and role = 'administrator' order by person limit 1) s join person p on p.org = s.org and p.id = s.person where ${IS_HERE}`,
  )
  return row === undefined ? home : { ...row, ...(await held(db, row.org, row.grants)), door: home.door }
}
interface Viewed {
  readonly person: number
  readonly until: string
}
/** The person as whom an administrator reads; the administrator again once that person has left. */
async function viewing(db: Sql, own: Identity, { person, until }: Viewed): Promise<Identity> {
  const rows = await run<Holder>(
    db,
    sql`select s.org, s.person, p.name, ${GRANTS} from (select ${own.org}::integer as org, ${person}::bigint as person) s join person p on p.org = s.org and p.id = s.person where ${IS_HERE}`,
  )
  const [row] = rows
  if (row === undefined) return own
  const viewer = { person: own.person, name: own.name, until }
  return { ...row, ...(await held(db, row.org, row.grants)), door: own.door, viewer }
}

const REMEMBERED_MS = 2000
/** Whoever waits for an identity to end: the stream of live changes, for one. */
type OnEnd = () => void

/**
 * Remembers who a credential belongs to for a few seconds, so that a page of requests asks once. `end` forgets a person at
 * once, here and on every other node: what was taken away is refused by the next request.
 */
export class Identities {
  readonly #db: Sql
  readonly #tell: (org: number, person: number) => void
  readonly #known = new Map<string, { who: Identity; until: number }>()
  readonly #watchers = new Set<{ credential: Credential; org: number; person: number; who: string; onEnd: OnEnd }>()
  #forgotten = 0
  /** @param tell makes the other nodes forget a person too */
  constructor(db: Database, tell: (org: number, person: number) => void = () => {}) {
    this.#db = db
    this.#tell = tell
  }
  async find(credential: Credential, nowMs: number): Promise<Identity | null> {
    const key = credential.token ?? credential.session ?? ''
    if (key === '') return null
    const known = this.#known.get(key)
    if (known !== undefined && known.until > nowMs) return known.who
    const before = this.#forgotten
    const who = await identify(this.#db, credential)
    if (this.#known.size > 5000) this.#known.clear()
    // Whoever was forgotten meanwhile may have been read before: it is asked again next time.
    if (who !== null && before === this.#forgotten) this.#known.set(key, { who, until: nowMs + REMEMBERED_MS })
    else this.#known.delete(key)
    return who
  }
  /** Something about how this person gets in has changed. */
  end(org: number, person: number): void {
    this.forget(org, [person])
    this.#tell(org, person)
  }
  /** Forgets these persons on this node; null: everybody of the organisation. */
  forget(org: number, persons: readonly number[] | null): void {
    this.#forgotten++
    const gone = persons === null ? null : new Set(persons)
    const isGone = (who: { org: number; person: number }): boolean => who.org === org && (gone === null || gone.has(who.person)) // oxfmt-ignore
    for (const [key, { who }] of this.#known) if (isGone(who)) this.#known.delete(key)
    for (const watcher of this.#watchers) if (isGone(watcher)) void this.#look(watcher)
  }
  /** Calls back once the credential lets nobody in any more. @returns stops watching */
  watch(credential: Credential, who: Identity, onEnd: OnEnd): () => void {
    const watcher = { credential, org: who.org, person: who.person, who: rightsOf(who), onEnd }
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }
  async #look(watcher: { credential: Credential; who: string; onEnd: OnEnd }): Promise<void> {
    // When the database cannot be asked, the stream ends: the browser asks again and is told what is the matter.
    const who = await identify(this.#db, watcher.credential).catch(() => null)
    // A stream goes on with the rights it began with: when they are others now, it begins again.
    if (who === null || rightsOf(who) !== watcher.who) watcher.onEnd()
  }
}
function rightsOf({ person, roles, grants }: Identity): string {
  return JSON.stringify([person, roles, grants])
}
export function actorOf(who: Identity, request: string, origin: Origin): Actor {
  const { org, person, name, roles, grants, viewer } = who
  return { org, person, name, roles, grants, origin, request, ...(viewer === undefined ? {} : { viewer }) }
}
/** Somebody as whom the product reads on their behalf: with their grants of this moment. Null when they are not here any more. */
export async function actorOfPerson(
  db: Sql,
  { org, person, request }: { org: number; person: number; request: string },
): Promise<Actor | null> {
  const [row] = await run<Holder>(
    db,
    sql`select s.org, s.person, p.name, ${GRANTS} from (select ${org}::integer as org, ${person}::bigint as person) s join person p on p.org = s.org and p.id = s.person where ${IS_HERE}`,
  )
  return row === undefined ? null : actorWith(db, row, { origin: 'rule', request })
}
export function nobody(request: string): Actor {
  return { org: 0, person: null, name: 'somebody', roles: [], origin: 'api', request }
}

/** A link that lets the first administrator in; valid for a day, used once. */
export async function newSetupLink(db: Sql): Promise<string> {
  const { shown, kept } = newKey('')
  await run(db, sql`delete from setup_link`)
  await run(db, sql`insert into setup_link (key, expires_at) values (${kept}, now() + interval '1 day')`)
  return shown
}
export async function isSetUp(db: Sql): Promise<boolean> {
  const rows = await run<{ n: number }>(db, sql`select count(*) as n from role_grant where role = 'administrator'`)
  return (rows[0]?.n ?? 0) > 0
}
/** Uses the link up. @returns whether it was good */
export async function useSetupLink(db: Sql, token: string): Promise<boolean> {
  const rows = await run<{ one: number }>(
    db,
    sql`delete from setup_link where key = ${keyHash(token)} and expires_at > now() returning 1 as one`,
  )
  return rows.length === 1
}

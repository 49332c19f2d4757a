/** Who is asking: passwords, sessions, API tokens and the one-time set-up link. Secrets are kept as hashes only. */
import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Actor, Origin } from './actor.ts'
import type { Database, Sql } from './database.ts'
import type { Role } from './record.ts'
import { run, sql } from './sql.ts'

const derive = promisify(argon2)
/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const SESSION_DAYS = 14

export interface Identity {
  readonly org: number
  readonly person: number
  readonly name: string
  readonly roles: readonly Role[]
}

/** 'argon2id$19456$2$1$salt$hash' */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { message: password.normalize('NFKC'), nonce, ...COST })
  return [
    'argon2id',
    COST.memory,
    COST.passes,
    COST.parallelism,
    nonce.toString('base64url'),
    tag.toString('base64url'),
  ].join('$')
}
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [kind, memory, passes, parallelism, nonce, tag] = kept.split('$')
  if (kind !== 'argon2id' || nonce === undefined || tag === undefined) return false
  const wanted = Buffer.from(tag, 'base64url')
  const made = await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(nonce, 'base64url'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
  })
  return timingSafeEqual(made, wanted)
}
/** Why a new password is refused, or null. */
export function passwordProblem(password: string): string | null {
  if (password.length < 10) return 'Use at least ten characters; a few words are easy to remember.'
  if (password.length > 200) return 'Use at most 200 characters.'
  return /^(.)\1*$/.test(password) || /^(password|passwort|pilothouse|1234567890|qwertyuiop)/i.test(password)
    ? 'That is among the first that anybody tries. Choose another.'
    : null
}

export function newKey(prefix: string): { shown: string; kept: Buffer } {
  const shown = `${prefix}${randomBytes(32).toString('base64url')}`
  return { shown, kept: keyHash(shown) }
}
export function keyHash(shown: string): Buffer {
  return createHash('sha256').update(shown).digest()
}

/** The person behind an e-mail and a password, or null. Takes the same time whether the e-mail is known or not. */
export async function checkPassword(
  db: Database,
  email: string,
  password: string,
): Promise<{ org: number; person: number } | null> {
  const rows = await run<{ org: number; person: number; password: string | null }>(
    db,
    sql`select c.org, c.person, c.password from credential c join person p on p.org = c.org and p.id = c.person where lower(c.email) = lower(${email}) and p.status = 'active' and p.binned_at is null`,
  )
  const known = rows[0]
  const isRight = await isPassword(password, known?.password ?? UNKNOWN)
  return known !== undefined && isRight ? { org: known.org, person: known.person } : null
}
const UNKNOWN = `argon2id$${COST.memory}$${COST.passes}$${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

export async function openSession(
  db: Sql,
  who: { org: number; person: number },
): Promise<{ key: string; maxAge: number }> {
  const { shown, kept } = newKey('')
  await run(
    db,
    sql`insert into session (key, org, person, expires_at) values (${kept}, ${who.org}, ${who.person}, now() + make_interval(days => ${SESSION_DAYS}))`,
  )
  return { key: shown, maxAge: SESSION_DAYS * 86_400 }
}
export async function closeSession(db: Sql, key: string): Promise<void> {
  await run(db, sql`delete from session where key = ${keyHash(key)}`)
}

const WHO = sql`select s.org, s.person, p.name, coalesce((select array_agg(g.role) from role_grant g where g.org = s.org and g.person = s.person), '{}') as roles`
/** The person of a session or token; null when it is unknown, expired, or the person has left. */
export async function identify(
  db: Database,
  credential: { session?: string; token?: string },
): Promise<Identity | null> {
  const { session, token } = credential
  if (token !== undefined) {
    const rows = await run<Identity>(
      db,
      sql`with s as (update api_token set used_at = now() where key = ${keyHash(token)} and (expires_at is null or expires_at > now()) and (used_at is null or used_at < now() - interval '1 minute') returning org, person),
      r as (select org, person from api_token where key = ${keyHash(token)} and (expires_at is null or expires_at > now()))
      ${WHO} from r s join person p on p.org = s.org and p.id = s.person where p.status = 'active' and p.binned_at is null`,
    )
    return rows[0] ?? null
  }
  if (session === undefined) return null
  const rows = await run<Identity>(
    db,
    sql`${WHO} from session s join person p on p.org = s.org and p.id = s.person where s.key = ${keyHash(session)} and s.expires_at > now() and p.status = 'active' and p.binned_at is null`,
  )
  return rows[0] ?? null
}
/** Remembers who a credential belongs to for a few seconds, so that a page of requests asks once. */
export class Identities {
  readonly #db: Database
  readonly #known = new Map<string, { who: Identity | null; until: number }>()
  constructor(db: Database) {
    this.#db = db
  }
  async find(credential: { session?: string; token?: string }, nowMs: number): Promise<Identity | null> {
    const key = credential.token ?? credential.session ?? ''
    if (key === '') return null
    const known = this.#known.get(key)
    if (known !== undefined && known.until > nowMs) return known.who
    const who = await identify(this.#db, credential)
    if (this.#known.size > 5000) this.#known.clear()
    this.#known.set(key, { who, until: nowMs + (who === null ? 0 : 2000) })
    return who
  }
  forget(): void {
    this.#known.clear()
  }
}
export function actorOf(who: Identity, request: string, origin: Origin): Actor {
  return { org: who.org, person: who.person, name: who.name, roles: who.roles, origin, request }
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

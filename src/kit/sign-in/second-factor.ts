/** Codes of an authenticator app (RFC 6238) and recovery codes: each is good once (ASVS 5.0 6.5.1 to 6.5.5). */
import { randomBytes } from 'node:crypto'
import { base32, stepOfCode } from '#engines/totp.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import { slowHash } from './password.ts'
import { lock, unlock } from './safe.ts'

export interface Who {
  readonly org: number
  readonly person: number
}
export interface Factors {
  readonly totpAt: string | null
  readonly passkeys: number
  readonly recoveryCodes: number
}
export async function factorsOf(on: Sql, { org, person }: Who): Promise<Factors> {
  const rows = await run<{ at: string | null; passkeys: number; codes: number }>(
    on,
    sql`select (select confirmed_at from totp where org = ${org} and person = ${person}) as at,
      (select count(*) from passkey where org = ${org} and person = ${person}) as passkeys,
      (select count(*) from recovery_code where org = ${org} and person = ${person} and used_at is null) as codes`,
  )
  const row = rows[0]
  return { totpAt: row?.at ?? null, passkeys: row?.passkeys ?? 0, recoveryCodes: row?.codes ?? 0 }
}

/** A new secret of 160 bits (RFC 4226 section 4, R6), and how it is kept until the first code confirms it. */
export function newTotpSecret(secret: Buffer, who: Who): { secret: Buffer; kept: string } {
  const made = randomBytes(20)
  return { secret: made, kept: lock(secret, purpose(who), made).toString('base64') }
}
/** Takes the secret over when the code fits. @returns whether it did */
export async function confirmTotp(
  on: Sql,
  parts: { secret: Buffer; nowMs: number },
  who: Who,
  said: { kept: string; code: string },
): Promise<boolean> {
  const kept = Buffer.from(said.kept, 'base64')
  const step = stepOfCode(unlock(parts.secret, purpose(who), kept), said.code, parts.nowMs)
  if (step === null) return false
  await run(
    on,
    sql`insert into totp (org, person, secret, last_step) values (${who.org}, ${who.person}, ${kept}, ${step})
      on conflict (org, person) do update set secret = excluded.secret, confirmed_at = now(), last_step = excluded.last_step`,
  )
  return true
}
/** Uses a code up: of two at once, and of a code that somebody watched, the second is refused. */
export async function useTotp(
  on: Sql,
  parts: { secret: Buffer; nowMs: number },
  who: Who,
  code: string,
): Promise<boolean> {
  const rows = await run<{ secret: Buffer }>(
    on,
    sql`select secret from totp where org = ${who.org} and person = ${who.person}`,
  )
  const kept = rows[0]?.secret
  const step = kept === undefined ? null : stepOfCode(unlock(parts.secret, purpose(who), kept), code, parts.nowMs)
  if (step === null) return false
  const used = await run(
    on,
    sql`update totp set last_step = ${step} where org = ${who.org} and person = ${who.person} and last_step < ${step} returning 1 as one`,
  )
  return used.length === 1
}
export async function removeTotp(on: Sql, who: Who): Promise<boolean> {
  const gone = await run(on, sql`delete from totp where org = ${who.org} and person = ${who.person} returning 1 as one`)
  return gone.length === 1
}

const CODES = 10
/** Ten new codes such as "k3vq7-m2xwp" (50 bits each) in place of the old; shown this once. */
export async function newRecoveryCodes(on: Sql, who: Who): Promise<string[]> {
  const salt = randomBytes(16)
  const codes = Array.from({ length: CODES }, () => base32(randomBytes(7)).toLowerCase().slice(0, 10))
  const hashes: Buffer[] = []
  for (const code of codes) hashes.push(await slowHash(code, salt)) // one after the other: sign-ins come first
  await run(
    on,
    sql`with gone as (delete from recovery_code where org = ${who.org} and person = ${who.person} and not hash = any(${hashes}::bytea[]))
      insert into recovery_code (org, person, salt, hash) select ${who.org}, ${who.person}, ${salt}, hash from unnest(${hashes}::bytea[]) hash`,
  )
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}
/** Uses a code up. Dashes, spaces and capitals do not matter. */
export async function useRecoveryCode(on: Sql, who: Who, said: string): Promise<boolean> {
  const code = said.toLowerCase().replaceAll(/[\s-]/g, '')
  const rows = await run<{ salt: Buffer }>(
    on,
    sql`select salt from recovery_code where org = ${who.org} and person = ${who.person} limit 1`,
  )
  const salt = rows[0]?.salt
  if (salt === undefined || !/^[a-z2-7]{10}$/.test(code)) return false
  const hash = await slowHash(code, salt)
  const used = await run(
    on,
    sql`update recovery_code set used_at = now() where org = ${who.org} and person = ${who.person} and hash = ${hash} and used_at is null returning 1 as one`,
  )
  return used.length === 1
}
export async function removeRecoveryCodes(on: Sql, who: Who): Promise<void> {
  await run(on, sql`delete from recovery_code where org = ${who.org} and person = ${who.person}`)
}

function purpose(who: Who): string {
  return `totp ${who.org}/${who.person}`
}

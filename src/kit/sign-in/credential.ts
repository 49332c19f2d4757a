/** What a person signs in with by name: the e-mail and the password. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import { hashPassword, isPassword } from './password.ts'
import type { Who } from './second-factor.ts'

export interface Known extends Who {
  /** Whether the password was right, and the person may come in. */
  readonly isRight: boolean
}
/** The account of an e-mail, or null; takes the same time whether the e-mail is known or not (ASVS 5.0 6.3.8). */
export async function checkPassword(on: Sql, email: string, password: string): Promise<Known | null> {
  const rows = await run<Who & { password: string | null; is_here: boolean }>(
    on,
    sql`select c.org, c.person, c.password, p.status = 'active' and p.binned_at is null as is_here from credential c join person p on p.org = c.org and p.id = c.person where lower(c.email) = lower(${email})`,
  )
  const known = rows[0]
  const isRight = await isPassword(password, known?.password ?? null)
  return known === undefined ? null : { org: known.org, person: known.person, isRight: isRight && known.is_here }
}

export interface Account {
  readonly email: string
  /** What the record of the person says now; the sign-in follows it with the next link for a password. */
  readonly personEmail: string | null
  readonly name: string
  readonly organisation: string
  readonly passwordAt: string | null
  readonly hasPassword: boolean
  readonly isHere: boolean
}
/** The e-mail is the one of the account, else that of the person; null for nobody. */
export async function accountOf(on: Sql, who: Who): Promise<Account | null> {
  const rows = await run<Account>(
    on,
    sql`select coalesce(c.email, p.email, '') as email, p.email as "personEmail", p.name, o.name as organisation, c.password_at as "passwordAt", c.password is not null as "hasPassword", p.status = 'active' and p.binned_at is null as "isHere"
      from person p join organisation o on o.id = p.org left join credential c on c.org = p.org and c.person = p.id where p.org = ${who.org} and p.id = ${who.person}`,
  )
  return rows[0] ?? null
}
/** Words that a person's password may not hold. */
export function wordsAbout(account: Account): string[] {
  return [account.name, account.email, account.organisation]
}
/** @throws a database error (23505) when another account has this e-mail */
export async function setPassword(on: Sql, who: Who, email: string, password: string): Promise<void> {
  const kept = await hashPassword(password)
  await run(
    on,
    sql`insert into credential (org, person, email, password, password_at) values (${who.org}, ${who.person}, ${email}, ${kept}, now())
      on conflict (org, person) do update set email = excluded.email, password = excluded.password, password_at = now()`,
  )
}
export async function isOwnPassword(on: Sql, who: Who, password: string): Promise<boolean> {
  const rows = await run<{ password: string | null }>(
    on,
    sql`select password from credential where org = ${who.org} and person = ${who.person}`,
  )
  return isPassword(password, rows[0]?.password ?? null)
}

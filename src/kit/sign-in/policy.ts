/** What an organisation asks of sign-ins. Administrators set it; the defaults are argued in docs/decisions/0011-sign-in.md. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import { SHORTEST } from './password-rules.ts'

export interface SignInPolicy {
  /** Roles that need a second factor; 'everyone' for all. Empty: whoever wants one. */
  readonly secondFactor: readonly string[]
  /** A session ends after this long without a request. */
  readonly idleMinutes: number
  /** A session ends after this long in any case. */
  readonly sessionHours: number
  readonly tokenDays: number
  readonly passwordLength: number
}
export const USUAL: SignInPolicy = {
  secondFactor: [],
  idleMinutes: 480,
  sessionHours: 168,
  tokenDays: 365,
  passwordLength: SHORTEST,
}

export async function signInPolicy(on: Sql, org: number): Promise<SignInPolicy> {
  const rows = await run<{ policy: Partial<SignInPolicy> | null }>(
    on,
    sql`select settings->'signIn' as policy from organisation where id = ${org}`,
  )
  return { ...USUAL, ...rows[0]?.policy }
}
/** Whether the policy of the organisation `o` asks the person of `s` for a second factor: by any role, wherever it holds. */
export const ASKS_SECOND_FACTOR = `(coalesce(o.settings->'signIn'->'secondFactor' ? 'everyone', false) or exists (select 1 from role_grant a where a.org = s.org and a.person = s.person and o.settings->'signIn'->'secondFactor' ? a.role))`

/** Whether this person has to have a second factor. @param policy one that is not kept yet; the kept one when absent */
export async function needsSecondFactor(
  on: Sql,
  who: { org: number; person: number },
  policy?: Pick<SignInPolicy, 'secondFactor'>,
): Promise<boolean> {
  const asked = policy?.secondFactor ?? (await signInPolicy(on, who.org)).secondFactor
  if (asked.includes('everyone')) return true
  const rows = await run(
    on,
    sql`select 1 as one from role_grant where org = ${who.org} and person = ${who.person} and role = any(${asked}::text[]) limit 1`,
  )
  return rows.length > 0
}

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
/** Whether somebody with these roles has to have a second factor. */
export function needsSecondFactor(policy: Pick<SignInPolicy, 'secondFactor'>, roles: readonly string[]): boolean {
  return policy.secondFactor.includes('everyone') || roles.some((role) => policy.secondFactor.includes(role))
}

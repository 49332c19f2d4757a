/** What is under way for some minutes and done once: a sign-in that waits for its second step, a passkey's challenge, a link for a new password. */
import type { Sql } from '#kit/database.ts'
import { keyHash, newKey } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'

export type StepKind = 'second' | 'passkey' | 'passkey-new' | 'totp-new' | 'password-link'
export interface Step {
  readonly org: number | null
  readonly person: number | null
  /** What belongs to it: a passkey's challenge, an encrypted secret that waits to be confirmed. */
  readonly challenge: string | null
  readonly made_by: number | null
}
/** Guesses at one step; whoever needs more begins again. */
const MOST_TRIES = 5

export interface NewStep {
  readonly kind: StepKind
  readonly minutes: number
  readonly who: { readonly org: number; readonly person: number } | null
  readonly challenge?: string
  readonly madeBy?: number | null
}
/** @returns its key; only a hash is kept */
export async function beginStep(on: Sql, said: NewStep): Promise<string> {
  const { shown, kept } = newKey('')
  await run(
    on,
    sql`insert into sign_in_step (key, kind, org, person, challenge, made_by, expires_at) values (${kept}, ${said.kind}, ${said.who?.org ?? null}, ${said.who?.person ?? null}, ${said.challenge ?? null}, ${said.madeBy ?? null}, now() + make_interval(mins => ${said.minutes}))`,
  )
  return shown
}
/** Looks at a step that stays. Null when it is over, of another kind, or unknown. */
export async function stepAt(on: Sql, kind: StepKind, key: string): Promise<Step | null> {
  const rows = await run<Step>(
    on,
    sql`select org, person, challenge, made_by from sign_in_step where key = ${keyHash(key)} and kind = ${kind} and expires_at > now()`,
  )
  return rows[0] ?? null
}
/** Counts a guess at it. Null also after too many. */
export async function tryStep(on: Sql, kind: StepKind, key: string): Promise<Step | null> {
  const rows = await run<Step>(
    on,
    sql`update sign_in_step set tries = tries + 1 where key = ${keyHash(key)} and kind = ${kind} and expires_at > now() and tries < ${MOST_TRIES} returning org, person, challenge, made_by`,
  )
  return rows[0] ?? null
}
/** Uses it up: of two at once, one gets it. */
export async function endStep(on: Sql, kind: StepKind, key: string): Promise<Step | null> {
  const rows = await run<Step>(
    on,
    sql`delete from sign_in_step where key = ${keyHash(key)} and kind = ${kind} and expires_at > now() returning org, person, challenge, made_by`,
  )
  return rows[0] ?? null
}
/** Forgets what is over; by schedule. */
export async function forgetSteps(on: Sql): Promise<void> {
  await run(on, sql`delete from sign_in_step where expires_at < now()`)
}
/** Nothing of this person stays under way: their password or second factor has changed. */
export async function endStepsOf(on: Sql, who: { org: number; person: number }): Promise<void> {
  await run(on, sql`delete from sign_in_step where org = ${who.org} and person = ${who.person}`)
}

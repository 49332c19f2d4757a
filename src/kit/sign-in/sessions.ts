/** A person's sessions, as that person and administrators see and end them (ASVS 5.0 7.4.1 to 7.4.5, 7.5.2). */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import { deviceWords } from './device.ts'
import type { Who } from './second-factor.ts'
import { endStepsOf } from './steps.ts'

export interface SessionShown {
  readonly id: string
  readonly device: string
  readonly address: string | null
  readonly method: string
  readonly createdAt: string
  readonly seenAt: string
  readonly expiresAt: string
  readonly isThis: boolean
}
/** Those that still last, the one last used first. */
export async function sessionsOf(on: Sql, who: Who, idleMinutes: number, own: string | null): Promise<SessionShown[]> {
  const rows = await run<{
    id: string
    agent: string | null
    address: string | null
    method: string
    createdAt: string
    seenAt: string
    expiresAt: string
  }>(
    on,
    sql`select id, agent, address, method, created_at as "createdAt", seen_at as "seenAt", expires_at as "expiresAt" from session
      where org = ${who.org} and person = ${who.person} and expires_at > now() and seen_at > now() - make_interval(mins => ${idleMinutes}) order by seen_at desc, id limit 200`,
  )
  return rows.map(({ agent, ...row }) => ({ ...row, device: deviceWords(agent), isThis: row.id === own }))
}
/** @returns whether there was one */
export async function endSession(on: Sql, who: Who, id: string): Promise<boolean> {
  const gone = await run(
    on,
    sql`delete from session where org = ${who.org} and person = ${who.person} and id::text = ${id} returning 1 as one`,
  )
  return gone.length === 1
}
/** Ends all of them, and whatever is half done, but the one that is named. @returns how many */
export async function endSessions(on: Sql, who: Who, except: string | null): Promise<number> {
  await endStepsOf(on, who)
  const gone = await run(
    on,
    sql`delete from session where org = ${who.org} and person = ${who.person} and id::text is distinct from ${except} returning 1 as one`,
  )
  return gone.length
}
/** Somebody has left: nothing lets them in any more, also if they return one day. */
export async function endAccess(on: Sql, who: Who): Promise<void> {
  await endSessions(on, who, null)
  await run(on, sql`delete from push_subscription where org = ${who.org} and person = ${who.person}`)
  await run(on, sql`delete from api_token where org = ${who.org} and person = ${who.person}`)
}

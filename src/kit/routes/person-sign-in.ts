/** What administrators see and do about how somebody else signs in. */
import { say } from '#engines/say.ts'
import type { Call, Route } from '#kit/contract.ts'
import { notFound } from '#kit/problem.ts'
import { accountOf } from '#kit/sign-in/credential.ts'
import { signInEntries } from '#kit/sign-in/deeds.ts'
import { delayOf, unlockAccount } from '#kit/sign-in/delays.ts'
import { passkeysOf, removePasskeys } from '#kit/sign-in/passkeys.ts'
import { signInPolicy } from '#kit/sign-in/policy.ts'
import type { Who } from '#kit/sign-in/second-factor.ts'
import { factorsOf, removeRecoveryCodes, removeTotp } from '#kit/sign-in/second-factor.ts'
import { endSession, endSessions, sessionsOf } from '#kit/sign-in/sessions.ts'
import { run, sql } from '#kit/sql.ts'
import type { SignInParts } from './admit.ts'
import { note } from './my-security.ts'
import type { PersonSecurity } from './security-shape.ts'
import { PERSON_SECURITY } from './security-shape.ts'
import { newPasswordLink } from './password-link.ts'
import { shape, TEXT, WHOLE } from './shape.ts'
import { revokeToken, tokensOf } from './tokens.ts'

const tag = 'Sign-in'
const access = 'administrator'

export function personSignInRoutes(parts: SignInParts): Route[] {
  const { plural } = parts.store.catalogue.get('person')
  return [
    ...lookRoutes(parts, `/${plural}/{id}`),
    ...endRoutes(parts, `/${plural}/{id}`),
    ...takeRoutes(parts, `/${plural}/{id}`),
  ]
}
function lookRoutes(parts: SignInParts, path: string): Route[] {
  return [
    {
      method: 'GET',
      path: `${path}/sign-in`,
      tag,
      access,
      summary: 'How a person signs in, where they are signed in, and what happened at their door',
      ok: PERSON_SECURITY,
      handle: async (call) => ({ body: await look(parts, call) }),
    },
    {
      method: 'POST',
      path: `${path}/password-link`,
      tag,
      access,
      summary: 'Make a link with which the person sets a password: good once, for a day, shown once',
      ok: shape({ link: TEXT, minutes: WHOLE }),
      okStatus: 201,
      refusals: [409],
      audited: 'journal',
      answersSecret: true,
      handle: async (call) => ({ body: await newPasswordLink(parts, call, await whoIn(parts, call)) }),
    },
    {
      method: 'POST',
      path: `${path}/unlock-sign-in`,
      tag,
      access,
      summary: 'Let the person try again at once after failed sign-ins',
      okStatus: 204,
      audited: 'journal',
      handle: async (call) => {
        const who = await whoIn(parts, call)
        const account = await accountOf(parts.store.db, who)
        await unlockAccount(parts.store.db, parts.secret, account?.email ?? '')
        await note(parts, call, who, 'unlocked')
        return { status: 204 }
      },
    },
  ]
}
function endRoutes(parts: SignInParts, path: string): Route[] {
  const { db } = parts.store
  return [
    {
      method: 'DELETE',
      path: `${path}/sessions`,
      tag,
      access,
      summary: 'End every session of the person',
      ok: shape({ ended: WHOLE }),
      audited: 'journal',
      handle: async (call) => {
        const who = await whoIn(parts, call)
        const ended = await endSessions(db, who, null)
        await note(parts, call, who, 'sessions-ended', { ended })
        return { body: { ended } }
      },
    },
    {
      method: 'DELETE',
      path: `${path}/sessions/{session}`,
      tag,
      access,
      summary: 'End one session of the person',
      okStatus: 204,
      audited: 'journal',
      handle: async (call) => {
        const who = await whoIn(parts, call)
        if (!(await endSession(db, who, call.params['session'] ?? ''))) throw notFound(say`The session`)
        await note(parts, call, who, 'session-ended')
        return { status: 204 }
      },
    },
  ]
}
function takeRoutes(parts: SignInParts, path: string): Route[] {
  const { db } = parts.store
  return [
    {
      method: 'DELETE',
      path: `${path}/tokens/{token}`,
      tag,
      access,
      summary: 'Revoke an API token of the person',
      okStatus: 204,
      audited: 'journal',
      handle: async (call) => {
        const who = await whoIn(parts, call)
        const token = number(call.params['token'])
        if (!(await revokeToken(parts, who, token))) throw notFound(say`The token`)
        await note(parts, call, who, 'token-revoked', { token })
        return { status: 204 }
      },
    },
    {
      method: 'DELETE',
      path: `${path}/second-factors`,
      tag,
      access,
      summary: 'Remove app, passkeys and recovery codes of somebody who lost them; their sessions end',
      okStatus: 204,
      audited: 'journal',
      handle: async (call) => {
        const who = await whoIn(parts, call)
        await removeTotp(db, who)
        await removePasskeys(db, who)
        await removeRecoveryCodes(db, who)
        await endSessions(db, who, null)
        await note(parts, call, who, 'second-factors-removed')
        return { status: 204 }
      },
    },
  ]
}

async function look(parts: SignInParts, call: Call): Promise<PersonSecurity> {
  const { db } = parts.store
  const who = await whoIn(parts, call)
  const [account, policy] = [await accountOf(db, who), await signInPolicy(db, who.org)]
  const [factors, passkeys, sessions, tokens, delay, entries] = await Promise.all([
    factorsOf(db, who),
    passkeysOf(db, who),
    sessionsOf(db, who, policy.idleMinutes, call.door?.kind === 'session' ? call.door.id : null),
    tokensOf(parts, who),
    delayOf(db, parts.secret, account?.email ?? ''),
    signInEntries(db, who, 50),
  ])
  const { email = '', hasPassword = false, passwordAt = null } = account ?? {}
  return { email, hasPassword, passwordAt, totpAt: factors.totpAt, recoveryCodes: factors.recoveryCodes, passkeys, sessions, tokens, delay, entries } // oxfmt-ignore
}
/** The person of the address, by id or number. @throws not found (404) */
async function whoIn(parts: SignInParts, call: Call): Promise<Who> {
  const person = number(call.params['id']?.replace(/^P-/i, ''))
  const rows = await run(
    parts.store.db,
    sql`select 1 as one from person where org = ${call.actor.org} and id = ${person}`,
  )
  if (rows.length === 0) throw notFound(say`The person`)
  return { org: call.actor.org, person }
}
function number(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0
}

/** One's own sign-in: password, authenticator app, recovery codes, sessions, and what happened. */
import { renderSVG } from 'uqr'
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { base32, keyUri } from '#engines/totp.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { tellBySecurityMail } from '#kit/mail/security-notices.ts'
import { conflict, notFound, Refusal, unfit } from '#kit/problem.ts'
import { accountOf, setPassword, wordsAbout } from '#kit/sign-in/credential.ts'
import { noteSignIn, signInEntries } from '#kit/sign-in/deeds.ts'
import { passkeysOf } from '#kit/sign-in/passkeys.ts'
import { passwordProblem } from '#kit/sign-in/password-rules.ts'
import { needsSecondFactor, signInPolicy } from '#kit/sign-in/policy.ts'
import type { Who } from '#kit/sign-in/second-factor.ts'
import { confirmTotp, factorsOf, newRecoveryCodes, newTotpSecret, removeRecoveryCodes, removeTotp } from '#kit/sign-in/second-factor.ts' // oxfmt-ignore
import { endSession, endSessions, sessionsOf } from '#kit/sign-in/sessions.ts'
import { beginStep, endStep, tryStep } from '#kit/sign-in/steps.ts'
import type { SignInParts } from './admit.ts'
import { checkOwnPassword, ownSession, provedSession, whoIs } from './proof.ts'
import { ENTRY, OWN_SECURITY, SESSION } from './security-shape.ts'
import { listOf, shape, TEXT, WHOLE } from './shape.ts'

const passwordBody = z.strictObject({ present: z.string().max(500), password: z.string().max(500) })
const confirmBody = z.strictObject({ step: z.string().max(100), code: z.string().trim().max(20) })
const TOTP_MINUTES = 30
const tag = 'Sign-in'

export function mySecurityRoutes(parts: SignInParts): Route[] {
  return [...passwordRoutes(parts), ...appRoutes(parts), ...sessionRoutes(parts)]
}
function passwordRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/me/security',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'How I sign in',
      ok: OWN_SECURITY,
      handle: (call) => mine(parts, call),
    },
    {
      method: 'POST',
      path: '/me/password',
      tag,
      access: 'signed-in',
      summary: 'Change my password; every other session of mine ends',
      body: passwordBody,
      okStatus: 204,
      refusals: [401, 403, 409, 429],
      audited: 'journal',
      handle: (call) => changePassword(parts, call, passwordBody.parse(call.body)),
    },
  ]
}
function appRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/me/totp',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'Begin to set up an authenticator app: the secret as text, address and QR code',
      ok: shape({ step: TEXT, secret: TEXT, uri: TEXT, qr: TEXT }),
      refusals: [403],
      audited: say`Nothing is changed before a code confirms it.`,
      answersSecret: true,
      handle: (call) => beginApp(parts, call),
    },
    {
      method: 'POST',
      path: '/me/totp/confirm',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'Confirm the app with a code; answers ten recovery codes, and every other session of mine ends',
      body: confirmBody,
      ok: shape({ recoveryCodes: listOf(TEXT) }),
      refusals: [401, 403],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => confirmApp(parts, call, confirmBody.parse(call.body)),
    },
    {
      method: 'DELETE',
      path: '/me/totp',
      tag,
      access: 'signed-in',
      summary: 'Remove my authenticator app; every other session of mine ends',
      okStatus: 204,
      refusals: [403, 409],
      audited: 'journal',
      handle: (call) => removeApp(parts, call),
    },
    {
      method: 'POST',
      path: '/me/recovery-codes',
      tag,
      access: 'signed-in',
      summary: 'Ten new recovery codes in place of the old; every other session of mine ends',
      ok: shape({ recoveryCodes: listOf(TEXT) }),
      refusals: [403, 409],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => freshCodes(parts, call),
    },
  ]
}
function sessionRoutes(parts: SignInParts): Route[] {
  const { store } = parts
  return [
    {
      method: 'GET',
      path: '/me/sessions',
      tag,
      access: 'signed-in',
      summary: 'Where I am signed in',
      ok: shape({ items: listOf(SESSION) }),
      handle: async (call) => {
        const own = ownSession(call)
        const { idleMinutes } = await signInPolicy(store.db, own.org)
        return { body: { items: await sessionsOf(store.db, whoIs(own), idleMinutes, own.session) } }
      },
    },
    {
      method: 'DELETE',
      path: '/me/sessions',
      tag,
      access: 'signed-in',
      summary: 'End all my other sessions',
      ok: shape({ ended: WHOLE }),
      audited: 'journal',
      handle: async (call) => {
        const own = ownSession(call)
        return { body: { ended: await endOthers(parts, call, own, 'sessions-ended') } }
      },
    },
    {
      method: 'DELETE',
      path: '/me/sessions/{id}',
      tag,
      access: 'signed-in',
      summary: 'End one of my sessions',
      okStatus: 204,
      audited: 'journal',
      handle: async (call) => {
        const own = ownSession(call)
        if (!(await endSession(store.db, whoIs(own), call.params['id'] ?? ''))) throw notFound(say`The session`)
        await note(parts, call, whoIs(own), 'session-ended')
        return { status: 204 }
      },
    },
    {
      method: 'GET',
      path: '/me/sign-ins',
      tag,
      access: 'signed-in',
      summary: 'What happened at my door: the newest hundred',
      ok: shape({ items: listOf(ENTRY) }),
      handle: async (call) => ({ body: { items: await signInEntries(store.db, whoIs(ownSession(call)), 100) } }),
    },
  ]
}

async function mine(parts: SignInParts, call: Call): Promise<Answer> {
  const { db } = parts.store
  const who = whoIs(ownSession(call))
  const [account, factors, passkeys, policy] = await Promise.all([accountOf(db, who), factorsOf(db, who), passkeysOf(db, who), signInPolicy(db, who.org)]) // oxfmt-ignore
  return {
    body: {
      email: account?.email ?? '',
      hasPassword: account?.hasPassword ?? false,
      passwordAt: account?.passwordAt ?? null,
      passwordLength: policy.passwordLength,
      totpAt: factors.totpAt,
      recoveryCodes: factors.recoveryCodes,
      passkeys,
      needsSecondFactor: await needsSecondFactor(db, who, policy),
    },
  }
}
async function changePassword(parts: SignInParts, call: Call, body: z.infer<typeof passwordBody>): Promise<Answer> {
  const { db } = parts.store
  const own = ownSession(call)
  const account = await accountOf(db, whoIs(own))
  if (account?.hasPassword !== true)
    throw conflict(say`You have no password here yet. Ask an administrator for a link to set one.`)
  const { passwordLength } = await signInPolicy(db, own.org)
  const because = passwordProblem(body.password, wordsAbout(account), passwordLength)
  if (because !== null) throw unfit([{ pointer: '/password', detail: because }])
  await checkOwnPassword(parts, call, whoIs(own), body.present)
  await setPassword(db, whoIs(own), account.email, body.password)
  await endOthers(parts, call, own, 'password-changed')
  return { status: 204 }
}

async function beginApp(parts: SignInParts, call: Call): Promise<Answer> {
  const who = whoIs(provedSession(parts, call))
  const account = await accountOf(parts.store.db, who)
  const { secret, kept } = newTotpSecret(parts.secret, who)
  const step = await beginStep(parts.store.db, { kind: 'totp-new', minutes: TOTP_MINUTES, who, challenge: kept })
  const uri = keyUri(secret, `Pilothouse (${account?.organisation ?? ''})`, account?.email ?? '')
  return { body: { step, secret: base32(secret), uri, qr: renderSVG(uri, { border: 2 }) } }
}
async function confirmApp(parts: SignInParts, call: Call, body: z.infer<typeof confirmBody>): Promise<Answer> {
  const { store, secret } = parts
  const own = provedSession(parts, call)
  const who = whoIs(own)
  const step = await tryStep(store.db, 'totp-new', body.step)
  if (step?.org !== who.org || step.person !== who.person)
    throw new Refusal(
      401,
      'step-over',
      say`This took too long, or was tried too often. Begin again with a new QR code.`,
    )
  const said = { kept: step.challenge ?? '', code: body.code.replaceAll(/\s/g, '') }
  if (!(await confirmTotp(store.db, { secret, nowMs: Date.parse(store.now()) }, who, said)))
    throw unfit([{ pointer: '/code', detail: say`This is not the code of the app. Look at the clocks of both devices, then try the next code.` }]) // oxfmt-ignore
  await endStep(store.db, 'totp-new', body.step)
  const recoveryCodes = await newRecoveryCodes(store.db, who)
  await endOthers(parts, call, own, 'totp-set')
  return { body: { recoveryCodes } }
}
async function removeApp(parts: SignInParts, call: Call): Promise<Answer> {
  const { db } = parts.store
  const own = provedSession(parts, call)
  const who = whoIs(own)
  const { passkeys } = await factorsOf(db, who)
  await mayDoWithout(parts, call, passkeys)
  if (!(await removeTotp(db, who))) throw notFound(say`The authenticator app`)
  if (passkeys === 0) await removeRecoveryCodes(db, who)
  await endOthers(parts, call, own, 'totp-removed')
  return { status: 204 }
}
async function freshCodes(parts: SignInParts, call: Call): Promise<Answer> {
  const { db } = parts.store
  const own = provedSession(parts, call)
  const who = whoIs(own)
  const { totpAt, passkeys } = await factorsOf(db, who)
  if (totpAt === null && passkeys === 0)
    throw conflict(say`Recovery codes stand in for a second factor. Set up an authenticator app or a passkey first.`)
  const recoveryCodes = await newRecoveryCodes(db, who)
  await endOthers(parts, call, own, 'recovery-codes-made')
  return { body: { recoveryCodes } }
}

/** @throws a refusal (409) when the organisation asks for a second factor and this is the last. @param left how many others stay */
export async function mayDoWithout(parts: SignInParts, call: Call, left: number): Promise<void> {
  const { org, person } = ownSession(call)
  if (left === 0 && (await needsSecondFactor(parts.store.db, { org, person })))
    throw conflict(say`Your organisation asks for a second factor, and this is your last. Set up another first.`)
}
/** How this person signs in has changed: every other session ends, and is written down. @returns how many ended */
export async function endOthers(
  parts: SignInParts,
  call: Call,
  own: Who & { session: string },
  action: string,
): Promise<number> {
  const ended = await endSessions(parts.store.db, { org: own.org, person: own.person }, own.session)
  await note(parts, call, { org: own.org, person: own.person }, action, { ended })
  return ended
}
export async function note(
  parts: SignInParts,
  call: Call,
  who: Who,
  action: string,
  said: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  parts.identities.end(who.org, who.person)
  const deed = {
    org: who.org,
    person: who.person,
    by: call.actor.person,
    request: call.request,
    action,
    address: call.address,
    agent: call.headers['user-agent'],
    said,
  }
  await parts.store.db.transaction(async (on) => {
    await noteSignIn(parts.store, deed, on)
    await tellBySecurityMail(parts, deed, on)
  })
}

/** Signing in by password or passkey, with a second step where there is one, and signing out. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { Refusal } from '#kit/problem.ts'
import { sessionCookie } from '#kit/sign-in/cookie.ts'
import { accountOf, checkPassword } from '#kit/sign-in/credential.ts'
import { countTry, forgiveAddress } from '#kit/sign-in/delays.ts'
import { askPasskey, siteOf, usePasskey } from '#kit/sign-in/passkeys.ts'
import type { Who } from '#kit/sign-in/second-factor.ts'
import { factorsOf, useRecoveryCode, useTotp } from '#kit/sign-in/second-factor.ts'
import { beginStep, endStep, stepAt, tryStep } from '#kit/sign-in/steps.ts'
import { closeSession } from '#kit/sign-in.ts'
import type { SignInParts } from './admit.ts'
import { admit, limitFlood, noteFailure } from './admit.ts'
import { ANYTHING, listOf, shape, TEXT, TEXT_OR_NULL, WHOLE } from './shape.ts'

const key = z.string().max(100)
const signInBody = z.strictObject({ email: z.string().trim().max(320), password: z.string().max(500) })
const secondBody = z.strictObject({ step: key, code: z.string().trim().max(40) })
const askBody = z.strictObject({ step: key.optional() })
const passkeyBody = z.strictObject({ step: key, second: key.optional(), response: z.record(z.string(), z.unknown()) })
const tag = 'Sign-in'
const SECOND_MINUTES = 5

export function enterRoutes(parts: SignInParts): Route[] {
  return [...doorRoutes(parts), ...stepRoutes(parts)]
}
function doorRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/session',
      tag,
      access: 'public',
      summary: 'Sign in with e-mail and password; the answer may ask for a second step',
      body: signInBody,
      ok: shape({}, { person: WHOLE, step: TEXT, ways: listOf(TEXT) }),
      refusals: [401, 429, 503],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => signIn(parts, call, signInBody.parse(call.body)),
    },
    {
      method: 'DELETE',
      path: '/session',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'Sign out',
      // Also while its session visits the demonstration, which is another organisation.
      reach: 'installation',
      okStatus: 204,
      audited: say`A session ends; signing in is written down.`,
      handle: (call) => signOut(parts, call),
    },
  ]
}
function stepRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/session/ways',
      tag,
      access: 'public',
      summary: 'How people sign in here: the host name that passkeys are bound to, if any',
      ok: shape({ passkeyHost: TEXT_OR_NULL }),
      handle: async () => ({ body: { passkeyHost: siteOf(parts.publicUrl).rpId } }),
    },
    {
      method: 'POST',
      path: '/session/second',
      tag,
      access: 'public',
      summary: 'The second step: a code of the authenticator app, or a recovery code',
      body: secondBody,
      ok: shape({ person: WHOLE }),
      refusals: [401, 429, 503],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => second(parts, call, secondBody.parse(call.body)),
    },
    {
      method: 'POST',
      path: '/session/passkey/options',
      tag,
      access: 'public',
      summary: 'What a browser needs to ask for a passkey: of anybody, or as the second step',
      body: askBody,
      ok: shape({ step: TEXT, options: ANYTHING }),
      refusals: [401, 409, 429],
      audited: say`A question that is answered within minutes or forgotten.`,
      answersSecret: true,
      handle: (call) => askForPasskey(parts, call, askBody.parse(call.body)),
    },
    {
      method: 'POST',
      path: '/session/passkey',
      tag,
      access: 'public',
      summary: 'Sign in with a passkey, without a password or as the second step',
      body: passkeyBody,
      ok: shape({ person: WHOLE }),
      refusals: [401, 409, 429],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => byPasskey(parts, call, passkeyBody.parse(call.body)),
    },
  ]
}

async function signIn(
  parts: SignInParts,
  call: Call,
  { email, password }: z.infer<typeof signInBody>,
): Promise<Answer> {
  const { db } = parts.store
  limitFlood(parts, call, 'sign-in')
  await countTry(db, parts.secret, { email, address: call.address, browser: call.headers['browser'] })
  const known = await checkPassword(db, email, password)
  if (known === null || !known.isRight) {
    noteFailure(parts, call, known, 'password')
    throw new Refusal(
      401,
      'sign-in',
      say`E-mail and password do not belong together. Try again, or ask an administrator for a new password.`,
    )
  }
  return afterPassword(parts, call, { org: known.org, person: known.person })
}
/** The password was right, here or in a directory: in, or on to the second step of whoever has one. */
export async function afterPassword(parts: SignInParts, call: Call, who: Who): Promise<Answer> {
  const { db } = parts.store
  const { totpAt, passkeys, recoveryCodes } = await factorsOf(db, who)
  const ways = [totpAt !== null && 'code', passkeys > 0 && 'passkey', recoveryCodes > 0 && 'recovery'].filter(
    (way) => way !== false,
  )
  if (totpAt === null && passkeys === 0) return admit(parts, call, who, { method: 'password' })
  const email = (await accountOf(db, who))?.email ?? ''
  await forgiveAddress(db, parts.secret, { email, address: call.address, browser: call.headers['browser'] })
  return { body: { step: await beginStep(db, { kind: 'second', minutes: SECOND_MINUTES, who }), ways } }
}
async function second(parts: SignInParts, call: Call, body: z.infer<typeof secondBody>): Promise<Answer> {
  const { db } = parts.store
  limitFlood(parts, call, 'sign-in')
  const who = whoOf(await tryStep(db, 'second', body.step))
  const account = await accountOf(db, who)
  await countTry(db, parts.secret, {
    email: account?.email ?? '',
    address: call.address,
    browser: call.headers['browser'],
  })
  const factor = /^[\d\s]+$/.test(body.code) ? 'code' : 'recovery'
  if (!(await isCode(parts, who, body.code))) {
    noteFailure(parts, call, who, factor)
    throw new Refusal(
      401,
      'code',
      say`This code is not right, or was used already. Wait for the next one, or use another way.`,
    )
  }
  whoOf(await endStep(db, 'second', body.step))
  return admit(parts, call, who, { method: 'password', factor })
}
/** Whether it is a code of the app or a recovery code of this person; it is used up. */
export async function isCode(parts: Pick<SignInParts, 'store' | 'secret'>, who: Who, said: string): Promise<boolean> {
  const { store, secret } = parts
  return /^[\d\s]+$/.test(said)
    ? useTotp(store.db, { secret, nowMs: Date.parse(store.now()) }, who, said.replaceAll(/\s/g, ''))
    : useRecoveryCode(store.db, who, said)
}
async function askForPasskey(parts: SignInParts, call: Call, body: z.infer<typeof askBody>): Promise<Answer> {
  const { db } = parts.store
  limitFlood(parts, call, 'passkey')
  const who = body.step === undefined ? null : whoOf(await stepAt(db, 'second', body.step))
  return { body: await askPasskey(db, siteOf(parts.publicUrl), who) }
}
async function byPasskey(parts: SignInParts, call: Call, body: z.infer<typeof passkeyBody>): Promise<Answer> {
  const { db } = parts.store
  limitFlood(parts, call, 'passkey')
  const isSecond = body.second !== undefined
  const expected = isSecond ? whoOf(await stepAt(db, 'second', body.second ?? '')) : null
  const { name, ...who } = await usePasskey(db, siteOf(parts.publicUrl), {
    step: body.step,
    response: body.response,
    expected,
  }).catch((error: unknown) => {
    noteFailure(parts, call, expected, 'passkey')
    throw error
  })
  if (isSecond) whoOf(await endStep(db, 'second', body.second ?? ''))
  return admit(
    parts,
    call,
    who,
    isSecond ? { method: 'password', factor: 'passkey' } : { method: 'passkey', factor: name },
  )
}
/** @throws a refusal (401) when the step is over */
function whoOf(step: { org: number | null; person: number | null } | null): Who {
  if (step === null || step.org === null || step.person === null)
    throw new Refusal(
      401,
      'step-over',
      say`This took too long, or was tried too often. Sign in again from the beginning.`,
    )
  return { org: step.org, person: step.person }
}

async function signOut(parts: SignInParts, call: Call): Promise<Answer> {
  const key = call.headers['cookie']
  if (key !== undefined) await closeSession(parts.store.db, key)
  if (call.actor.person !== null) parts.identities.end(call.actor.org, call.actor.person)
  // Drafts that the browser kept must not greet the next person at this screen (ASVS 5.0 14.3.1).
  return { status: 204, cookies: [sessionCookie(parts.isSecure, '', 0)], headers: { 'Clear-Site-Data': '"storage"' } }
}

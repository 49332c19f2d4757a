/** Changing how one signs in asks for a recent proof that it is really this person (ASVS 5.0 7.5.1): a stolen, open screen is not enough. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { forbidden, Refusal } from '#kit/problem.ts'
import { accountOf, isOwnPassword } from '#kit/sign-in/credential.ts'
import { countTry, forgiveTry } from '#kit/sign-in/delays.ts'
import { askPasskey, siteOf, usePasskey } from '#kit/sign-in/passkeys.ts'
import type { Who } from '#kit/sign-in/second-factor.ts'
import { factorsOf } from '#kit/sign-in/second-factor.ts'
import { run, sql } from '#kit/sql.ts'
import type { SignInParts } from './admit.ts'
import { noteFailure } from './admit.ts'
import { isCode } from './enter.ts'
import { ANYTHING, shape, TEXT } from './shape.ts'

const FRESH_MS = 15 * 60_000
const proofBody = z.strictObject({
  password: z.string().max(500).optional(),
  code: z.string().trim().max(40).optional(),
  step: z.string().max(100).optional(),
  response: z.record(z.string(), z.unknown()).optional(),
})

export interface Session extends Who {
  /** Names the session. */
  readonly session: string
}
/** @throws a refusal (403) for tokens: what they are for is not this */
export function ownSession(call: Call): Session {
  const { actor, door } = call
  if (actor.person === null || door?.kind !== 'session')
    throw forbidden(say`API tokens do not reach how their person signs in. Sign in on the screen.`)
  return { org: actor.org, person: actor.person, session: door.id }
}
/** @throws a refusal (403, kind "proof") when the last proof is older than a quarter of an hour */
export function provedSession(parts: Pick<SignInParts, 'store'>, call: Call): Session {
  const own = ownSession(call)
  const at = call.door?.kind === 'session' ? call.door.provedAt : ''
  if (Date.parse(parts.store.now()) - Date.parse(at) > FRESH_MS)
    throw new Refusal(403, 'proof', say`Confirm that it is you first: with your password or a passkey.`)
  return own
}

export function proofRoutes(parts: SignInParts): Route[] {
  const tag = 'Sign-in'
  return [
    {
      method: 'POST',
      path: '/me/proof',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'Confirm that it is you: by password (and code, if you use an app) or by passkey; holds for 15 minutes',
      body: proofBody,
      okStatus: 204,
      refusals: [401, 403, 429],
      audited: say`It changes nothing; what it allows is written down.`,
      handle: (call) => prove(parts, call, proofBody.parse(call.body)),
    },
    {
      method: 'POST',
      path: '/me/proof/options',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'What the browser needs to confirm with a passkey',
      ok: shape({ step: TEXT, options: ANYTHING }),
      refusals: [403, 409],
      audited: say`A question that is answered within minutes or forgotten.`,
      answersSecret: true,
      handle: async (call) => ({
        body: await askPasskey(parts.store.db, siteOf(parts.publicUrl), whoIs(ownSession(call))),
      }),
    },
  ]
}
export function whoIs({ org, person }: Session): Who {
  return { org, person }
}

async function prove(parts: SignInParts, call: Call, body: z.infer<typeof proofBody>): Promise<Answer> {
  const own = ownSession(call)
  const { db } = parts.store
  if (body.step !== undefined)
    await usePasskey(db, siteOf(parts.publicUrl), { step: body.step, response: body.response, expected: whoIs(own) })
  else await byPassword(parts, call, own, body)
  await run(db, sql`update session set proved_at = now() where org = ${own.org} and id::text = ${own.session}`)
  parts.identities.end(own.org, own.person)
  return { status: 204 }
}
async function byPassword(
  parts: SignInParts,
  call: Call,
  own: Session,
  body: z.infer<typeof proofBody>,
): Promise<void> {
  const who = whoIs(own)
  await checkOwnPassword(parts, call, who, body.password ?? '')
  const { totpAt } = await factorsOf(parts.store.db, who)
  if (totpAt !== null && !(await isCode(parts, who, body.code ?? ''))) {
    noteFailure(parts, call, who, 'code')
    throw new Refusal(401, 'code', say`This code is not right, or was used already. Wait for the next one.`)
  }
}
/** Guessing the present password is slowed down like guessing at the door. @throws a refusal (401) when it is not right */
export async function checkOwnPassword(parts: SignInParts, call: Call, who: Who, password: string): Promise<void> {
  const { store, secret } = parts
  const said = {
    email: (await accountOf(store.db, who))?.email ?? '',
    address: call.address,
    browser: call.headers['browser'],
  }
  await countTry(store.db, secret, said)
  if (!(await isOwnPassword(store.db, who, password))) {
    noteFailure(parts, call, who, 'password')
    throw new Refusal(401, 'password', say`This is not your present password.`, { errors: [{ pointer: '/password', detail: say`This is not your present password.` }] }) // oxfmt-ignore
  }
  await forgiveTry(store.db, secret, said)
}

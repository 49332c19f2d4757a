/** A link to set a password: made by an administrator, good once, for a day. It lets nobody in by itself (ASVS 5.0 6.4.1, 6.4.3). */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Sql } from '#kit/database.ts'
import { conflict, notFound, Refusal, unfit } from '#kit/problem.ts'
import type { Account } from '#kit/sign-in/credential.ts'
import { accountOf, setPassword, wordsAbout } from '#kit/sign-in/credential.ts'
import { unlockAccount } from '#kit/sign-in/delays.ts'
import { passwordProblem } from '#kit/sign-in/password-rules.ts'
import { signInPolicy } from '#kit/sign-in/policy.ts'
import type { Who } from '#kit/sign-in/second-factor.ts'
import { endSessions } from '#kit/sign-in/sessions.ts'
import { beginStep, endStep, stepAt } from '#kit/sign-in/steps.ts'
import { run, sql } from '#kit/sql.ts'
import type { SignInParts } from './admit.ts'
import { limitFlood } from './admit.ts'
import { note } from './my-security.ts'
import { shape, TEXT, WHOLE } from './shape.ts'

const MINUTES = 24 * 60
const useBody = z.strictObject({ link: z.string().max(100), password: z.string().max(500) })
const lookBody = z.strictObject({ link: z.string().max(100) })
const tag = 'Sign-in'

export function passwordLinkRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/password-link/look',
      tag,
      access: 'public',
      summary: 'Whose password a link sets, and how long it must be',
      body: lookBody,
      ok: shape({ email: TEXT, name: TEXT, passwordLength: WHOLE }),
      refusals: [409, 429],
      audited: say`It changes nothing.`,
      handle: async (call) => {
        limitFlood(parts, call, 'password-link')
        const { account, passwordLength } = await linked(parts, lookBody.parse(call.body).link)
        return { body: { email: account.email, name: account.name, passwordLength } }
      },
    },
    {
      method: 'POST',
      path: '/password-link/use',
      tag,
      access: 'public',
      summary: 'Set the password by a link; every session of the person ends',
      body: useBody,
      okStatus: 204,
      refusals: [409, 429, 503],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => use(parts, call, useBody.parse(call.body)),
    },
  ]
}

/** @returns the address to hand over; it is shown this once */
export async function newPasswordLink(
  parts: SignInParts,
  call: Call,
  who: Who,
): Promise<{ link: string; minutes: number }> {
  const { db } = parts.store
  const account = await accountByLink(db, who)
  if (account === null) throw notFound(say`The person`)
  if (!account.isHere) throw conflict(say`This person has left. Mark them as returned first.`)
  if (account.email === '')
    throw conflict(say`This person has no e-mail address yet; it is the name to sign in with. Add it first.`)
  const others = await run(db, sql`select 1 as one from credential where lower(email) = lower(${account.email}) and (org, person) <> (${who.org}, ${who.person}::bigint)`) // oxfmt-ignore
  if (others.length > 0) throw conflict(say`Somebody else signs in with this e-mail address. Give this person another.`)
  await run(
    db,
    sql`delete from sign_in_step where org = ${who.org} and person = ${who.person} and kind = 'password-link'`,
  )
  const key = await beginStep(db, { kind: 'password-link', minutes: MINUTES, who, madeBy: call.actor.person })
  await note(parts, call, who, 'password-link-made')
  // After a #: the key reaches neither logs of servers between nor other sites.
  return { link: `${parts.publicUrl}/password#${key}`, minutes: MINUTES }
}
/** The account as it is once the link is used: its name is the e-mail that the person has now. */
async function accountByLink(db: Sql, who: Who): Promise<Account | null> {
  const account = await accountOf(db, who)
  return account === null ? null : { ...account, email: account.personEmail ?? account.email }
}
async function linked(parts: SignInParts, key: string) {
  const { db } = parts.store
  const step = await stepAt(db, 'password-link', key)
  if (step === null || step.org === null || step.person === null) throw over()
  const who = { org: step.org, person: step.person }
  // A link by mail keeps the name to sign in with: only administrators decide that another address takes its place.
  const account = step.challenge === 'mail' ? await accountOf(db, who) : await accountByLink(db, who)
  if (account === null || !account.isHere) throw over()
  const { passwordLength } = await signInPolicy(db, who.org)
  return { who, account, passwordLength }
}
async function use(parts: SignInParts, call: Call, body: z.infer<typeof useBody>): Promise<Answer> {
  const { db } = parts.store
  limitFlood(parts, call, 'password-link')
  const { who, account, passwordLength } = await linked(parts, body.link)
  const because = passwordProblem(body.password, wordsAbout(account), passwordLength)
  if (because !== null) throw unfit([{ pointer: '/password', detail: because }])
  if ((await endStep(db, 'password-link', body.link)) === null) throw over()
  await setPassword(db, who, account.email, body.password)
  await endSessions(db, who, null)
  await unlockAccount(db, parts.secret, account.email)
  await note(parts, call, who, 'password-set-by-link')
  return { status: 204 }
}
function over(): Refusal {
  return new Refusal(409, 'link-over', say`This link was used already, or its time is over. Ask for a new one.`)
}

/** Lets a person in: a session with a new key, its cookie, a line in the journal. Every way of signing in ends here. */
import { say } from '#engines/say.ts'
import type { Answer, Call } from '#kit/contract.ts'
import { Refusal } from '#kit/problem.ts'
import { browserCookie, sessionCookie } from '#kit/sign-in/cookie.ts'
import { accountOf } from '#kit/sign-in/credential.ts'
import { noteSignIn } from '#kit/sign-in/deeds.ts'
import { browserMark, forgiveTry } from '#kit/sign-in/delays.ts'
import type { Who } from '#kit/sign-in/second-factor.ts'
import type { Identities } from '#kit/sign-in.ts'
import { carryOver } from '#kit/push/subscriptions.ts'
import { closeSession, keyHash, openSession } from '#kit/sign-in.ts'
import type { Store } from '#kit/store.ts'

export interface SignInParts {
  readonly store: Store
  readonly identities: Identities
  /** The installation's secret: encrypts what must be read again. */
  readonly secret: Buffer
  /** Where browsers reach us. */
  readonly publicUrl: string
  /** Cookies only over TLS. */
  readonly isSecure: boolean
  /** Requests of the public per address and minute: against floods. Guessing is slowed down in the database. */
  readonly limit: { readonly take: (key: string) => boolean }
  /** For whoever watches the log: what was refused at the door, without secrets and without what was typed. */
  readonly watch: (what: string, facts: Readonly<Record<string, unknown>>) => void
}

/** @param how 'password', 'passkey' … and the second factor, if any */
export async function admit(
  parts: SignInParts,
  call: Call,
  who: Who,
  how: { method: string; factor?: string },
): Promise<Answer> {
  const { store, secret, isSecure } = parts
  const { address } = call
  const agent = call.headers['user-agent']
  const session = await openSession(store.db, who, { method: how.method, address, agent })
  // The key that the browser had before opens nothing any more: nobody can have planted it (session fixation).
  const old = call.headers['cookie']
  if (old !== undefined) {
    await carryOver(store.db, { from: keyHash(old), to: keyHash(session.key) })
    await closeSession(store.db, old)
  }
  if (call.actor.person !== null) parts.identities.end(call.actor.org, call.actor.person)
  const account = await accountOf(store.db, who)
  const email = account?.email ?? ''
  await forgiveTry(store.db, secret, { email, address, browser: call.headers['browser'] })
  await noteSignIn(store, {
    ...who,
    by: who.person,
    request: call.request,
    action: 'sign-in',
    address,
    agent,
    said: { ...how },
  })
  return {
    body: { person: who.person },
    cookies: [
      sessionCookie(isSecure, session.key, session.maxAge),
      browserCookie(isSecure, browserMark(secret, email)),
    ],
  }
}
/** A failed try is written down, but not waited for: the time of the answer must not tell who has an account. */
export function noteFailure(parts: SignInParts, call: Call, who: Who | null, factor: string): void {
  const { address } = call
  const agent = call.headers['user-agent']
  parts.watch('sign-in failed', {
    address,
    factor,
    org: who?.org ?? null,
    person: who?.person ?? null,
    request: call.request,
  })
  if (who === null) return
  const { org, person } = who
  void noteSignIn(parts.store, { org, person, by: null, request: call.request, action: 'sign-in-failed', address, agent, said: { factor } }).catch((error: unknown) => parts.watch('a failed sign-in could not be written down', { error })) // oxfmt-ignore
}
/** @throws a refusal (429) when one address sends more than a person does */
export function limitFlood(parts: SignInParts, call: Call, what: string): void {
  if (!parts.limit.take(`${what}/${call.address}`))
    throw new Refusal(429, 'too-many', say`Too many tries from this address. Wait a minute, then try again.`, {
      extra: { retryAfterSeconds: 60 },
    })
}

/** Passkeys (WebAuthn level 3): made, used and removed. The library checks the formats and signatures; what is kept and who it lets in is here. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import { conflict, Refusal } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Account } from './credential.ts'
import type { Who } from './second-factor.ts'
import { beginStep, endStep } from './steps.ts'

/** Where browsers reach us; passkeys are bound to the host's name. */
export interface Site {
  readonly origin: string
  /** The name of the host; null where there is none, and so no passkeys (an address of figures that is not this machine). */
  readonly rpId: string | null
}
const MINUTES = 5
/** COSE: ES256, Ed25519, RS256; every device has one of them. */
const ALGORITHMS = [-7, -8, -257]
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** The loopback addresses count as "localhost", the only name under which browsers offer passkeys there. */
export function siteOf(publicUrl: string): Site {
  const url = new URL(publicUrl)
  if (LOOPBACK.has(url.hostname)) return { origin: `${url.protocol}//localhost${url.port === '' ? '' : `:${url.port}`}`, rpId: 'localhost' } // oxfmt-ignore
  const isNumber = /^[\d.]+$|^\[/.test(url.hostname)
  return { origin: url.origin, rpId: isNumber ? null : url.hostname }
}
function nameOf(site: Site): string {
  if (site.rpId !== null) return site.rpId
  throw conflict(say`Passkeys need a host name: set PUBLIC_URL to the address that people type, such as https://desk.example.com.`) // oxfmt-ignore
}

/** What the browser needs to make a new passkey, and the step that its answer belongs to. */
export async function beginPasskey(
  on: Sql,
  site: Site,
  who: Who,
  account: Account,
): Promise<{ step: string; options: object }> {
  const known = await run<{ key: Buffer; transports: string[] }>(
    on,
    sql`select key, transports from passkey where org = ${who.org} and person = ${who.person}`,
  )
  const options = await generateRegistrationOptions({
    rpName: 'Pilothouse',
    rpID: nameOf(site),
    userName: account.email,
    userDisplayName: account.name,
    userID: new Uint8Array(Buffer.from(`${who.org}/${who.person}`)),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ key, transports }) => ({ id: key.toString('base64url'), transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  })
  return {
    step: await beginStep(on, { kind: 'passkey-new', minutes: MINUTES, who, challenge: options.challenge }),
    options,
  }
}
/** @throws a refusal (422) when the browser's answer does not hold, (409) when the passkey is known already */
export async function keepPasskey(
  on: Sql,
  site: Site,
  who: Who,
  said: { step: string; name: string; response: unknown },
): Promise<string> {
  const step = await endStep(on, 'passkey-new', said.step)
  if (step?.org !== who.org || step.person !== who.person) throw tooLate()
  // The library checks each part before it uses it; what is not of this shape, it refuses.
  const response = said.response as RegistrationResponseJSON
  const made = await verifyRegistrationResponse({
    response,
    expectedChallenge: step.challenge ?? '',
    expectedOrigin: site.origin,
    expectedRPID: nameOf(site),
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(unreadable)
  if (!made.verified) return unreadable()
  const { credential, credentialBackedUp } = made.registrationInfo
  const transports = (credential.transports ?? []).filter((name) => /^[a-z-]{1,20}$/.test(name)).slice(0, 10)
  const kept = await run<{ id: string }>(
    on,
    sql`insert into passkey (key, org, person, name, public_key, counter, transports, is_synced) values (${Buffer.from(credential.id, 'base64url')}, ${who.org}, ${who.person}, ${said.name}, ${Buffer.from(credential.publicKey)}, ${credential.counter}, ${transports}::text[], ${credentialBackedUp})
      on conflict (key) do nothing returning id`,
  )
  if (kept[0] === undefined) throw conflict(say`This passkey is kept already.`)
  return kept[0].id
}

/** What the browser needs to use a passkey. @param who whose, for a second step; null: whoever the passkey says */
export async function askPasskey(on: Sql, site: Site, who: Who | null): Promise<{ step: string; options: object }> {
  const known = who === null ? [] : await run<{ key: Buffer; transports: string[] }>(on, sql`select key, transports from passkey where org = ${who.org} and person = ${who.person}`) // oxfmt-ignore
  const options = await generateAuthenticationOptions({
    rpID: nameOf(site),
    userVerification: who === null ? 'required' : 'preferred',
    allowCredentials: known.map(({ key, transports }) => ({ id: key.toString('base64url'), transports })),
  })
  return {
    step: await beginStep(on, { kind: 'passkey', minutes: MINUTES, who, challenge: options.challenge }),
    options,
  }
}
interface Kept extends Who {
  readonly key: Buffer
  readonly public_key: Buffer
  readonly counter: number
  readonly name: string
}
/**
 * Whose passkey has answered; `expected` is whose password was right before, null when there was none. Without a password before it, the device must have checked its user: then it is two factors.
 * @throws a refusal (401) when it lets nobody in
 */
export async function usePasskey(
  on: Sql,
  site: Site,
  said: { step: string; response: unknown; expected: Who | null },
): Promise<Who & { name: string }> {
  const step = await endStep(on, 'passkey', said.step)
  if (step === null || step.person !== (said.expected?.person ?? null) || step.org !== (said.expected?.org ?? null))
    throw tooLate()
  // See above: the library refuses what is not of this shape.
  const response = said.response as AuthenticationResponseJSON
  const id = typeof response?.id === 'string' ? Buffer.from(response.id, 'base64url') : Buffer.alloc(0)
  const rows = await run<Kept>(
    on,
    sql`select k.key, k.org, k.person, k.public_key, k.counter, k.name from passkey k join person p on p.org = k.org and p.id = k.person where k.key = ${id} and p.status = 'active' and p.binned_at is null`,
  )
  const kept = rows[0]
  if (kept === undefined || (step.person !== null && (step.org !== kept.org || step.person !== kept.person)))
    throw unknown()
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: step.challenge ?? '',
    expectedOrigin: site.origin,
    expectedRPID: nameOf(site),
    credential: {
      id: kept.key.toString('base64url'),
      publicKey: new Uint8Array(kept.public_key),
      counter: kept.counter,
    },
    requireUserVerification: step.person === null,
  }).catch(refuseUnknown)
  if (!verified) throw unknown()
  const { newCounter } = authenticationInfo
  // A counter that stands still or runs back is a copy; most passkeys have none and say 0 for ever.
  const used = await run(on, sql`update passkey set counter = ${newCounter}, used_at = now() where key = ${kept.key} and (counter < ${newCounter} or (counter = 0 and ${newCounter} = 0)) returning 1 as one`) // oxfmt-ignore
  if (used.length === 0) throw unknown()
  return { org: kept.org, person: kept.person, name: kept.name }
}

export interface PasskeyShown {
  readonly id: string
  readonly name: string
  readonly isSynced: boolean
  readonly madeAt: string
  readonly usedAt: string | null
}
export async function passkeysOf(on: Sql, who: Who): Promise<PasskeyShown[]> {
  return run(
    on,
    sql`select id, name, is_synced as "isSynced", made_at as "madeAt", used_at as "usedAt" from passkey where org = ${who.org} and person = ${who.person} order by made_at, id`,
  )
}
export async function renamePasskey(on: Sql, who: Who, id: string, name: string): Promise<boolean> {
  const rows = await run(
    on,
    sql`update passkey set name = ${name} where org = ${who.org} and person = ${who.person} and id::text = ${id} returning 1 as one`,
  )
  return rows.length === 1
}
export async function removePasskey(on: Sql, who: Who, id: string): Promise<boolean> {
  const rows = await run(
    on,
    sql`delete from passkey where org = ${who.org} and person = ${who.person} and id::text = ${id} returning 1 as one`,
  )
  return rows.length === 1
}

export async function removePasskeys(on: Sql, who: Who): Promise<void> {
  await run(on, sql`delete from passkey where org = ${who.org} and person = ${who.person}`)
}

function tooLate(): Refusal {
  return new Refusal(401, 'step-over', say`This took too long, or was done already. Begin again.`)
}
function unknown(): Refusal {
  return new Refusal(401, 'sign-in', say`This passkey lets nobody in here. Try another way, or ask an administrator.`)
}
function refuseUnknown(): never {
  throw unknown()
}
function unreadable(): never {
  throw new Refusal(
    422,
    'unfit',
    'The answer of the browser does not hold. Begin again, in the window where you began.',
  )
}

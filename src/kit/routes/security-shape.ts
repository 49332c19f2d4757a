/** What answers say about how somebody signs in: sessions, tokens, passkeys, and what was done with them. */
import type { SignInEntry } from '#kit/sign-in/deeds.ts'
import type { PasskeyShown } from '#kit/sign-in/passkeys.ts'
import type { SessionShown } from '#kit/sign-in/sessions.ts'
import type { TokenScope } from '#kit/sign-in/token-scope.ts'
import {
  ANYTHING,
  INSTANT,
  INSTANT_OR_NULL,
  listOf,
  mapOf,
  orNull,
  REF_OR_NULL,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  TEXTS,
  WHOLE,
  YES_NO,
} from './shape.ts'

export const SESSION = shapeOf<SessionShown>({
  id: TEXT,
  device: TEXT,
  address: TEXT_OR_NULL,
  method: TEXT,
  createdAt: INSTANT,
  seenAt: INSTANT,
  expiresAt: INSTANT,
  isThis: YES_NO,
})
export interface TokenShown {
  readonly id: number
  readonly name: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly usedAt: string | null
  /** Null: everything that its person may. */
  readonly scope: Omit<TokenScope, 'feed'> | null
}
export const TOKEN = shapeOf<TokenShown>({
  id: WHOLE,
  name: TEXT,
  createdAt: INSTANT,
  expiresAt: INSTANT_OR_NULL,
  usedAt: INSTANT_OR_NULL,
  scope: orNull(shapeOf<Omit<TokenScope, 'feed'>>({ readOnly: YES_NO, records: orNull(TEXTS) })),
})
export const PASSKEY = shapeOf<PasskeyShown>({
  id: TEXT,
  name: TEXT,
  isSynced: YES_NO,
  madeAt: INSTANT,
  usedAt: INSTANT_OR_NULL,
})
/** Until when strangers' tries at an account have to wait. */
const DELAY = shape({ failures: WHOLE, until: INSTANT })
export const ENTRY = shapeOf<SignInEntry>({ at: INSTANT, action: TEXT, by: REF_OR_NULL, facts: mapOf(ANYTHING) })
/** How somebody signs in: what GET /me/security answers. */
export interface OwnSecurity {
  readonly email: string
  readonly hasPassword: boolean
  readonly passwordAt: string | null
  /** What the organisation asks for at least. */
  readonly passwordLength: number
  readonly totpAt: string | null
  /** How many are left. */
  readonly recoveryCodes: number
  readonly passkeys: readonly PasskeyShown[]
  readonly needsSecondFactor: boolean
}
export const OWN_SECURITY = shapeOf<OwnSecurity>({
  email: TEXT,
  hasPassword: YES_NO,
  passwordAt: INSTANT_OR_NULL,
  passwordLength: WHOLE,
  totpAt: INSTANT_OR_NULL,
  recoveryCodes: WHOLE,
  passkeys: listOf(PASSKEY),
  needsSecondFactor: YES_NO,
})
/** What an administrator sees of how somebody signs in. */
export interface PersonSecurity extends Omit<OwnSecurity, 'passwordLength' | 'needsSecondFactor'> {
  readonly sessions: readonly SessionShown[]
  readonly tokens: readonly TokenShown[]
  /** Null: strangers need not wait. */
  readonly delay: { readonly failures: number; readonly until: string } | null
  /** The newest first. */
  readonly entries: readonly SignInEntry[]
}
export const PERSON_SECURITY = shapeOf<PersonSecurity>({
  email: TEXT,
  hasPassword: YES_NO,
  passwordAt: INSTANT_OR_NULL,
  totpAt: INSTANT_OR_NULL,
  recoveryCodes: WHOLE,
  passkeys: listOf(PASSKEY),
  sessions: listOf(SESSION),
  tokens: listOf(TOKEN),
  delay: orNull(DELAY),
  entries: listOf(ENTRY),
})

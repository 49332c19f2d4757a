/** What answers say about how somebody signs in: sessions, tokens, passkeys, and what was done with them. */
import type { SignInEntry } from '#kit/sign-in/deeds.ts'
import type { PasskeyShown } from '#kit/sign-in/passkeys.ts'
import type { SessionShown } from '#kit/sign-in/sessions.ts'
import type { TokenScope } from '#kit/sign-in/token-scope.ts'
import {
  ANYTHING,
  INSTANT,
  INSTANT_OR_NULL,
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
export const TOKEN = shape({
  id: WHOLE,
  name: TEXT,
  createdAt: INSTANT,
  expiresAt: INSTANT_OR_NULL,
  usedAt: INSTANT_OR_NULL,
  scope: orNull(shapeOf<TokenScope>({ readOnly: YES_NO, records: orNull(TEXTS) })),
})
export const PASSKEY = shapeOf<PasskeyShown>({
  id: TEXT,
  name: TEXT,
  isSynced: YES_NO,
  madeAt: INSTANT,
  usedAt: INSTANT_OR_NULL,
})
/** Until when strangers' tries at an account have to wait. */
export const DELAY = shape({ failures: WHOLE, until: INSTANT })
export const ENTRY = shapeOf<SignInEntry>({ at: INSTANT, action: TEXT, by: REF_OR_NULL, facts: mapOf(ANYTHING) })

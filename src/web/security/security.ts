// What the server says about how somebody signs in.
import { useQuery } from '@tanstack/react-query'
import type { OwnSecurity } from '#kit/routes/security-shape.ts'
import { read } from '../data/http.ts'

export type { OwnSecurity as Security } from '#kit/routes/security-shape.ts'
export type { SignInEntry as Entry } from '#kit/sign-in/deeds.ts'
export type { PasskeyShown as Passkey } from '#kit/sign-in/passkeys.ts'
export type { SessionShown as Session } from '#kit/sign-in/sessions.ts'

export const securityKey = ['security']

export function useSecurity() {
  return useQuery({ queryKey: securityKey, queryFn: () => read<OwnSecurity>('/me/security') })
}

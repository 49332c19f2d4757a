// What the server says about how somebody signs in.
import { useQuery } from '@tanstack/react-query'
import { read } from '../data/http.ts'

export interface Passkey {
  id: string
  name: string
  isSynced: boolean
  madeAt: string
  usedAt: string | null
}
export interface Security {
  email: string
  hasPassword: boolean
  passwordAt: string | null
  passwordLength: number
  totpAt: string | null
  recoveryCodes: number
  passkeys: Passkey[]
  needsSecondFactor: boolean
}
export interface Session {
  id: string
  device: string
  address: string | null
  method: string
  createdAt: string
  seenAt: string
  isThis: boolean
}
export interface Entry {
  at: string
  action: string
  by: { id: number; number: string; title: string } | null
  facts: Record<string, unknown>
}

export const securityKey = ['security']

export function useSecurity() {
  return useQuery({ queryKey: securityKey, queryFn: () => read<Security>('/me/security') })
}

// Asking the browser for a passkey. The library is loaded when the first one is asked for.
import type { AuthenticationResponseJSON, PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/browser' // oxfmt-ignore
import { useQuery } from '@tanstack/react-query'
import { read } from '../data/http.ts'
import { signInWords } from '../messages/sign-in.ts'

export interface Asked<O> {
  step: string
  options: O
}
export type AskedToUse = Asked<PublicKeyCredentialRequestOptionsJSON>
export type AskedToMake = Asked<PublicKeyCredentialCreationOptionsJSON>

/** @throws a sentence for the person when the browser was not given one */
export async function usePasskeyOf({ options }: AskedToUse): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return startAuthentication({ optionsJSON: options }).catch(sayCancelled)
}
/** @throws a sentence for the person when the browser made none */
export async function makePasskey({ options }: AskedToMake): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return startRegistration({ optionsJSON: options }).catch(sayCancelled)
}
function sayCancelled(): never {
  throw new Error(signInWords.door.cancelled)
}

/** The host that passkeys are bound to, and whether this page is there; null while it is not known. */
export function usePasskeyHost(): { host: string | null; isHere: boolean } | null {
  const ways = useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: () => read<{ passkeyHost: string | null }>('/session/ways'),
    staleTime: Infinity,
  })
  if (!ways.data) return null
  const host = ways.data.passkeyHost
  const isHere = host !== null && (location.hostname === host || location.hostname.endsWith(`.${host}`))
  return { host, isHere: isHere && 'PublicKeyCredential' in window }
}

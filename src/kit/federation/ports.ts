/** The ports to other systems that know people. `#platform/federation` implements them. */
import type { LdapProvider, OidcProvider, SamlProvider } from './settings.ts'

/** What another system says about somebody who signed in. */
export interface Profile {
  /** Never changes there: `sub`, NameID, entryUUID. */
  readonly subject: string
  readonly email: string | null
  /** Whether that system has seen that the person reads this e-mail. */
  readonly isEmailVerified: boolean
  readonly name: string | null
  readonly groups: readonly string[]
}
/** What is kept until the person comes back; JSON. */
export interface OidcKept {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}
export interface OidcFound {
  readonly profile: Profile
  readonly idToken: string
  /** The session there, when the provider names it (`sid`). */
  readonly session: string | null
}
/** A provider says that somebody signed out there; at least one of subject and session is named. */
export interface LogoutToken {
  readonly subject: string | null
  /** The session there, as the id_token named it (`sid`). */
  readonly session: string | null
  /** Used once (`jti`), kept until then. */
  readonly id: string
  readonly untilMs: number
}
export interface OidcPort {
  /** @returns the address to send the browser to, and what finish() needs */
  begin(provider: OidcProvider, redirectUri: string): Promise<{ to: string; kept: OidcKept }>
  /** @throws a refusal that says which check failed */
  finish(provider: OidcProvider, kept: OidcKept, came: URL): Promise<OidcFound>
  /** @throws a refusal (400) that says which check of a logout token failed */
  loggedOut(provider: OidcProvider, token: string): Promise<LogoutToken>
  /** Where the browser ends its session at the provider; null when the provider has no such address. */
  endAt(provider: OidcProvider, idToken: string, back: string): Promise<string | null>
  /** @returns what was found, as sentences @throws a refusal that says what is wrong */
  test(provider: OidcProvider, redirectUri: string): Promise<string[]>
}
export interface SamlPlaces {
  /** Our name there: the address of our metadata. */
  readonly entity: string
  /** Where assertions are posted to. */
  readonly consumer: string
}
export interface SamlKept {
  readonly requestId: string
}
export interface SamlFound {
  readonly profile: Profile
  /** The assertion's own id and the end of its validity: it is used once. */
  readonly assertion: string
  readonly expiresAt: string
}
export interface SamlPort {
  metadata(provider: SamlProvider, places: SamlPlaces): string
  begin(provider: SamlProvider, places: SamlPlaces, relayState: string): Promise<{ to: string; kept: SamlKept }>
  /** @param response the posted SAMLResponse, base64 @throws a refusal that says which check failed */
  finish(provider: SamlProvider, places: SamlPlaces, kept: SamlKept, response: string): Promise<SamlFound>
  test(provider: SamlProvider, places: SamlPlaces): Promise<string[]>
}
/** An entry of a directory, reduced to what is taken over. Empty texts are null. */
export interface DirectoryEntry {
  readonly id: string
  readonly dn: string
  readonly name: string
  readonly email: string | null
  readonly jobTitle: string | null
  readonly phone: string | null
  readonly mobile: string | null
  readonly employeeNumber: string | null
  readonly unit: string | null
  readonly location: string | null
  /** The manager's DN. */
  readonly manager: string | null
  readonly groups: readonly string[]
  readonly isDisabled: boolean
  /** modifyTimestamp as it is there. */
  readonly modified: string | null
}
export interface LdapPort {
  /** @returns null when name and password do not belong together @throws a refusal when the directory cannot be asked */
  signIn(provider: LdapProvider, name: string, password: string): Promise<Profile | null>
  /**
   * What the filter for signing in finds by this name, and whether the password is that of the only one.
   * @returns found 2 for several; isPassword null when none was given or nobody is the only one
   */
  look(
    provider: LdapProvider,
    name: string,
    password: string,
  ): Promise<{ found: number; entry: DirectoryEntry | null; isPassword: boolean | null }>
  /** Entries in pages of 1,000. @param since only those changed at or after this modifyTimestamp; all when null */
  entries(provider: LdapProvider, since: string | null): AsyncIterable<DirectoryEntry[]>
  /** The ids (and names) of all entries, to find what is gone. */
  present(provider: LdapProvider): AsyncIterable<{ id: string; dn: string }[]>
  test(provider: LdapProvider): Promise<string[]>
}

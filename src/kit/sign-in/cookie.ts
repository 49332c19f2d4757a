/** The cookies of a sign-in. Over TLS their names bind them to this very host (__Host-): no neighbour can plant one (ASVS 5.0 3.3.1, 3.3.3). */

/** The session's cookie. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-pilothouse' : 'pilothouse'
}
/** The cookie of a browser that was let in before; it speeds nothing up but the wait after other people's failures. */
export function browserCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-pilothouse-browser' : 'pilothouse-browser'
}
/** @param maxAge seconds; 0 takes the cookie away */
export function sessionCookie(isSecure: boolean, key: string, maxAge: number): string {
  return written(sessionCookieName(isSecure), key, { isSecure, maxAge })
}
export function browserCookie(isSecure: boolean, value: string): string {
  return written(browserCookieName(isSecure), value, { isSecure, maxAge: 180 * 86_400 })
}
function written(name: string, value: string, { isSecure, maxAge }: { isSecure: boolean; maxAge: number }): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${isSecure ? '; Secure' : ''}`
}

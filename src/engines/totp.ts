/** One-time codes of authenticator apps: RFC 4226 (HOTP) and RFC 6238 (TOTP), SHA-1, six digits, thirty seconds. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const STEP_SECONDS = 30
const DIGITS = 6
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The time step of an instant: whole half minutes since 1970. */
export function stepOf(nowMs: number): number {
  return Math.floor(nowMs / 1000 / STEP_SECONDS)
}
/** RFC 4226 section 5.3. @param digits six, or eight as in the RFC's own vectors */
export function codeAt(secret: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}
/**
 * The step whose code this is: the present one, the one before or the one after, for clocks that differ (RFC 6238
 * section 5.2); null when it is none of them. Every candidate is compared, so the time says nothing.
 */
export function stepOfCode(secret: Buffer, code: string, nowMs: number): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null
  const given = Buffer.from(code)
  const now = stepOf(nowMs)
  const fits = [now - 1, now, now + 1].filter((step) => timingSafeEqual(Buffer.from(codeAt(secret, step)), given))
  return fits.at(-1) ?? null
}

/** RFC 4648 base32 without padding, as authenticator apps expect a secret. */
export function base32(bytes: Buffer): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}
/** The address that an authenticator app reads from the QR code (Key URI Format). */
export function keyUri(secret: Buffer, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer.replaceAll(':', ' '))}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
}

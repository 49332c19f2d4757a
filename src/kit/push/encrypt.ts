/** A message that only one browser can read: Web Push encryption (RFC 8291) in the form aes128gcm (RFC 8188), of one record. */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a browser gives: its public key (65 bytes, uncompressed) and its secret (16 bytes). */
export interface BrowserKeys {
  readonly p256dh: Buffer
  readonly auth: Buffer
}
/** What is new for each message; given by tests alone. */
export interface Chance {
  readonly salt: Buffer
  /** The private key of this message. */
  readonly privateKey: Buffer
}
const CURVE = 'prime256v1'
const RECORD_BYTES = 4096
const TAG_BYTES = 16
const HEADER_BYTES = 16 + 4 + 1 + 65
/** Push services take 4096 bytes (RFC 8030, 7.2); the last byte of the text says that it ends. */
export const MOST_BYTES = RECORD_BYTES - HEADER_BYTES - TAG_BYTES - 1

/** Whether it is a point of the curve and a secret as RFC 8291 has them. */
export function areKeys({ p256dh, auth }: BrowserKeys): boolean {
  if (p256dh.length !== 65 || p256dh[0] !== 4 || auth.length !== 16) return false
  const probe = createECDH(CURVE)
  probe.generateKeys()
  try {
    probe.computeSecret(p256dh)
    return true
  } catch {
    return false // no point of the curve
  }
}
/**
 * @param padTo the text is made so many bytes long, so that its length tells nothing; 0 leaves it as it is
 * @throws RangeError for a text of more than MOST_BYTES
 */
export function encryptFor(browser: BrowserKeys, text: Buffer, padTo = 0, chance?: Chance): Buffer {
  if (Math.max(text.length, padTo) > MOST_BYTES) throw new RangeError(`A push message has at most ${MOST_BYTES} bytes.`)
  const own = createECDH(CURVE)
  if (chance === undefined) own.generateKeys()
  else own.setPrivateKey(chance.privateKey)
  const salt = chance?.salt ?? randomBytes(16)
  const mine = own.getPublicKey()
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), browser.p256dh, mine])
  const shared = derived(own.computeSecret(browser.p256dh), browser.auth, about, 32)
  const key = derived(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derived(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const padding = Buffer.alloc(Math.max(0, padTo - text.length))
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const size = Buffer.alloc(5)
  size.writeUInt32BE(RECORD_BYTES)
  size.writeUInt8(mine.length, 4)
  // 2 marks the last record (RFC 8188, 2).
  return Buffer.concat([salt, size, mine, cipher.update(text), cipher.update(Buffer.from([2])), cipher.update(padding), cipher.final(), cipher.getAuthTag()]) // oxfmt-ignore
}
function derived(secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
}

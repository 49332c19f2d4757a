/** Keeps small secrets in the database so that a copy of the database alone does not open them: AES-256-GCM with a key of the installation. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

/** @param purpose also bound into the text: what is kept for one person does not open for another */
export function lock(secret: Buffer, purpose: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret), nonce).setAAD(Buffer.from(purpose))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
/** @throws when it was kept with another secret or for another purpose, or was changed */
export function unlock(secret: Buffer, purpose: string, kept: Buffer): Buffer {
  const open = createDecipheriv('aes-256-gcm', keyFor(secret), kept.subarray(0, NONCE))
  open.setAAD(Buffer.from(purpose)).setAuthTag(kept.subarray(-TAG))
  return Buffer.concat([open.update(kept.subarray(NONCE, -TAG)), open.final()])
}
function keyFor(secret: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'pilothouse: secrets of sign-in', 32))
}

/** The secrets of providers at rest, bound to the place where they are kept. */
import { lock, unlock } from '#kit/sign-in/safe.ts'

/** @param place what the secret belongs to, such as `1/provider/7`: moved elsewhere it cannot be opened */
export function encrypt(installation: Buffer, place: string, plain: string): Buffer {
  return lock(installation, place, Buffer.from(plain))
}
/** The plain text; null when it was encrypted with another secret, for another place, or changed. */
export function decrypt(installation: Buffer, place: string, kept: Buffer): string | null {
  try {
    return unlock(installation, place, kept).toString()
  } catch {
    return null // the caller says what that means
  }
}

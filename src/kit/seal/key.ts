/** The key pair that signs checkpoints, and the public half as auditors keep it: a C2SP signed-note verifier key. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Checks signatures. `text` is `<name>+<id>+<base64>` (C2SP signed-note, verifier keys). */
export interface PublicKey {
  /** The log's name, the first line of its checkpoints. */
  readonly origin: string
  /** Eight hexadecimal digits that signatures begin with. */
  readonly id: string
  readonly text: string
  readonly isSigned: (message: string, signature: Uint8Array) => boolean
}
export interface SealingKey extends PublicKey {
  readonly sign: (message: string) => Buffer
}

/** The text is no key of this kind; the message says what to do. */
export class UnusableKey extends Error {
  override name = 'UnusableKey'
}

const ED25519 = 1
/** SubjectPublicKeyInfo of Ed25519 before the 32 bytes (RFC 8410 section 4). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** A new private key as PKCS #8 in PEM. */
export function newSealingKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
}

/** @throws {UnusableKey} */
export function readSealingKey(pem: string): SealingKey {
  const key = privateKey(pem)
  const raw = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(SPKI.length)
  return {
    ...publicKey(`pilothouse-${hash('sha256', raw, 'hex').slice(0, 12)}`, raw),
    sign: (message) => sign(null, Buffer.from(message), key),
  }
}
function privateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // The reason would quote OpenSSL; the sentence below says more.
  }
  throw new UnusableKey(
    'The sealing key is not an Ed25519 private key in PEM. Put the file back from a backup; a new key starts a new series of checkpoints.',
  )
}

/** Reads `<name>+<id>+<base64>`. @throws {UnusableKey} */
export function readPublicKey(text: string): PublicKey {
  const match = /^([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text.trim())
  const bytes = Buffer.from(match?.[3] ?? '', 'base64')
  const made =
    match === null || bytes[0] !== ED25519 || bytes.length !== 33 ? null : publicKey(match[1] ?? '', bytes.subarray(1))
  if (made === null || made.text !== text.trim())
    throw new UnusableKey(
      'This is not the public key of a log. It looks like pilothouse-0123456789ab+01234567+AQ… and stands in every proof file.',
    )
  return made
}
function publicKey(origin: string, raw: Buffer): PublicKey {
  const typed = Buffer.concat([Buffer.of(ED25519), raw])
  const id = hash('sha256', Buffer.concat([Buffer.from(`${origin}\n`), typed]), 'hex').slice(0, 8)
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })
  return {
    origin,
    id,
    text: `${origin}+${id}+${typed.toString('base64')}`,
    isSigned: (message, signature) => verify(null, Buffer.from(message), key, signature),
  }
}

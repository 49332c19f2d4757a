/**
 * Encryption of a backup: AES-256-GCM frame by frame. The key comes from the passphrase by scrypt with a salt of the
 * file's own (OWASP: N 2^17, r 8, p 1), so no key is used for two files and the frame's number can be the nonce. The
 * number, the frame's head and the header are authenticated with it: order and end cannot be changed.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import type { ScryptOptions } from 'node:crypto'
import { say } from '#engines/say.ts'
import { BackupRefusal } from './refusal.ts'

/** Stands in the header. */
export interface Locking {
  readonly cipher: 'aes-256-gcm'
  readonly kdf: { readonly name: 'scrypt'; readonly n: number; readonly r: number; readonly p: number }
  /** Base64. */
  readonly salt: string
  /** Sixteen more bytes of the derived key: tells a wrong passphrase from damage. */
  readonly check: string
  /** Many files under one salt: each has a key of its own, made from the derived one and this, in base64. */
  readonly file?: string
}
export interface LockBox {
  readonly locking: Locking
  /** @param context what is authenticated beside the payload */
  lock(number: number, context: Buffer, payload: Buffer): Buffer
  /** Null when it was changed. */
  unlock(number: number, context: Buffer, payload: Buffer): Buffer | null
}
const KDF = { name: 'scrypt', n: 2 ** 17, r: 8, p: 1 } as const
const TAG = 16
const LEAST_LENGTH = 12
/** A header may not make us use gigabytes. */
const MOST_MEMORY = 512 * 1024 * 1024

/** @throws {BackupRefusal} for a passphrase that is too short to protect anything. */
export async function newLockBox(passphrase: string): Promise<LockBox> {
  const { key, locking } = await newKey(passphrase)
  return box(key, locking)
}
/**
 * For many small files: the costly derivation is done once, and each call of what is returned makes a box for one file.
 * @throws {BackupRefusal} for a passphrase that is too short
 */
export async function lockBoxes(passphrase: string): Promise<() => LockBox> {
  const { key, locking } = await newKey(passphrase)
  return () => {
    const file = randomBytes(16)
    return box(fileKey(key, file), { ...locking, file: file.toString('base64') })
  }
}
async function newKey(passphrase: string): Promise<{ key: Buffer; locking: Locking }> {
  if (passphrase.length < LEAST_LENGTH)
    throw new BackupRefusal(
      say`The passphrase has ${passphrase.length} characters. Use at least ${LEAST_LENGTH}; five random words are good.`,
    )
  const salt = randomBytes(16)
  const { key, check } = await derive(passphrase, salt, KDF)
  const locking: Locking = {
    cipher: 'aes-256-gcm',
    kdf: KDF,
    salt: salt.toString('base64'),
    check: check.toString('base64'),
  }
  return { key, locking }
}
/** HKDF (RFC 5869): the nonces of two files may then be the same. */
function fileKey(key: Buffer, file: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, file, 'pilothouse file', 32))
}

/** @throws {BackupRefusal} when there is no passphrase, or it is another one. */
export async function openLockBox(locking: Locking, passphrase: string | null): Promise<LockBox> {
  if (passphrase === null)
    throw new BackupRefusal(
      say`This backup is encrypted. Put its passphrase into a file and name it in PILOTHOUSE_BACKUP_PASSPHRASE_FILE (or set PILOTHOUSE_BACKUP_PASSPHRASE).`,
    )
  const { n, r, p } = locking.kdf
  if (128 * n * r * p > MOST_MEMORY)
    throw new BackupRefusal(
      say`The header asks for more memory than a key needs. The file is damaged, or not one of ours.`,
    )
  const { key, check } = await derived(passphrase, locking)
  const wanted = Buffer.from(locking.check, 'base64')
  if (wanted.length !== check.length || !timingSafeEqual(wanted, check))
    throw new BackupRefusal(say`The passphrase is not the one that this backup was encrypted with. Give that one.`)
  return box(locking.file === undefined ? key : fileKey(key, Buffer.from(locking.file, 'base64')), locking)
}

/** The last one is remembered: files of one archive mostly share it, and each derivation takes half a second. */
let last: { readonly of: string; readonly made: ReturnType<typeof derive> } | null = null
function derived(passphrase: string, locking: Locking): ReturnType<typeof derive> {
  const { salt, kdf } = locking
  const of = createHash('sha256')
    .update(JSON.stringify([passphrase, salt, kdf]))
    .digest('hex')
  if (last?.of !== of) last = { of, made: derive(passphrase, Buffer.from(salt, 'base64'), kdf) }
  return last.made
}
async function derive(
  passphrase: string,
  salt: Buffer,
  { n, r, p }: Locking['kdf'],
): Promise<{ key: Buffer; check: Buffer }> {
  const options: ScryptOptions = { N: n, r, p, maxmem: MOST_MEMORY + 1024 * 1024 }
  const bytes = await new Promise<Buffer>((done, failed) =>
    scrypt(passphrase.normalize('NFKC'), salt, 48, options, (error, key) =>
      error === null ? done(key) : failed(error),
    ),
  )
  return { key: bytes.subarray(0, 32), check: bytes.subarray(32) }
}

function box(key: Buffer, locking: Locking): LockBox {
  return {
    locking,
    lock: (number, context, payload) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonce(number))
      cipher.setAAD(context)
      return Buffer.concat([cipher.update(payload), cipher.final(), cipher.getAuthTag()])
    },
    unlock: (number, context, payload) => {
      if (payload.length < TAG) return null
      const decipher = createDecipheriv('aes-256-gcm', key, nonce(number), { authTagLength: TAG })
      decipher.setAAD(context)
      decipher.setAuthTag(payload.subarray(payload.length - TAG))
      try {
        return Buffer.concat([decipher.update(payload.subarray(0, payload.length - TAG)), decipher.final()])
      } catch {
        return null // changed: the caller says where
      }
    },
  }
}
function nonce(number: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeBigUInt64BE(BigInt(number), 4)
  return bytes
}

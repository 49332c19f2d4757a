/** Passwords as argon2id hashes. Each takes 19 MiB for some forty milliseconds, so only a few are computed at once. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Gate } from './gate.ts'

const derive = promisify(argon2)
/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
/** Two of libuv's four threads, so that files and names are still read; some two seconds of waiting at most. */
const gate = new Gate(2, 100)

/** 'argon2id$19456$2$1$salt$hash' @throws a refusal (503) when too many are computed already */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await gate.run(() => derive('argon2id', { message: password.normalize('NFKC'), nonce, ...COST }))
  return [
    'argon2id',
    COST.memory,
    COST.passes,
    COST.parallelism,
    nonce.toString('base64url'),
    tag.toString('base64url'),
  ].join('$')
}
/**
 * Whether it is the password; takes the same time when nothing is kept, so that nobody learns who has an account.
 * @throws a refusal (503) when too many are computed already
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [kind, memory, passes, parallelism, nonce, tag] = (kept ?? NOBODY).split('$')
  if (kind !== 'argon2id' || nonce === undefined || tag === undefined) return false
  const wanted = Buffer.from(tag, 'base64url')
  const made = await gate.run(() =>
    derive('argon2id', {
      message: password.normalize('NFKC'),
      nonce: Buffer.from(nonce, 'base64url'),
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      tagLength: wanted.length,
    }),
  )
  return timingSafeEqual(made, wanted) && kept !== null
}
/** A tag of 32 bytes for what is too short for a plain hash, with the cost of a password. @param salt sixteen bytes or more */
export async function slowHash(text: string, salt: Buffer): Promise<Buffer> {
  return gate.run(() => derive('argon2id', { message: text, nonce: salt, ...COST }))
}
const NOBODY = `argon2id$${COST.memory}$${COST.passes}$${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** The key of this installation, by which push services know who sends (VAPID, RFC 8292): made once, kept with the installation's other secrets. */
import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { Sql } from '#kit/database.ts'
import { lock, unlock } from '#kit/sign-in/safe.ts'
import { run, sql } from '#kit/sql.ts'

export interface PushKey {
  /** The point, 65 bytes. */
  readonly publicKey: Buffer
  readonly privateKey: KeyObject
}
const PURPOSE = 'push-key'
/** RFC 8292 allows a day; clocks that go wrong have room. */
const HOURS = 12

/**
 * The same for all nodes. Where the installation's secret has changed, the old one cannot be opened and another is made;
 * push services then refuse what goes to browsers that knew the old one, which ends those, and they subscribe anew when
 * they are next opened.
 */
export async function pushKey(on: Sql, secret: Buffer): Promise<PushKey> {
  const kept = await keptRow(on)
  const known = kept === null ? null : opened(kept, secret)
  if (known !== null) return known
  if (kept !== null) await run(on, sql`delete from push_key where private = ${kept.private}`)
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  await run(
    on,
    sql`insert into push_key (public, private) values (${pair.getPublicKey()}, ${lock(secret, PURPOSE, pair.getPrivateKey())}) on conflict do nothing`,
  )
  const made = await keptRow(on)
  const key = made === null ? null : opened(made, secret)
  if (key === null) throw new Error('The nodes of this installation have different secrets: PILOTHOUSE_SECRET must be one.') // oxfmt-ignore
  return key
}
interface Kept {
  readonly public: Buffer
  readonly private: Buffer
}
async function keptRow(on: Sql): Promise<Kept | null> {
  const [row] = await run<Kept>(on, sql`select public, private from push_key`)
  return row ?? null
}
function opened(kept: Kept, secret: Buffer): PushKey | null {
  try {
    return { publicKey: kept.public, privateKey: keyFrom(kept.public, unlock(secret, PURPOSE, kept.private)) }
  } catch {
    return null // locked with another secret
  }
}
function keyFrom(point: Buffer, scalar: Buffer): KeyObject {
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)].map((part) => part.toString('base64url'))
  const d = Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]).toString('base64url')
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d }, format: 'jwk' })
}

/**
 * The Authorization header for one push service.
 * @param contact an address at which the service finds whoever runs this (RFC 8292, 2.1)
 */
export function vapid(key: PushKey, endpoint: string, { contact, nowMs }: { contact: string; nowMs: number }): string {
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(nowMs / 1000) + HOURS * 3600, sub: contact }
  const text = [{ typ: 'JWT', alg: 'ES256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') // oxfmt-ignore
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${text}.${signature.toString('base64url')}, k=${key.publicKey.toString('base64url')}`
}

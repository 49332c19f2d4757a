/** The key in a mail by which one thing is switched off without signing in. It opens nothing and shows nothing else. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** An event that comes no more by mail, or a record of which nothing more is told. */
export type Stop =
  | { readonly org: number; readonly person: number; readonly event: string }
  | { readonly org: number; readonly person: number; readonly record: string; readonly id: number }

/** '1.a3.e.commented.<43 characters>' or '1.a3.r.incident.1f.<…>': whose, what, then HMAC-SHA-256 over both. */
export function unsubscribeKey(secret: Buffer, stop: Stop): string {
  const what = 'event' in stop ? `e.${stop.event}` : `r.${stop.record}.${stop.id.toString(36)}`
  return signed(secret, `${stop.org.toString(36)}.${stop.person.toString(36)}.${what}`)
}
/** What the key says, or null when it is not one of ours. */
export function readUnsubscribeKey(secret: Buffer, key: string): Stop | null {
  const match = /^([0-9a-z]{1,7})\.([0-9a-z]{1,11})\.(?:e\.([a-zA-Z]{1,40})|r\.([a-zA-Z]{1,60})\.([0-9a-z]{1,11}))\.[\w-]{43}$/.exec(key) // oxfmt-ignore
  if (match === null) return null
  const wanted = Buffer.from(signed(secret, key.slice(0, -44)))
  const given = Buffer.from(key)
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return null
  const [, org = '', person = '', event, record, id = ''] = match
  const who = { org: Number.parseInt(org, 36), person: Number.parseInt(person, 36) }
  if (event !== undefined) return { ...who, event }
  return record === undefined ? null : { ...who, record, id: Number.parseInt(id, 36) }
}
function signed(secret: Buffer, head: string): string {
  return `${head}.${createHmac('sha256', secret).update(`unsubscribe\n${head}`).digest('base64url')}`
}

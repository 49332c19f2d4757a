/** Where a mail server's name leads, looked up once: to the public internet, or inside where an administrator says so. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { say } from '#engines/say.ts'
import type { MailServer } from '#kit/mail/ports.ts'
import { badRequest } from '#kit/problem.ts'
import { isPublicAddress } from '#platform/public-fetch.ts'

/** @returns an IP address @throws a refusal in words, or the fault of the lookup */
export async function guardedAddress({
  host,
  tls,
  isInside,
}: Pick<MailServer, 'host' | 'tls' | 'isInside'>): Promise<string> {
  const found = isIP(host) !== 0 ? [host] : (await lookup(host, { all: true })).map(({ address }) => address)
  const [first] = found
  if (first === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  if (!isInside && found.some((address) => !isPublicAddress(address)))
    throw badRequest(say`${host} is inside our own network. If that is right, say so in Settings, Mail.`)
  if (tls === 'none' && found.some((address) => !isLoopback(address)))
    throw badRequest(say`${host} is not this machine, and without TLS everybody on the way could read along. Use TLS.`)
  return first
}
function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || /^::ffff:127\./i.test(address)
}

/** /.well-known/security.txt: whom to tell about a weakness of this installation (RFC 9116). */
import type { FastifyInstance } from 'fastify'
import type { Installation } from './installation.ts'

/** RFC 9116, 2.5.5: less than a year, so that a forgotten file is seen to be one. */
const GOOD_FOR_DAYS = 180

/** Only where the administrator named a contact: a guess would send reports to nobody. */
export function securityTxt(server: FastifyInstance, { config, store }: Pick<Installation, 'config' | 'store'>): void {
  const { securityContact: contact, publicUrl } = config
  if (contact === null) return
  const path = '/.well-known/security.txt'
  server.get(path, async (_, reply) => {
    const until = Temporal.Instant.from(store.now()).add({ hours: 24 * GOOD_FOR_DAYS })
    const lines = [
      `Contact: ${contact}`,
      `Expires: ${until.toString({ smallestUnit: 'second' })}`,
      'Preferred-Languages: en',
      `Canonical: ${publicUrl}${path}`,
    ]
    return reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`)
  })
}

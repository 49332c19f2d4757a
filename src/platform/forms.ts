/** Form bodies, for the few routes that take one; everywhere else a form is refused, so that no other site's page can post one. */
import type { FastifyInstance } from 'fastify'
import { say } from '#engines/say.ts'
import { badRequest, Refusal } from '#kit/problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    takesForm?: boolean
  }
}
const MOST_BYTES = 500_000

export function takeForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_BYTES },
    (request, body, done) => {
      if (request.routeOptions.config.takesForm !== true)
        return done(new Refusal(415, 'media-type', say`Send the body as application/json.`))
      const read: Record<string, string> = {}
      for (const [name, value] of new URLSearchParams(body.toString())) {
        if (Object.hasOwn(read, name))
          return done(badRequest(say`"${name.slice(0, 60)}" is given twice. Give it once.`))
        Object.defineProperty(read, name, { value, enumerable: true })
      }
      done(null, read)
    },
  )
}

/** Bodies of JSON. What is not JSON is answered with the place where it breaks, and never with a piece of what was sent. */
import type { FastifyInstance } from 'fastify'
import { jsonFault } from '#engines/json-fault.ts'
import { say } from '#engines/say.ts'
import { badRequest } from '#kit/problem.ts'

/** In place of the framework's own reader, whose rules it keeps: no member called __proto__, nothing empty. */
export function takeJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString()
    void parse(request, text, (error, value) => {
      if (error === null || text === '') return done(error, value)
      done(badRequest(notJson(text)))
    })
  })
}

/** In characters: looking for the place takes some 35 ms for so many brackets, during which nobody else is answered. */
const MOST_LOOKED_AT = 100_000

/** The one sentence for it, wherever JSON comes in. */
export function notJson(text: string): string {
  if (text.length > MOST_LOOKED_AT)
    return say`What was sent is no JSON that is taken, and it is too long to say where it breaks. Check it, or send less at once.`
  const place = jsonFault(text)
  return place === null
    ? say`The JSON has a member that is called __proto__ or constructor, which is not taken. Call it differently.`
    : say`The JSON that was sent breaks at line ${place.line}, column ${place.column}. Correct it there.`
}

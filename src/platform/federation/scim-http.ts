/** Binds SCIM to /api/scim/v2: its own media type, its own tokens, its own form of errors, in English whatever is asked for. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ScimAnswer, ScimParts } from '#kit/federation/scim/service.ts'
import { answerScim, refusal } from '#kit/federation/scim/service.ts'
import { ScimError } from '#kit/federation/scim/resource.ts'
import { readBody } from '#platform/body.ts'
import { notJson } from '#platform/json-body.ts'
import { problemOf } from '#platform/problems.ts'

const MOST_BYTES = 2_000_000

export async function bindScim(
  server: FastifyInstance,
  parts: ScimParts,
  onFault: (error: unknown, request: string) => void,
): Promise<void> {
  await server.register(async (scope) => {
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser(
      ['application/scim+json', 'application/json'],
      { parseAs: 'string', bodyLimit: MOST_BYTES },
      (_, body, done) => {
        try {
          // Clients name the type of a body also where there is none.
          done(null, body.length === 0 ? undefined : JSON.parse(body.toString()))
        } catch {
          done(new ScimError(400, 'invalidSyntax', notJson(body.toString())))
        }
      },
    )
    scope.setErrorHandler((error, request, reply) => send(reply, failed(error, request, onFault)))
    scope.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/api/scim/v2/*',
      handler: async (request, reply) => send(reply, await answerScim(parts, requestOf(request))),
    })
  })
}
function requestOf(request: FastifyRequest): Parameters<typeof answerScim>[1] {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.query as Record<string, unknown>)) {
    if (typeof value !== 'string') throw new ScimError(400, 'invalidSyntax', `"${name.slice(0, 60)}" is given twice.`)
    query[name] = value
  }
  return {
    method: request.method === 'HEAD' ? 'GET' : request.method,
    path: (request.params as { '*': string })['*'], // the wildcard of the route
    query,
    body: readBody(request.body),
    token: /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null,
    ifMatch: request.headers['if-match'] ?? null,
    ifNoneMatch: request.headers['if-none-match'] ?? null,
    request: request.id,
  }
}
function failed(
  error: unknown,
  request: FastifyRequest,
  onFault: (error: unknown, request: string) => void,
): ScimAnswer {
  if (error instanceof ScimError) return refusal(error)
  const problem = problemOf(error, request.id)
  if (problem.status >= 500) onFault(error, request.id)
  return refusal(new ScimError(problem.status, problem.status === 400 ? 'invalidSyntax' : null, problem.detail))
}
function send(reply: FastifyReply, { status, body, headers }: ScimAnswer): FastifyReply {
  reply.code(status).headers({ ...headers, 'Cache-Control': 'no-store' })
  return body === null ? reply.send() : reply.type('application/scim+json; charset=utf-8').send(JSON.stringify(body))
}

/** Routes as plain data: the server, the OpenAPI document and the tests read the same list. */
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Actor } from './actor.ts'
import type { Door } from './sign-in.ts'

export type JsonSchema = Readonly<Record<string, unknown>>
export interface Upload {
  readonly fileName: string
  readonly fields: Readonly<Record<string, string>>
  readonly content: Readable
}
/** One request as a handler sees it. */
export interface Call {
  readonly actor: Actor
  /** The session or token that the actor came with; null for the public. */
  readonly door?: Door | null
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  /** The revision in If-Match; null when there is none. */
  readonly rev: number | null
  readonly request: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly upload: (() => Promise<Upload>) | null
  readonly address: string
}
export interface Answer {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Each a whole Set-Cookie line. */
  readonly cookies?: readonly string[]
  readonly stream?: Readable
  /** Keeps the connection open for events. */
  readonly events?: (send: (text: string) => void, closed: AbortSignal) => void
}
export type Access = 'public' | 'signed-in' | 'administrator'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below /api/v1 with {name} for parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly access: Access
  /** Query parameters with their sentences. */
  readonly query?: Readonly<Record<string, { readonly about: string; readonly schema: JsonSchema }>>
  /** What the body must be; zod for structures of our own, a JSON schema for records (checked by the store). */
  readonly body?: z.ZodType | JsonSchema | 'upload'
  /** What is sent beside the file of an upload, before it: parts with their sentences. */
  readonly parts?: Readonly<Record<string, { readonly about: string }>>
  /** What a success answers as JSON: the tests hold every answer against it. None for 204 and for a redirect. */
  readonly ok?: JsonSchema
  /** Content types of an answer that is no JSON: a file, a page, a stream of events. */
  readonly okTypes?: readonly string[]
  readonly okStatus?: number
  /** Answers `Range` with 206 and the part that is asked for. */
  readonly isPartly?: true
  readonly ifMatch?: boolean
  /** Statuses besides success that callers should expect. */
  readonly refusals?: readonly number[]
  /** 'journal' for a route that writes down what it changes; any other says why it does not. */
  readonly audited?: string
  /** Its answer holds a secret that is shown once: no copy of it is kept for a repeated request. */
  readonly answersSecret?: true
  /** Open to a person who has yet to set up the second factor that the organisation asks for. */
  readonly isSetUpOfSignIn?: true
  /** Open while an administrator reads as somebody else; every other route that is no GET is not. */
  readonly whileViewing?: true
  /** For its owner alone: closed while an administrator reads as that person. */
  readonly isPersonal?: true
  /** Its body is a form (application/x-www-form-urlencoded), posted by a page of another site on purpose. */
  readonly takesForm?: true
  /** It stands, on purpose, in place of a later route of the same address: what every record has, done otherwise. */
  readonly replaces?: true
  /** The parameter of its address that holds the key (with .ics behind it) for a client that can send neither cookie nor header. */
  readonly byKeyIn?: string
  /** Its address is signed and opens by itself: nothing that says who asks is read, neither a cookie nor a token. */
  readonly isSignedAddress?: true
  /** It is about the installation as a whole (health, jobs, the seal), so its statements see more than one organisation. */
  readonly reach?: 'installation'
  readonly handle: (call: Call) => Promise<Answer>
}

export function isZod(body: Route['body']): body is z.ZodType {
  return typeof body === 'object' && '_zod' in body
}

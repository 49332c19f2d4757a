// One request to the test server, with its answer read whole.
import { assertAnswers } from './answers.ts'

export interface Answered {
  status: number
  headers: Headers
  text: string
  /** The JSON value of the answer; null when it holds none. */
  body: unknown
  /** Milliseconds until the answer was read. */
  took: number
}
export interface Sent {
  /** A JSON value; a Buffer, a string or a FormData goes as it is. */
  body?: unknown
  token?: string | undefined
  headers?: Readonly<Record<string, string>>
  /** Milliseconds; 20,000 when absent. */
  patience?: number
}
export type Call = (method: string, path: string, sent?: Sent) => Promise<Answered>

/** @param path below /api/v1, or from the root when it begins with //. */
export function caller(url: string): Call {
  return async (method, path, sent = {}) => {
    const began = performance.now()
    const isPlain =
      sent.body === undefined ||
      typeof sent.body === 'string' ||
      sent.body instanceof FormData ||
      Buffer.isBuffer(sent.body)
    const body = isPlain ? (sent.body as BodyInit | undefined) : JSON.stringify(sent.body) // the line above lets only those through
    const headers: Record<string, string> = {
      ...(isPlain ? {} : { 'content-type': 'application/json' }),
      ...(sent.token === undefined ? {} : { authorization: `Bearer ${sent.token}` }),
      ...sent.headers,
    }
    const address = path.startsWith('//') ? `${url}${path.slice(1)}` : `${url}/api/v1${path}`
    const answer = await fetch(address, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(sent.patience ?? 20_000),
    })
    const text = await answer.text()
    assertAnswers()
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: parsed(answer.headers.get('content-type') ?? '', text),
      took: performance.now() - began,
    }
  }
}
/** Asks as whoever has this session does in a browser. @returns the JSON value. @throws with the answer when it is refused */
export async function callAs(
  { url, session }: { readonly url: string; readonly session: string },
  method: string,
  path: string,
  sent: { readonly body?: unknown; readonly rev?: number | undefined } = {},
): Promise<unknown> {
  const { status, text, body } = await caller(url)(method, path, {
    ...(sent.body === undefined ? {} : { body: sent.body }),
    patience: 60_000,
    headers: { cookie: `pilothouse=${session}`, ...(sent.rev === undefined ? {} : { 'if-match': `"${sent.rev}"` }) },
  })
  if (status >= 300) throw new Error(`${method} ${path} answers ${status}: ${text}`)
  return body
}
function parsed(type: string, text: string): unknown {
  return /^application\/(problem\+)?json(;|$)/.test(type) && text !== '' ? JSON.parse(text) : null
}

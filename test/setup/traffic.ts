// Requests against the started product over connections that stay open, and what the server's process holds meanwhile.
import http from 'node:http'
import { readdirSync, readFileSync } from 'node:fs'
import type { Product } from './product.ts'

export interface Said {
  /** 0 when the connection broke before there was an answer. */
  readonly status: number
  readonly text: string
  readonly headers: http.IncomingHttpHeaders
}
export interface Wanted {
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Another address of this machine to come from: one address may open a thousand connections. */
  readonly from?: string
}

export class Traffic {
  readonly #agent: http.Agent
  readonly #product: Product
  readonly #token: string
  /** @param connections at most so many at once from each address */
  constructor(product: Product, token: string, connections: number) {
    this.#product = product
    this.#token = token
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  }
  ask({ method = 'GET', path, body, headers, from = '127.0.0.1' }: Wanted): Promise<Said> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const authorization = { authorization: `Bearer ${this.#token}` }
    const sent = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) } // oxfmt-ignore
    return new Promise((resolve) => {
      const request = http.request(
        { agent: this.#agent, host: '127.0.0.1',
          localAddress: from, port: this.#product.port, method, path: `/api/v1${path}`, headers: { ...authorization, ...sent, ...headers } }, // oxfmt-ignore
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          const end = (): void =>
            resolve({ status: response.complete ? (response.statusCode ?? 0) : 0, text: Buffer.concat(parts).toString(), headers: response.headers }) // oxfmt-ignore
          response.on('close', end)
        },
      )
      request.on('error', (error) => resolve({ status: 0, text: error.message, headers: {} }))
      request.end(text)
    })
  }
  /** An event stream, read and thrown away. @returns closes it */
  listen(): () => void {
    const request = http.request({
      agent: false,
      host: '127.0.0.1',
      port: this.#product.port,
      path: '/api/v1/events',
      headers: { authorization: `Bearer ${this.#token}`, accept: 'text/event-stream' },
    })
    request.on('response', (response) => response.resume())
    request.on('error', () => {}) // closed by us
    request.end()
    return () => void request.destroy()
  }
  close(): void {
    this.#agent.destroy()
  }
}

/** What a process holds (Linux). */
export function held(pid: number): { megabytes: number; descriptors: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    megabytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  }
}

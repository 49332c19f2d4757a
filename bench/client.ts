/** A small load client on keep-alive connections: it measures each answer and keeps the percentiles. */
import http from 'node:http'

export interface Load {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Answers per second. */
  readonly rate: number
  readonly count: number
}
export interface Ask {
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}
export interface Answered {
  readonly status: number
  readonly text: string
  readonly headers: http.IncomingHttpHeaders
}

export class Client {
  readonly #base: URL
  readonly #token: string
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  constructor(base: string, token: string) {
    this.#base = new URL(base)
    this.#token = token
  }

  ask({ method = 'GET', path, body, headers = {} }: Ask): Promise<Answered> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const type =
      text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          agent: this.#agent,
          host: this.#base.hostname,
          port: this.#base.port,
          method,
          path,
          headers: { authorization: `Bearer ${this.#token}`, ...type, ...headers },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
              headers: response.headers,
            }),
          )
        },
      )
      request.on('error', reject)
      request.end(text)
    })
  }
  async json<T>(ask: Ask): Promise<T> {
    const answer = await this.ask(ask)
    if (answer.status >= 300)
      throw new Error(`${ask.method ?? 'GET'} ${ask.path} answered ${answer.status}: ${answer.text.slice(0, 300)}`)
    return JSON.parse(answer.text)
  }

  /** Asks `next()` again and again for some seconds; every answer must be a success. */
  async load(next: (n: number) => Ask, { seconds, at }: { seconds: number; at: number }): Promise<Load> {
    const times: number[] = []
    const until = performance.now() + seconds * 1000
    const began = performance.now()
    let n = 0
    const one = async (): Promise<void> => {
      while (performance.now() < until) {
        const ask = next(n++)
        const start = performance.now()
        const answer = await this.ask(ask)
        times.push(performance.now() - start)
        if (answer.status >= 300) throw new Error(`${ask.path} answered ${answer.status}: ${answer.text.slice(0, 300)}`)
      }
    }
    await Promise.all(Array.from({ length: at }, one))
    return figures(times, performance.now() - began)
  }
  close(): void {
    this.#agent.destroy()
  }
}

export function figures(times: number[], tookMs: number): Load {
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), rate: (1000 * sorted.length) / tookMs, count: sorted.length }
}

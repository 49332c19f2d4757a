// A receiver of webhooks on a free loopback port: takes everything, and keeps it as it came.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEnd } from './database.ts'

export interface Receiver {
  readonly address: string
  /** Address, headers and body of each request, in one text. */
  readonly received: string[]
}

export async function startReceiver(): Promise<Receiver> {
  const received: string[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push(`${request.url}\n${JSON.stringify(request.headers)}\n${Buffer.concat(parts).toString()}`)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  atEnd(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

/** What is not even HTTP gets a problem too, and the connection is closed. */
import type { Socket } from 'node:net'
import { typeOfStatus } from './problems.ts'
import { securityHeaders } from './security-headers.ts'

const STATUS: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request did not come to an end. Send it again.'],
}

export function answerBrokenHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  // Whoever has gone away cannot be answered.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, title, detail] = STATUS[error.code ?? ''] ?? [400, 'Bad Request', 'The request is not valid HTTP.']
  const body = JSON.stringify({ type: typeOfStatus(status), title, status, detail, errors: [] })
  const headers = {
    ...securityHeaders('/api/v1/', false),
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`)
}

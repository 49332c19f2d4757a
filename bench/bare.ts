/**
 * What this machine gives with nothing of the product between: Node's own HTTP server and the plain driver on the same
 * database. `GET /list` reads fifty whole incidents, `GET /record?id=` one, `POST /create` writes one row and commits.
 * A process of its own, started by the benchmark; its first line is its address.
 */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { reachInstallation } from '#main/installation.ts'
import { readConfig } from '#platform/config.ts'

const installation = await reachInstallation(readConfig(process.env), () => {})
const pool = new pg.Pool({ ...installation.door, max: 12, idleTimeoutMillis: 500 })
await pool.query('create table if not exists bench_bare (id bigserial primary key, at timestamptz, body jsonb)')

const server = http.createServer((request, response) => {
  answer(request).then(
    (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('SIGTERM', () => void end())

async function answer(request: http.IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://bare')
  if (request.method === 'POST') return created(await bodyOf(request))
  if (url.pathname === '/list')
    return rows(
      'list',
      'select * from incident where org = 1 and binned_at is null order by opened_at desc, id desc limit 50',
    )
  return rows('record', 'select * from incident where org = 1 and id = $1', [url.searchParams.get('id')])
}
async function rows(name: string, text: string, values: unknown[] = []): Promise<unknown> {
  return (await pool.query({ name, text, values })).rows
}
async function created(body: string): Promise<unknown> {
  return rows('create', 'insert into bench_bare (at, body) values (now(), $1) returning id', [body])
}
async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
async function end(): Promise<void> {
  server.closeAllConnections()
  await pool.query('drop table bench_bare')
  await pool.end()
  await installation.close()
  process.exit(0)
}

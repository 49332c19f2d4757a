// nginx on a loopback port in front of two nodes, with the configuration of docs/proxy.md and no other.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { unpackPackage } from './apt.ts'
import { ownFolder } from './backup.ts'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'

const root = path.join(import.meta.dirname, '../..')
const cache = path.join(root, '.cache/nginx')
const places = ['/usr/sbin/nginx', '/usr/local/bin/nginx', path.join(cache, 'usr/sbin/nginx')]

/** @returns why this machine has none, or null. The package is unpacked, not installed: no service starts. */
export async function nginxMissing(): Promise<string | null> {
  if (place() !== undefined || ((await unpackPackage('nginx', cache, console.log)) && place() !== undefined))
    return null
  return 'needs nginx, which is not installed: apt-get install nginx-light'
}
function place(): string | undefined {
  return places.find((one) => existsSync(one))
}

/** The block of the page, with these ports in place of its own. */
function documented(port: number, nodes: readonly [number, number]): string {
  const page = readFileSync(path.join(root, 'docs/proxy.md'), 'utf8')
  const [, block = ''] = /```nginx\n([^`]*)```/.exec(page) ?? []
  const ported = block
    .replace('127.0.0.1:7301', `127.0.0.1:${nodes[0]}`)
    .replace('127.0.0.1:7302', `127.0.0.1:${nodes[1]}`)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
  if (/:730[12]|listen 8080/.test(ported) || block === '') throw new Error('docs/proxy.md names other ports than 7301, 7302 and 8080.') // oxfmt-ignore
  return ported
}

/** @returns its address and what it says of failures so far; it ends with the test file */
export async function startNginx(nodes: readonly [number, number]): Promise<{ url: string; failures: () => string }> {
  const folder = ownFolder()
  const port = await freePort()
  mkdirSync(path.join(folder, 'logs'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`) // oxfmt-ignore
  const file = path.join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off;\nmaster_process off;\npid ${folder}/nginx.pid;\nerror_log ${folder}/logs/error.log;\nevents {}\nhttp {\naccess_log off;\n${temporary.join('\n')}\n${documented(port, nodes)}}\n`,
  )
  const server = spawn(place() ?? 'nginx', ['-p', folder, '-e', `${folder}/logs/error.log`, '-c', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = once(server, 'exit')
  atEnd(async () => {
    server.kill()
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  for (let turn = 0; turn < 400; turn++) {
    if (server.exitCode !== null) throw new Error(`nginx has ended: ${said}`)
    if ((await fetch(`${url}/healthz`).catch(() => null)) !== null)
      return { url, failures: () => readFileSync(path.join(folder, 'logs/error.log'), 'utf8') }
    await sleep(50)
  }
  throw new Error('nginx did not answer within 20 s.')
}

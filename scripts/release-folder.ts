// A small data folder of the present version, kept in test/upgrade for ever: every later version must start on it in place.
// `node scripts/run.mjs scripts/release-folder.ts` at each release; commit the file with it. With the folder of another
// checkout as its argument it lets that program make it.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { constants, zstdCompressSync } from 'node:zlib'
import { ROOT } from '#main/root.ts'

const PROGRAM = path.resolve(process.argv[2] ?? ROOT)
const { version } = JSON.parse(readFileSync(path.join(PROGRAM, 'package.json'), 'utf8')) as { version: string }
const EMAIL = 'ada@harbour.test'
const PICTURE = 'a picture of the fault'
const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-release-'))
chmodSync(folder, 0o711)
const environment = { ...process.env, PILOTHOUSE_DATA: folder, PORT: String(await freePort()), LOG_LEVEL: 'error', PILOTHOUSE_ARCHIVE_TO: 'off', PILOTHOUSE_BACKUP_AT: 'off' } // oxfmt-ignore
try {
  command('user', 'add', '--email', EMAIL, '--name', 'Ada', '--role', 'administrator', '--password-stdin')
  const token = command('token', 'create', '--email', EMAIL).trim().split('\n').at(-1) ?? ''
  const child = spawn(process.execPath, [path.join(PROGRAM, 'src/main.ts'), 'start', '--no-web'], { env: environment, stdio: 'inherit' }) // oxfmt-ignore
  await ready()
  await fill(token)
  await sleep(15_000) // reactions, and the seal
  child.kill('SIGTERM')
  await once(child, 'exit')
  // What the test knows of it; the password is that of every test.
  writeFileSync(path.join(folder, 'release.json'), JSON.stringify({ version, email: EMAIL, picture: PICTURE }))
  const tar = spawnSync('tar', ['-c', '-C', folder, '.'], { maxBuffer: 1e9 })
  if (tar.status !== 0) throw new Error(tar.stderr.toString())
  const params = { [constants.ZSTD_c_compressionLevel]: 22, [constants.ZSTD_c_windowLog]: 27 }
  const packed = zstdCompressSync(tar.stdout, { params })
  const file = path.join(ROOT, 'test/upgrade', `${version}.folder.tar.zst`)
  writeFileSync(file, packed)
  console.log(`${file}: ${tar.stdout.length} bytes, ${packed.length} packed`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function fill(token: string): Promise<void> {
  for (let nth = 1; nth <= 20; nth++) {
    const made = await ask(token, '/incidents', { subject: `Fault ${nth}`, impact: 'person', urgency: 'high', requester: 1 }) // oxfmt-ignore
    if (nth % 2 === 0) await ask(token, `/incidents/${made.id}/resolve`, { resolution: 'Done again.', closureCode: 'fixed' }) // oxfmt-ignore
  }
  const form = new FormData()
  form.append('file', new Blob([PICTURE]), 'fault.txt')
  await ask(token, '/incidents/1/attachments', form)
}
async function ask(token: string, address: string, body: object): Promise<{ id: number }> {
  const isForm = body instanceof FormData
  const answer = await fetch(`http://127.0.0.1:${environment.PORT}/api/v1${address}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...(isForm ? {} : { 'content-type': 'application/json' }) },
    body: isForm ? body : JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: number }
}
async function ready(): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`http://127.0.0.1:${environment.PORT}/readyz`).catch(() => null)
    if (answer?.ok === true) return
    await sleep(200)
  }
  throw new Error('It did not get ready.')
}
function command(...words: readonly string[]): string {
  const ran = spawnSync(process.execPath, [path.join(PROGRAM, 'src/main.ts'), ...words], { env: environment, encoding: 'utf8', input: 'correct horse battery staple\n' }) // oxfmt-ignore
  if (ran.status !== 0) throw new Error(`${words.join(' ')}: ${ran.stderr}`)
  return ran.stdout
}
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

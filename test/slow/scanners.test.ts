// Two scanners that know nothing of us, over the started product: sqlmap looks for injection into SQL, wapiti for everything
// that a crawler finds. Each has to find a hole that was planted for it first: a scan that finds nothing proves nothing else.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { raw, run } from '#kit/sql.ts'
import { installPackage } from '../setup/apt.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { unlessMissing } from '../setup/peers.ts'

/** The endpoints and their parameters, each as an address that answers something. */
const LISTS = [
  '/api/v1/incidents?filter=status:new&sort=-createdAt&limit=5&q=printer&fields=subject,status',
  '/api/v1/incidents/groups?by=status&filter=priority:P1',
  '/api/v1/persons?filter=name~a&sort=name&limit=5',
  '/api/v1/services/1',
  '/api/v1/incidents/1/history?limit=5',
  '/api/v1/search?q=printer',
]
const FOUND = /is vulnerable|appears to be '.*' injectable|identified the following injection point/
const missing = unlessMissing((await absent('sqlmap')) ?? (await absent('wapiti')))
let demo: Demo
let planted: Server
let plantedUrl = ''
let folder = ''
let session = ''

async function absent(program: string): Promise<string | null> {
  const isHere = (): boolean => spawnSync(program, ['--version']).error === undefined
  if (isHere() || ((await installPackage(program, console.log)) && isHere())) return null
  return `${program} is not installed and cannot be: on Debian, apt-get install ${program}`
}
function ran(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, HOME: folder } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
    child.on('error', reject).on('close', () => resolve(said))
  })
}
/** @param more such as the cookie of the session */
function sqlmap(address: string, more: readonly string[] = []): Promise<string> {
  const flags = [
    '--batch',
    '--level',
    '3',
    '--risk',
    '1',
    '--technique=BEU',
    '--ignore-code=500,400,401,404,422',
    '--dbms=postgresql',
    '--flush-session',
    '--disable-coloring',
    '--threads',
    '4',
    '--output-dir',
    folder,
  ]
  return ran('sqlmap', ['-u', address, ...flags, ...more])
}
async function wapiti(
  address: string,
  name: string,
  more: readonly string[] = [],
): Promise<Record<string, { info: string; path: string }[]>> {
  const report = path.join(folder, `${name}.json`)
  await ran('wapiti', [
    '-u',
    address,
    '-m',
    'xss,sql,file,exec,crlf,redirect,htaccess,backup,ssrf',
    '--scope',
    'folder',
    '-f',
    'json',
    '-o',
    report,
    '--flush-session',
    '--max-scan-time',
    '240',
    '--max-links-per-page',
    '60',
    '-d',
    '4',
    ...more,
  ])
  return (
    JSON.parse(await readFile(report, 'utf8')) as { vulnerabilities: Record<string, { info: string; path: string }[]> }
  ).vulnerabilities
}

describe('a scanner', { skip: missing }, () => {
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-scan-'))
    demo = await startDemo()
    session = await demo.session('manager')
    // The hole: text from the address put into SQL as it is, and shown again as it is.
    planted = createServer(async (request, response) => {
      const q = new URL(request.url ?? '/', 'http://x').searchParams.get('q') ?? ''
      response.setHeader('content-type', 'text/html')
      if (request.url === '/') return void response.end('<a href="/page?q=a">page</a>')
      const rows = await run<{ subject: string }>(
        demo.db,
        raw(`select subject from incident where subject like '%${q}%' order by id limit 5`),
      ).catch((error: unknown) => [{ subject: String(error) }])
      response.end(`<html><p>${q}</p>${rows.map(({ subject }) => `<li>${subject}</li>`).join('')}</html>`)
    })
    await new Promise<void>((done) => planted.listen(0, '127.0.0.1', done))
    const address = planted.address()
    plantedUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  })
  after(async () => {
    planted.closeAllConnections()
    planted.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('[ASVS 1.2.4] finds the hole that was planted for it (sqlmap)', { timeout: 300_000 }, async () => {
    assert.match(await sqlmap(`${plantedUrl}/page?q=a`), FOUND)
  })
  for (const list of LISTS)
    it(
      `[ASVS 1.2.4] finds no way into SQL through ${list.split('?')[0]} (sqlmap, level 3)`,
      { timeout: 900_000 },
      async () => {
        // An id within the path is marked with a star; parameters are tried by themselves.
        const address = list.includes('?') && !/\/1\//.test(list) ? list : list.replace('/1', '/1*')
        const said = await sqlmap(`${demo.url}${address}`, [
          '--cookie',
          `pilothouse=${session}`,
          '--skip',
          'User-Agent,Referer,Host',
        ])
        const tried = said.match(/parameter '[^']+' does not seem to be injectable/g) ?? []
        const wanted = address.includes('*') ? 1 : new URL(address, demo.url).searchParams.size
        assert.ok(tried.length >= wanted, `${tried.length} of ${wanted} tried:\n${said.slice(-1500)}`)
        assert.ok(!FOUND.test(said), said.slice(-1500))
      },
    )
  it('[ASVS 1.2.1] finds the hole that was planted for it (wapiti)', { timeout: 300_000 }, async () => {
    const found = await wapiti(`${plantedUrl}/`, 'planted')
    assert.ok(
      (found['Cross Site Scripting'] ?? found['Reflected Cross Site Scripting'] ?? []).length > 0,
      JSON.stringify(found),
    )
  })
  it('[ASVS 1.2.1] [ASVS 1.2.5] [ASVS 3.7.2] finds nothing in the product (wapiti)', { timeout: 900_000 }, async () => {
    const starts = ['/api/docs', '/login', ...LISTS].flatMap((address) => ['-s', `${demo.url}${address}`])
    const found = await wapiti(`${demo.url}/`, 'product', ['-H', `Cookie: pilothouse=${session}`, ...starts])
    const told = Object.entries(found).filter(([, all]) => all.length > 0)
    assert.deepEqual(told, [])
  })
  it('leaves the product as it was: it answers, and nothing of the inside was told', async () => {
    const answer = await fetch(`${demo.url}/api/v1/incidents?limit=1`, { headers: { cookie: `pilothouse=${session}` } })
    assert.equal(answer.status, 200)
  })
})

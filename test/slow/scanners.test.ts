// Two scanners that know nothing of us, over the started product: sqlmap looks for injection into SQL, wapiti for everything
// that a crawler finds. Each has to find a hole that was planted for it first: a scan that finds nothing proves nothing else.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { raw, run } from '#kit/sql.ts'
import { installPackage } from '../setup/apt.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { unlessMissing } from '../setup/peers.ts'
import { attackWith, ran, type Attack } from '../setup/sqlmap.ts'
import { attacks } from './attacks.ts'

/** Where wapiti begins to crawl. */
const STARTS = [
  '/api/docs',
  '/login',
  '/api/v1/incidents?filter=status:new&sort=-createdAt&limit=5&q=printer&fields=subject,status',
  '/api/v1/persons?filter=name~a&sort=name&limit=5',
  '/api/v1/services/1',
  '/api/v1/search?q=printer',
]
const MINUTES_OF_ONE = 15
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
async function wapiti(
  address: string,
  name: string,
  more: readonly string[] = [],
): Promise<Record<string, { info: string; path: string }[]>> {
  const report = path.join(folder, `${name}.json`)
  const args = [
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
  ]
  await ran('wapiti', args, folder)
  return (
    JSON.parse(await readFile(report, 'utf8')) as { vulnerabilities: Record<string, { info: string; path: string }[]> }
  ).vulnerabilities
}

/** "said" of a JSON body; null without one. */
async function saidIn(request: IncomingMessage): Promise<string | null> {
  let text = ''
  for await (const part of request) text += String(part)
  try {
    return text === '' ? null : String((JSON.parse(text) as { said?: unknown }).said)
  } catch {
    return text
  }
}
/** A session of its own in the headers of the attack goes alone; so does a token. */
function sessionFor({ headers }: Attack): { session?: string } {
  return headers?.['Cookie'] === undefined && headers?.['Authorization'] === undefined ? { session } : {}
}
/** The request as it is, before anything is planted in it, is one that the product answers. */
async function isAnswered(attack: Attack): Promise<void> {
  const headers = Object.entries(attack.headers ?? {}).map(([name, value]) => [name, value.replace('*', '')])
  const own = sessionFor(attack).session
  const answer = await fetch(`${demo.url}${attack.path.replace('*', '')}`, {
    method: attack.method ?? (attack.body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(own === undefined ? {} : { cookie: `pilothouse=${own}` }),
      ...(attack.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(Object.fromEntries(headers) as Record<string, string>), // pairs of texts, from the line above
    },
    ...(attack.body === undefined ? {} : { body: JSON.stringify(attack.body) }),
  })
  assert.ok(answer.ok, `${attack.name}: ${answer.status} ${await answer.text()}`)
}
/** A cursor and a token of the manager. */
async function knownPlaces(): Promise<{ after: string; token: string }> {
  const headers = { cookie: `pilothouse=${session}`, 'content-type': 'application/json' }
  const page = await fetch(`${demo.url}/api/v1/incidents?sort=-openedAt&filter=subject~a&limit=5`, { headers })
  const { next } = (await page.json()) as { next: string }
  const made = await fetch(`${demo.url}/api/v1/tokens`, { method: 'POST', headers, body: JSON.stringify({ name: 'scan' }) }) // oxfmt-ignore
  const { token } = (await made.json()) as { token: string }
  return { after: next, token }
}

describe('a scanner', { skip: missing }, () => {
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-scan-'))
    demo = await startDemo({ isUnlimited: true })
    session = await demo.session('manager')
    // The hole: text from the address put into SQL as it is, and shown again as it is.
    planted = createServer(async (request, response) => {
      const q = (await saidIn(request)) ?? new URL(request.url ?? '/', 'http://x').searchParams.get('q') ?? ''
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

  it(
    '[ASVS 1.2.4] finds the hole that was planted for it, also in a JSON body (sqlmap)',
    { timeout: 600_000 },
    async () => {
      for (const attack of [
        { name: 'an address', path: '/page?q=a', places: [] },
        { name: 'a body', path: '/page', body: { said: 'a' }, places: [] },
      ])
        assert.ok((await attackWith({ url: plantedUrl, folder }, attack)).isIn, attack.name)
    },
  )
  it('[ASVS 1.2.4] finds no way into SQL (sqlmap, level 3, signed in)', { timeout: 60 * 60_000 }, async (t) => {
    const known = { ...(await knownPlaces()), session }
    for (const attack of attacks(known))
      await t.test(attack.name, { timeout: MINUTES_OF_ONE * 60_000 }, async (one) => {
        await isAnswered(attack)
        const began = Date.now()
        const { shut, isIn, refused, said } = await attackWith({ url: demo.url, folder, ...sessionFor(attack) }, attack)
        const seconds = Math.round((Date.now() - began) / 1000)
        one.diagnostic(`${attack.name}: ${attack.method ?? (attack.body === undefined ? 'GET' : 'POST')} ${attack.path.split('?')[0]} tried at ${shut.join(', ')} in ${seconds} s; refused: ${[...refused].map(([status, times]) => `${status} ${times} times`).join(', ') || 'nothing'}`) // oxfmt-ignore
        assert.ok(!isIn, said.slice(-3000))
        const untried = attack.places.filter((place) => !shut.includes(place))
        assert.deepEqual(untried, [], said.slice(-3000))
        // Whoever is turned away at the door has tried nothing.
        assert.equal(refused.get(429) ?? 0, 0, 'slowed down')
      })
  })
  it('[ASVS 1.2.1] finds the hole that was planted for it (wapiti)', { timeout: 300_000 }, async () => {
    const found = await wapiti(`${plantedUrl}/`, 'planted')
    assert.ok(
      (found['Cross Site Scripting'] ?? found['Reflected Cross Site Scripting'] ?? []).length > 0,
      JSON.stringify(found),
    )
  })
  it('[ASVS 1.2.1] [ASVS 1.2.5] [ASVS 3.7.2] finds nothing in the product (wapiti)', { timeout: 900_000 }, async () => {
    const starts = STARTS.flatMap((address) => ['-s', `${demo.url}${address}`])
    const found = await wapiti(`${demo.url}/`, 'product', ['-H', `Cookie: pilothouse=${session}`, ...starts])
    const told = Object.entries(found).filter(([, all]) => all.length > 0)
    assert.deepEqual(told, [])
  })
  it('leaves the product as it was: it answers, and nothing of the inside was told', async () => {
    const answer = await fetch(`${demo.url}/api/v1/incidents?limit=1`, { headers: { cookie: `pilothouse=${session}` } })
    assert.equal(answer.status, 200)
  })
})

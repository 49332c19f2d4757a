// The health page and the doctor: what they say of a sound installation, of one with a fault, and of one that does not run.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { HealthItem } from '#kit/routes/admin.ts'
import { certificateItem, certificateVerdict } from '#main/health/certificate.ts'
import { clockVerdict } from '#main/health/database.ts'
import { memoryVerdict } from '#main/health/machine.ts'
import { versionVerdict } from '#main/health/postgres-versions.ts'
import { ROOT } from '#main/root.ts'
import { now } from '#platform/clock.ts'
import type { Connection } from '#platform/postgres/embedded.ts'
import { ownFolder } from '../setup/backup.ts'
import { atEnd, emptyDatabase } from '../setup/database.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { freePort } from '../setup/port.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const NAMES = [
  'Version',
  'Database',
  'Schema',
  'Organisations',
  'Clock',
  'Disk',
  'Memory',
  'Background jobs',
  'Reactions',
  'Search',
  'Journal seal',
  'Backup',
  'Point in time',
  'Certificate',
  'Mail',
]
const TODAY = '2026-11-21T09:00:00.000Z'

describe('the health page', () => {
  let server: TestServer
  before(async () => {
    server = await startTestServer()
  })
  const items = async (): Promise<HealthItem[]> => {
    const answer = await server.call('GET', '/admin/health', { token: server.people.administrator.token })
    assert.equal(answer.status, 200, answer.text)
    return (answer.body as { items: HealthItem[] }).items
  }

  it('names everything that can be wrong, with what to do unless it is good', async () => {
    const found = await items()
    assert.deepEqual(
      found.map(({ name }) => name),
      [...NAMES, 'Writing', 'Content policy'],
    )
    for (const { name, state, todo } of found) assert.equal(todo === '', state === 'good', `${name}: ${state}, ${todo}`)
    assert.match(found[2]?.value ?? '', /^\d\d migrations applied, none pending$/)
    assert.equal(found[4]?.state, 'good', found[4]?.value ?? '')
    assert.match(found[0]?.value ?? '', /^Pilothouse \d+\.\d+\.\d+, Node \d+/)
  })

  it('still answers when one thing cannot be found out, and says so', async () => {
    await server.db.query('alter table reaction_cursor rename to elsewhere')
    try {
      const found = await items()
      const reactions = found.find(({ name }) => name === 'Reactions')
      assert.equal(reactions?.state, 'bad')
      assert.match(reactions?.value ?? '', /cannot be found out: .*reaction_cursor/)
      assert.equal(found.find(({ name }) => name === 'Clock')?.state, 'good')
    } finally {
      await server.db.query('alter table elsewhere rename to reaction_cursor')
    }
  })

  it('names a migration that a newer program applied, and one that was changed', async () => {
    await server.db.query("insert into schema_migration (name, checksum) values ('kit/29990101-0001-future', 'x')")
    const schema = async (): Promise<HealthItem | undefined> => (await items()).find(({ name }) => name === 'Schema')
    assert.match((await schema())?.value ?? '', /newer Pilothouse.*29990101-0001-future/)
    await server.db.query("delete from schema_migration where name = 'kit/29990101-0001-future'")
    await server.db.query("update schema_migration set checksum = 'x' where name = 'kit/20261121-0000-kit'")
    assert.match((await schema())?.value ?? '', /kit\/20261121-0000-kit differs/)
    assert.equal((await schema())?.state, 'bad')
  })
})

describe('what is judged', () => {
  it('a PostgreSQL behind its newest minor release', () => {
    const of = { isEmbedded: true, today: '2026-11-21' }
    assert.equal(versionVerdict('18.4', of).state, 'warn')
    assert.equal(versionVerdict('18.4', of).newest, '18.6')
    assert.match(versionVerdict('18.4', of).todo, /PILOTHOUSE_PG_BIN/)
    assert.match(versionVerdict('15.18 (Debian 15.18-0+deb12u1)', { ...of, isEmbedded: false }).todo, /^15\.20 is out/)
    assert.equal(versionVerdict('18.6', of).state, 'good')
    assert.equal(versionVerdict('18.9', of).state, 'good')
    assert.equal(versionVerdict('19.0', of).state, 'good')
    assert.equal(versionVerdict('15.20', { ...of, today: '2027-11-12' }).state, 'bad')
  })

  it('clocks that are apart by more than the question took', () => {
    assert.equal(clockVerdict(1_500, 1_000, 2_000).state, 'good')
    assert.equal(clockVerdict(10_000, 1_000, 6_000).state, 'warn')
    assert.match(clockVerdict(10_000, 1_000, 6_000).value, /4\.0 s ahead of/)
    assert.match(clockVerdict(0, 60_000, 61_000).value, /60\.0 s behind/)
    assert.equal(clockVerdict(0, 60_000, 61_000).state, 'bad')
  })

  it('memory by what is left', () => {
    const of = { own: 2e8, total: 8e9 }
    assert.equal(memoryVerdict({ ...of, available: 4e9 }).state, 'good')
    assert.equal(memoryVerdict({ ...of, available: 2e8 }).state, 'warn')
    assert.equal(memoryVerdict({ ...of, available: 5e7 }).state, 'bad')
  })

  it('a certificate by its days, its name and its issuer', () => {
    const sound = { until: '2027-02-21T09:00:00.000Z', wrongName: null, distrust: null }
    assert.equal(certificateVerdict(sound, TODAY).state, 'good')
    assert.match(certificateVerdict(sound, TODAY).value, /^92 days left/)
    assert.equal(certificateVerdict({ ...sound, until: '2026-12-01T09:00:00.000Z' }, TODAY).state, 'warn')
    assert.equal(certificateVerdict({ ...sound, until: '2026-11-23T09:00:00.000Z' }, TODAY).state, 'bad')
    assert.match(
      certificateVerdict({ ...sound, until: '2026-11-20T09:00:00.000Z' }, TODAY).value,
      /^ended on 2026-11-20/,
    )
    assert.equal(certificateVerdict({ ...sound, wrongName: 'Not for it.' }, TODAY).state, 'bad')
    assert.equal(certificateVerdict({ ...sound, distrust: 'SELF_SIGNED' }, TODAY).state, 'warn')
  })
})

describe('the certificate of PUBLIC_URL', () => {
  it('is read from a real server: days, issuer, name; silence and plain http are told apart', async () => {
    const folder = ownFolder()
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
    const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 40 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout ${key} -out ${cert}`
    execFileSync('openssl', words.split(' '), { stdio: 'ignore' })
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    atEnd(async () => void server.close())
    const { port } = server.address() as AddressInfo
    const own = await certificateItem(`https://localhost:${port}`, now)
    assert.equal(own.state, 'warn')
    assert.match(own.value, /^(39|40) days left/)
    assert.match(own.todo, /does not trust its issuer/)
    const wrong = await certificateItem(`https://127.0.0.1:${port}`, now)
    assert.equal(wrong.state, 'bad', wrong.todo)
    const silent = await certificateItem(`https://localhost:${await freePort()}`, now)
    assert.match(silent.value, /shows none to this machine/)
    assert.equal((await certificateItem('http://desk.example.org', now)).state, 'warn')
    assert.equal((await certificateItem('http://127.0.0.1:7300', now)).state, 'good')
  })
})

describe('pilothouse doctor', () => {
  it('says in sentences that nothing is there, and makes nothing', async () => {
    const folder = path.join(ownFolder(), 'nowhere')
    const { code, items } = await doctor({ PILOTHOUSE_DATA: folder })
    assert.equal(code, 1)
    assert.match(items[0]?.value ?? '', /^not running: nothing listens at http:\/\/127/)
    assert.match(items[1]?.value ?? '', /^there is none in .*nowhere yet$/)
    assert.ok(!existsSync(folder))
  })

  it('says that the database cannot be reached, and keeps its password to itself', async () => {
    const { code, items, text } = await doctor({ DATABASE_URL: 'postgres://x:hush-hush@127.0.0.1:1/y' })
    assert.equal(code, 1)
    assert.match(items.find(({ name }) => name === 'Database')?.todo ?? '', /cannot be reached: .*ECONNREFUSED/)
    assert.ok(!text.includes('hush-hush'))
    assert.ok(items.some(({ name }) => name === 'Memory'))
  })

  it('says that the data folder is missing beside an external database', async () => {
    const folder = path.join(ownFolder(), 'nowhere')
    const { items } = await doctor({ DATABASE_URL: 'postgres://x:y@127.0.0.1:1/y', PILOTHOUSE_DATA: folder })
    assert.match(items[1]?.value ?? '', /^there is none at .*nowhere$/)
    assert.ok(!existsSync(folder))
  })

  it('says which setting cannot be used', async () => {
    const { code, items } = await doctor({ PORT: 'seven' })
    assert.equal(code, 1)
    assert.match(items[0]?.value ?? '', /^PORT /)
  })

  it('says what is pending on a database that no start has seen, and leaves it so', async () => {
    const empty = await emptyDatabase()
    const { code, items } = await doctor({ DATABASE_URL: urlOf(empty.connection) })
    assert.equal(code, 1)
    assert.match(items.find(({ name }) => name === 'Schema')?.value ?? '', /migrations are pending/)
    assert.deepEqual(await empty.db.query("select 1 from pg_tables where schemaname = 'public'"), [])
  })

  it('prints what the page shows, for people too, and exits 0 when nothing is bad', async () => {
    const { connection } = await migratedDatabase()
    const ready = createHttp((_, answer) => answer.end('{"ready":true}')).listen(0, '127.0.0.1')
    await once(ready, 'listening')
    atEnd(async () => void ready.close())
    const sound = { DATABASE_URL: urlOf(connection), PORT: String((ready.address() as AddressInfo).port) }
    const { code, items } = await doctor(sound)
    assert.deepEqual(
      items.map(({ name }) => name),
      ['Server', ...NAMES],
    )
    assert.deepEqual(
      items.filter(({ state }) => state === 'bad').map(({ name }) => name),
      [],
    )
    assert.equal(code, 0)
    const people = await spoken([], sound)
    assert.match(people.text, /^ok {3}Server: ready at/)
    assert.match(people.text, /\nNothing needs you at once\.\n$/)
  })

  it('knows that something else answers on the port', async () => {
    const other = createHttp((_, answer) => answer.end('hello')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    atEnd(async () => void other.close())
    const { items } = await doctor({
      PILOTHOUSE_DATA: ownFolder(),
      PORT: String((other.address() as AddressInfo).port),
    })
    assert.match(items[0]?.value ?? '', /^something else answers/)
  })
})

function urlOf({ host, port, user, database }: Connection): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
}
async function doctor(env: Record<string, string>): Promise<{ code: number; items: HealthItem[]; text: string }> {
  const { code, text } = await spoken(['--json'], env)
  return { code, text, items: (JSON.parse(text) as { items: HealthItem[] }).items }
}
/** Beside this process, which may be the server that is asked. */
async function spoken(words: string[], env: Record<string, string>): Promise<{ code: number; text: string }> {
  const usual = { PATH: process.env['PATH'] ?? '', PORT: String(await freePort()), PILOTHOUSE_DATA: ownFolder() }
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), 'doctor', ...words], {
    env: { ...usual, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let faults = ''
  child.stdout.on('data', (part: Buffer) => (text += part.toString()))
  child.stderr.on('data', (part: Buffer) => (faults += part.toString()))
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(faults, '')
  return { code, text }
}

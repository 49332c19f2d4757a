// Two server processes on one external PostgreSQL: what one does the other knows, each thing is done once, and when one
// is killed the other takes over what it was doing.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, type OpenDatabase } from '#platform/database.ts'
import { ownFolder } from '../setup/backup.ts'
import { caller, type Answered, type Call } from '../setup/call.ts'
import { beginCrews } from '../setup/crews.ts'
import { atEnd } from '../setup/database.ts'
import { postgres15Missing, startExternal } from '../setup/external.ts'
import { openStream } from '../setup/event-stream.ts'
import { freePort } from '../setup/port.ts'
import { PASSWORD, Product } from '../setup/product.ts'
import { assertWhole } from '../setup/whole.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing(await postgres15Missing())
const MINUTE_MS = 60_000
let [a, b]: Product[] = []
let db: OpenDatabase
let token = ''

const on = (node: Product): Call => caller(node.url)
const ok = (answer: Answered): { id: number; [more: string]: unknown } => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`)
  return answer.body as { id: number } // of whatever was asked for
}
const post = async (node: Product, path: string, body: object) => ok(await on(node)('POST', path, { token, body }))
const get = async (node: Product, path: string, as = token) => on(node)('GET', path, { token: as })
async function until<T>(look: () => Promise<T | null | false>, what: string, patienceMs = 30_000): Promise<T> {
  const end = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== null && found !== false) return found
    assert.ok(Date.now() < end, `not within ${patienceMs / 1000} s: ${what}`)
    await sleep(100)
  }
}
const nodes = (): [Product, Product] => {
  assert.ok(a && b)
  return [a, b]
}

describe('two nodes on one database', { skip: missing }, () => {
  before(async () => {
    const external = await startExternal()
    const folder = ownFolder()
    const more = { DATABASE_URL: external.url }
    a = new Product(folder, await freePort(), more)
    b = new Product(folder, await freePort(), more)
    token = a.setUp()
    db = openDatabase({ connection: { connectionString: external.url } })
    atEnd(async () => {
      await Promise.all(nodes().map((node) => node.kill()))
      await db.close()
    })
    // At the same moment: what the first start of an installation makes is made once.
    await Promise.all([a.start(), b.start()])
  })

  it('shows on one what was written on the other, at once', async () => {
    const [one, other] = nodes()
    const stream = await openStream(other.url, token)
    const { id } = await post(one, '/incidents', { subject: 'The mill stands', impact: 'site', urgency: 'high' })
    await stream.until(({ changed }) => changed?.some(([record, which]) => record === 'incident' && which === id))
    stream.close()
    assert.equal(ok(await get(other, `/incidents/${id}`))['subject'], 'The mill stands')
  })

  it('tells on one who is at a record on the other', async () => {
    const [one, other] = nodes()
    const { id, number } = await post(one, '/incidents', { subject: 'Who is here', impact: 'person', urgency: 'low' })
    const stream = await openStream(other.url, token)
    await post(one, '/presence', { on: number, tab: 'one', stay: 'writing' })
    await stream.until(({ here }) => here?.some(([record, which]) => record === 'incident' && which === id))
    stream.close()
    const [row] = await db.query<{ n: number }>('select count(*)::integer as n from presence')
    assert.equal(row?.n, 1)
    // A second person, at the other node: hears the name and the writing, and that she leaves.
    const nora = await post(one, '/persons', { name: 'Nora Node', email: 'nora@harbour.test' })
    await db.query("insert into credential (org, person, email) values (1, $1, 'nora@harbour.test')", [nora.id])
    await post(one, '/grants', { person: nora.id, role: 'agent' })
    const noras = one.command(['token', 'create', '--email', 'nora@harbour.test']).text.trim().split('\n').at(-1) ?? ''
    const stay = async (node: Product, as: string, how: string): Promise<[string, boolean][]> => {
      const said = ok(await on(node)('POST', '/presence', { token: as, body: { on: number, tab: 'two', stay: how } }))
      const items = said['items'] as { person: { title: string }; isWriting: boolean }[]
      return items.map(({ person, isWriting }) => [person.title, isWriting])
    }
    const ada = (ok(await get(one, '/me'))['person'] as { title: string }).title
    // The token is known to the other node once it has heard of it.
    await until(async () => (await get(other, '/me', noras)).status === 200, 'she is let in at the other node')
    assert.deepEqual(await stay(other, noras, 'here'), [[ada, true]])
    const ears = await openStream(other.url, noras)
    await post(one, '/presence', { on: number, tab: 'one', stay: 'gone' })
    await ears.until(({ here }) => here?.some(([record, which]) => record === 'incident' && which === id))
    ears.close()
    assert.deepEqual(await stay(other, noras, 'here'), [])
    assert.deepEqual(await stay(one, token, 'here'), [['Nora Node', false]])
  })

  it('takes a session of one on the other, and not after it was ended there', async () => {
    const [one, other] = nodes()
    const entered = await on(one)('POST', '/session', { body: { email: 'ada@harbour.test', password: PASSWORD } })
    ok(entered)
    const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') // oxfmt-ignore
    const me = async (node: Product): Promise<number> => (await on(node)('GET', '/me', { headers: { cookie } })).status
    assert.deepEqual([await me(one), await me(other)], [200, 200])
    assert.equal((await on(one)('DELETE', '/session', { headers: { cookie } })).status, 204)
    assert.equal(await me(one), 401)
    await until(async () => (await me(other)) === 401, 'the session is over on the other node too')
  })

  it('follows on one what was granted, named and connected on the other', async () => {
    const [one, other] = nodes()
    const lea = await post(one, '/persons', { name: 'Lea Lead', email: 'lea@harbour.test' })
    await db.query("insert into credential (org, person, email) values (1, $1, 'lea@harbour.test')", [lea.id])
    const leas = one.command(['token', 'create', '--email', 'lea@harbour.test']).text.trim().split('\n').at(-1) ?? ''
    const mayRead = async (): Promise<number> => (await get(other, '/grants?person=1', leas)).status
    assert.equal(await mayRead(), 403)
    await post(one, '/grants', { person: lea.id, role: 'manager' })
    await until(async () => (await mayRead()) === 200, 'the grant counts on the other node')
    const made = await post(one, '/incidents', {
      subject: 'Named',
      impact: 'person',
      urgency: 'low',
      requester: lea.id,
    })
    const requester = async (): Promise<unknown> =>
      (ok(await get(other, `/incidents/${made.id}`))['requester'] as { title: string }).title
    assert.equal(await requester(), 'Lea Lead')
    const change = { token, body: { name: 'Lea Leader' }, headers: { 'if-match': '"1"' } }
    ok(await on(one)('PATCH', `/persons/${lea.id}`, change))
    await until(async () => (await requester()) === 'Lea Leader', 'the new name is shown on the other node')
    const mill = await post(one, '/services', { name: 'Mill', kind: 'business' })
    const power = await post(one, '/services', { name: 'Power', kind: 'technical' })
    const reached = async (): Promise<string> => (await get(other, `/services/${power.id}/map`)).text
    assert.doesNotMatch(await reached(), /"Mill"/)
    await post(one, '/dependencies', { service: mill.id, needs: power.id })
    await until(async () => /"Mill"/.test(await reached()), 'the connection is on the map of the other node')
  })

  it('warns of a breach once, though both look', async () => {
    const [one, other] = nodes()
    const always = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]])) // oxfmt-ignore
    const hours = await post(one, '/calendars', { name: 'Always', timeZone: 'UTC', definition: { hours: always } })
    const agreement = await post(one, '/agreements', { name: 'Quick', calendar: hours.id })
    const escalations = [{ at: 0.05, do: 'notify', to: 'assignee' }]
    const terms = { agreement: agreement.id, clock: 'resolution', workingMinutes: 1, warnAt: [0.05], escalations }
    await post(other, '/targets', terms)
    const ids: number[] = []
    for (const node of [one, other, one, other])
      ids.push((await post(node, '/incidents', { subject: 'Soon late', impact: 'team', urgency: 'high', assignee: 1 })).id) // oxfmt-ignore
    const told = (): Promise<{ on_id: number; n: number }[]> =>
      db.query("select on_id, count(*) as n from notice where on_record = 'incident' and on_id = any($1) group by on_id order by on_id", [ids]) // oxfmt-ignore
    await until(async () => (await told()).length === ids.length, 'each is warned of', MINUTE_MS)
    await sleep(1_000)
    assert.deepEqual(
      await told(),
      ids.map((on_id) => ({ on_id, n: 1 })),
    )
  })

  it('reacts once to what both write', async () => {
    const [one, other] = nodes()
    const write = async (node: Product, nth: number): Promise<void> => {
      const draft = { subject: `Both ${nth}`, impact: 'person', urgency: 'high', requester: 1 }
      const { id } = await post(node, '/incidents', draft)
      await post(node, `/incidents/${id}/resolve`, { resolution: 'Done.', closureCode: 'fixed' })
    }
    for (let nth = 0; nth < 15; nth++) await Promise.all([write(one, nth), write(other, nth)])
    const asked = (): Promise<{ n: number }[]> =>
      db.query("select count(s.incident) as n from incident i left join survey s on s.org = i.org and s.incident = i.id where i.subject like 'Both %' and s.incident is not null") // oxfmt-ignore
    await until(async () => (await asked())[0]?.n === 30, 'whoever was helped is asked')
    await caughtUp()
    await assertWhole(db)
  })

  it('hands over what a killed node was doing, within ten seconds and once', async (test) => {
    const rows = 15_000
    const id = await beginCrews(on(nodes()[0]), token, rows)
    const claim = async (): Promise<string | null> => {
      const [job] = await db.query<{ node: string }>("select output->>'node' as node from jobs.job where name = 'import' and state = 'active' and output->>'node' is not null") // oxfmt-ignore
      return job?.node ?? null
    }
    const first = await until(claim, 'a node does the import', MINUTE_MS)
    await until(async () => Number((await progress(id)).done) > 0, 'the import has written something', MINUTE_MS)
    const [dead, other] = await whoIs(first)
    const stream = await openStream(other.url, token)
    await dead.kill()
    assert.equal((await progress(id)).state, 'running', 'killed in the middle')
    // Looks, not seconds: where this process is made to wait, so is the product.
    let looks = 0
    for (let now = await claim(); now === null || now === first; now = await claim(), looks++) {
      assert.ok(looks < 100, 'nobody took over within a hundred looks, a tenth of a second apart')
      await sleep(100)
    }
    test.diagnostic(`taken over after about ${(looks / 10).toFixed(1)} s`)
    // What the dead node had written and not told yet.
    await stream.until(({ changed }) => changed === null)
    stream.close()
    await until(async () => (await progress(id)).state === 'done', 'the import is done', 3 * MINUTE_MS)
    const [count] = await db.query<{ n: number }>("select count(*) as n from team where name like 'Crew %'")
    assert.equal(count?.n, rows)
    await dead.start()
  })

  it('fires each schedule once, seals everything, and has lost nothing', async () => {
    const fired = await until(async () => {
      const found = await db.query<{ n: number }>("select count(*) as n from jobs.job where name = 'fold-tallies' and state = 'completed'") // oxfmt-ignore
      return (found[0]?.n ?? 0) >= 2 ? found : null
    }, 'a schedule of every minute has run in two minutes', 3 * MINUTE_MS) // oxfmt-ignore
    assert.ok(fired)
    // Each minute of a schedule is noted once, and becomes one job: some seconds later, so perhaps in the minute after.
    const noted = "select count(distinct s.singleton_on) from jobs.job s where s.name = '__pgboss__send-it' and s.data->>'name' = j.name" // oxfmt-ignore
    const twice = await db.query(`select j.name, count(*) as n from jobs.job j where j.name in (select name from jobs.schedule) group by 1 having count(*) > (${noted})`) // oxfmt-ignore
    assert.deepEqual(twice, [])
    await caughtUp()
    await assertWhole(db)
    const verified = nodes()[0].command(['audit', 'verify'])
    assert.equal(verified.code, 0, verified.text)
  })
})

/** Until no reaction is behind. */
function caughtUp(): Promise<unknown> {
  const behind =
    'select 1 from reaction_cursor c where exists (select 1 from journal j where (j.xid, j.id) > (c.xid, c.id))'
  return until(async () => (await db.query(behind)).length === 0, 'the reactions have caught up', 2 * MINUTE_MS)
}
async function progress(id: number): Promise<{ state: string; done: number }> {
  const [row] = await db.query<{ state: string; done: number }>("select state, progress::float8 as done from import_batch where id = $1", [id]) // oxfmt-ignore
  return row ?? { state: 'none', done: 0 }
}
/** The node of this name, and the other one: the name is that of a connection, and that has a process of ours at its end. */
async function whoIs(name: string): Promise<[Product, Product]> {
  const [connection] = await db.query<{ port: number }>('select client_port as port from pg_stat_activity where application_name = $1', [`pilothouse node ${name}`]) // oxfmt-ignore
  const [one, other] = nodes()
  assert.ok(connection)
  return one.holdsPort(connection.port) ? [one, other] : [other, one]
}

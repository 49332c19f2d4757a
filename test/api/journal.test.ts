// The journal as administrators and auditors search it: found by each part, paged by key, exported as seen, nothing hidden in it.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { JournalItem, JournalPage } from '#kit/journal-search.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

let server: TestServer
let incident = { id: 0, number: '' }
let request = ''
before(async () => {
  server = await startTestServer()
  const { agent, administrator } = server.people
  const made = await server.call('POST', '/incidents', {
    token: agent.token,
    body: { subject: 'Printer on floor two', requester: agent.id },
  })
  assert.equal(made.status, 201, made.text)
  incident = made.body as typeof incident
  for (let nth = 0; nth < 7; nth++) {
    const answer = await server.call('PATCH', `/incidents/${incident.id}`, {
      token: administrator.token,
      body: { tags: [`t${nth}`] },
      headers: { 'if-match': `"${nth + 1}"` },
    })
    assert.equal(answer.status, 200, answer.text)
    request = answer.headers.get('x-request-id') ?? ''
  }
  await server.call('PATCH', '/settings', { token: administrator.token, body: { name: 'Harbour Works AG' } })
  await server.call('POST', '/session', { body: { email: 'agent@harbour.test', password: 'wrong' } })
})
const ask = (query: string, who: keyof TestServer['people'] = 'administrator'): Promise<Answered> =>
  server.call('GET', `/journal${query}`, { token: server.people[who].token })
async function found(query: string, who?: keyof TestServer['people']): Promise<readonly JournalItem[]> {
  const answer = await ask(query, who)
  assert.equal(answer.status, 200, answer.text)
  return (answer.body as JournalPage).items
}

describe('the journal', () => {
  it('is found by person, record, kind, action, origin, request and time', async () => {
    const { agent, administrator } = server.people
    const own = await found(`?person=P-${agent.id}`)
    assert.ok(own.length > 0 && own.every(({ actor }) => actor?.id === agent.id))
    assert.equal((await found(`?person=${administrator.id}&record=${incident.number}`)).length, 7)
    assert.equal((await found(`?record=${incident.number}`)).length, 8)
    assert.ok((await found('?record=organisation')).some(({ number, changes }) => number === null && changes[0]?.to === 'Harbour Works AG')) // oxfmt-ignore
    assert.ok((await found('?action=create')).every(({ action }) => action === 'create'))
    assert.ok((await found('?origin=setup')).length > 0)
    const together = await found(`?request=${request}`)
    assert.ok(together.length > 0 && together.every((one) => one.request === request))
    assert.deepEqual(await found('?from=%2B1h'), [])
    assert.equal((await found('?from=-1h&record=incident')).length, 8)
    assert.deepEqual(await found('?before=-1h'), [])
  })

  it('tells by which token or session something was done, and its export names the last checkpoint', async () => {
    assert.match(request, /^[0-9a-f-]{36}\.token-\d+$/)
    const { token } = server.people.administrator
    const sessions = await server.call('GET', '/journal/export?action=create', { token })
    assert.equal(sessions.status, 200)
    const named = sessions.headers.get('content-disposition') ?? ''
    const [, code = ''] = /_checkpoint-(\d+-[0-9a-f]{16})\.csv"$/.exec(named) ?? []
    const [last] = await server.db.query<{ size: number; root: Buffer }>('select size, root from journal_checkpoint order by size desc limit 1') // oxfmt-ignore
    if (last === undefined) assert.match(named, /journal-[-\d]+\.csv"$/, 'nothing is sealed yet')
    else assert.match(code, /^\d+-[0-9a-f]{16}$/)
  })

  it('is newest first, and each page goes on where the last one ended', async () => {
    const whole = await found(`?record=${incident.number}`)
    assert.deepEqual(
      whole.map(({ id }) => id),
      whole
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    )
    const paged: string[] = []
    for (let after = ''; ;) {
      const { items, next } = (await ask(`?record=${incident.number}&limit=3${after}`)).body as JournalPage
      assert.ok(items.length <= 3)
      paged.push(...items.map(({ id }) => id))
      if (next === null) break
      after = `&after=${next}`
    }
    assert.deepEqual(
      paged,
      whole.map(({ id }) => id),
    )
  })

  it('says what is not understood', async () => {
    for (const query of ['?person=INC-1', '?record=a;b', '?origin=moon', '?from=someday', '?after=x', '?limit=201'])
      assert.equal((await ask(query)).status, 400, query)
  })

  it('is closed to everybody else, and empty for another organisation', async () => {
    for (const who of ['manager', 'agent', 'requester'] as const) {
      assert.equal((await ask('', who)).status, 403, who)
      assert.equal((await ask('/export', who)).status, 403, who)
    }
    assert.deepEqual(await found(`?record=${incident.number}`, 'outsider'), [])
    assert.ok((await found('', 'outsider')).every(({ actor }) => actor === null || actor.title.endsWith('of 2')))
  })

  it('leaves out what an auditor may not see', async () => {
    assert.ok((await found('?record=signIn')).length > 0)
    assert.deepEqual(await found('?record=signIn', 'auditor'), [])
    const said = { title: 'Sturdy words of the author', owner: server.people.agent.id }
    const view = await server.call('POST', '/savedviews', {
      token: server.people.agent.token,
      body: { name: said.title, record: 'incident', query: 'status:new' },
    })
    assert.equal(view.status, 201, view.text)
    const { id } = view.body as { id: number }
    assert.equal((await server.call('GET', `/savedviews/${id}`, { token: server.people.auditor.token })).status, 404)
    assert.ok(!(await ask('?limit=200', 'auditor')).text.includes(said.title))
    assert.ok(!(await ask('/export?format=jsonl', 'auditor')).text.includes(said.title))
    assert.equal((await found(`?record=${incident.number}`, 'auditor')).length, 8)
  })

  it('is exported as exactly what was found, and each entry has its proof', async () => {
    const query = `record=${incident.number}&action=change`
    const items = await found(`?${query}`)
    assert.equal(items.length, 7)
    const lines = (await ask(`/export?format=jsonl&${query}`)).text.trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as JournalItem).id),
      items.map(({ id }) => id),
    )
    assert.deepEqual((JSON.parse(lines[0] ?? '') as JournalItem).changes, items[0]?.changes)
    const csv = await ask(`/export?${query}`)
    assert.match(csv.headers.get('content-disposition') ?? '', /filename="journal-.*\.csv"/)
    assert.equal(csv.text.trimEnd().split('\r\n').length, 8)
    const proof = await ask(`/${items[0]?.id}/proof`)
    assert.ok(proof.status === 200 || proof.status === 409, proof.text) // 409: not sealed yet, in words
  })
})

describe('a long journal', () => {
  it('answers every kind of search by an index, without looking at all of it', { timeout: 120_000 }, async () => {
    await server.db
      .query(`insert into journal (id, org, at, occurred_at, actor, request, record, record_id, action, changes, origin, leaf)
      select (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid,
        1, t, t, 1 + n % 500, 'r' || n, case when n % 20000 = 0 then 'team' else 'incident' end, n, case when n % 30000 = 0 then 'close' else 'change' end, '{}', case when n % 40000 = 0 then 'cli' else 'web' end, ''
      from (select n, now() - interval '1 hour' + n * interval '1 millisecond' as t from generate_series(1, 120000) n) s`)
    await server.db.query('analyze journal')
    for (const query of [
      '',
      '?person=499',
      '?person=77777',
      '?action=close',
      '?action=nothing',
      '?origin=cli',
      '?origin=scim',
      '?request=r77',
      '?record=INC-77',
      '?record=team',
      '?record=nothing',
      '?record=incident&person=3&action=close',
      '?from=-3h&before=-2h',
    ]) {
      await ask(query)
      const best = await quickest(() => ask(query))
      // A busy machine answers everything late: a request that reads one row says how late.
      const me = await quickest(() => server.call('GET', '/me', { token: server.people.administrator.token }))
      console.log(`journal${query}: ${best.toFixed(0)} ms, beside ${me.toFixed(0)} ms for one row`)
      assert.ok(best < Math.max(150, 20 * me), `${query} took ${best} ms`)
    }
  })
})

/** Of five times, in ms. */
async function quickest(work: () => Promise<{ took: number }>): Promise<number> {
  const times: number[] = []
  for (let nth = 0; nth < 5; nth++) times.push((await work()).took)
  return Math.min(...times)
}

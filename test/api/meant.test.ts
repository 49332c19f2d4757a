// Words that nothing has are answered with like ones that something has, in lists and in the search, where trigrams exist.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { HealthItem } from '#kit/routes/admin.ts'
import { keepVocabulary } from '#kit/vocabulary.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

let server: TestServer
const SUBJECTS = [
  'The printer in hall 1 is jammed',
  'Printer without toner',
  'Painter needs access',
  'The printer of the crane',
  'Zugang für die Küchenleitung',
  'Wi-Fi away in the canteen',
  'Exchange mailbox full',
  'Network of hall 3 down',
]
const later = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()
const count = (minutes: number): Promise<number> =>
  keepVocabulary(server.db, server.store.catalogue.records, later(minutes))

before(async () => {
  server = await startTestServer()
  for (const subject of SUBJECTS) {
    const made = await server.call('POST', '/incidents', {
      token: server.people.manager.token,
      body: { subject, requester: 'me' },
    })
    assert.equal(made.status, 201, made.text)
  }
  assert.equal(await count(0), 2)
})
const get = (path: string): Promise<Answered> => server.call('GET', path, { token: server.people.agent.token })
const listed = async (q: string, more = ''): Promise<unknown> => {
  const answer = await get(`/incidents?meant=true${more}&q=${encodeURIComponent(q)}`)
  assert.equal(answer.status, 200, answer.text)
  return (answer.body as { meant?: unknown }).meant
}

describe('what mistyped words meant', () => {
  const cases: [q: string, meant: string | null | undefined][] = [
    ['pritner', 'printer'],
    ['Pritner ', 'printer'],
    ['prnter', 'printer'],
    ['rpinter', 'printer'],
    ['pprinter', 'printer'],
    ['hall pritner', 'hall printer'],
    ['prnter jamed', 'printer jammed'],
    ['pritner 1', 'printer 1'],
    ['exhcange', 'exchange'],
    ['netwrok hall', 'network hall'],
    ['kuchenlietung', 'küchenleitung'],
    ['Küchenlietung', 'küchenleitung'],
    ['canteeen wifi', 'canteen wifi'],
    ['quittenmarmelade', null],
    ['xy', null],
    ['INC-99999', null],
    ['????', null],
    ["' & | ! ( ) :* <->", null],
    ['one two three four five six sevven eight', null],
    // What is there is not questioned.
    ['printer', undefined],
    ['hall prin', undefined],
  ]
  for (const [q, expected] of cases)
    it(`"${q}": ${String(expected)}`, async () => assert.equal(await listed(q), expected))

  it('holds within the rest of the view', async () => {
    assert.equal(await listed('pritner', `&filter=${encodeURIComponent('status:new')}`), 'printer')
    assert.equal(await listed('pritner', `&filter=${encodeURIComponent('status:closed')}`), null)
    assert.equal(await listed('pritner', '&binned=true'), null)
  })
  it('is answered only to who asks for it, and on the first page', async () => {
    const plain = await get('/incidents?q=pritner')
    assert.deepEqual(plain.body, { items: [], next: null })
    assert.equal(await listed('', ''), undefined)
  })
  it('is answered by the search over everything', async () => {
    const searched = async (q: string): Promise<unknown> => {
      const answer = await get(`/search?q=${encodeURIComponent(q)}`)
      const { items, meant } = answer.body as { items: unknown[]; meant: unknown }
      return [items.length > 0, meant]
    }
    assert.deepEqual(await searched('pritner'), [false, 'printer'])
    assert.deepEqual(await searched('administrtor'), [false, null], 'no such word is anywhere')
    assert.deepEqual(await searched('requestr of'), [false, 'requester of'])
    assert.deepEqual(await searched('printer'), [true, null])
    assert.deepEqual(await searched(''), [false, null])
  })
  it('forgets words that are gone', async () => {
    const made = await server.call('POST', '/incidents', {
      token: server.people.manager.token,
      body: { subject: 'Gyroscope', requester: 'me' },
    })
    const { id } = made.body as { id: number }
    assert.equal(await listed('gyrosocpe'), null, 'not counted yet')
    assert.equal(await count(30), 0, 'an hour has not passed')
    assert.equal(await count(61), 2)
    assert.equal(await listed('gyrosocpe'), 'gyroscope')
    await server.call('PATCH', `/incidents/${id}`, {
      token: server.people.manager.token,
      body: { subject: 'Compass' },
      headers: { 'if-match': '"1"' },
    })
    assert.equal(await listed('gyrosocpe'), null, 'nothing holds it now')
    await count(122)
    assert.deepEqual(await server.db.query(`select word from vocabulary_search where word = 'gyroscope'`), [])
  })
  it('needs trigrams: without them there are no proposals, and the health page says why', async () => {
    const search = async (): Promise<HealthItem | undefined> => {
      const answer = await server.call('GET', '/admin/health', { token: server.people.administrator.token })
      return (answer.body as { items: HealthItem[] }).items.find(({ name }) => name === 'Search')
    }
    assert.equal((await search())?.state, 'good')
    await server.db.query('drop extension pg_trgm cascade')
    assert.equal(await listed('pritner'), null)
    const item = await search()
    assert.equal(item?.state, 'warn')
    assert.match(item?.todo ?? '', /create extension pg_trgm/)
    // The next look of the background job finds that it may have them again.
    assert.equal(await count(183), 2)
    assert.equal(await listed('pritner'), 'printer')
    assert.equal((await search())?.state, 'good')
  })
})

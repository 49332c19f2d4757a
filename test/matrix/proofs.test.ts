// The proof of an entry is given to exactly those who find that entry in the journal: one rule for both.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { choice, optional, person, text } from '#kit/field.ts'
import type { JournalPage } from '#kit/journal-search.ts'
import type { AnyRow } from '#kit/record.ts'
import { record } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

const of = (name: string, confidentiality: 'C1' | 'C2' | 'C4' | 'C5'): ReturnType<typeof record> =>
  record(name, {
    about: 'A record of the test.',
    number: name.toUpperCase(),
    fields: {
      name: text(),
      grade: optional(choice(['low', 'high'], { confidentiality: confidentiality === 'C1' ? 'C2' : confidentiality })),
      reader: optional(person()),
    },
    list: ['name'],
    confidentiality,
    scope: 'shared',
    can: {
      read: ['manager', 'agent', 'auditor', 'field:reader'],
      create: ['manager', 'agent'],
      update: ['manager', 'agent'],
    },
  })
const KINDS = [of('plain', 'C1'), of('appraisal', 'C2'), of('panel', 'C4'), of('casefile', 'C5')]
let server: TestServer
const made = new Map<string, AnyRow>()

before(async () => {
  server = await startTestServer({ records: KINDS, isWorker: true })
  for (const kind of KINDS)
    for (const grade of [null, 'low'])
      made.set(`${kind.name}/${grade}`, await server.store.create(system(1, 'proofs', 'setup'), kind, { name: 'zzproof', grade })) // oxfmt-ignore
  await server.call('POST', '/session', { body: { email: 'agent@harbour.test', password: 'wrong' } })
  await server.call('PATCH', '/settings', { token: server.people.administrator.token, body: { name: 'Harbour Works AG' } }) // oxfmt-ignore
  await server.call('POST', '/savedviews', { token: server.people.manager.token, body: { name: 'Mine', record: 'incident', query: 'filter=status:new', audience: 'me' } }) // oxfmt-ignore
  // Sealed to its end: nothing is without a leaf.
  for (const until = Date.now() + 120_000; ; await new Promise((next) => setTimeout(next, 100))) {
    const left = await run<{ n: number }>(server.db, sql`select count(*) as n from journal j where j.org = 1 and not exists (select from journal_leaf l join journal_checkpoint c on c.size > l.index where l.org = j.org and l.entry = j.id)`) // oxfmt-ignore
    if (left[0]?.n === 0) break
    assert.ok(Date.now() < until, `${left[0]?.n} entries are not sealed`)
  }
})
interface Entry {
  readonly id: string
  readonly record: string
  readonly record_id: number
  readonly changes: Readonly<Record<string, unknown>>
}
const entries = (): Promise<Entry[]> =>
  run<Entry>(server.db, sql`select id::text, record, record_id, changes from journal where org = 1 order by id`)
const proves = async (who: Who, id: string): Promise<boolean> => {
  const { status, text: said } = await server.call('GET', `/journal/${id}/proof`, { token: server.people[who].token })
  assert.ok(status === 200 || status === 404, said)
  return status === 200
}
async function finds(who: Who): Promise<Set<string>> {
  const found = new Set<string>()
  for (let after = ''; ;) {
    const { items, next } = (await server.call('GET', `/journal?limit=200${after}`, { token: server.people[who].token })).body as JournalPage // oxfmt-ignore
    for (const { id } of items) found.add(id)
    if (next === null) return found
    after = `&after=${next}`
  }
}

describe('the proof of an entry', () => {
  it('is given to administrators and auditors for what they find in the journal, and for nothing else', async () => {
    for (const who of ['administrator', 'auditor'] as const) {
      const found = await finds(who)
      const hidden: string[] = []
      for (const entry of await entries()) {
        const isProven = await proves(who, entry.id)
        if (isProven) assert.ok(found.has(entry.id), `${who} proves ${entry.record} and does not find it`)
        if (isProven !== found.has(entry.id)) hidden.push(`${entry.record} with ${Object.keys(entry.changes).join()}`)
        else if (!isProven) hidden.push(entry.record)
      }
      const kinds = new Set(hidden.map((one) => one.split(' ')[0]))
      assert.ok(kinds.has('casefile') && kinds.has('savedView'), [...kinds].join())
      for (const name of ['appraisal', 'panel', 'signIn']) assert.equal(kinds.has(name), who === 'auditor', `${who}: ${name}`) // oxfmt-ignore
    }
  })
  it('is of the whole entry: none where a field of it is above the reader', async () => {
    const [bare, graded] = [made.get('plain/null'), made.get('plain/low')].map((row) => row?.id)
    const all = await entries()
    const entry = (id: number | undefined): string =>
      all.find((one) => one.record === 'plain' && one.record_id === id)?.id ?? assert.fail()
    for (const [who, wanted] of [
      ['administrator', true],
      ['manager', true],
      ['auditor', false],
      ['agent', false],
      ['bystander', false],
    ] as const) {
      // oxfmt-ignore
      assert.equal(await proves(who, entry(graded)), wanted, who)
      assert.equal(await proves(who, entry(bare)), who !== 'bystander', who)
    }
  })
  it('is given to others for the history that they read, and never for what is no record', async () => {
    const all = await entries()
    for (const who of ['agent', 'manager', 'requester'] as const)
      for (const entry of all.filter((one) => !server.store.catalogue.records.some(({ name }) => name === one.record)))
        assert.equal(await proves(who, entry.id), false, `${who}: ${entry.record}`)
    assert.equal(await proves('outsider', all[0]?.id ?? ''), false)
  })
})

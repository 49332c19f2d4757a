// A new kind of record costs one file: this one. Declared here, it is driven through every door without another line.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { AnyRow, Draft, Row } from '#kit/record.ts'
import { loan } from '../setup/loan.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { ok, refusal } from './walk.ts'

/** The types follow the declaration as well: these lines compile, or the test does not. */
interface LoanRow extends Row<typeof loan> {}
const typed = (row: LoanRow): [string, 'new' | 'used' | 'worn', number | null] => [
  row.item,
  row.condition,
  row.deposit?.minor ?? null,
]
const draft: Draft<typeof loan> = {
  item: 'Projector',
  condition: 'new',
  deposit: { minor: 5000, currency: 'EUR' },
  witnesses: [1],
}

let server: TestServer
const send = (
  method: string,
  path: string,
  body?: unknown,
  more: { rev?: number; as?: 'agent' | 'requester' | 'bystander' | 'manager' } = {},
) =>
  server.call(method, path, {
    token: server.people[more.as ?? 'agent'].token,
    body,
    headers: more.rev === undefined ? {} : { 'if-match': `"${more.rev}"` },
  })
before(async () => {
  server = await startTestServer({ records: [loan], isWorker: true })
})

describe('a new kind of record', () => {
  it('has a table, checks and a history through the store', async () => {
    const { store } = server
    const row = await store.create(system(1, 'store'), loan, draft)
    assert.deepEqual(typed((await store.get(system(1, 'store'), loan, row.id)) as unknown as LoanRow), [
      'Projector',
      'new',
      5000,
    ]) // the row of a record that the store does not know by type
  })

  it('has REST with revisions, moves, reasons and its own errors', async () => {
    const made = ok(
      await send('POST', '/loans', {
        item: 'Camera',
        deposit: { minor: 9900, currency: 'EUR' },
        effort: 15,
        address: '10.0.0.1/8',
        checklist: ['strap', 'lens'],
        weight: 1.5,
        fragile: true,
        seenAt: '2026-11-01T08:00:00.000Z',
        contact: 'store@example.org',
        manual: 'https://example.org/camera',
        tags: ['optics'],
        note: '# Care',
      }),
      201,
    )
    assert.equal(made.number, `LOAN-${made.id}`)
    assert.partialDeepStrictEqual(made, {
      weight: 1.5,
      fragile: true,
      seenAt: '2026-11-01T08:00:00.000Z',
      contact: 'store@example.org',
      manual: 'https://example.org/camera',
      tags: ['optics'],
    })
    assert.deepEqual(refusal(await send('POST', `/loans/${made.id}/lend`, {}), 422), ['/borrower', '/dueOn'])
    const { requester } = server.people
    const lent = ok(
      await send('POST', `/loans/${made.id}/lend`, { borrower: requester.id, dueOn: '2027-01-31' }, { rev: made.rev }),
    )
    assert.deepEqual([lent['status'], (lent['borrower'] as { title: string }).title], ['lent', 'requester of 1'])
    assert.equal(ok(await send('GET', `/loans/${made.number}`, undefined, { as: 'requester' })).id, made.id)
    refusal(await send('GET', `/loans/${made.id}`, undefined, { as: 'bystander' }), 404)
    refusal(await send('PATCH', `/loans/${made.id}`, { item: 'x' }, { as: 'requester', rev: lent.rev }), 403)
    const worn = ok(await send('PATCH', `/loans/${made.id}`, { condition: 'worn' }, { rev: lent.rev }))
    const refused = await send('POST', `/loans/${made.id}/giveBack`, {}, { as: 'requester' })
    refusal(refused, 409)
    assert.match(refused.text, /Have it mended first/)
    ok(await send('PATCH', `/loans/${made.id}`, { condition: 'used' }, { rev: worn.rev }))
    const back = ok(
      await send('POST', `/loans/${made.id}/giveBack`, { note: 'Thanks', reason: 'Done with it' }, { as: 'requester' }),
    )
    assert.deepEqual([back['status'], back['returnedOn']], ['returned', new Date().toISOString().slice(0, 10)])
    refusal(await send('POST', '/loans', { item: 'Camera' }), 409)
    ok(await send('POST', `/loans/${made.id}/comments`, { body: 'Well kept' }), 201)
    const timeline = ok(await send('GET', `/loans/${made.id}/timeline`)) as unknown as { items: { kind: string }[] }
    assert.deepEqual(new Set(timeline.items.map(({ kind }) => kind)), new Set(['change', 'comment']))
  })

  it('is in the API document', async () => {
    const document = ok(await server.call('GET', '/openapi.json')) as unknown as {
      paths: Record<string, object>
      components: { schemas: Record<string, { properties: object; required?: string[] }> }
    }
    for (const path of [
      '/api/v1/loans',
      '/api/v1/loans/{id}',
      '/api/v1/loans/{id}/lend',
      '/api/v1/loans/{id}/giveBack',
      '/api/v1/loans/{id}/history',
      '/api/v1/loans/bulk',
      '/api/v1/loans/groups',
    ])
      assert.ok(path in document.paths, path)
    const { Loan: row, LoanDraft: drafted } = document.components.schemas
    assert.ok(row !== undefined && 'returnedOn' in row.properties)
    assert.deepEqual(drafted?.required, ['item'])
    assert.ok(drafted !== undefined && !('returnedOn' in drafted.properties) && !('status' in drafted.properties))
  })

  it('gives screens what they draw', async () => {
    const { records } = ok(await send('GET', '/records')) as unknown as {
      records: (Record<string, unknown> & {
        name: string
        fields: { name: string; kind: string; label: string }[]
        workflow: { states: unknown[]; moves: { name: string }[] }
      })[]
    }
    const info = records.find(({ name }) => name === 'loan')
    assert.partialDeepStrictEqual(info, {
      plural: 'loans',
      label: 'Loan',
      labelPlural: 'Loans',
      prefix: 'LOAN',
      place: 'estate',
      title: 'item',
      list: ['item', 'status', 'borrower', 'dueOn'],
      views: [{ name: 'out' }],
      can: { create: true, update: true, bin: true, import: true, export: true },
    })
    assert.deepEqual(info?.workflow.states, [
      { value: 'asked', label: 'Asked' },
      { value: 'lent', label: 'Lent out', tone: 'warn' },
      { value: 'returned', label: 'Returned' },
    ])
    assert.deepEqual(
      info?.workflow.moves.map(({ name }) => name),
      ['lend', 'giveBack'],
    )
    assert.equal(info?.fields.find(({ name }) => name === 'dueOn')?.label, 'Due')
  })

  it('is listed, filtered, sorted, grouped, counted and found', async () => {
    for (const item of ['Ladder', 'Drill'])
      ok(await send('POST', '/loans', { item, dueOn: item === 'Drill' ? '2027-02-01' : '2027-03-01' }), 201)
    const items = async (query: string): Promise<unknown[]> =>
      (ok(await send('GET', `/loans?${query}`)) as unknown as { items: AnyRow[] }).items.map((row) => row['item'])
    assert.deepEqual(await items('filter=status:asked dueOn>=2027-01-01&sort=dueOn'), ['Drill', 'Ladder'])
    assert.deepEqual(await items('q=ladd'), ['Ladder'])
    const groups = ok(await send('GET', '/loans/groups?by=status')) as unknown as {
      items: { keys: string[]; count: number }[]
    }
    assert.deepEqual(Object.fromEntries(groups.items.map(({ keys, count }) => [keys[0], count])), {
      asked: 3,
      returned: 1,
    })
    const hits = ok(await send('GET', '/search?q=drill')) as unknown as { items: { record: string; title: string }[] }
    assert.ok(hits.items.some((hit) => hit.record === 'loan' && hit.title === 'Drill'))
  })

  it('is imported from a file, exported again, and the import is undone', async () => {
    const csv =
      'Thing;Condition;Borrower;Due;Note\r\nTent;new;bystander of 1;31.12.2027;"two\nlines"\r\nSaw;worn;;01.01.2028;\r\n'
    const form = new FormData()
    form.append('record', 'loan')
    form.append('file', new Blob([csv]), 'loans.csv')
    const batch = ok(
      await server.call('POST', '/imports', { token: server.people.manager.token, body: form }),
      201,
    ) as unknown as { id: number; state: string; mapping: unknown }
    await advance(batch.id, 'run', 'done')
    const list = ok(
      await send('GET', '/loans?filter=item:Tent,Saw&sort=item&fields=item,condition,borrower,dueOn,note'),
    ) as unknown as { items: AnyRow[] }
    assert.deepEqual(
      list.items.map((row) => [
        row['item'],
        row['condition'],
        (row['borrower'] as { title: string } | null)?.title ?? null,
        row['dueOn'],
        row['note'],
      ]),
      [
        ['Saw', 'worn', null, '2028-01-01', null],
        ['Tent', 'new', 'bystander of 1', '2027-12-31', 'two\nlines'],
      ],
    )
    const exported = await send('GET', '/loans/export?format=csv&filter=item:Tent,Saw&sort=item')
    assert.match(exported.text, /Saw[\s\S]*Tent/)
    await advance(batch.id, 'undo', 'undone')
    assert.deepEqual((ok(await send('GET', '/loans?filter=item:Tent,Saw')) as unknown as { items: AnyRow[] }).items, [])
  })

  it('is undone', async () => {
    const answer = await send('POST', '/loans', { item: 'Mistake' })
    ok(await send('POST', '/undo', { request: answer.headers.get('x-request-id') }))
    assert.deepEqual((ok(await send('GET', '/loans?filter=item:Mistake')) as unknown as { items: AnyRow[] }).items, [])
  })
})

async function advance(id: number, deed: string, aim: string): Promise<void> {
  const { token } = server.people.manager
  const begun = await server.call('POST', `/imports/${id}/${deed}`, { token, body: {} })
  assert.equal(begun.status, 202, begun.text)
  let state: { state: string; problems: unknown; because: unknown } = { state: '', problems: [], because: null }
  for (let round = 0; round < 400 && state.state !== aim && state.state !== 'failed'; round++) {
    await new Promise((done) => setTimeout(done, 50))
    state = ok(await server.call('GET', `/imports/${id}`, { token })) as unknown as typeof state
  }
  assert.equal(state.state, aim, JSON.stringify(state))
}

// Added fields above what somebody reads: they do not exist for them, by no door, and no order, count or search tells a value.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { text } from '#kit/field.ts'
import type { AnyRow } from '#kit/record.ts'
import { record } from '#kit/record.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

const HIDDEN = 'zzhiddenzz'
const thing = record('addedThing', {
  about: 'A record of the test, to which an administrator adds fields.',
  number: 'ADT',
  fields: { name: text() },
  list: ['name'],
  scope: 'shared',
  can: { read: ['manager', 'agent'], create: ['manager', 'agent'], update: ['manager', 'agent'] },
})
let server: TestServer
let row: AnyRow
const send = (who: Who, method: string, path: string, body?: unknown, rev?: number): Promise<Answered> =>
  server.call(method, path, {
    token: server.people[who].token,
    body,
    headers: rev === undefined ? {} : { 'if-match': `"${rev}"` },
  })
const good = async (answer: Promise<Answered>): Promise<AnyRow> => {
  const { status, body, text: said } = await answer
  assert.ok(status < 300, said)
  return body as AnyRow
}
const isThere = async (holds: () => boolean): Promise<void> => {
  for (let left = 1200; !holds(); left--) {
    assert.ok(left > 0, 'the catalogue does not follow')
    await sleep(50)
  }
}
const fields = () => server.store.catalogue.customFields(1, 'addedThing')

describe('an added field above what somebody reads', () => {
  before(async () => {
    server = await startTestServer({ records: [thing], isWorker: true })
    for (const [name, kind, confidentiality] of [['judgement', 'text', 'C2'], ['salary', 'money', 'C2'], ['panel', 'number', 'C4'], ['shelf', 'text', 'C1']]) // oxfmt-ignore
      await good(send('administrator', 'POST', '/customfields', { record: 'addedThing', label: name, name, kind, confidentiality, listed: true })) // oxfmt-ignore
    await isThere(() => Object.keys(fields()).length === 4)
    const custom = { judgement: HIDDEN, salary: { minor: 777_123, currency: 'EUR' }, panel: 31_337, shelf: 'open' }
    row = await good(send('administrator', 'POST', '/addedthings', { name: 'One', custom }))
    await good(send('administrator', 'POST', '/addedthings', { name: 'Two', custom: { ...custom, judgement: 'aa' } }))
  })
  const secrets = new RegExp(`${HIDDEN}|judgement|salary|panel|777123|31337`, 'i')

  it('is in no row, list, history, export or description for those below', async () => {
    const doors = ['', '?fields=name,custom', `/${row.id}`, `/${row.id}/history`, `/${row.id}/timeline`, '/export?format=jsonl', '/export?format=csv'] // oxfmt-ignore
    for (const door of doors) {
      const answer = await send('agent', 'GET', `/addedthings${door}`)
      assert.equal(answer.status, 200, `${door}: ${answer.text}`)
      assert.doesNotMatch(answer.text, secrets, door)
    }
    for (const door of ['', `/${row.id}`, `/${row.id}/history`, '/export?format=jsonl'])
      assert.match((await send('agent', 'GET', `/addedthings${door}`)).text, /shelf/i, door)
    const { records } = (await send('agent', 'GET', '/records')).body as { records: { name: string }[] }
    assert.doesNotMatch(JSON.stringify(records.find(({ name }) => name === 'addedThing')), secrets)
  })

  it('is shown to those whose role reads its class, and no further', async () => {
    const seen = await good(send('manager', 'GET', `/addedthings/${row.id}`))
    assert.deepEqual(Object.keys(seen.custom).sort(), ['judgement', 'salary', 'shelf'])
    const all = await good(send('administrator', 'GET', `/addedthings/${row.id}`))
    assert.equal(all.custom['panel'], 31_337)
  })

  it('answers a filter, an order, a group or a column of it as a field that does not exist', async () => {
    for (const name of ['judgement', 'custom.judgement', 'salary', 'panel', 'custom.panel'])
      for (const question of [
        `?filter=${name}:any`,
        `?sort=${name}`,
        `?sort=-${name}`,
        `/groups?by=${name}`,
        `?fields=${name}`,
        `/export?fields=${name}`,
        `/export?sort=${name}`,
      ]) {
        // oxfmt-ignore
        const answer = await send('agent', 'GET', `/addedthings${question}`)
        assert.equal(answer.status, 400, `${question}: ${answer.text}`)
        assert.doesNotMatch(answer.text, /Did you mean (judgement|salary|panel)/)
        const { text: said } = await send('agent', 'GET', `/addedthings${question.replace(name, 'nonsense')}`)
        assert.equal(detail(answer.text).replaceAll(name, 'X'), detail(said).replaceAll('nonsense', 'X'), question)
      }
    for (const question of [
      '?filter=judgement~zz',
      '?sort=-judgement',
      '/groups?by=judgement',
      '/export?fields=judgement',
    ])
      assert.equal((await send('manager', 'GET', `/addedthings${question}`)).status, 200, question)
    assert.equal((await send('manager', 'GET', '/addedthings?sort=panel')).status, 400)
  })

  it('is not found by words', async () => {
    for (const who of ['agent', 'manager', 'administrator'] as const) {
      const { items } = await good(send(who, 'GET', `/addedthings?q=${HIDDEN}`)) as unknown as { items: AnyRow[] } // oxfmt-ignore
      assert.deepEqual(items, [], who)
      assert.doesNotMatch((await send(who, 'GET', `/search?q=${HIDDEN}`)).text, /"ADT-/)
    }
  })

  it('takes no value, one by one or in bulk, and keeps the one that is there through the changes of others', async () => {
    const custom = { judgement: 'mine' }
    const refused = await send('agent', 'PATCH', `/addedthings/${row.id}`, { custom }, row.rev)
    assert.equal(refused.status, 422, refused.text)
    assert.equal((await send('agent', 'POST', '/addedthings', { name: 'New', custom })).status, 422)
    const bulk = (await send('agent', 'POST', '/addedthings/bulk', { ids: [row.id], change: { custom } })).body
    assert.equal((bulk as { done: number }).done, 0)
    const changed = await send('agent', 'PATCH', `/addedthings/${row.id}`, { custom: { shelf: 'closed' } }, row.rev)
    assert.equal(changed.status, 200, changed.text)
    assert.doesNotMatch(changed.text, secrets)
    const stale = await send('agent', 'PATCH', `/addedthings/${row.id}`, { name: 'Late' }, row.rev)
    assert.equal(stale.status, 412)
    assert.doesNotMatch(stale.text, secrets)
    const whole = await good(send('administrator', 'GET', `/addedthings/${row.id}`))
    assert.deepEqual([whole.custom['judgement'], whole.custom['panel'], whole.custom['shelf']], [HIDDEN, 31_337, 'closed']) // oxfmt-ignore
  })

  it('is proved to nobody who may not read all of the entry', async () => {
    const { items } = (await send('administrator', 'GET', `/addedthings/${row.id}/history`)).body as {
      items: { id: string; action: string }[]
    }
    const made = items.find(({ action }) => action === 'create')
    const ask = (who: Who): Promise<Answered> => send(who, 'GET', `/journal/${made?.id}/proof`)
    for (let left = 240; (await ask('administrator')).status === 409; left--) {
      assert.ok(left > 0, 'the entry is never sealed')
      await sleep(250)
    }
    assert.deepEqual([(await ask('administrator')).status, (await ask('agent')).status], [200, 404])
  })

  it('is named on the page that says what somebody may see, to those who explain it, and to nobody below', async () => {
    const hiddenFrom = async (who: Who, asked: Who): Promise<string[]> => {
      const answer = await send(asked, 'GET', `/access/persons/${server.people[who].id}`)
      const { records } = answer.body as { records: { record: string; hidden: string[] }[] }
      return records.find(({ record: name }) => name === 'addedThing')?.hidden ?? []
    }
    assert.deepEqual(await hiddenFrom('agent', 'administrator'), ['judgement', 'salary', 'panel'])
    assert.deepEqual(await hiddenFrom('manager', 'administrator'), ['panel'])
    assert.deepEqual(await hiddenFrom('administrator', 'administrator'), [])
    assert.deepEqual(await hiddenFrom('agent', 'agent'), [])
  })

  it('stays as secret when it lies in the bin', async () => {
    const found = (await send('administrator', 'GET', '/customfields?filter=record:addedThing name:judgement')).body
    const [field] = (found as { items: AnyRow[] }).items
    assert.equal((await send('administrator', 'DELETE', `/customfields/${field?.id}`)).status, 204)
    await isThere(() => fields()['judgement'] === undefined)
    for (const door of ['', `/${row.id}`, `/${row.id}/history`, '/export?format=jsonl'])
      assert.doesNotMatch((await send('agent', 'GET', `/addedthings${door}`)).text, secrets, door)
    assert.match((await send('manager', 'GET', `/addedthings/${row.id}/history`)).text, new RegExp(HIDDEN))
  })

  it('keeps its values to itself when another field of its name is added', async () => {
    const again = { record: 'addedThing', label: 'Judgement', name: 'judgement', kind: 'text' }
    const open = await send('administrator', 'POST', '/customfields', { ...again, confidentiality: 'C1' })
    assert.equal(open.status, 422, open.text)
    assert.match(open.text, /Values of FLD-\d+ are kept under \\"judgement\\", and are more secret \(C2\)/)
    assert.equal((await send('administrator', 'POST', '/customfields', { ...again, confidentiality: 'C2' })).status, 201) // oxfmt-ignore
  })
})
function detail(said: string): string {
  return String((JSON.parse(said) as { detail: string }).detail).replace(/ Did you mean .*/, '')
}

// A field that was added a moment ago: whoever got the answer may write into it at once, at the node that answered and at any other.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { allRules, newCatalogue } from '#app'
import { system } from '#kit/actor.ts'
import { Refusal } from '#kit/problem.ts'
import { Store } from '#kit/store.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const times = 20
let server: TestServer
let service: { id: number; rev: number }

const call = async (
  method: 'POST' | 'PATCH',
  path: string,
  body: object,
  rev?: number,
): Promise<{ status: number; text: string; body: { id: number; rev: number } }> => {
  const headers: Record<string, string> = rev === undefined ? {} : { 'if-match': `"${rev}"` }
  const answer = await server.call(method, path, { token: server.people.administrator.token, body, headers })
  return answer as { status: number; text: string; body: { id: number; rev: number } }
}
const add = async (name: string): Promise<void> => {
  const made = await call('POST', '/customfields', { record: 'service', name, label: name, kind: 'number' })
  assert.equal(made.status, 201, made.text)
}

describe('an added field', () => {
  before(async () => {
    server = await startTestServer()
    const made = await call('POST', '/services', { name: 'The mill', kind: 'technical' })
    assert.equal(made.status, 201, made.text)
    service = made.body
  })

  it(`takes a value the moment after it was added, ${times} times of ${times}`, async () => {
    for (let n = 1; n <= times; n++) {
      await add(`extra${n}`)
      const written = await call('PATCH', `/services/${service.id}`, { custom: { [`extra${n}`]: n } }, service.rev)
      assert.equal(written.status, 200, `${n}: ${written.text}`)
      service = written.body
    }
  })

  it('is looked up once by another node that has not heard of it yet', async () => {
    await add('elsewhere')
    const { db } = server
    // A node that hears of nothing: its catalogue is empty.
    const node = new Store({ db, catalogue: newCatalogue(), now: () => new Date().toISOString(), rules: allRules(), onCommit: () => {} }) // oxfmt-ignore
    const root = system(1, 'another-node')
    const kind = node.catalogue.get('service')
    const row = await node.change(root, kind, { id: service.id, rev: null }, { custom: { elsewhere: 7 } })
    assert.equal(row.custom['elsewhere'], 7)
    await assert.rejects(
      node.change(root, kind, { id: service.id, rev: null }, { custom: { nowhere: 7 } }),
      (error) => error instanceof Refusal && error.status === 422,
    )
  })

  it('is refused again at once when it lies in the bin', async () => {
    const made = await call('POST', '/customfields', {
      record: 'service',
      name: 'brief',
      label: 'Brief',
      kind: 'number',
    })
    const gone = await server.call('DELETE', `/customfields/${made.body.id}`, { token: server.people.administrator.token }) // oxfmt-ignore
    assert.equal(gone.status, 204, gone.text)
    const { rev } = (await server.call('GET', `/services/${service.id}`, { token: server.people.administrator.token })).body as { rev: number } // oxfmt-ignore
    assert.equal((await call('PATCH', `/services/${service.id}`, { custom: { brief: 1 } }, rev)).status, 422)
  })
})

// Files in fields: who may put which content where, who opens it, what happens to it when it is replaced or removed.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { recordsAbout, signInOf } from '#kit/access-package/gather.ts'
import { system } from '#kit/actor.ts'
import { attachment, optional, person, text } from '#kit/field.ts'
import { forgetUploads } from '#kit/kept-files.ts'
import { removeLostFiles } from '#kit/retention/lost-files.ts'
import { purge } from '#kit/retention/purge.ts'
import type { AnyRow } from '#kit/record.ts'
import { record } from '#kit/record.ts'
import { openSession } from '#kit/sign-in.ts'
import { sessionCookieName } from '#kit/sign-in/cookie.ts'
import { makeWordsAgain } from '#kit/words-again.ts'
import { openFiles } from '#platform/files.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

const deed = record('deed', {
  about: 'A paper of the test.',
  number: 'DEED',
  fields: {
    name: text(),
    keeper: optional(person()),
    paper: optional(attachment({ accept: ['application/pdf', 'text/plain'], mostBytes: 60 })),
    verdict: optional(attachment({ confidentiality: 'C2' })),
  },
  list: ['name', 'paper'],
  can: {
    read: ['manager', 'agent', 'field:keeper', 'field:createdBy'],
    create: ['manager', 'agent', 'requester'],
    update: ['manager', 'agent', 'field:keeper', 'field:createdBy'],
    bin: ['manager', 'agent'],
  },
})
interface Brought {
  sha256: string
  title: string
  size: number
  type: string
  url: string
}
let server: TestServer
before(async () => {
  server = await startTestServer({ records: [deed] })
})
const send = (who: Who, method: string, path: string, body?: unknown, rev?: number): Promise<Answered> =>
  server.call(method, path, { token: server.people[who].token, body, headers: rev === undefined ? {} : { 'if-match': `"${rev}"` } }) // oxfmt-ignore
async function bring(who: Who, content: string, name = 'paper.txt'): Promise<Brought> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const answer = await send(who, 'POST', '/uploads', form)
  assert.equal(answer.status, 201, answer.text)
  return answer.body as Brought
}
const row = (answer: Answered, status = 200): AnyRow => {
  assert.equal(answer.status, status, answer.text)
  return answer.body as AnyRow
}
const make = async (who: Who, draft: object): Promise<AnyRow> => row(await send(who, 'POST', '/deeds', { name: 'Deed', ...draft }), 201) // oxfmt-ignore
const change = (who: Who, { id, rev }: AnyRow, body: object): Promise<Answered> => send(who, 'PATCH', `/deeds/${id}`, body, rev) // oxfmt-ignore
const refusedAt = (answer: Answered, pointer: string): string => {
  assert.equal(answer.status, 422, answer.text)
  const { errors } = answer.body as { errors: { pointer: string; detail: string }[] }
  assert.deepEqual(errors.map((one) => one.pointer), [pointer]) // oxfmt-ignore
  return errors[0]?.detail ?? ''
}
const link = (who: Who, of: AnyRow, field = 'paper'): Promise<Answered> => send(who, 'GET', `/deeds/${of.id}/files/${field}`) // oxfmt-ignore
const contentOf = async (url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${url}`, { headers })
const known = ({ sha256, title, size, type }: Brought): object => ({ sha256, title, size, type })

describe('a file in a field', () => {
  it('is brought first, named in the draft, and read back with its name, size and type', async () => {
    const brought = await bring('requester', 'signed by both', 'C:\\papers\\con:tract.txt')
    assert.deepEqual(known(brought), {
      sha256: createHash('sha256').update('signed by both').digest('hex'),
      title: 'con_tract.txt',
      size: 14,
      type: 'text/plain',
    })
    const made = await make('requester', { paper: brought.sha256 })
    assert.deepEqual(made['paper'], known(brought))
    const renamed = row(await change('requester', made, { paper: { sha256: brought.sha256, title: '../final.txt' } }))
    assert.deepEqual(renamed['paper'], { ...known(brought), title: 'final.txt' })
    const { url } = (await link('requester', made)).body as { url: string }
    const answer = await contentOf(url)
    assert.equal(await answer.text(), 'signed by both')
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; .*final\.txt/)
  })
  it('is of a type and a size that the field takes, whatever its name says', async () => {
    const page = await bring('agent', '<!doctype html><script>1</script>', 'paper.pdf')
    assert.match(refusedAt(await send('agent', 'POST', '/deeds', { name: 'x', paper: page.sha256 }), '/paper'), /holds text\/html.*application\/pdf/) // oxfmt-ignore
    const large = await bring('agent', 'x'.repeat(61))
    assert.match(refusedAt(await send('agent', 'POST', '/deeds', { name: 'x', paper: large.sha256 }), '/paper'), /is larger than/) // oxfmt-ignore
    assert.deepEqual((await make('agent', { verdict: undefined }))['paper'], null)
  })
  it('is found, listed and exported by its name, and empty or not', async () => {
    const file = await bring('agent', 'lease', 'Zinnober lease.txt')
    const made = await make('agent', { paper: file.sha256 })
    const ids = async (query: string): Promise<number[]> =>
      ((await send('agent', 'GET', `/deeds?${query}`)).body as { items: AnyRow[] }).items.map(({ id }) => id)
    assert.deepEqual(await ids(`filter=${encodeURIComponent('paper~zinnober')}`), [made.id])
    assert.deepEqual(await ids('q=zinnober'), [made.id])
    await server.db.query('delete from words_again')
    await server.db.query("update deed_search set words = ''")
    // A run looks at a bounded number of sets.
    for (let run = 0; run < 9; run++) await makeWordsAgain(server.db, server.store.catalogue, server.store.now())
    assert.deepEqual(await ids('q=zinnober'), [made.id], 'also once all words have been made anew')
    assert.ok((await ids('filter=paper:any')).includes(made.id) && !(await ids('filter=paper:none')).includes(made.id))
    const csv = await send('agent', 'GET', `/deeds/export?format=csv&filter=id:${made.id}`)
    assert.match(csv.text, /Zinnober lease\.txt/)
    assert.ok(!csv.text.includes(file.sha256))
  })
})

describe('the content of a file', () => {
  let secret: Brought
  let holder: AnyRow
  before(async () => {
    secret = await bring('manager', 'what nobody else may read', 'secret.txt')
    holder = await make('manager', { paper: secret.sha256, verdict: secret.sha256 })
  })
  it('is not opened by its name: whoever has not brought it and reads no record with it is refused', async () => {
    for (const who of ['requester', 'bystander'] as const) {
      const stolen = await send(who, 'POST', '/deeds', { name: 'x', paper: secret.sha256 })
      const unheardOf = await send(who, 'POST', '/deeds', { name: 'x', paper: 'f'.repeat(64) })
      assert.equal(refusedAt(stolen, '/paper'), refusedAt(unheardOf, '/paper'))
      assert.match(refusedAt(stolen, '/paper'), /not there, or not yours/)
      const own = await make(who, {})
      refusedAt(await change(who, own, { paper: { ...known(secret) } }), '/paper')
      refusedAt(await change(who, own, { paper: { ...known(secret), id: 1, number: 'P-1' } }), '/paper')
    }
  })
  it('goes on into another record of whoever reads one that holds it', async () => {
    assert.deepEqual((await make('agent', { paper: secret.sha256 }))['paper'], known(secret))
    const lent = await make('agent', { paper: secret.sha256, keeper: server.people.bystander.id })
    assert.deepEqual((await make('bystander', { paper: secret.sha256 }))['paper'], known(secret))
    row(await change('agent', lent, { keeper: null }))
    refusedAt(await send('requester', 'POST', '/deeds', { name: 'x', paper: secret.sha256 }), '/paper')
  })
  it('of a field above the class of the reader is not there, nor a key to its content', async () => {
    const hidden = await bring('manager', 'a verdict', 'verdict.txt')
    const judged = await make('manager', { verdict: hidden.sha256 })
    assert.equal((await link('manager', judged, 'verdict')).status, 200)
    const [closed, absent] = [await link('agent', judged, 'verdict'), await link('agent', judged, 'paper')]
    assert.deepEqual([closed.status, absent.status], [404, 404])
    assert.equal((closed.body as { detail: string }).detail, (absent.body as { detail: string }).detail)
    refusedAt(await send('agent', 'POST', '/deeds', { name: 'x', paper: hidden.sha256 }), '/paper')
  })
  it('is opened by whoever reads the record; for anybody else it is as if it were not there', async () => {
    assert.equal((await link('agent', holder)).status, 200)
    for (const who of ['bystander', 'requester', 'auditor', 'outsider'] as const)
      for (const field of ['paper', 'verdict', 'nothing', 'constructor', 'name']) {
        const [there, missing] = [await link(who, holder, field), await link(who, { ...holder, id: 999_999 }, field)]
        assert.equal(there.status, 404, `${who} ${field}: ${there.text}`)
        assert.equal(missing.status, 404)
        const said = ({ body }: Answered): string => (body as { detail: string }).detail.replace(/DEED-\d+/, '')
        assert.equal(said(there), said(missing))
        assert.ok(!there.text.includes(secret.sha256))
      }
    const gone = await server.call('GET', `/deeds/${holder.id}/files/paper`, {})
    assert.equal(gone.status, 401)
  })
  it('comes without a cookie and without a token, and neither is looked at', async () => {
    const { url } = (await link('manager', holder)).body as { url: string }
    assert.equal(await (await contentOf(url)).text(), 'what nobody else may read')
    const { key } = await openSession(server.db, { org: 1, person: server.people.bystander.id })
    const cookie = `${sessionCookieName(false)}=${key}`
    const asked = await server.statements.during(async () => assert.equal((await contentOf(url, { cookie })).status, 200)) // oxfmt-ignore
    assert.equal(asked, 0, server.statements.last.join('\n'))
    assert.equal((await contentOf(url, { authorization: 'Bearer nothing' })).status, 200)
    assert.equal((await contentOf(url.replace('secret.txt', 'other.txt'))).status, 404)
  })
})

describe('what was replaced or removed', () => {
  it('can be put back by whoever did so, and by undo', async () => {
    const [first, second] = [await bring('manager', 'version 1', 'one.txt'), await bring('agent', 'version 2', 'two.txt')] // oxfmt-ignore
    const made = await make('manager', { paper: first.sha256 })
    const answer = await change('agent', made, { paper: second.sha256 })
    const replaced = row(answer)
    const { items } = (await send('agent', 'GET', `/deeds/${made.id}/history`)).body as { items: { changes: { field: string; from: unknown; to: unknown }[] }[] } // oxfmt-ignore
    const told = items.flatMap(({ changes }) => changes).find(({ field, from }) => field === 'paper' && from !== null)
    assert.deepEqual([told?.from, told?.to], [known(first), known(second)])
    const request = answer.headers.get('x-request-id')
    assert.equal((await send('agent', 'POST', '/undo', { request })).status, 200)
    const back = row(await send('agent', 'GET', `/deeds/${made.id}`))
    assert.deepEqual(back['paper'], known(first))
    const removed = row(await change('agent', back, { paper: null }))
    assert.equal(removed['paper'], null)
    assert.deepEqual(row(await change('agent', removed, { paper: first.sha256 }))['paper'], known(first))
    assert.equal(replaced.rev, 2)
  })
  it('and what was brought and never used is forgotten after a month, with its content; what a row names stays', async () => {
    const [used, unused] = [await bring('agent', 'in use'), await bring('agent', 'never used')]
    await make('agent', { paper: used.sha256 })
    const there = async (): Promise<boolean[]> =>
      Promise.all([used, unused].map(async ({ url }) => (await contentOf(url)).status === 200))
    const sweep = async (): Promise<void> => {
      for (const { sha256 } of [used, unused])
        await server.db.query("insert into lost_file (sha256, at) values ($1, now() - interval '2 hours') on conflict do nothing", [sha256]) // oxfmt-ignore
      const files = openFiles(path.join(server.folder, 'files'))
      await removeLostFiles(server.store, { ...files, removeOlder: (name) => files.removeOlder(name, 0) })
    }
    await sweep()
    assert.deepEqual(await there(), [true, true])
    await server.db.query("update upload set updated_at = now() - interval '29 days'")
    await forgetUploads(server.db)
    await sweep()
    assert.deepEqual(await there(), [true, true])
    await server.db.query("update upload set updated_at = now() - interval '31 days'")
    await forgetUploads(server.db)
    await sweep()
    assert.deepEqual(await there(), [true, false])
  })
  it('goes with its record: its content is looked at when the row is removed for good', async () => {
    const file = await bring('agent', 'removed for good')
    const { id } = await make('agent', { paper: file.sha256 })
    const { store, db } = server
    const noted = (): Promise<object[]> => db.query('select 1 from lost_file where sha256 = $1', [file.sha256])
    assert.equal((await noted()).length, 0)
    const actor = system(1, 'test')
    await store.transaction(actor, (unit) => purge({ store, unit, actor, record: deed, rule: 'test' }, [id]))
    assert.equal((await noted()).length, 1)
    assert.equal((await link('agent', { id } as AnyRow)).status, 404)
  })
  it('is in the access package of whoever gave it, and in nobody else’s', async () => {
    const file = await bring('auditor', 'never used by the auditor', 'mine.txt')
    const given = await bring('agent', 'given by the agent', 'given.txt')
    await make('agent', { paper: given.sha256, keeper: server.people.bystander.id })
    const contents = async (who: Who): Promise<string[]> => {
      const names: string[] = []
      for await (const { records } of recordsAbout({ store: server.store, org: 1, person: server.people[who].id }))
        names.push(...records.flatMap((one) => one.contents.map(({ sha256 }) => sha256)))
      return names
    }
    assert.ok((await contents('agent')).includes(given.sha256))
    assert.ok(!(await contents('bystander')).includes(given.sha256))
    const { uploads = [] } = await signInOf({ store: server.store, org: 1, person: server.people.auditor.id })
    assert.deepEqual(uploads.map((one) => ('name' in one ? one.name : '')), [file.title]) // oxfmt-ignore
  })
})

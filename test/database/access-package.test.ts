// What is kept about a person, put together for them: everything that names them, with class, source and date; what is not theirs is withheld.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { record } from '#kit/record.ts'
import { person, text, optional } from '#kit/field.ts'
import type { About, Withheld } from '#kit/access-package/gather.ts'
import type { PackageShown } from '#kit/routes/access-packages.ts'
import { speaks } from '../setup/language.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

/** What a panel says of somebody: named in it, and not for them. */
const verdict = record('verdict', {
  about: 'What a panel says.',
  number: 'VER',
  fields: { subject: text({ searchable: false, confidentiality: 'C4' }), whom: optional(person()) },
  list: ['whom'],
  confidentiality: 'C4',
  can: { read: ['manager', 'field:whom'], create: ['manager'], update: ['manager'] },
})
let server: TestServer
const folder = await mkdtemp(path.join(tmpdir(), 'package-'))
after(() => rm(folder, { recursive: true, force: true }))
interface Told {
  records: About[]
  withheld: Withheld[]
  deeds: { about: string; isBy: boolean; action: string }[]
  signIn: Record<string, object[]>
}
let told: Told
let zip = ''
let asked: PackageShown | undefined

const send = async (
  who: Who,
  method: string,
  address: string,
  body?: unknown,
): Promise<{ id: number; number: string }> => {
  const answer = await server.call(method, address, { token: server.people[who].token, body })
  assert.ok(answer.status < 300, answer.text)
  return answer.body as { id: number; number: string }
}
async function list(who: Who): Promise<PackageShown[]> {
  const answer = await server.call('GET', '/admin/access-packages', { token: server.people[who].token })
  return (answer.body as { items: PackageShown[] }).items
}
const own = { number: '' }
const worked = { number: '' }

before(async () => {
  server = await startTestServer({ isWorker: true, records: [verdict] })
  const { requester, agent } = server.people
  const mine = await send('requester', 'POST', '/incidents', { subject: 'My <b>printer</b>', requester: requester.id })
  own.number = mine.number
  await send('requester', 'POST', `/incidents/${mine.id}/comments`, { body: 'It hurts' })
  await send('agent', 'POST', `/incidents/${mine.id}/comments`, { body: 'Secret of the staff', internal: true })
  const form = new FormData()
  form.append('file', new File(['picture of it'], 'photo.txt', { type: 'text/plain' }))
  await server.call('POST', `/incidents/${mine.id}/attachments`, { token: requester.token, body: form })
  worked.number = (await send('agent', 'POST', '/incidents', { subject: 'Of somebody else', requester: agent.id, assignee: requester.id })).number // oxfmt-ignore
  await send('manager', 'POST', '/verdicts', { subject: 'Too slow', whom: requester.id })
  await put(requester.id)
  told = JSON.parse(member('package.json')) as Told
})
/** Asks for a package about somebody, and waits until it is made and fetched. */
async function put(person: number): Promise<void> {
  await send('administrator', 'POST', `/persons/${person}/access-package`, {})
  asked = undefined
  // A job on a loaded machine takes its time.
  for (let turn = 0; turn < 600 && asked?.state !== 'made'; turn++) {
    await sleep(100)
    asked = (await list('administrator'))[0]
  }
  assert.equal(asked?.state, 'made')
  const content = await fetch(`${server.url}/api/v1/admin/access-packages/${asked?.id}/content`, { headers: { authorization: `Bearer ${server.people.administrator.token}` } }) // oxfmt-ignore
  assert.equal(content.status, 200)
  zip = path.join(folder, 'package.zip')
  await writeFile(zip, Buffer.from(await content.arrayBuffer()))
}
/** Read by a program that is not ours. */
function member(name: string): string {
  const script = 'import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))'
  return execFileSync('python3', ['-c', script, zip, name]).toString('utf8')
}
const about = (number: string): About => told.records.find((one) => one.number === number) ?? assert.fail(number)

describe('an access package', () => {
  it('has every record about the person, why, with class, source and date', () => {
    assert.equal(told.records.length, asked?.records)
    assert.partialDeepStrictEqual(about(own.number), { class: 'C1', because: ['wrote it', 'named in "Requester"'], source: 'api', values: { Subject: 'My <b>printer</b>' } }) // oxfmt-ignore
    assert.match(about(own.number).date, /^\d{4}-/)
    assert.equal(about(`P-${server.people.requester.id}`).source, 'setup')
    assert.deepEqual(about(`P-${server.people.requester.id}`).because, ['is the person'])
    assert.ok(told.records.some(({ kind, values }) => kind === 'Comment' && values?.['Body'] === 'It hurts'))
  })
  it('withholds what belongs to others or to a panel, and says so', () => {
    assert.deepEqual([about(worked.number).values, about(worked.number).because], [null, ['named in "Assignee"']])
    assert.ok(
      told.withheld.some(({ number, reason }) => number === worked.number && reason.includes('belongs to others')),
    )
    assert.ok(
      told.withheld.some(
        ({ kind, class: of, reason }) => kind === 'Verdict' && of === 'C4' && reason.includes('panel'),
      ),
    )
    const whole = member('package.json') + member('index.html')
    for (const word of ['Too slow', 'Secret of the staff', 'Of somebody else']) assert.ok(!whole.includes(word), word)
  })
  it('has what they did, how they sign in without secrets, and what they attached', () => {
    assert.ok(told.deeds.some(({ about: of, isBy, action }) => of === own.number && isBy && action === 'create'))
    assert.deepEqual(
      told.signIn['tokens']?.map((one) => ('name' in one ? one.name : '')),
      ['test'],
    )
    assert.ok(!/"key"|"password"/.test(member('package.json')))
    const file = told.records.find(({ contents }) => contents.length > 0)
    assert.equal(member(`attachments/${file?.number} photo.txt`), 'picture of it')
  })
  it('is readable as a page in which nothing of what was written is markup', () => {
    const page = member('index.html')
    assert.ok(page.includes('My &#60;b&#62;printer&#60;/b&#62;') && !page.includes('<b>printer'))
    assert.ok(!page.includes('<script'))
  })
  it('is fetched by who asked for it, by nobody else, and not after its week', async () => {
    const address = `/admin/access-packages/${asked?.id}/content`
    for (const who of ['manager', 'requester', 'auditor'] as const)
      assert.equal((await server.call('GET', address, { token: server.people[who].token })).status, 403)
    assert.equal((await server.call('GET', address, { token: server.people.outsider.token })).status, 404)
    const journal = await server.call('GET', '/journal?record=accessPackage', { token: server.people.auditor.token })
    const actions = (journal.body as { items: { action: string }[] }).items.map(({ action }) => action)
    assert.deepEqual(actions, ['fetch', 'ask'])
    await server.db.query('update access_package set asked_by = $1', [server.people.manager.id])
    assert.equal((await server.call('GET', address, { token: server.people.administrator.token })).status, 404)
    await server.db.query("update access_package set asked_by = $1, expires_at = now() - interval '1 minute'", [server.people.administrator.id]) // oxfmt-ignore
    assert.equal((await server.call('GET', address, { token: server.people.administrator.token })).status, 404)
  })
  it('speaks the language that its person chose, whoever asks for it and in which', async () => {
    const { requester } = server.people
    await speaks(server.db, requester, 'de')
    await put(requester.id)
    const page = member('index.html')
    assert.match(page, /<html lang="de">.*<h1>Was Harbour Works über requester of 1 \(P-\d+\) speichert<\/h1>/s)
    assert.match(page, /Betreff: My/)
    assert.match(page, /gehört anderen/)
    assert.equal(member('package.json').includes('photo.txt'), true)
  })
})

// Files that came in and were refused, or whose row was never written: they go; what a record refers to stays.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { removeLostFiles, sweepFiles } from '#kit/retention/lost-files.ts'
import { openFiles } from '#platform/files.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

let server: TestServer
let folder: string
before(async () => {
  server = await startTestServer()
  folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-left-'))
})
after(() => rm(folder, { recursive: true, force: true }))
const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
const place = (name: string): string => path.join(folder, name.slice(0, 2), name.slice(2, 4), name)
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000)

describe('a file that an import refuses', () => {
  const refused: [string, Uint8Array][] = [
    ['noise', Buffer.from([0, 1, 2, 3, 250, 251, 0, 9, 200, 201])],
    ['a broken workbook', Buffer.from('PK\u0003\u0004 not a workbook at all')],
    ['an empty file', Buffer.alloc(0)],
    ['a header alone', Buffer.from('number,subject\n')],
  ]
  for (const [what, content] of refused)
    it(`${what} is not kept for ever`, async () => {
      const form = new FormData()
      form.append('record', 'incident')
      form.append('file', new Blob([new Uint8Array(content)]), 'list.xlsx')
      const { token } = server.people.administrator
      const answer = await server.call('POST', '/imports', { token, body: form })
      assert.equal(answer.status, 422, answer.text)
      const noted = await server.db.query('select 1 from lost_file where sha256 = $1', [hash(content)])
      assert.equal(noted.length, 1)
    })
  it('stays where an attachment has the same content', async () => {
    const files = openFiles(folder)
    const content = Buffer.from('both attached and refused')
    const { sha256 } = await files.put(content, { maxBytes: 100 })
    const made = await server.call('POST', '/incidents', { token: server.people.agent.token, body: { subject: 'x' } })
    const form = new FormData()
    form.append('file', new Blob([content]), 'x.txt')
    const to = `/incidents/${(made.body as { id: number }).id}/attachments`
    assert.equal((await server.call('POST', to, { token: server.people.agent.token, body: form })).status, 201)
    const lost = await files.put(Buffer.from('refused alone'), { maxBytes: 100 })
    for (const one of [sha256, lost.sha256]) {
      await server.db.query("insert into lost_file (sha256, at) values ($1, now() - interval '2 hours')", [one])
      await utimes(place(one), hoursAgo(2), hoursAgo(2))
    }
    assert.equal(await removeLostFiles(server.store, files), 1)
    assert.notEqual(await files.open(sha256), null)
    assert.equal(await files.open(lost.sha256), null)
    // The sweep looks at the folder itself, whatever was noted.
    await utimes(place(sha256), hoursAgo(48), hoursAgo(48))
    assert.equal(await sweepFiles(server.store, files), 0)
    assert.notEqual(await files.open(sha256), null)
  })
})

describe('the daily sweep', () => {
  it('removes what nothing refers to after a day, however many, and uploads that stopped half way', async () => {
    const files = openFiles(folder)
    const old: string[] = []
    for (let n = 0; n < 520; n++) old.push((await files.put(Buffer.from(`left ${n}`), { maxBytes: 100 })).sha256)
    for (const name of old) await utimes(place(name), hoursAgo(25), hoursAgo(25))
    const young = await files.put(Buffer.from('young'), { maxBytes: 100 })
    const half = path.join(folder, 'incoming', 'half')
    const coming = path.join(folder, 'incoming', 'coming')
    for (const draft of [half, coming]) await writeFile(draft, 'x')
    await utimes(half, hoursAgo(25), hoursAgo(25))
    assert.equal(await sweepFiles(server.store, files), 520)
    assert.equal(await files.open(old[0] ?? ''), null)
    assert.notEqual(await files.open(young.sha256), null)
    await assert.rejects(utimes(half, new Date(), new Date()), /ENOENT/)
    await utimes(coming, new Date(), new Date())
  })
  it('leaves what anything refers to that is no record, such as an access package', async () => {
    const files = openFiles(folder)
    const { sha256 } = await files.put(Buffer.from('everything about Ada'), { maxBytes: 100 })
    await server.db.query(
      "insert into access_package (org, id, person, asked_at, state, expires_at, sha256) values (1, gen_random_uuid(), 1, now(), 'made', now() + interval '5 days', $1)",
      [sha256],
    )
    await utimes(place(sha256), hoursAgo(48), hoursAgo(48))
    assert.equal(await sweepFiles(server.store, files), 0)
    assert.notEqual(await files.open(sha256), null)
  })
  it('finds nothing where nothing was ever kept', async () => {
    assert.equal(await sweepFiles(server.store, openFiles(path.join(folder, 'none'))), 0)
  })
})

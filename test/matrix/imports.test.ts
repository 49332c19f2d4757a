// Imports: who may bring files in, what their rows may name, what they may find out, and who reads what came of them.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { newToken } from '#kit/routes/tokens.ts'
import { run, sql } from '#kit/sql.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, marker, SIDES } from './cast.ts'
import { mayRead } from './expected.ts'

const RIGHTS = {
  importBatch: ['read', 'create', 'update'],
  location: ['read', 'create', 'update'],
  task: ['read', 'create', 'update'],
}
const importBatch = RECORDS.find(({ name }) => name === 'importBatch') ?? assert.fail()
let matrix: Matrix
/** Holds a role of the organisation's own: brings in locations and tasks; reads no incident, so no task on one. */
let importer: { token: string; person: number }

before(async () => {
  matrix = await castMatrix({ isWorker: true })
  const { store, db } = matrix.server
  const role = await store.create(system(1, 'importer', 'setup'), store.catalogue.get('ownRole'), { name: 'Importer', rights: RIGHTS, ceiling: 'C1', widest: 'organisation' }) // oxfmt-ignore
  const person = await store.create(system(1, 'importer', 'setup'), store.catalogue.get('person'), { name: 'Importer' })
  await run(db, sql`insert into role_grant (org, person, role) values (1, ${person.id}, ${`role:${role.id}`})`)
  importer = { person: person.id, token: (await newToken(store, { org: 1, person: person.id }, { name: 'm', days: 9 })).token } // oxfmt-ignore
})
function upload(token: string, record: string, content: string): Promise<Answered> {
  const body = new FormData()
  body.append('record', record)
  body.append('file', new Blob([content]), 'zzfile.csv')
  return matrix.server.call('POST', '/imports', { token, body })
}
interface Batch {
  readonly id: number
  readonly state: string
  readonly counts: { create: number; update: number } | null
  readonly problems: { because: string }[]
}
const BUSY = ['checking', 'running', 'undoing']
const send = (token: string, method: string, path: string, body?: unknown): Promise<Answered> =>
  matrix.server.call(method, path, { token, body })
/** Uploads, maps, does it, and waits until it is done. */
async function bring(
  record: string,
  content: string,
  mapping: object,
  deed = 'run',
): Promise<Batch & { text: string }> {
  const sent = await upload(importer.token, record, content)
  assert.equal(sent.status, 201, sent.text)
  const { id } = sent.body as Batch
  const mapped = await send(importer.token, 'PATCH', `/imports/${id}`, { mapping: { key: null, ...mapping } })
  assert.equal(mapped.status, 200, mapped.text)
  return done(id, deed)
}
async function done(id: number, deed: string): Promise<Batch & { text: string }> {
  const begun = await send(importer.token, 'POST', `/imports/${id}/${deed}`)
  assert.equal(begun.status, 202, begun.text)
  for (const until = Date.now() + 120_000; Date.now() < until; await new Promise((next) => setTimeout(next, 100))) {
    const answer = await send(importer.token, 'GET', `/imports/${id}`)
    const batch = answer.body as Batch
    if (!BUSY.includes(batch.state)) return { ...batch, text: answer.text }
  }
  return assert.fail(`import ${id} does not end`)
}
const here = (): Player[] => matrix.players.filter(({ org, hasLeft }) => org === 1 && hasLeft !== true)

describe('imports', () => {
  it('are begun by those alone who may create and change that kind of record everywhere', async () => {
    for (const record of RECORDS.filter(({ name }) => name !== 'importBatch'))
      for (const player of matrix.players) {
        const answer = await upload(player.token, record.name, 'Name\nzzname\n')
        const holds = (deed: 'create' | 'update', of = record): boolean => {
          const who = of.can[deed]
          if (player.role === 'administrator') return who.length > 0
          return player.role !== 'own' && player.role !== null && (who.includes(player.role) || who.includes('everyone')) // oxfmt-ignore
        }
        const isAllowed = player.place === 'organisation' && holds('create', importBatch) && holds('create') && holds('update') // oxfmt-ignore
        const wanted = player.hasLeft === true ? 401 : isAllowed ? 201 : 403
        assert.equal(answer.status, wanted, `${player.name} brings in ${record.name}: ${answer.text}`)
      }
  })
  it('are mapped, run, undone and read by nobody whose role ends at a part of the organisation', async () => {
    const sent = await upload(importer.token, 'location', 'Name\nzzplace\n')
    const { id } = sent.body as Batch
    for (const player of matrix.players.filter(
      (one) =>
        one.place !== 'organisation' ||
        one.org !== 1 ||
        one.hasLeft === true ||
        ['agent', 'officer', 'requester', 'own', null].includes(one.role),
    ))
      // oxfmt-ignore
      for (const [method, path] of [['GET', ''], ['PATCH', ''], ['POST', '/dryrun'], ['POST', '/run'], ['POST', '/undo'], ['GET', '/history'], ['DELETE', '']] as const) { // oxfmt-ignore
        const answer = await send(player.token, method, `/imports/${id}${path}`, method === 'PATCH' ? { mapping: {} } : undefined) // oxfmt-ignore
        // The other organisation counts its imports from one as well.
        const isGone = player.hasLeft === true ? answer.status === 401 : answer.status === 404 || player.org !== 1
        assert.ok(isGone, `${player.name} ${method} ${path}: ${answer.status} ${answer.text}`)
        assert.doesNotMatch(answer.text, /zzplace|zzfile/, player.name)
      }
    const still = (await send(importer.token, 'GET', `/imports/${id}`)).body as Batch
    assert.equal(still.state, 'uploaded')
  })
  it('are not run by an auditor, nor for a kind of record that the runner may not write', async () => {
    const sent = await upload(matrix.server.people.administrator.token, 'unit', 'Name\nzzplace\n')
    const { id } = sent.body as Batch
    for (const name of ['auditor everywhere', 'lead everywhere'])
      for (const path of ['dryrun', 'run', 'undo']) {
        const { token } = here().find((player) => player.name === name) ?? assert.fail()
        assert.equal((await send(token, 'POST', `/imports/${id}/${path}`)).status, 403, `${name} ${path}`)
      }
  })
})

describe('rows of an import', () => {
  const column = (name: string, more: object = {}): object => ({ [name]: { column: name, ...more } })
  it('name no record that the importer may not read: it is unknown, by number as by name', async () => {
    const task = matrix.server.store.catalogue.get('task')
    for (const side of SIDES) {
      const on = matrix.rows[side].get('incident') ?? assert.fail()
      for (const said of [on.number, marker(matrix.server.store.catalogue.get('incident'), side)]) {
        const { counts, problems, text } = await bring('task', `subject,on\nzzimported,${said}\n`, { columns: { ...column('subject'), ...column('on') } }) // oxfmt-ignore
        assert.deepEqual([counts?.create, problems.length], [0, 1], `${said}: ${text}`)
        assert.match(problems[0]?.because ?? '', /There is no|is not here|is not the number/)
      }
    }
    const made = await run<{ n: number }>(matrix.server.db, sql`select count(*) as n from task where subject = 'zzimported'`) // oxfmt-ignore
    assert.equal(made[0]?.n, 0)
    assert.ok(SIDES.every((side) => !mayRead(matrix, { name: 'importer', org: 1, role: null, place: 'organisation', ...importer }, task, side))) // oxfmt-ignore
  })
  it('change no record that the importer may not read, though the key fits', async () => {
    for (const side of SIDES) {
      const before = matrix.rows[side].get('task') ?? assert.fail()
      const content = `number,subject\n${before.number},zzchanged\n`
      const { counts, problems } = await bring('task', content, { key: 'number', columns: { ...column('number'), ...column('subject') } }) // oxfmt-ignore
      assert.deepEqual([counts?.update, counts?.create, problems.length], [0, 0, 1])
      assert.doesNotMatch(JSON.stringify(problems), new RegExp(marker(matrix.server.store.catalogue.get('task'), side)))
    }
  })
  it('name nobody of another organisation', async () => {
    const { other } = matrix.rows
    const rows = ['person', 'team'].map((name) => marker(matrix.server.store.catalogue.get(name), 'other'))
    const { counts, problems, text } = await bring('task', `subject,assignee,team\nzzforeign,${rows[0]},\nzzforeign,,${rows[1]}\n`, { columns: { ...column('subject'), ...column('assignee'), ...column('team') } }) // oxfmt-ignore
    assert.deepEqual([counts?.create, problems.length], [0, 2], text)
    assert.ok(other.size > 0)
  })
  it('bring nothing into being that the importer may not create', async () => {
    const mapping = { columns: { ...column('subject'), ...column('team', { create: true }) } }
    const sent = await upload(importer.token, 'task', 'subject,team\nzzmade,zznewteam\n')
    const { id } = sent.body as Batch
    const mapped = await send(importer.token, 'PATCH', `/imports/${id}`, { mapping: { key: null, ...mapping } })
    if (mapped.status === 200) {
      const { counts, problems } = await done(id, 'run')
      assert.deepEqual([counts?.create, problems.length], [0, 1])
    } else assert.equal(mapped.status, 422, mapped.text)
    const made = await run<{ n: number }>(matrix.server.db, sql`select count(*) as n from team where name = 'zznewteam'`) // oxfmt-ignore
    assert.equal(made[0]?.n, 0)
  })
  it('fill no field that is not the importer’s to fill, nor one that does not exist', async () => {
    const sent = await upload(importer.token, 'task', 'subject,secret\nzzfields,1\n')
    const { id } = sent.body as Batch
    for (const name of ['doneAt', 'obligation', 'org', 'createdBy', 'createdAt', 'rev', '__proto__', 'constructor']) {
      const mapping = JSON.parse(
        `{"key":null,"columns":{"subject":{"column":"subject"},"${name}":{"column":"secret"}}}`,
      )
      const mapped = await send(importer.token, 'PATCH', `/imports/${id}`, { mapping })
      if (mapped.status === 422 || mapped.status === 400) continue
      assert.equal(mapped.status, 200, `${name}: ${mapped.text}`)
      const kept = (mapped.body as { mapping: { columns: object } }).mapping.columns
      assert.ok(!Object.hasOwn(kept, name) || ['doneAt', 'obligation', 'createdAt', 'createdBy'].includes(name), name)
    }
  })
  it('are taken back only as far as the importer’s own import goes', async () => {
    const first = await bring('location', 'name\nzzfirst\n', { columns: column('name') })
    const second = await bring('location', 'name\nzzsecond\n', { columns: column('name') })
    assert.deepEqual([first.counts?.create, second.counts?.create], [1, 1])
    assert.equal((await done(first.id, 'undo')).state, 'undone')
    const left = await run<{ name: string }>(matrix.server.db, sql`select name from location where org = 1 and name in ('zzfirst', 'zzsecond') and binned_at is null`) // oxfmt-ignore
    assert.deepEqual(left.map(({ name }) => name), ['zzsecond']) // oxfmt-ignore
  })
})

describe('what came of an import', () => {
  it('shows the rows of a file to nobody who does not read that kind of record', async () => {
    const { token } = matrix.server.people.administrator
    const sent = await upload(token, 'ownRole', 'name,rights\nzzsecretrole,zzsecretcell\n')
    assert.equal(sent.status, 201, sent.text)
    const { id } = sent.body as Batch
    for (const player of here()) {
      const readsRoles = SIDES.every((side: Side) => mayRead(matrix, player, matrix.server.store.catalogue.get('ownRole'), side)) // oxfmt-ignore
      for (const path of [
        `/imports/${id}`,
        `/imports/${id}/history`,
        `/imports/${id}/timeline`,
        `/imports?fields=fileName,found,problems,mapping&limit=500`,
        '/imports/export?format=jsonl',
      ]) {
        // oxfmt-ignore
        const { text, status } = await send(player.token, 'GET', path)
        if (!readsRoles) assert.doesNotMatch(text, /zzsecret/, `${player.name} ${path} ${status}`)
      }
    }
  })
})

// Rows whose time is over go, with what hangs on them and what the journal said of them; what is held or needed stays.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { newSealingKeyPem, readSealingKey } from '#kit/seal/key.ts'
import { seal } from '#kit/seal/sealer.ts'
import { verify } from '#kit/seal/verify.ts'
import { keepRulesOf } from '#kit/retention/run.ts'
import { removeLostFiles } from '#kit/retention/lost-files.ts'
import { foldTallies, tallies } from '#kit/tally.ts'
import { system } from '#kit/actor.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

let server: TestServer
const key = readSealingKey(newSealingKeyPem())
const folder = await mkdtemp(path.join(tmpdir(), 'retention-'))
const sink = openCheckpointFiles(folder)
after(() => rm(folder, { recursive: true, force: true }))

before(async () => {
  server = await startTestServer()
  // The rules are older than what is in the bin.
  await server.db.query("update schema_migration set at = now() - interval '10 years'")
})
async function ask(who: Who, call: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const [method = '', path = ''] = call.split(/ (.*)/)
  return server.call(method, path, {
    token: server.people[who].token,
    ...(body === undefined ? {} : { body }),
    headers,
  })
}
interface Made {
  id: number
  number: string
}
async function made(who: Who, path: string, body: unknown): Promise<Made> {
  const answer = await ask(who, `POST ${path}`, body)
  assert.equal(answer.status, 201, answer.text)
  return answer.body as Made
}
/** An incident that was closed years ago, with a comment and a file. */
async function oldIncident(subject: string, years = 6): Promise<Made> {
  const row = await made('agent', '/incidents', { subject, requester: server.people.requester.id })
  await made('requester', `/incidents/${row.id}/comments`, { body: `${subject} hurts` })
  const form = new FormData()
  form.append('file', new File([`content of ${subject}`], 'note.txt', { type: 'text/plain' }))
  const file = await server.call('POST', `/incidents/${row.id}/attachments`, { token: server.people.agent.token, body: form }) // oxfmt-ignore
  assert.equal(file.status, 201, file.text)
  await server.db.query(
    `update incident set status = 'closed', closed_at = now() - make_interval(years => $2) where org = 1 and id = $1`,
    [row.id, years],
  )
  return row
}
const exists = async (table: string, id: number): Promise<boolean> =>
  (await server.db.query(`select 1 from ${table} where org = 1 and id = $1`, [id])).length === 1
async function carryOut(): Promise<Record<string, Record<string, number>>> {
  return (await keepRulesOf(server.store, { org: 1, by: null, request: 'tonight' })) as never
}
async function rule(record: string, said: object): Promise<Answered> {
  return ask('administrator', `PUT /admin/retention/${record}`, said)
}
async function isSealed(): Promise<{ ok: boolean; erased: number; kinds: string[] }> {
  // An open transaction of any test on the same server holds entries back for its while.
  for (let turn = 0; turn < 1200; turn++) {
    await seal(server.db, key, server.store.now(), sink)
    const waiting = await server.db.query('select 1 from journal j, journal_seal s where (j.xid, j.id) > (s.xid, s.id) limit 1') // oxfmt-ignore
    if (waiting.length === 0) break
    await sleep(50)
  }
  const found = await verify(server.db, { keys: [key], outside: sink.all() }, { now: () => server.store.now() })
  const kinds = found.findings.map(({ kind }) => kind)
  return { ok: found.ok, erased: found.erased, kinds }
}

describe('retention', () => {
  it('removes nothing of the business until an administrator says so, and says what a rule would remove', async () => {
    const old = await oldIncident('Modem on the roof')
    assert.deepEqual((await carryOut())['incident'], undefined)
    const said = { clock: 'closedAt', keep: 'P5Y', end: 'delete', binKeep: 'P30D' }
    const before = await ask('administrator', 'POST /admin/retention/incident/preview', said)
    assert.equal((before.body as { due: number }).due, 1, before.text)
    const kept = await rule('incident', said)
    assert.equal((kept.body as { says: string }).says, 'kept 5 years after "Closed at", then deleted', kept.text)
    assert.ok(await exists('incident', old.id))
  })

  it('removes a row with what hangs on it, its words, its counts, and what the journal said of it', async () => {
    const young = await oldIncident('Scanner at gate four', 4)
    const old = await oldIncident('Zebra printer in hall nine')
    await foldTallies(server.db)
    const counted = await tallies(server.db, system(1, 'test'), 'incident', [])
    const done = await carryOut()
    assert.equal(done['incident']?.['deleted'], 2)
    assert.ok(Number(done['incident']?.['along']) >= 4)
    assert.deepEqual([await exists('incident', old.id), await exists('incident', young.id)], [false, true])
    assert.equal((await server.db.query('select 1 from comment where on_id = $1', [old.id])).length, 0)
    await foldTallies(server.db)
    const left = await tallies(server.db, system(1, 'test'), 'incident', [])
    assert.equal(left.get(''), Number(counted.get('')) - 2)
    assert.equal((await ask('agent', `GET /incidents/${old.id}`)).status, 404)
    assert.deepEqual(((await ask('agent', 'GET /search?q=zebra')).body as { items: object[] }).items, [])
    const rows = await server.db.query<{ n: number }>(
      "select count(*) as n from journal where changes::text ~ 'Zebra|Modem'",
    )
    assert.equal(rows[0]?.n, 0)
    const [told] = await server.db.query<{ changes: Record<string, [unknown, unknown]>; reason: string }>(
      "select changes, reason from journal where record = 'retention' and action = 'purge' order by id desc limit 1",
    )
    assert.match(told?.reason ?? '', /kept 5 years after "Closed at", then deleted/)
    assert.ok(JSON.stringify(told?.changes).includes(old.number))
  })

  it('leaves a journal that verifies, shows what is gone as erased, and proves what is left', async () => {
    const sealed = await isSealed()
    assert.deepEqual([sealed.ok, sealed.kinds], [true, []])
    assert.ok(sealed.erased >= 6)
    const found = await ask('administrator', 'GET /journal?record=incident&action=create')
    const items = (found.body as { items: { isErased: boolean; changes: { to: unknown }[]; reason: unknown }[] }).items
    const erased = items.filter((item) => item.isErased)
    assert.equal(erased.length, 2)
    assert.ok(erased.every(({ changes, reason }) => reason === null && changes.every(({ to }) => to === null)))
  })

  it('removes the content of a file when nothing refers to it any more', async () => {
    await server.db.query("update lost_file set at = now() - interval '2 hours'")
    const files = { removed: [] as string[] }
    const port = {
      removeOlder: async (sha256: string) => files.removed.push(sha256) > 0,
    } as unknown as Parameters<typeof removeLostFiles>[1] // only what it asks
    assert.equal(await removeLostFiles(server.store, port), 2)
    assert.equal((await server.db.query('select 1 from lost_file')).length, 0)
  })

  it('empties the bin after thirty days, but not what others still refer to', async () => {
    const parent = await oldIncident('Parent of all', 1)
    const free = await oldIncident('Nobody needs me', 1)
    await made('agent', '/incidents', {
      subject: 'A part of it',
      requester: server.people.requester.id,
      parent: parent.id,
    })
    const service = await made('manager', '/services', { name: 'Telex', kind: 'technical' })
    for (const [path, id] of [
      ['/incidents', parent.id],
      ['/incidents', free.id],
      ['/services', service.id],
    ] as const) {
      const gone = await ask('administrator', `DELETE ${path}/${id}`, undefined, { 'if-match': '"1"' })
      assert.ok([200, 204, 412].includes(gone.status), gone.text)
    }
    await server.db.query("update incident set binned_at = now() - interval '29 days' where id = any($1)", [[parent.id, free.id]]) // oxfmt-ignore
    await carryOut()
    assert.ok(await exists('incident', free.id))
    await server.db.query("update incident set binned_at = now() - interval '31 days' where id = any($1)", [[parent.id, free.id]]) // oxfmt-ignore
    const done = await carryOut()
    assert.equal(done['incident']?.['needed'], 1)
    assert.deepEqual([await exists('incident', free.id), await exists('incident', parent.id)], [false, true])
    assert.ok(await exists('service', service.id))
  })

  it('gives what lay in the bin before there were rules its full time', async () => {
    const row = await oldIncident('Binned long ago', 1)
    await server.db.query("update incident set binned_at = now() - interval '400 days' where id = $1", [row.id])
    await server.db.query("update schema_migration set at = now() where name like 'kit/%-retention'")
    await carryOut()
    assert.ok(await exists('incident', row.id))
    await server.db.query("update schema_migration set at = now() - interval '10 years'")
    await carryOut()
    assert.ok(!(await exists('incident', row.id)))
  })

  it('keeps work that is not over, whatever its clock says', async () => {
    const row = await oldIncident('Still open')
    await server.db.query("update incident set status = 'working' where id = $1", [row.id])
    await carryOut()
    assert.ok(await exists('incident', row.id))
  })

  it('anonymises: what says something about people goes, figures stay, and once is enough', async () => {
    await rule('incident', { clock: 'closedAt', keep: 'P5Y', end: 'anonymise', binKeep: null })
    const row = await oldIncident('Walrus of Mrs Smith')
    const done = await carryOut()
    assert.equal(done['incident']?.['anonymised'], 1)
    const [kept] = await server.db.query<Record<string, unknown>>('select * from incident where id = $1', [row.id])
    assert.deepEqual(
      [kept?.['subject'], kept?.['requester'], kept?.['status']],
      [`Incident ${row.id} (erased)`, null, 'closed'],
    )
    assert.equal((await carryOut())['incident'], undefined)
    const left = await server.db.query<{ n: number }>(
      "select count(*) as n from journal where changes::text like '%Walrus%'",
    )
    assert.equal(left[0]?.n, 0)
    assert.deepEqual((await isSealed()).kinds, [])
  })

  it('refuses rules that do not fit, and everybody but administrators', async () => {
    const said = { clock: 'closedAt', keep: 'P5Y', end: 'delete', binKeep: 'P30D' }
    for (const [record, wrong] of [
      ['incident', { ...said, keep: 'P1D' }],
      ['incident', { ...said, keep: '5 years' }],
      ['incident', { ...said, clock: 'subject' }],
      ['person', { ...said, clock: 'leftOn' }],
      ['person', { clock: 'leftOn', keep: 'P3Y', end: 'anonymise', binKeep: 'P30D' }],
    ] as const)
      assert.equal((await rule(record, wrong)).status, 422, JSON.stringify(wrong))
    assert.equal((await rule('legalHold', said)).status, 404)
    for (const who of ['manager', 'auditor', 'agent'] as const)
      assert.equal((await ask(who, 'PUT /admin/retention/incident', said)).status, 403)
    const back = await ask('administrator', 'DELETE /admin/retention/incident')
    assert.equal((back.body as { keep: unknown; isOwn: boolean }).isOwn, false)
  })
})

describe('a legal hold', () => {
  const due = { clock: 'closedAt', keep: 'P5Y', end: 'delete', binKeep: 'P30D' }
  const hold = (more: object): Promise<Made> =>
    made('manager', '/legalholds', {
      name: 'Carrier',
      reason: 'Court of Bremen 3 O 12/26',
      orderedBy: 'Counsel',
      ...more,
    })
  async function release({ id }: Made): Promise<void> {
    const answer = await ask('manager', `POST /legalholds/${id}/release`, { releaseReason: 'Settled' }, { 'if-match': '"1"' }) // oxfmt-ignore
    assert.equal(answer.status, 200, answer.text)
  }
  it('keeps chosen rows, rows by filter and rows by person from removal until it is released', async () => {
    await rule('incident', due)
    const [chosen, filtered, named, free] = [
      await oldIncident('Chosen one'),
      await oldIncident('Filtered one'),
      await oldIncident('Named one'),
      await oldIncident('Free one'),
    ]
    await server.db.query('update incident set requester = $2, assignee = $3 where id = $1', [named.id, server.people.agent.id, server.people.bystander.id]) // oxfmt-ignore
    const holds = [
      await hold({ rows: chosen.number }),
      await hold({ record: 'incident', filter: 'subject~Filtered' }),
      await hold({ heldPerson: server.people.bystander.id }),
    ]
    // Falling out of the filter lets nothing go.
    await server.db.query("update incident set subject = 'Another word' where id = $1", [filtered.id])
    const done = await carryOut()
    // Two, because what was anonymised above is old enough to be deleted.
    assert.deepEqual([done['incident']?.['deleted'], done['incident']?.['held']], [2, 3])
    const rows = [chosen, filtered, named, free]
    assert.deepEqual(await Promise.all(rows.map(({ id }) => exists('incident', id))), [true, true, true, false])
    for (const one of holds) await release(one)
    assert.equal((await carryOut())['incident']?.['deleted'], 3)
  })

  it('refuses the bin, with its reason for those who may know it', async () => {
    const row = await made('agent', '/incidents', { subject: 'Held one', requester: server.people.requester.id })
    const placed = await hold({ rows: row.number })
    const told = await ask('administrator', `DELETE /incidents/${row.id}`, undefined, { 'if-match': '"1"' })
    assert.equal(told.status, 409)
    assert.match(told.text, /HOLD-\d+ Carrier: Court of Bremen/)
    const shown = await ask('auditor', `GET /retention/incident/${row.id}/holds`)
    assert.equal((shown.body as { items: { number: string }[] }).items[0]?.number, placed.number)
    assert.deepEqual(((await ask('agent', `GET /retention/incident/${row.id}/holds`)).body as { items: object[] }).items, []) // oxfmt-ignore
    const { id } = await made('agent', '/tasks', { subject: 'Mine', assignee: server.people.agent.id, on: { record: 'incident', id: row.id } }) // oxfmt-ignore
    const own = await hold({ rows: `TASK-${id}` })
    const refused = await ask('agent', `DELETE /tasks/${id}`, undefined, { 'if-match': '"1"' })
    assert.equal(refused.status, 409, refused.text)
    assert.ok(!refused.text.includes('Bremen'))
    await release(own)
    await release(placed)
    const gone = await ask('administrator', `DELETE /incidents/${row.id}`, undefined, { 'if-match': '"1"' })
    assert.ok(gone.status < 300, gone.text)
  })

  it('keeps a row when what hangs on it is held', async () => {
    const row = await oldIncident('With a held comment')
    const [comment] = await server.db.query<{ id: number }>('select id from comment where on_id = $1', [row.id])
    const placed = await hold({ rows: `CMT-${comment?.id}` })
    assert.equal((await carryOut())['incident']?.['held'], 1)
    assert.ok(await exists('incident', row.id))
    await release(placed)
    await carryOut()
    assert.ok(!(await exists('incident', row.id)))
  })

  it('wants to know what it covers, in words that mean something', async () => {
    const base = { name: 'x', reason: 'y', orderedBy: 'z' }
    for (const wrong of [
      {},
      { rows: 'INC-999999' },
      { rows: 'ABC' },
      { record: 'nothing' },
      { filter: 'status:new' },
      { record: 'incident', filter: 'nothing:1' },
    ]) {
      // oxfmt-ignore
      const answer = await ask('manager', 'POST /legalholds', { ...base, ...wrong })
      assert.equal(answer.status, 422, JSON.stringify(wrong) + answer.text)
    }
    assert.equal((await ask('agent', 'POST /legalholds', { ...base, rows: 'P-1' })).status, 403)
    const row = await made('agent', '/incidents', { subject: 'Kept', requester: server.people.requester.id })
    const placed = await hold({ rows: row.number })
    const bin = `DELETE /legalholds/${placed.id}`
    assert.equal((await ask('manager', bin, undefined, { 'if-match': '"1"' })).status, 403)
    // A hold in the bin holds all the same.
    assert.equal((await ask('administrator', bin, undefined, { 'if-match': '"1"' })).status, 204)
    assert.equal((await ask('administrator', `DELETE /incidents/${row.id}`, undefined, { 'if-match': '"1"' })).status, 409) // oxfmt-ignore
  })
})

import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

describe('merging incidents', () => {
  let desk: Desk
  let agent: Colleague
  let other: Colleague
  let ines: Colleague
  let karl: Colleague
  before(async () => {
    desk = await openDesk()
    agent = await desk.person('Anna Agent', 'agent')
    other = await desk.person('Otto Agent', 'agent')
    ines = await desk.person('Ines', 'requester')
    karl = await desk.person('Karl', 'requester')
  })
  const open = async (who: Colleague, subject: string, more: object = {}): Promise<number> => {
    const made = await desk.ask(agent, 'POST /incidents', { subject, requester: who.id, ...more })
    assert.equal(made.status, 201)
    return made.body.id
  }
  const row = async (id: number): Promise<Record<string, never>> => (await desk.ask(agent, `GET /incidents/${id}`)).body

  /** A duplicate with something of every kind on it. */
  async function furnished(): Promise<{ duplicate: number; survivor: number }> {
    const survivor = await open(ines, 'ERP is down')
    const duplicate = await open(karl, 'Cannot post goods receipts')
    const on = { record: 'incident', id: duplicate }
    const sent = await Promise.all([
      desk.ask(karl, `POST /incidents/${duplicate}/comments`, { body: 'Since nine.' }),
      desk.ask(other, `POST /incidents/${duplicate}/comments`, { body: 'Looking.', internal: true }),
      desk.ask(agent, 'POST /tasks', { subject: 'Call plant 2', on }),
      desk.ask(agent, 'POST /watchers', { person: other.id, on }),
      desk.ask(agent, 'POST /links', { type: 'relates', on, to: { record: 'incident', id: survivor } }),
      desk.ask(agent, 'POST /timeentries', { on, minutes: 20, note: 'Phone' }),
    ])
    assert.deepEqual(
      sent.map((one) => one.status),
      [201, 201, 201, 201, 201, 201],
    )
    assert.equal(
      (await desk.ask(agent, 'POST /watchers', { person: other.id, on: { record: 'incident', id: survivor } })).status,
      201,
    )
    return { duplicate, survivor }
  }
  async function onIt(id: number): Promise<Record<string, number>> {
    const kinds = ['comment', 'task', 'watcher', 'link', 'time_entry']
    const counts: Record<string, number> = {}
    for (const kind of kinds) {
      const found = await desk.store.db.query<{ n: number }>(
        `select count(*) as n from ${kind} where on_record = 'incident' and on_id = $1 and binned_at is null`,
        [id],
      )
      counts[kind] = found[0]?.n ?? 0
    }
    return counts
  }

  it('passes everything on, closes the duplicate and lets its requester follow the one that goes on', async () => {
    const { duplicate, survivor } = await furnished()
    const merged = await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: `INC-${survivor}` })
    assert.equal(merged.status, 200)
    assert.equal(merged.body.status, 'closed')
    assert.equal(merged.body.closureCode, 'duplicate')
    assert.equal(merged.body.duplicateOf.id, survivor)
    assert.deepEqual(await onIt(duplicate), { comment: 0, task: 0, watcher: 0, link: 1, time_entry: 0 })
    assert.deepEqual(await onIt(survivor), { comment: 2, task: 1, watcher: 2, link: 0, time_entry: 1 })
    const [one, two] = [await row(duplicate), await row(survivor)]
    assert.equal(one['workedMinutes'], 0)
    assert.equal(two['workedMinutes'], 20)
    const family = await desk.ask(agent, `GET /incidents/${survivor}/family`)
    assert.deepEqual(
      family.body.merged.map((merge: { id: number }) => merge.id),
      [duplicate],
    )
    const told = await desk.ask(agent, `GET /incidents/${survivor}/history`)
    assert.match(JSON.stringify(told.body), new RegExp(`INC-${duplicate} .{0,80}was merged into this one`))
  })

  it('is written as one request in the journal, the moved comment with where it was', async () => {
    const { duplicate, survivor } = await furnished()
    const merged = await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: survivor })
    const entries = await run<{ record: string; changes: Record<string, [{ id: number } | null, { id: number }]> }>(
      desk.store.db,
      sql`select record, changes from journal where request = ${String(merged.headers['x-request-id'])}`,
    )
    const comments = entries.filter((entry) => entry.record === 'comment')
    assert.equal(comments.length, 2)
    assert.deepEqual(
      comments.map(({ changes }) => [changes['on']?.[0]?.id, changes['on']?.[1]?.id]),
      [
        [duplicate, survivor],
        [duplicate, survivor],
      ],
    )
  })

  it('refuses itself, circles, chains, what is binned and what is merged already, each with what to do', async () => {
    const [a, b, c, d] = [await open(ines, 'a'), await open(ines, 'b'), await open(ines, 'c'), await open(ines, 'd')]
    const refused = async (id: number, into: number): Promise<string> => {
      const answer = await desk.ask(agent, `POST /incidents/${id}/merge`, { into })
      assert.equal(answer.status, 409)
      return answer.body.detail
    }
    assert.match(await refused(a, a), /into itself/)
    assert.equal((await desk.ask(agent, `POST /incidents/${a}/merge`, { into: b })).status, 200)
    assert.match(await refused(b, a), /circle/)
    assert.match(await refused(a, c), new RegExp(`merged into INC-${b} already`))
    assert.match(await refused(c, a), new RegExp(`Merge into INC-${b}`))
    assert.equal((await desk.ask(await desk.person('Lead', 'lead'), `DELETE /incidents/${d}`)).status, 204)
    assert.match(await refused(c, d), /in the bin/)
    assert.equal((await desk.ask(ines, `POST /incidents/${c}/merge`, { into: b })).status, 403)
    assert.equal((await desk.ask(karl, `POST /incidents/${c}/merge`, { into: b })).status, 404)
    assert.equal((await desk.ask(agent, `POST /incidents/${c}/merge`, { into: 999_999 })).status, 404)
    assert.equal((await desk.ask(agent, `POST /incidents/${c}/merge`, { into: [] })).status, 422)
  })

  it('lets two merges at once make no circle', async () => {
    const [a, b] = [await open(ines, 'left'), await open(ines, 'right')]
    const both = await Promise.all([
      desk.ask(agent, `POST /incidents/${a}/merge`, { into: b }),
      desk.ask(other, `POST /incidents/${b}/merge`, { into: a }),
    ])
    assert.deepEqual(
      both.map((one) => one.status).sort((x, y) => x - y),
      [200, 409],
    )
  })

  it('leaves added fields and tags of a merged incident as they are, and gives them back with it', async () => {
    const { duplicate, survivor } = await furnished()
    const field = { kind: 'text', label: 'Machine', help: '', required: false, stamped: false } as const
    desk.store.catalogue.replaceCustomFields(1, [{ record: 'incident', name: 'machine', field }])
    const filled = await desk.ask(agent, `PATCH /incidents/${duplicate}`, { custom: { machine: 'Lathe' } }, { 'if-match': `"${(await row(duplicate))['rev']}"` }) // oxfmt-ignore
    assert.equal(filled.status, 200)
    await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: survivor })
    const rev = { 'if-match': `"${(await row(duplicate))['rev']}"` }
    for (const change of [{ custom: { machine: 'Mill' } }, { tags: ['late'] }]) {
      const refused = await desk.ask(agent, `PATCH /incidents/${duplicate}`, change, rev)
      assert.equal(refused.status, 409, JSON.stringify(refused.body))
      assert.match(refused.body.detail, new RegExp(`was merged into INC-${survivor}`))
    }
    const back = await desk.ask(agent, `POST /incidents/${duplicate}/unmerge`, {})
    assert.deepEqual([back.status, back.body.custom], [200, { machine: 'Lathe' }])
    desk.store.catalogue.replaceCustomFields(1, [])
  })

  it('never lets a merged incident receive more: comments go on, the rest is refused with where to put it', async () => {
    const { duplicate, survivor } = await furnished()
    await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: survivor })
    const said = await desk.ask(karl, `POST /incidents/${duplicate}/comments`, { body: 'Any news?' })
    assert.equal(said.status, 201)
    assert.equal(said.body.on.id, survivor)
    const on = { record: 'incident', id: duplicate }
    const refused = await Promise.all([
      desk.ask(agent, 'POST /tasks', { subject: 'Lost', on }),
      desk.ask(agent, 'POST /timeentries', { on, minutes: 5 }),
      desk.ask(agent, 'POST /watchers', { person: ines.id, on }),
      desk.ask(agent, 'POST /links', { type: 'causes', on: { record: 'incident', id: survivor }, to: on }),
      desk.ask(agent, `PATCH /incidents/${duplicate}`, { subject: 'Changed' }, { 'if-match': '"99"' }),
      desk.ask(agent, `POST /incidents/${duplicate}/reopen`, {}),
    ])
    assert.deepEqual(
      refused.map((one) => one.status),
      [409, 409, 409, 409, 412, 409],
    )
    assert.match(refused[0]?.body.detail, new RegExp(`Use INC-${survivor}`))
    const present = await desk.ask(agent, `GET /incidents/${duplicate}`)
    const changed = await desk.ask(
      agent,
      `PATCH /incidents/${duplicate}`,
      { subject: 'Changed' },
      { 'if-match': String(present.headers['etag']) },
    )
    assert.equal(changed.status, 409)
    assert.match(changed.body.detail, /unmerge/)
  })

  it('takes a merge apart: everything is where it was, also through a chain of merges', async () => {
    const { duplicate, survivor } = await furnished()
    const [before, last] = [await onIt(duplicate), await open(ines, 'The real one')]
    await desk.ask(agent, `POST /incidents/${duplicate}/wait`, { waitingFor: 'supplier' })
    await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: survivor })
    await desk.ask(agent, `POST /incidents/${survivor}/merge`, { into: last })
    assert.equal((await onIt(last))['comment'], 2)
    const apart = await desk.ask(agent, `POST /incidents/${duplicate}/unmerge`, { reason: 'Another fault' })
    assert.equal(apart.status, 200)
    assert.deepEqual(
      [
        apart.body.status,
        apart.body.waitingFor,
        apart.body.closureCode,
        apart.body.duplicateOf,
        apart.body.closedAt,
        apart.body.workedMinutes,
      ],
      ['waiting', 'supplier', null, null, null, 20],
    )
    assert.deepEqual(await onIt(duplicate), before)
    assert.equal((await onIt(last))['comment'], 0)
    assert.equal((await desk.ask(agent, `POST /incidents/${duplicate}/unmerge`, {})).status, 409)
  })

  it('is undone by its request as a whole, whoever wrote the comments', async () => {
    const { duplicate, survivor } = await furnished()
    const before = await onIt(duplicate)
    const merged = await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: survivor })
    const undone = await desk.ask(agent, 'POST /undo', { request: merged.headers['x-request-id'] })
    assert.equal(undone.status, 200, JSON.stringify(undone.body))
    await desk.settle()
    assert.deepEqual(await onIt(duplicate), before)
    const back = await row(duplicate)
    assert.deepEqual([back['status'], back['duplicateOf'], back['workedMinutes']], ['new', null, 20])
    assert.equal((await onIt(survivor))['watcher'], 1)
  })

  it('gives the children of the duplicate to the survivor and leaves no circle', async () => {
    const [top, other] = [await open(ines, 'top'), await open(ines, 'other')]
    const child = await open(ines, 'child', { parent: top })
    const grandchild = await open(ines, 'grandchild', { parent: child })
    await desk.ask(agent, `POST /incidents/${top}/merge`, { into: grandchild })
    const rows = [await row(child), await row(grandchild)]
    assert.equal(rows[0]?.['parent'], null)
    await desk.ask(agent, `POST /incidents/${top}/unmerge`, {})
    assert.equal((await row(child))['parent']?.['id'], top)
    await desk.ask(agent, `POST /incidents/${top}/merge`, { into: other })
    assert.equal((await row(child))['parent']?.['id'], other)
  })
})

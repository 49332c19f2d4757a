import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { AnyRow } from '#kit/record.ts'
import { closeResolved, resumeWaiting } from './housekeeping.ts'
import { filled } from './replies.ts'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

const SOLVED = { resolution: 'Restarted it', closureCode: 'fixed' }

describe('the desk', () => {
  let desk: Desk
  let agent: Colleague
  let manager: Colleague
  let ines: Colleague
  before(async () => {
    desk = await openDesk()
    agent = await desk.person('Anna Agent', 'agent')
    manager = await desk.person('Mara Manager', 'manager')
    ines = await desk.person('Ines', 'requester')
  })
  const open = async (more: object = {}): Promise<number> =>
    (await desk.ask(agent, 'POST /incidents', { subject: 'Laptop is slow', requester: ines.id, ...more })).body.id
  // oxlint-disable-next-line typescript/no-explicit-any
  const row = async (id: number): Promise<any> => (await desk.ask(agent, `GET /incidents/${id}`)).body
  const say = async (
    who: Colleague,
    id: number,
    body: string,
    internal = false,
  ): Promise<{ status: number; body: { detail: string } }> =>
    desk.ask(who, `POST /incidents/${id}/comments`, { body, internal })

  describe('answers', () => {
    it('takes the first public comment of the staff as the first response, and only that one', async () => {
      const id = await open()
      await say(agent, id, 'Note to self', true)
      await say(ines, id, 'Please hurry')
      assert.equal((await row(id)).respondedAt, null)
      desk.pass({ minutes: 7 })
      const at = desk.now()
      await say(agent, id, 'We are looking into it')
      assert.equal((await row(id)).respondedAt, at)
      desk.pass({ minutes: 5 })
      await say(manager, id, 'Still looking')
      assert.equal((await row(id)).respondedAt, at)
    })
    it('takes no answer from the person who asked, although they belong to the staff', async () => {
      const id = await open({ requester: agent.id })
      await say(agent, id, 'One more thing')
      assert.equal((await row(id)).respondedAt, null)
    })
    it('takes no wait of what nobody has taken for a response; the answer to the requester is one', async () => {
      const id = await open()
      await desk.ask(agent, `POST /incidents/${id}/wait`, { waitingFor: 'requester' })
      const waiting = await row(id)
      assert.deepEqual([waiting.status, waiting.respondedAt, waiting.assignedAt], ['waiting', null, null])
      desk.pass({ minutes: 3 })
      const at = desk.now()
      await say(agent, id, 'Which laptop is it?')
      assert.equal((await row(id)).respondedAt, at)
    })
    it('takes the wait of whoever has taken it for their response, with the team that has it as assigned', async () => {
      const { body: team } = await desk.ask(manager, 'POST /teams', { name: 'First line' })
      const [taken, queued] = [await open({ assignee: agent.id }), await open({ team: team.id })]
      desk.pass({ minutes: 3 })
      const at = desk.now()
      for (const id of [taken, queued]) await desk.ask(agent, `POST /incidents/${id}/wait`, { waitingFor: 'requester' })
      const [mine, ours] = [await row(taken), await row(queued)]
      assert.deepEqual([mine.respondedAt, mine.assignedAt], [at, at])
      assert.deepEqual([ours.respondedAt, ours.assignedAt], [null, at])
    })
    it('resumes what waited for the requester when the requester writes, and nothing that waits for others', async () => {
      const [mine, theirs] = [await open(), await open()]
      await desk.ask(agent, `POST /incidents/${mine}/wait`, { waitingFor: 'requester' })
      await desk.ask(agent, `POST /incidents/${theirs}/wait`, { waitingFor: 'supplier' })
      await say(ines, mine, 'It is the blue one')
      await say(ines, theirs, 'Any news?')
      const one = await row(mine)
      assert.deepEqual([one.status, one.waitingFor], ['working', null])
      assert.equal((await row(theirs)).status, 'waiting')
      const [entry] = (await desk.ask(agent, `GET /incidents/${mine}/history`)).body.items
      assert.deepEqual([entry.reason, entry.actor.title], ['The requester has answered', 'Ines'])
    })
    it('reopens a resolved incident when the requester writes', async () => {
      const id = await open()
      await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)
      assert.equal((await say(ines, id, 'It is slow again')).status, 201)
      const one = await row(id)
      assert.deepEqual([one.status, one.reopenCount, one.resolvedAt, one.closureCode], ['assigned', 1, null, null])
    })
    it('keeps no comment on what was closed too long ago, and says what to do', async () => {
      const id = await open()
      await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)
      await desk.ask(agent, `POST /incidents/${id}/close`, {})
      desk.pass({ hours: 15 * 24 })
      const refused = await say(ines, id, 'It is slow again')
      assert.equal(refused.status, 409)
      assert.match(refused.body.detail, /15 days ago.*new incident/)
      assert.equal((await say(agent, id, 'For the record')).status, 201)
      assert.equal((await row(id)).status, 'closed')
    })
  })

  describe('reopening', () => {
    it('is for the requester and the staff within fourteen days of closing', async () => {
      const id = await open()
      await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)
      await desk.ask(ines, `POST /incidents/${id}/close`, {})
      desk.pass({ hours: 14 * 24 })
      assert.equal(
        (await desk.ask(await desk.person('Karl', 'requester'), `POST /incidents/${id}/reopen`, {})).status,
        404,
      )
      assert.equal((await desk.ask(ines, `POST /incidents/${id}/reopen`, { reason: 'Again' })).status, 200)
      await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)
      await desk.ask(agent, `POST /incidents/${id}/close`, {})
      desk.pass({ hours: 15 * 24 })
      const late = await desk.ask(agent, `POST /incidents/${id}/reopen`, {})
      assert.equal(late.status, 409)
      assert.match(late.body.detail, /Reopening is possible for 14 days/)
      assert.equal(
        (await row(id)).moves.find((move: { name: string }) => move.name === 'reopen').because,
        late.body.detail,
      )
    })
  })

  describe('the days that the organisation has set', () => {
    it('hold for closing and for reopening, in the sentence and in the journal', async () => {
      const { catalogue } = desk.store
      const [id, other] = [await open(), await open()]
      const before = catalogue.settings(1)
      catalogue.replaceSettings(1, { ...before, closeAfterDays: 2, reopenWithinDays: 0 })
      try {
        await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)
        desk.pass({ hours: 49 })
        assert.ok((await closeResolved(desk.store, 'after two days')) >= 1)
        const [entry] = (await desk.ask(agent, `GET /incidents/${id}/history`)).body.items
        assert.equal(entry.reason, 'Resolved for 2 days and not reopened')
        desk.pass({ hours: 25 })
        const late = await desk.ask(agent, `POST /incidents/${id}/reopen`, {})
        assert.deepEqual([late.status, /possible for 0 days/.test(late.body.detail)], [409, true])
        await desk.ask(agent, `POST /incidents/${other}/resolve`, SOLVED)
        await desk.ask(agent, `POST /incidents/${other}/close`, {})
        assert.equal((await desk.ask(agent, `POST /incidents/${other}/reopen`, {})).status, 200, 'on the same day')
      } finally {
        catalogue.replaceSettings(1, before)
      }
    })
  })

  describe('what time does', () => {
    it('closes what was resolved a week ago, once, and tells why in the journal', async () => {
      const [old, young] = [await open(), await open()]
      await desk.ask(agent, `POST /incidents/${old}/resolve`, SOLVED)
      desk.pass({ hours: 6 * 24 })
      await desk.ask(agent, `POST /incidents/${young}/resolve`, SOLVED)
      await closeResolved(desk.store, 'first run')
      assert.equal((await row(old)).status, 'resolved')
      desk.pass({ hours: 25 })
      assert.ok((await closeResolved(desk.store, 'second run')) >= 1)
      assert.equal(await closeResolved(desk.store, 'third run'), 0)
      const closed = await row(old)
      assert.deepEqual([closed.status, closed.closedAt, (await row(young)).status], ['closed', desk.now(), 'resolved'])
      const [entry] = (await desk.ask(agent, `GET /incidents/${old}/history`)).body.items
      assert.deepEqual(
        [entry.action, entry.origin, entry.actor, entry.reason],
        ['move:close', 'rule', null, 'Resolved for 7 days and not reopened'],
      )
      assert.equal((await desk.ask(ines, `POST /incidents/${old}/reopen`, {})).status, 200)
    })
    it('closes many in sets and counts them right', async () => {
      const ids: number[] = []
      // More at once are turned away.
      for (let made = 0; made < 450; made += 150)
        ids.push(...(await Promise.all(Array.from({ length: 150 }, () => open()))))
      await desk.store.db.query(
        "update incident set status = 'resolved', resolved_at = $1::timestamptz - interval '30 days' where id = any($2)",
        [desk.now(), ids],
      )
      assert.ok((await closeResolved(desk.store, 'many')) >= 450)
      assert.equal((await row(ids[449] ?? 0)).status, 'closed')
    })
    it('takes up what waited until today', async () => {
      const [due, later, endless] = [await open(), await open(), await open()]
      const in2Days = new Date(Date.parse(desk.now()) + 2 * 86_400_000).toISOString()
      const in9Days = new Date(Date.parse(desk.now()) + 9 * 86_400_000).toISOString()
      await desk.ask(agent, `POST /incidents/${due}/wait`, { waitingFor: 'supplier', waitingUntil: in2Days })
      await desk.ask(agent, `POST /incidents/${later}/wait`, { waitingFor: 'supplier', waitingUntil: in9Days })
      await desk.ask(agent, `POST /incidents/${endless}/wait`, { waitingFor: 'supplier' })
      desk.pass({ hours: 49 })
      assert.equal(await resumeWaiting(desk.store, 'run'), 1)
      assert.equal(await resumeWaiting(desk.store, 'again'), 0)
      const one = await row(due)
      assert.deepEqual([one.status, one.waitingFor, one.waitingUntil], ['working', null, null])
      assert.deepEqual([(await row(later)).status, (await row(endless)).status], ['waiting', 'waiting'])
    })
  })

  describe('routing', () => {
    it('names the team of the nearest category, else of the service, and somebody who is here with a hand free', async () => {
      const [busy, free, gone] = [
        await desk.person('Bea Busy', 'agent'),
        await desk.person('Fred Free', 'agent'),
        await desk.person('Gus Gone', 'agent'),
      ]
      const network = (
        await desk.ask(manager, 'POST /teams', { name: 'Network', members: [busy.id, free.id, gone.id] })
      ).body
      const apps = (await desk.ask(manager, 'POST /teams', { name: 'Applications' })).body
      const parent = (await desk.ask(manager, 'POST /categories', { name: 'Network', team: network.id })).body
      const child = (await desk.ask(manager, 'POST /categories', { name: 'WLAN', parent: parent.id })).body
      const service = (await desk.ask(manager, 'POST /services', { name: 'ERP', kind: 'business', team: apps.id })).body
      const today = desk.now().slice(0, 10)
      assert.equal(
        (
          await desk.ask(manager, 'POST /absences', {
            person: gone.id,
            firstDay: today,
            lastDay: today,
            deputy: free.id,
          })
        ).status,
        201,
      )
      await open({ assignee: busy.id })
      const both = (await desk.ask(agent, `GET /incidents/suggest?service=${service.number}&category=${child.number}`))
        .body
      assert.equal(both.team.ref.title, 'Network')
      assert.match(both.team.because, /category Network/)
      assert.deepEqual(
        [both.assignee.ref.title, both.assignee.because],
        ['Fred Free', 'Here today, with no open incident.'],
      )
      assert.deepEqual(both.warnings, [{ because: `Gus Gone is away until ${today}. Fred Free acts for them.` }])
      const alone = (await desk.ask(agent, `GET /incidents/suggest?service=${service.id}`)).body
      assert.deepEqual(
        [alone.team.ref.title, alone.team.because, alone.assignee],
        ['Applications', 'It restores ERP.', null],
      )
      assert.deepEqual((await desk.ask(agent, 'GET /incidents/suggest')).body, {
        team: null,
        assignee: null,
        warnings: [],
      })
      assert.equal((await desk.ask(agent, 'GET /incidents/suggest?service=INC-3')).status, 404)
      assert.equal((await desk.ask(ines, 'GET /incidents/suggest')).status, 403)
    })
    it('warns on the page of an incident whose assignee is away, and not of one that is over', async () => {
      const away = await desk.person('Willy Away', 'agent')
      const first = desk.now().slice(0, 10)
      await desk.ask(manager, 'POST /absences', { person: away.id, firstDay: first, lastDay: '2027-12-31' })
      const id = await open({ assignee: away.id })
      assert.deepEqual((await row(id)).warnings, [
        { because: 'Willy Away is away until 2027-12-31. Nobody is named as deputy.' },
      ])
      assert.deepEqual((await desk.ask(ines, `GET /incidents/${id}`)).body.warnings, [])
      await desk.ask(agent, `POST /incidents/${id}/resolve`, SOLVED)
      assert.deepEqual((await row(id)).warnings, [])
    })
  })

  describe('canned replies', () => {
    it('fills in what the incident knows and names what it does not', async () => {
      const reply = (
        await desk.ask(agent, 'POST /cannedreplies', {
          name: 'Hello',
          body: 'Dear {{requester}}, {{ number }} “{{subject}}”. {{unknown}} {{me}}',
        })
      ).body
      const id = await open()
      const answer = await desk.ask(agent, `POST /cannedreplies/${reply.number}/fill`, { incident: id })
      assert.deepEqual(answer.body, {
        text: `Dear Ines, INC-${id} “Laptop is slow”. {{unknown}} Anna Agent`,
        unfilled: ['unknown'],
      })
      assert.equal((await desk.ask(ines, `POST /cannedreplies/${reply.id}/fill`, { incident: id })).status, 404)
      assert.equal((await desk.ask(agent, `POST /cannedreplies/${reply.id}/fill`, {})).status, 422)
    })
    it('reaches no property of the program through a place', () => {
      assert.deepEqual(filled('{{constructor}} {{__proto__}}', {}), {
        text: '{{constructor}} {{__proto__}}',
        unfilled: ['constructor', '__proto__'],
      })
    })
  })

  it('pages through several values of a field in order, whole and without one twice', async () => {
    const since = `openedAt>=${desk.now()}`
    for (let made = 0; made < 12; made++) {
      await open({ impact: ['site', 'person', 'team'][made % 3], urgency: ['high', 'low'][made % 2] })
      desk.pass({ minutes: 1 })
    }
    const query = async (more: Record<string, string>): Promise<{ items: AnyRow[]; next: string | null }> =>
      (await desk.ask(agent, `GET /incidents?${new URLSearchParams({ limit: '200', ...more }).toString()}`)).body
    for (const sort of ['-openedAt', 'openedAt']) {
      const all = (await query({ filter: since, sort })).items.filter((one) =>
        ['P1', 'P3', 'P4'].includes(String(one['priority'])),
      )
      assert.ok(new Set(all.map((one) => one['priority'])).size > 1)
      const paged: AnyRow[] = []
      let after: string | null = ''
      while (after !== null) {
        const more: Record<string, string> = after === '' ? {} : { after }
        const page = await query({ filter: `priority:P1,P3,P4 ${since}`, sort, limit: '3', ...more })
        paged.push(...page.items)
        after = page.next
      }
      assert.deepEqual(
        paged.map((one) => one.id),
        all.map((one) => one.id),
      )
    }
  })

  it('calls what a row refers to by its present name, also right after it was changed', async () => {
    const team = (await desk.ask(manager, 'POST /teams', { name: 'Field service' })).body
    const id = await open({ team: team.id })
    assert.equal((await row(id)).team.title, 'Field service')
    await desk.store.change(
      system(agent.actor.org, 'rename'),
      desk.store.catalogue.get('team'),
      { id: team.id, rev: null },
      { name: 'Field services' },
    )
    assert.equal((await row(id)).team.title, 'Field services')
  })

  it('shows a page with at most two statements more than the row itself', async () => {
    const id = await open({ assignee: agent.id })
    await desk.ask(agent, `GET /incidents/${id}`)
    const extras = await desk.statements.during(() => desk.ask(agent, `GET /incidents/${id}`))
    const bare = await desk.statements.during(() =>
      desk.store.get(agent.actor, desk.store.catalogue.get('incident'), id),
    )
    assert.ok(extras - bare <= 3, desk.statements.last.join('\n'))
  })
})

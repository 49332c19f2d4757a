import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { needs } from '../bridge/needs.ts'
import { lessonsIn } from './lessons.ts'
import { noteLateNews } from './news.ts'
import { run, sql } from '#kit/sql.ts'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

describe('major incidents', () => {
  let desk: Desk
  let agent: Colleague
  let manager: Colleague
  let lead: Colleague
  let owner: Colleague
  let service: number
  before(async () => {
    desk = await openDesk()
    agent = await desk.person('Anna Agent', 'agent')
    manager = await desk.person('Mara Manager', 'manager')
    lead = await desk.person('Lena Lead', 'lead')
    owner = await desk.person('Olaf Owner')
    const team = (await desk.ask(manager, 'POST /teams', { name: 'Applications', lead: lead.id })).body.id
    service = (await desk.ask(manager, 'POST /services', { name: 'ERP', kind: 'business', team, owner: owner.id })).body
      .id
  })
  const open = async (more: object = {}): Promise<number> =>
    (await desk.ask(agent, 'POST /incidents', { subject: 'ERP is down', service, ...more })).body.id

  it('declares with a proposed crew, says why, and marks the incident', async () => {
    const id = await open()
    const declared = await desk.ask(agent, `POST /incidents/${id}/declare-major`, {})
    assert.equal(declared.status, 201)
    assert.deepEqual(
      [declared.body.commander.title, declared.body.communicator.title, declared.body.scribe.title],
      ['Lena Lead', 'Olaf Owner', 'Anna Agent'],
    )
    assert.equal(declared.body.proposed.commander.because, 'Leads Applications.')
    const row = (await desk.ask(agent, `GET /incidents/${id}`)).body
    assert.equal(row.major, true)
    assert.deepEqual(row.majorIncident, {
      id: declared.body.id,
      number: declared.body.number,
      title: 'ERP is down',
      status: 'declared',
    })
  })
  it('takes what is chosen over what is proposed, and lets a deputy stand in', async () => {
    const day = desk.now().slice(0, 10)
    const away = await desk.person('Aldo Away')
    const team = (await desk.ask(manager, 'POST /teams', { name: 'Network', lead: away.id })).body.id
    await desk.ask(manager, 'POST /absences', { person: away.id, firstDay: day, lastDay: day, deputy: agent.id })
    const id = await open({ team })
    const crew = (await desk.ask(agent, `GET /incidents/${id}/crew`)).body
    assert.deepEqual(
      [crew.commander.ref.title, crew.commander.because],
      ['Anna Agent', 'Acts for Aldo Away, who is away. Leads Network.'],
    )
    const declared = await desk.ask(agent, `POST /incidents/${id}/declare-major`, {
      commander: manager.id,
      communicator: null,
      subject: 'Plant 2 offline',
    })
    assert.deepEqual(
      [declared.body.commander.title, declared.body.communicator, declared.body.subject],
      ['Mara Manager', null, 'Plant 2 offline'],
    )
  })
  it('is declared once at a time, not on merged incidents, and dropped with the mark', async () => {
    const [id, other] = [await open(), await open()]
    const both = await Promise.all([
      desk.ask(agent, `POST /incidents/${id}/declare-major`, {}),
      desk.ask(lead, `POST /incidents/${id}/declare-major`, {}),
    ])
    assert.deepEqual(
      both.map((one) => one.status).sort((x, y) => x - y),
      [201, 409],
    )
    const major = both.find((one) => one.status === 201)?.body.id
    assert.match((await desk.ask(agent, `POST /incidents/${id}/merge`, { into: other })).body.detail, /other way round/)
    assert.equal((await desk.ask(lead, `POST /majorincidents/${major}/drop`, {})).status, 200)
    const row = (await desk.ask(agent, `GET /incidents/${id}`)).body
    assert.deepEqual([row.major, row.majorIncident], [false, null])
    await desk.ask(agent, `POST /incidents/${id}/merge`, { into: other })
    assert.equal((await desk.ask(agent, `POST /incidents/${id}/declare-major`, {})).status, 409)
    const requester = await desk.person('Rita', 'requester')
    assert.equal((await desk.ask(requester, `POST /incidents/${other}/declare-major`, {})).status, 404)
  })
  it('promises news, and counts from the last of them by how much the next is late', async () => {
    const id = await open()
    const major = (await desk.ask(agent, `POST /incidents/${id}/declare-major`, { newsEvery: 30 })).body
    const next = async (): Promise<unknown> =>
      (await desk.ask(agent, 'GET /majorincidents/running')).body.items.find(
        (one: { major: { id: number } }) => one.major.id === major.id,
      )?.next
    const after = (minutes: number): string => new Date(Date.parse(desk.now()) + minutes * 60_000).toISOString()
    assert.deepEqual(await next(), { dueAt: after(30), isLate: false, lateMinutes: 0 })
    desk.pass({ minutes: 45 })
    assert.deepEqual(await next(), { dueAt: after(-15), isLate: true, lateMinutes: 15 })
    const told = await desk.ask(agent, 'POST /news', { major: major.id, message: 'We know the cause.' })
    assert.equal(told.body.nextAt, after(30))
    assert.deepEqual(await next(), { dueAt: after(30), isLate: false, lateMinutes: 0 })
    assert.deepEqual((await desk.ask(agent, `GET /majorincidents/${major.id}`)).body.nextNews, {
      dueAt: after(30),
      isLate: false,
      lateMinutes: 0,
    })
    await desk.ask(agent, 'POST /news', { major: major.id, message: 'Over.', isLast: true })
    assert.equal(await next(), null)
    await desk.ask(agent, `POST /majorincidents/${major.id}/end`, {})
    assert.equal(await next(), undefined)
  })
  it('notes late news once, tells the communicator, names it on the bridge, and forgets it with the news', async () => {
    for (const one of (await desk.ask(manager, 'GET /majorincidents/running')).body.items)
      await desk.ask(manager, `POST /majorincidents/${one.major.id}/drop`, {})
    const id = await open({ subject: 'Scales stand still' })
    const major = (
      await desk.ask(agent, `POST /incidents/${id}/declare-major`, {
        newsEvery: 30,
        commander: lead.id,
        communicator: manager.id,
      })
    ).body
    const note = (): Promise<number> => noteLateNews(desk.store, 'late-news')
    const late = async (): Promise<unknown> =>
      (await desk.ask(agent, `GET /majorincidents/${major.id}`)).body.newsLateSince
    const told = async (person = manager.id): Promise<number> =>
      (
        await run<{ happened: { clock?: string }[] }>(
          desk.store.db,
          sql`select happened from inbox where person = ${person} and record = 'majorIncident' and record_id = ${major.id}`,
        )
      ).flatMap(({ happened }) => happened.filter((one) => one.clock === 'The news to those affected')).length
    const named = async (): Promise<string[]> =>
      (
        await needs(desk.store.db, {
          actor: manager.actor,
          catalogue: desk.store.catalogue,
          now: desk.now(),
          zone: 'UTC',
        })
      )
        .filter((one) => one.kind === 'lateNews')
        .map((one) => one.text)
    await note()
    assert.deepEqual([await late(), await told(), await named()], [null, 0, []])
    desk.pass({ minutes: 45 })
    await Promise.all([note(), note()])
    await note()
    assert.equal(await late(), new Date(Date.parse(desk.now()) - 15 * 60_000).toISOString())
    assert.deepEqual([await told(), await named()], [1, ['News to those affected is late: Scales stand still']])
    await desk.ask(agent, 'POST /news', { major: major.id, message: 'Technicians are on site.' })
    assert.deepEqual([await late(), await named()], [null, []])
    desk.pass({ minutes: 31 })
    await note()
    assert.equal(await told(), 2)
    const rev = (await desk.ask(agent, `GET /majorincidents/${major.id}`)).body.rev
    await desk.ask(agent, `PATCH /majorincidents/${major.id}`, { communicator: owner.id }, { 'if-match': `"${rev}"` })
    await desk.ask(agent, 'POST /news', { major: major.id, message: 'Still on it.' })
    desk.pass({ minutes: 31 })
    await note()
    assert.deepEqual([await told(owner.id), await told(lead.id)], [0, 1], 'who may not read it is not asked to tell')
    await desk.ask(lead, `POST /majorincidents/${major.id}/drop`, {})
    await note()
    assert.equal(await late(), null)
  })
  it('tells news, moves and new reports in one chronicle with minutes since the declaration', async () => {
    const id = await open()
    desk.pass({ minutes: 5 })
    const major = (await desk.ask(agent, `POST /incidents/${id}/declare-major`, {})).body
    desk.pass({ minutes: 10 })
    const child = await open({ subject: 'Cannot ship', parent: id })
    desk.pass({ minutes: 5 })
    await desk.ask(agent, 'POST /news', { major: major.id, message: 'We switch to the second site.' })
    desk.pass({ minutes: 10 })
    await desk.ask(lead, `POST /majorincidents/${major.id}/mitigate`, { reason: 'Second site serves' })
    await desk.ask(agent, `POST /incidents/${id}/start`, { assignee: agent.id })
    const { body } = await desk.ask(agent, `GET /majorincidents/${major.id}/chronicle`)
    assert.deepEqual(
      body.items
        .map((one: { kind: string; minutes: number; text: string }) => [one.kind, one.minutes, one.text])
        .sort(),
      [
        ['child', 10, `INC-${child} was opened: Cannot ship`],
        ['declared', 0, `${major.number} was declared`],
        ['move', 25, `INC-${id}: Start work`],
        ['move', 25, `${major.number}: Mitigate (Second site serves)`],
        ['news', 15, 'We switch to the second site.'],
      ],
    )
    const requester = await desk.person('Rob', 'requester')
    assert.equal((await desk.ask(requester, `GET /majorincidents/${major.id}/chronicle`)).status, 404)
  })
  it('makes improvement actions of the lessons, each once', async () => {
    const id = await open()
    const major = (await desk.ask(agent, `POST /incidents/${id}/declare-major`, {})).body
    const make = async (
      body: object,
    ): Promise<{
      status: number
      body: { created: { subject: string; on: { id: number }; because: string }[]; detail: string }
    }> => desk.ask(lead, `POST /majorincidents/${major.id}/actions`, body)
    assert.match((await make({})).body.detail, /no lessons yet/)
    await desk.ask(
      agent,
      `PATCH /majorincidents/${major.id}`,
      { lessons: '# What we change\n- Watch the disk of the ERP database\n2. Write down who calls whom\n\n---\n' },
      { 'if-match': '"1"' },
    )
    const first = await make({ lines: ['Watch the disk of the ERP database'], owner: lead.id, dueOn: '2026-12-24' })
    assert.equal(first.status, 201)
    const rest = await make({})
    assert.deepEqual(
      rest.body.created.map((one) => [one.subject, one.on.id]),
      [['Write down who calls whom', major.id]],
    )
    assert.match(rest.body.created[0]?.because ?? '', new RegExp(`^Review of ${major.number}`))
    assert.equal((await make({})).status, 409)
    assert.equal((await make({ dueOn: '2026-02-30' })).status, 422)
  })
  it('reads lessons as people write lists', () => {
    assert.deepEqual(lessonsIn('## Review\n* one\n  - two\n1) three\n- [ ] four\nfive\n***\n'), [
      'one',
      'two',
      'three',
      'four',
      'five',
    ])
    assert.deepEqual(lessonsIn(''), [])
  })
})

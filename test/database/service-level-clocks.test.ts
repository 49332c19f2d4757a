// Clocks through the real store: derived from history, so nothing that happened is lost when a promise changes.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { agreement, calendar, service, target } from '#services'
import { incident } from '#desk'
import { team } from '#people'
import { tallies } from '#kit/tally.ts'
import { ground, keptClocks, openLevels, promise, WEEK, type Ground, type Levels } from '../setup/levels.ts'

let levels: Levels
let on: Ground
before(async () => {
  levels = await openLevels()
  on = await ground(levels)
  await promise(
    levels,
    on.hours,
    { name: 'Standard', rank: 100, pauses: [{ when: 'status:waiting', reason: 'Waiting' }] },
    { workingMinutes: 480 },
  )
})
const report = (more: Record<string, unknown> = {}) =>
  levels.add(incident, {
    subject: 'ERP is slow',
    service: on.erp.id,
    requester: on.anna.id,
    team: on.desk.id,
    assignee: on.anna.id,
    ...more,
  })

describe('a clock of an incident', () => {
  it('is due after eight service hours, and says why', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const made = await report()
    const clock = (await levels.clocks(made)).get('resolution')
    assert.equal(clock?.dueAt, '2026-11-03T09:00:00.000Z')
    assert.equal(clock?.state, 'running')
    assert.equal(clock?.agreement?.title, 'Standard')
    assert.match(
      clock?.because[0]?.text ?? '',
      /Promised by SLA-1 "Standard" \(TGT-1\) for any priority .* in the hours of CAL-1 "Office hours"/,
    )
    assert.ok((clock?.because.length ?? 0) > 3)
  })

  it('keeps its pause when another agreement takes over', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const made = await report()
    await levels.move(made, 'start')
    levels.at('2026-11-02T10:00:00.000Z')
    await levels.move(made, 'wait', { waitingFor: 'requester' })
    levels.at('2026-11-02T12:00:00.000Z')
    await levels.move(made, 'resume')
    assert.equal((await levels.clocks(made)).get('resolution')?.dueAt, '2026-11-03T11:00:00.000Z')
    const { sla } = await promise(
      levels,
      on.hours,
      {
        name: 'Gold',
        rank: 10,
        services: [on.erp.id],
        units: [on.company.id],
        pauses: [{ when: 'waitingFor:requester', reason: 'The requester has to answer' }],
      },
      { workingMinutes: 240 },
    )
    const clock = (await levels.clocks(made)).get('resolution')
    assert.equal(clock?.agreement?.title, 'Gold')
    assert.equal(
      clock?.dueAt,
      '2026-11-02T15:00:00.000Z',
      'four hours and the two that were paused; Plant 1 lies below the company',
    )
    assert.ok(clock?.because.some(({ text }) => /The requester has to answer/.test(text)))
    assert.ok(clock?.because.some(({ text }) => /lowest rank \(10\) of 2/.test(text)))
    await levels.change(agreement, sla, { active: false })
    assert.equal((await levels.clocks(made)).get('resolution')?.agreement?.title, 'Standard')
  })

  it('does not count the time between resolved and reopened', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const made = await report()
    await levels.move(made, 'start')
    levels.at('2026-11-02T10:00:00.000Z')
    await levels.move(made, 'resolve', { resolution: 'Restarted it.', closureCode: 'fixed' })
    assert.equal((await levels.clocks(made)).get('resolution')?.state, 'met')
    levels.at('2026-11-04T10:00:00.000Z')
    await levels.move(made, 'reopen')
    const clock = (await levels.clocks(made)).get('resolution')
    assert.equal(clock?.state, 'running')
    assert.equal(clock?.usedSeconds, 3600)
    assert.equal(clock?.dueAt, '2026-11-05T09:00:00.000Z')
    assert.ok(clock?.because.some(({ text }) => /Resolved, then reopened/.test(text)))
  })

  it('takes the target of its priority before the one for every priority', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const { sla } = await promise(
      levels,
      on.hours,
      { name: 'By priority', rank: 1, services: [on.erp.id] },
      { workingMinutes: 600 },
    )
    const urgent = await promise(levels, on.hours, { name: 'Other', rank: 500 }, { workingMinutes: 5 })
    assert.equal(urgent.sla.id > sla.id, true)
    await levels.add(target, { agreement: sla.id, clock: 'resolution', priority: 'P1', workingMinutes: 60 })
    const made = await report({ impact: 'everyone', urgency: 'high' })
    assert.equal(made['priority'], 'P1')
    assert.equal((await levels.clocks(made)).get('resolution')?.targetSeconds, 3600)
    const small = await report()
    assert.equal((await levels.clocks(small)).get('resolution')?.targetSeconds, 36_000)
    await levels.change(agreement, sla, { active: false })
    await levels.change(agreement, urgent.sla, { active: false })
  })
})

describe('the kept clocks', () => {
  it('follow the journal, with due time, level and counts, and without a new revision', async () => {
    await levels.settle()
    levels.at('2026-11-02T09:00:00.000Z')
    const made = await report()
    const before = (await tallies(levels.store.db, levels.actor, 'incident', ['level'])).get('ok') ?? 0
    await levels.settle()
    const kept = await levels.store.get(levels.actor, incident, made.id)
    assert.deepEqual([kept['dueAt'], kept['level'], kept.rev], ['2026-11-03T09:00:00.000Z', 'ok', 1])
    assert.equal((await tallies(levels.store.db, levels.actor, 'incident', ['level'])).get('ok'), before + 1)
    assert.deepEqual(await keptClocks(levels, made), [
      { name: 'resolution', state: 'running', due_at: '2026-11-03T09:00:00.000Z', agreement: 1, warned: 0 },
    ])
    assert.equal(kept['timeLeft'], null)
    levels.at('2026-11-02T10:30:00.000Z')
    await levels.move(made, 'wait', { waitingFor: 'requester' })
    await levels.settle()
    const waiting = await levels.store.get(levels.actor, incident, made.id)
    const ofEightHours = 8 * 60 - 90
    assert.deepEqual([waiting['dueAt'], waiting['level'], waiting['timeLeft']], [null, 'paused', ofEightHours])
    await levels.move(made, 'resume')
    await levels.settle()
    assert.equal((await levels.store.get(levels.actor, incident, made.id))['timeLeft'], null)
  })

  it('are dated anew when the calendar changes', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const made = await report()
    await levels.settle()
    await levels.change(calendar, on.hours, { definition: { hours: WEEK, holidays: ['2026-11-03'] } })
    await levels.settle()
    const kept = await levels.store.get(levels.actor, incident, made.id)
    assert.equal(kept['dueAt'], '2026-11-04T09:00:00.000Z')
    await levels.change(calendar, on.hours, { definition: { hours: WEEK } })
    await levels.settle()
    assert.equal((await levels.store.get(levels.actor, incident, made.id))['dueAt'], '2026-11-03T09:00:00.000Z')
  })

  it('go when the incident goes into the bin, and come back with it', async () => {
    const made = await report()
    await levels.settle()
    await levels.store.bin(levels.actor, incident, { id: made.id, rev: null })
    await levels.settle()
    assert.deepEqual(await keptClocks(levels, made), [])
    await levels.store.bin(levels.actor, incident, { id: made.id, rev: null }, { restore: true })
    await levels.settle()
    assert.equal((await keptClocks(levels, made)).length, 1)
  })

  it('refuse a calendar with a zone, hours or a country that do not exist', async () => {
    await assert.rejects(
      levels.add(calendar, { name: 'A', timeZone: 'Europe/Nowhere', definition: { hours: WEEK } }),
      /no known time zone/,
    )
    await assert.rejects(
      levels.add(calendar, { name: 'B', timeZone: 'UTC', definition: { hours: { mon: [] } } }),
      /never opens/,
    )
    await assert.rejects(
      levels.add(calendar, { name: 'C', timeZone: 'UTC', definition: { hours: WEEK }, holidayCountry: 'XX' }),
      /country "XX"/,
    )
    await assert.rejects(
      levels.add(calendar, {
        name: 'D',
        timeZone: 'UTC',
        definition: { hours: WEEK },
        holidayCountry: 'DE',
        holidayRegion: 'ZZ',
      }),
      /no region "ZZ"/,
    )
  })

  it('skip public holidays of the country and region', async () => {
    levels.at('2026-10-30T08:00:00.000Z')
    const bavaria = await levels.add(calendar, {
      name: 'Bavaria',
      timeZone: 'Europe/Berlin',
      definition: { hours: { ...WEEK, sun: [['09:00', '17:00']] } },
      holidayCountry: 'DE',
      holidayRegion: 'BY',
    })
    const { sla } = await promise(levels, bavaria, { name: 'Bavarian', rank: 0 }, { workingMinutes: 9 * 60 })
    const made = await report()
    const clock = (await levels.clocks(made)).get('resolution')
    assert.equal(clock?.dueAt, '2026-11-02T09:00:00.000Z', 'All Saints, Sunday 1 November, is a holiday in Bavaria')
    await levels.change(agreement, sla, { active: false })
  })
})

describe('parts of others', () => {
  it('run for a team only while the incident is with it', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const { sla } = await promise(
      levels,
      on.hours,
      { name: 'Second line helps', kind: 'team', team: on.second.id, rank: 1 },
      { workingMinutes: 120 },
    )
    const made = await report()
    assert.equal((await levels.clocks(made)).has(`team:${sla.id}:resolution`), false)
    levels.at('2026-11-02T10:00:00.000Z')
    await levels.change(incident, made, { team: on.second.id })
    levels.at('2026-11-02T11:00:00.000Z')
    await levels.change(incident, made, { team: on.desk.id })
    const part = (await levels.clocks(made)).get(`team:${sla.id}:resolution`)
    assert.deepEqual(
      [part?.state, part?.startedAt, part?.stoppedAt, part?.usedSeconds],
      ['met', '2026-11-02T10:00:00.000Z', '2026-11-02T11:00:00.000Z', 3600],
    )
    assert.equal(part?.label, 'Resolution, part of Second line')
    levels.at('2026-11-02T13:00:00.000Z')
    await levels.change(incident, made, { team: on.second.id })
    const again = (await levels.clocks(made)).get(`team:${sla.id}:resolution`)
    assert.deepEqual([again?.state, again?.dueAt, again?.usedSeconds], ['running', '2026-11-02T14:00:00.000Z', 3600])
    assert.ok(again?.because.some(({ text }) => /With another team/.test(text)))
    await levels.settle()
    const kept = await levels.store.get(levels.actor, incident, made.id)
    assert.equal(
      kept['dueAt'],
      '2026-11-03T09:00:00.000Z',
      'the promise to the business sets the due time of the incident',
    )
    assert.equal((await keptClocks(levels, made)).length, 2)
  })

  it('run for a supplier while the incident waits for it', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const { sla } = await promise(
      levels,
      on.hours,
      { name: 'Vendor care', kind: 'supplier', supplier: 'Vendor', services: [on.erp.id] },
      { workingMinutes: 180 },
    )
    const made = await report()
    await levels.move(made, 'start')
    levels.at('2026-11-02T10:00:00.000Z')
    await levels.move(made, 'wait', { waitingFor: 'supplier' })
    const part = (await levels.clocks(made)).get(`supplier:${sla.id}:resolution`)
    assert.deepEqual([part?.state, part?.dueAt], ['running', '2026-11-02T13:00:00.000Z'])
    assert.equal((await levels.clocks(made)).get('resolution')?.state, 'paused')
    levels.at('2026-11-02T14:00:00.000Z')
    await levels.move(made, 'resume')
    assert.equal((await levels.clocks(made)).get(`supplier:${sla.id}:resolution`)?.state, 'breached')
  })

  it('are told apart where two suppliers have promised something for one service', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const both = ['Lines Ltd', 'Hosting AG'].map((supplier, nth) =>
      promise(
        levels,
        on.hours,
        { name: `Care ${nth}`, kind: 'supplier', supplier, services: [on.erp.id] },
        { workingMinutes: 60 * (nth + 1) },
      ),
    )
    const [lines, hosting] = (await Promise.all(both)).map(({ sla }) => `supplier:${sla.id}:resolution`)
    const made = await report()
    await levels.move(made, 'start')
    await levels.move(made, 'wait', { waitingFor: 'supplier' })
    const open = await levels.clocks(made)
    assert.deepEqual(
      [lines, hosting].map((name) => [open.get(name ?? '')?.label, open.get(name ?? '')?.dueAt]),
      [
        ['Resolution, part of Lines Ltd', '2026-11-02T10:00:00.000Z'],
        ['Resolution, part of Hosting AG', '2026-11-02T11:00:00.000Z'],
      ],
      'while nobody says which, it may be each of them',
    )
    const named = await report()
    await levels.move(named, 'start')
    await levels.move(named, 'wait', { waitingFor: 'supplier', waitingSupplier: 'hosting ag' })
    const clocks = await levels.clocks(named)
    assert.equal(clocks.get(lines ?? ''), undefined)
    assert.match(clocks.get(hosting ?? '')?.because[0]?.text ?? '', /^Promised by SLA-\d+ "Care 1"/)
    levels.at('2026-11-02T09:30:00.000Z')
    await levels.move(named, 'resume')
    assert.equal((await levels.store.get(levels.actor, incident, named.id))['waitingSupplier'], null)
  })
})

describe('work that is over', () => {
  it('has no running clock, even where imported instants are missing', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const bare = await report()
    const silent = await report()
    levels.at('2026-11-02T10:00:00.000Z')
    await levels.change(incident, bare, { status: 'closed' })
    await levels.change(incident, silent, { status: 'closed', closedAt: '2026-11-02T09:30:00.000Z' })
    const clock = (await levels.clocks(bare)).get('resolution')
    assert.deepEqual([clock?.state, clock?.stoppedAt], ['met', '2026-11-02T10:00:00.000Z'])
    assert.equal((await levels.clocks(silent)).get('resolution')?.stoppedAt, '2026-11-02T09:30:00.000Z')
  })

  it('is neither met nor missed when it was withdrawn or merged in time', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const withdrawn = await report()
    const merged = await report()
    levels.at('2026-11-02T10:00:00.000Z')
    await levels.move(withdrawn, 'cancel')
    await levels.change(incident, merged, {
      status: 'closed',
      closedAt: '2026-11-02T10:00:00.000Z',
      duplicateOf: withdrawn.id,
    })
    assert.equal((await levels.clocks(withdrawn)).get('resolution')?.state, 'stopped')
    assert.equal((await levels.clocks(merged)).get('resolution')?.state, 'stopped')
  })
})

describe('a promise without a calendar', () => {
  it('counts by the service hours of the service, says so, and follows them when they change', async () => {
    levels.at('2026-11-02T08:00:00.000Z')
    const early = await levels.add(calendar, { name: 'Early', timeZone: 'UTC', definition: { hours: { mon: [['06:00', '10:00']], tue: [['06:00', '10:00']] } } }) // oxfmt-ignore
    const shop = await levels.add(service, { name: 'Shop floor', kind: 'business', owner: on.bert.id })
    const terms = { name: 'Shop floor in its hours', rank: 1, services: [shop.id] }
    await assert.rejects(levels.add(agreement, terms), /SVC-\d+ has no service hours that could stand in/)
    await levels.change(service, shop, { calendar: early.id })
    const sla = await levels.add(agreement, terms)
    await levels.add(target, { agreement: sla.id, clock: 'resolution', workingMinutes: 180 })
    const made = await levels.add(incident, { subject: 'Line stands', service: shop.id, openedAt: '2026-11-02T08:00:00.000Z' }) // oxfmt-ignore
    const clock = async (): Promise<[string | null | undefined, string]> => {
      const found = (await levels.clocks(made)).get('resolution')
      return [found?.dueAt, found?.because[0]?.text ?? '']
    }
    const [due, why] = await clock()
    assert.equal(due, '2026-11-03T07:00:00.000Z', 'two hours on Monday, one on Tuesday from six')
    assert.match(why, new RegExp(`in the hours of CAL-${early.id} "Early"\\. It names no calendar, so the service hours of ${shop.number} hold`)) // oxfmt-ignore
    await levels.settle()
    assert.equal((await levels.store.get(levels.actor, incident, made.id))['dueAt'], '2026-11-03T07:00:00.000Z')
    await assert.rejects(
      levels.change(service, shop, { calendar: null }),
      new RegExp(`SLA-${sla.id} counts by these hours`),
    )
    const late = await levels.add(calendar, { name: 'Late', timeZone: 'UTC', definition: { hours: { mon: [['12:00', '20:00']] } } }) // oxfmt-ignore
    await levels.change(service, shop, { calendar: late.id })
    await levels.settle()
    assert.equal((await clock())[0], '2026-11-02T15:00:00.000Z')
    assert.equal((await levels.store.get(levels.actor, incident, made.id))['dueAt'], '2026-11-02T15:00:00.000Z')
  })
  it('between teams counts by the hours of the team', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const nights = await levels.add(calendar, { name: 'Nights', timeZone: 'UTC', definition: { hours: { mon: [['20:00', '24:00']] } } }) // oxfmt-ignore
    const night = await levels.add(team, { name: 'Night shift', lead: on.bert.id })
    const terms = { name: 'Night shift restores', kind: 'team', team: night.id }
    await assert.rejects(levels.add(agreement, terms), /Give a calendar, or name services that have service hours/)
    await levels.change(team, night, { calendar: nights.id })
    const sla = await levels.add(agreement, terms)
    await levels.add(target, { agreement: sla.id, clock: 'resolution', workingMinutes: 60 })
    const made = await report()
    await levels.move(made, 'assign', { team: night.id })
    const clock = (await levels.clocks(made)).get(`team:${sla.id}:resolution`)
    assert.equal(clock?.dueAt, '2026-11-02T21:00:00.000Z')
    assert.match(clock?.because[0]?.text ?? '', new RegExp(`so the hours of ${night.number} "Night shift" hold`))
    await levels.change(agreement, sla, { active: false })
  })
})

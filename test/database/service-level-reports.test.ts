// Reports of service levels, and what an outage affects, over REST.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { AnyRow } from '#kit/record.ts'
import { incident } from '#desk'
import { dependency, service } from '#services'
import { openRoutes, refusedWith, type Asking } from '../setup/level-routes.ts'
import { promise } from '../setup/levels.ts'

let levels: Asking['levels']
let on: Asking['on']
let ask: Asking['ask']
before(async () => {
  ;({ levels, on, ask } = await openRoutes())
})

describe('reports', () => {
  it('count by month, priority, service and agreement, with the list behind', async () => {
    const { sla } = await promise(levels, on.hours, { name: 'Standard' }, { workingMinutes: 60 })
    levels.at('2026-10-05T08:00:00.000Z')
    const late = await levels.add(incident, { subject: 'Late', service: on.erp.id })
    levels.at('2026-10-05T12:00:00.000Z')
    await levels.move(late, 'resolve', { resolution: 'x', closureCode: 'fixed' })
    levels.at('2026-11-02T08:00:00.000Z')
    const quick = await levels.add(incident, { subject: 'Quick' })
    await levels.move(quick, 'resolve', { resolution: 'x', closureCode: 'fixed' })
    await levels.add(incident, { subject: 'Open', service: on.erp.id })
    await levels.settle()
    levels.at('2026-11-02T08:10:00.000Z')
    const months = await ask('GET', '/reports/service-levels', { query: { from: '2026-09-01' } })
    assert.deepEqual(
      months.rows.map((row) => [row.key, row.met, row.breached, row.running, row.percent]),
      [
        ['2026-10', 0, 1, 0, 0],
        ['2026-11', 1, 0, 1, 100],
      ],
    )
    assert.equal(months.asOf, '2026-11-02T08:10:00.000Z')
    assert.equal(months.rows[0]?.filter, 'openedAt>=2026-09-30T22:00:00.000Z openedAt<2026-10-31T23:00:00.000Z')
    const services = await ask('GET', '/reports/service-levels', { query: { by: 'service' } })
    assert.deepEqual(
      services.rows.map((row) => [row.label, row.met, row.breached, row.running]),
      [
        ['ERP', 0, 1, 1],
        ['none', 1, 0, 0],
      ],
    )
    const agreements = await ask('GET', '/reports/service-levels', { query: { by: 'agreement' } })
    assert.deepEqual(
      agreements.rows.map((row) => [row.key, row.label]),
      [[String(sla.id), 'Standard']],
    )
    const behind = await ask('GET', '/reports/service-levels/list', {
      query: { by: 'agreement', key: String(sla.id), state: 'breached' },
    })
    assert.deepEqual(
      behind.items.map((row) => row.number),
      [late.number],
    )
    const page = await ask('GET', '/reports/service-levels/list', { query: { limit: '2' } })
    const rest = await ask('GET', '/reports/service-levels/list', { query: { limit: '2', after: page.next } })
    assert.deepEqual([page.items.length, rest.items.length, rest.next], [2, 1, null])
  })
  it('refuse what they do not understand, and strangers', async () => {
    await assert.rejects(
      ask('GET', '/reports/service-levels', { query: { by: 'colour' } }),
      refusedWith(400, /month, service/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-levels', { query: { from: 'yesteryear' } }),
      refusedWith(400, /point in time/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-levels', { query: { from: 'now', to: '-1d' } }),
      refusedWith(400, /not before/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-levels/list', { query: { after: "'; drop table" } }),
      refusedWith(400, /page before/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-health', { actor: { ...system(1, 'r'), roles: ['requester'] } }),
      refusedWith(403, /staff/),
    )
  })
  it('tell the health of business services', async () => {
    const { items } = await ask('GET', '/reports/service-health')
    assert.deepEqual(
      items.map((one) => [one.service.title, one.state, one.met, one.breached, one.open, one.worst?.clock]),
      [['ERP', 'warn', 0, 1, { P4: 1 }, 'resolution']],
    )
    assert.deepEqual([items[0]?.cause?.service.title, items[0]?.cause?.priority], ['ERP', 'P4'])
  })
  it('open the list behind what was kept of all promises of a service', async () => {
    const query = { by: 'service', clock: 'all', from: '-30d' }
    const { items } = await ask('GET', '/reports/service-health')
    const report = await ask('GET', '/reports/service-levels', { query })
    for (const { service, met, breached } of items) {
      const row = report.rows.find((one) => one.key === String(service.id))
      assert.deepEqual([row?.met, row?.breached], [met, breached], service.title)
      const missed = await ask('GET', '/reports/service-levels/list', {
        query: { ...query, key: String(service.id), state: 'breached' },
      })
      assert.equal(missed.items.length, breached)
    }
  })
})

describe('impact', () => {
  let nodes: Record<string, AnyRow>
  before(async () => {
    const make = async (name: string, kind: string): Promise<AnyRow> => levels.add(service, { name, kind })
    nodes = {
      farm: await make('Database farm', 'technical'),
      one: await make('Node one', 'component'),
      two: await make('Node two', 'component'),
      shop: await make('Shop', 'business'),
    }
    for (const member of ['one', 'two'])
      await levels.add(dependency, { service: nodes['farm']?.id, needs: nodes[member]?.id, group: 'nodes', minimum: 1 })
    await levels.add(dependency, { service: on.erp.id, needs: nodes['farm']?.id })
    await levels.add(dependency, { service: nodes['shop']?.id, needs: on.erp.id })
    await levels.store.db.query("update service set status = 'live' where id = $1", [nodes['shop']?.id])
    await levels.settle()
  })
  const impact = (record: string, row: AnyRow | undefined) =>
    ask('GET', `/${record}/{id}/impact`, { params: { id: row?.number ?? '' } })

  it('reaches what stands on a service', async () => {
    const found = await impact('services', nodes['farm'])
    assert.deepEqual(
      found.affected.map((one) => [one.service.title, one.depth, one.via?.title, one.because]),
      [
        ['ERP', 1, 'Database farm', `It needs Database farm (${nodes['farm']?.number}).`],
        ['Shop', 2, 'ERP', `It needs ERP (${on.erp.number}).`],
      ],
    )
  })
  it('is held by redundancy until another open incident takes the rest', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const first = await levels.add(incident, {
      subject: 'Node one is down',
      service: nodes['one']?.id,
      impact: 'everyone',
      urgency: 'high',
    })
    assert.deepEqual((await impact('incidents', first)).affected, [])
    levels.at('2026-11-02T09:01:00.000Z')
    const second = await levels.add(incident, {
      subject: 'Node two is down',
      service: nodes['two']?.id,
      impact: 'everyone',
      urgency: 'high',
    })
    levels.at('2026-11-02T09:02:00.000Z')
    const found = await impact('incidents', second)
    assert.deepEqual(
      found.affected.map((one) => one.service.title),
      ['Database farm', 'ERP', 'Shop'],
    )
    assert.match(found.affected[0]?.because ?? '', /needs 1 of 2 in the group "nodes"; with Node two/)
    const { items } = await ask('GET', '/reports/service-health', { query: { days: '31' } })
    const shop = items.find((one) => one.service.title === 'Shop')
    // Shop has no open work of its own: it stands on ERP, that on the farm, whose last node is down.
    assert.deepEqual([shop?.state, shop?.open], ['bad', {}])
    const nodesDown = new Map([
      ['Node one', first.number],
      ['Node two', second.number],
    ])
    assert.equal(shop?.cause?.number, nodesDown.get(shop?.cause?.service.title ?? ''))
    assert.equal(shop?.cause?.priority, second['priority'])
  })
  it('is drawn as a map with places and states', async () => {
    levels.at('2026-11-02T09:03:00.000Z')
    const map = await ask('GET', '/services/{id}/map', { params: { id: on.erp.number }, query: { up: '1', down: '3' } })
    const byTitle = new Map(map.nodes.map((node) => [node.title, node]))
    assert.deepEqual([...byTitle.keys()].sort(), ['Database farm', 'ERP', 'Node one', 'Node two', 'Shop'])
    assert.equal(byTitle.get('Shop')?.state, 'bad')
    assert.ok((byTitle.get('Shop')?.y ?? 0) < (byTitle.get('ERP')?.y ?? 0))
    assert.equal(byTitle.get('Node one')?.openIncidents, 1)
    assert.deepEqual(map.edges.filter((edge) => edge.group === 'nodes').length, 2)
    assert.equal(map.groups[0]?.minimum, 1)
  })
  it('follows a change of what a service needs', async () => {
    const rows = await levels.store.db.query<{ id: number; rev: number }>(
      'select id, rev from dependency where service = $1',
      [nodes['shop']?.id],
    )
    await levels.store.bin(levels.actor, dependency, { id: rows[0]?.id ?? 0, rev: null })
    await levels.settle()
    assert.deepEqual(
      (await impact('services', nodes['farm'])).affected.map((one) => one.service.title),
      ['ERP'],
    )
  })
  it('is not shown to requesters', () =>
    assert.rejects(
      ask('GET', '/services/{id}/impact', { params: { id: '1' }, actor: { ...system(1, 'r'), roles: ['requester'] } }),
      refusedWith(403, /staff/),
    ))
})

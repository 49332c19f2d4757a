import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FieldInfo, Model, RecordInfo, Row } from '../data/contract.ts'
import { mostOfRelation, readAround } from './around.ts'
import { arranged } from './arrange.ts'

const field = (name: string, kind: FieldInfo['kind'], to?: string): FieldInfo => ({ name, label: name, kind, filterable: true, ...(to ? { to } : {}) }) // oxfmt-ignore
const recordOf = (name: string, place: string, fields: FieldInfo[]): RecordInfo =>
  // Only what is asked here stands in it.
  ({ name, plural: `${name}s`, label: name, place, fields, list: [], workflow: null }) as unknown as RecordInfo
const ticket = recordOf('ticket', 'desk', [field('service', 'ref', 'service'), field('parent', 'ref', 'ticket')])
const service = recordOf('service', 'estate', [])
const link = recordOf('link', '', [field('on', 'any'), field('to', 'any')])
const note = recordOf('note', '', [field('on', 'any')])
const model: Model = { records: [ticket, service, link, note], places: [] }
const ref = (record: string, id: number) => ({ record, id, number: `${record}-${id}`, title: '' })
const row = (record: string, id: number, more: Record<string, unknown> = {}): Row => ({ id, number: `${record}-${id}`, ...more }) // oxfmt-ignore

const rows: Record<string, Row[]> = {
  tickets: [
    row('ticket', 1, { service: ref('service', 1) }),
    row('ticket', 2, { service: ref('service', 1), parent: ref('ticket', 1) }),
    row('ticket', 3, {}),
  ],
  services: [row('service', 1), row('service', 2)],
  links: [row('link', 1, { on: ref('ticket', 1), to: ref('service', 2) })],
  notes: [row('note', 1, { on: ref('ticket', 1) })],
}
const asked: string[] = []
const ask = async (plural: string, { filter = '' }: Record<string, string>) => {
  asked.push(`${plural} ${filter}`)
  const [name = '', values = ''] = filter.split(':')
  const wanted = values.split(',')
  return (rows[plural] ?? []).filter((one) => {
    const value = one[name] as { number: string } | number | undefined
    return wanted.includes(String(typeof value === 'object' ? value.number : value))
  })
}
const around = (hops: number) => readAround(model, { record: ticket, row: rows['tickets']?.[0] ?? row('ticket', 1) }, hops, ask) // oxfmt-ignore

describe('what is around a record', () => {
  it('is what it refers to below, what refers to it above, and what is linked', async () => {
    const { nodes, edges, isCut } = await around(1)
    assert.deepEqual(Object.fromEntries([...nodes].map(([number, { level }]) => [number, level])), {
      'ticket-1': 0,
      'service-1': 1,
      'ticket-2': -1,
      'service-2': 1,
    })
    assert.deepEqual(edges.map(({ from, to, label }) => `${from} ${label} ${to}`).toSorted(), [
      'ticket-1 link service-2',
      'ticket-1 service service-1',
      'ticket-2 parent ticket-1',
    ])
    assert.equal(isCut, false)
  })
  it('asks once for each relation of a kind, never for what hangs on it', async () => {
    asked.length = 0
    await around(1)
    assert.ok(asked.length <= 6, asked.join('\n'))
    assert.ok(!asked.some((one) => one.startsWith('notes')))
  })
  it('joins what was reached on two ways at the second step', async () => {
    const { edges } = await around(2)
    assert.ok(edges.some(({ from, to }) => from === 'ticket-2' && to === 'service-1'))
  })
  it('is itself alone at no step', async () => assert.equal((await around(0)).nodes.size, 1))
  it('shows a part of what is many, and says so', async () => {
    const many = Array.from({ length: mostOfRelation + 1 }, (_, at) =>
      row('ticket', at + 10, { service: ref('service', 1) }),
    )
    const answer = await readAround(model, { record: service, row: row('service', 1) }, 1, async (plural, query) =>
      plural === 'tickets' && query['filter']?.startsWith('service') ? many : plural === 'tickets' ? many : [],
    )
    assert.equal(answer.isCut, true)
  })
})

describe('the places of a map', () => {
  const nodes = [
    { id: 'a', level: -1 },
    { id: 'b', level: -1 },
    { id: 'c', level: 0 },
    { id: 'x', level: 1 },
    { id: 'y', level: 1 },
  ]
  it('count levels from the uppermost and stand around the middle', () => {
    const places = arranged(nodes, [])
    assert.deepEqual(places.get('c'), { level: 1, beside: 0 })
    assert.deepEqual([places.get('a')?.beside, places.get('b')?.beside], [-0.5, 0.5])
  })
  it('put together what belongs together', () => {
    const places = arranged(nodes, [
      { from: 'a', to: 'y' },
      { from: 'b', to: 'x' },
    ])
    const side = (id: string) => Math.sign(places.get(id)?.beside ?? 0)
    assert.equal(side('a'), side('y'))
    assert.equal(side('b'), side('x'))
  })
})

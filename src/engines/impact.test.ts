/** Impact on a service graph: redundancy, blocked nodes, cycles, and the shared cases of a published configuration database. */

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

import { buildGraph, dependsOn, impactOf } from './impact.ts'
import { ticketImpact } from './ticket-impact.ts'
import type { NodeMark, PersonMark } from './ticket-impact.ts'

const file = new URL('../../../shared/vectors/impact.json', import.meta.url)
const absent = existsSync(file) ? false : 'the shared known answers (../shared/vectors) are not here'

// 0 mail, 1 farm, 2 and 3 its hosts, 4 the server of host 2, 5 the switch both hosts need.
const dependencies = [0, 1, 2, 4, 2, 5, 3, 5]
const farm = buildGraph({ nodes: 6, dependencies, anyOf: [{ node: 1, members: [2, 3] }] })

describe('impact', () => {
  it('stops at a farm that has a host left', () => {
    assert.deepEqual([...impactOf(farm, [4]).nodes], [4, 2])
  })
  it('goes through a farm whose hosts all fail, and tells the way', () => {
    const impact = impactOf(farm, [5])
    assert.deepEqual([...impact.nodes], [5, 2, 3, 1, 0])
    assert.deepEqual([...impact.via], [-1, 5, 5, 3, 1])
    assert.deepEqual([...impact.depth], [0, 1, 1, 2, 3])
    assert.deepEqual([...impact.anyOf], [-1, -1, -1, 0, -1])
  })
  it('fails when fewer are left than it needs', () => {
    const members = [1, 2, 3]
    const two = buildGraph({ nodes: 4, dependencies: [], anyOf: [{ node: 0, members, min: 2 }] })
    assert.deepEqual([...impactOf(two, [1]).nodes], [1])
    assert.deepEqual([...impactOf(two, [1, 3]).nodes], [1, 3, 0])
  })
  it('fails with any one of several redundancies', () => {
    const graph = buildGraph({
      nodes: 5,
      dependencies: [],
      anyOf: [
        { node: 0, members: [1, 2] },
        { node: 0, members: [3, 4] },
      ],
    })
    assert.deepEqual([...impactOf(graph, [1, 3]).nodes], [1, 3])
    assert.deepEqual([...impactOf(graph, [1, 3, 4]).nodes], [1, 3, 4, 0])
  })
  it('counts a member named twice, or a source given twice, once', () => {
    const graph = buildGraph({ nodes: 3, dependencies: [], anyOf: [{ node: 0, members: [1, 1, 2] }] })
    assert.deepEqual([...impactOf(graph, [1, 1]).nodes], [1])
  })
  it('holds at blocked nodes, even when they are sources', () => {
    assert.deepEqual([...impactOf(farm, [5], { blocked: [3] }).nodes], [5, 2])
    assert.deepEqual([...impactOf(farm, [5], { blocked: [5] }).nodes], [])
  })
  it('ends in a circle, with and without redundancy', () => {
    const circle = buildGraph({ nodes: 3, dependencies: [0, 1, 1, 2, 2, 0, 0, 0] })
    assert.deepEqual([...impactOf(circle, [0]).nodes], [0, 2, 1])
    const pair = buildGraph({ nodes: 2, dependencies: [], anyOf: [{ node: 0, members: [0, 1] }] })
    assert.deepEqual([...impactOf(pair, [1]).nodes], [1])
  })
  it('lists all that a service needs, redundant hosts too', () => {
    const needs = dependsOn(farm, [0])
    assert.deepEqual([...needs.nodes], [0, 1, 2, 3, 4, 5])
    assert.deepEqual([...needs.depth], [0, 1, 2, 2, 3, 3])
  })
  it('refuses nodes that are not there and redundancy that cannot hold', () => {
    assert.throws(() => buildGraph({ nodes: 2, dependencies: [0, 2] }), /Node 2 is not in a graph of 2/)
    assert.throws(
      () => buildGraph({ nodes: 2, dependencies: [], anyOf: [{ node: 0, members: [1], min: 2 }] }),
      /needs 2 of 1/,
    )
    assert.throws(() => impactOf(farm, [6]), RangeError)
  })
  it('agrees with failing nodes until nothing changes, on random graphs', () => {
    let seed = 7
    const random = (below: number): number =>
      Math.floor(((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647) * below)
    for (let round = 0; round < 200; round++) {
      const nodes = 3 + random(12)
      const pairs = Array.from({ length: random(15) }, () => [random(nodes), random(nodes)] as const)
      const anyOf = Array.from({ length: random(5) }, () => {
        const members = [...new Set(Array.from({ length: 1 + random(3) }, () => random(nodes)))]
        return { node: random(nodes), members, min: 1 + random(members.length) }
      })
      const [source, blocked] = [random(nodes), random(nodes)]
      const failed = new Set(source === blocked ? [] : [source])
      const failsNow = (): number[] =>
        [
          ...pairs.filter(([, on]) => failed.has(on)).map(([who]) => who),
          ...anyOf
            .filter(({ members, min }) => members.filter((member) => !failed.has(member)).length < min)
            .map(({ node }) => node),
        ].filter((node) => node !== blocked && !failed.has(node))
      for (let more = failsNow(); more.length > 0; more = failsNow()) more.forEach((node) => failed.add(node))
      const impact = impactOf(buildGraph({ nodes, dependencies: pairs.flat(), anyOf }), [source], {
        blocked: [blocked],
      })
      assert.deepEqual(
        [...impact.nodes].toSorted((a, b) => a - b),
        [...failed].toSorted((a, b) => a - b),
      )
    }
  })
})

describe('the impact of a ticket', () => {
  const ticket = (nodes: [number, NodeMark][], persons: [number, PersonMark][] = []) => ({
    nodes: new Map(nodes),
    persons: new Map(persons),
  })
  const marks = (impact: ReturnType<typeof ticketImpact>) => [
    [...impact.nodes].map(([node, { mark }]) => [node, mark]),
    [...impact.persons],
  ]

  it('keeps what people said and computes the rest anew', () => {
    const impact = ticketImpact(
      farm,
      ticket(
        [
          [5, 'manual'],
          [3, 'not_impacted'],
          [0, 'computed'],
        ],
        [[9, 'do_not_notify']],
      ),
      {
        contacts: [
          [2, 9],
          [2, 8],
          [0, 7],
        ],
      },
    )
    assert.deepEqual(marks(impact), [
      [
        [5, 'manual'],
        [3, 'not_impacted'],
        [2, 'computed'],
      ],
      [
        [9, 'do_not_notify'],
        [8, 'computed'],
      ],
    ])
    assert.deepEqual(impact.nodes.get(2), { mark: 'computed', via: 5, depth: 1 })
  })
  it('sees a farm fall by two tickets together, and shows only its own part', () => {
    const impact = ticketImpact(farm, ticket([[3, 'manual']]), { otherSources: [4] })
    assert.deepEqual(marks(impact), [
      [
        [3, 'manual'],
        [1, 'computed'],
        [0, 'computed'],
      ],
      [],
    ])
  })
  it('passes through what the reader may not see', () => {
    const impact = ticketImpact(farm, ticket([[5, 'manual']]), { hidden: new Set([1, 2]) })
    assert.deepEqual(marks(impact), [
      [
        [5, 'manual'],
        [3, 'computed'],
        [0, 'computed'],
      ],
      [],
    ])
  })
  it('collapses when only computed marks are left', () => {
    assert.deepEqual(marks(ticketImpact(farm, ticket([[2, 'computed']], [[8, 'computed']]), { contacts: [[2, 8]] })), [
      [],
      [],
    ])
  })
})

interface ImpactCase {
  id: string
  depends: [string, string][]
  contacts?: [string, string][]
  redundant?: string[]
  hidden_to_user?: string[]
  ticket: Record<string, string>
  other_open_ticket?: Record<string, string>
  expect: Record<string, string>
}

/** Names become numbers; a redundant node turns its edges into one any-of. */
function computed(one: ImpactCase): Record<string, string> {
  const names = [...new Set([...one.depends.flat(), ...Object.keys(one.ticket), ...(one.contacts ?? []).flat()])]
  const at = (name: string): number => names.indexOf(name)
  const redundant = one.redundant ?? []
  const graph = buildGraph({
    nodes: names.length,
    dependencies: one.depends
      .filter(([who]) => !redundant.includes(who))
      .flat()
      .map(at),
    anyOf: redundant.map((name) => ({
      node: at(name),
      members: one.depends.filter(([who]) => who === name).map(([, on]) => at(on)),
    })),
  })
  const marked = Object.entries(one.ticket)
  const impact = ticketImpact(
    graph,
    {
      // The marks of the cases are those of the engine; persons are told from things by their names.
      nodes: new Map(
        marked.filter(([name]) => !name.startsWith('Person')).map(([name, mark]) => [at(name), mark as NodeMark]),
      ),
      persons: new Map(
        marked.filter(([name]) => name.startsWith('Person')).map(([name, mark]) => [at(name), mark as PersonMark]),
      ),
    },
    {
      contacts: (one.contacts ?? []).map(([node, person]) => [at(node), at(person)]),
      otherSources: Object.keys(one.other_open_ticket ?? {}).map(at),
      hidden: new Set((one.hidden_to_user ?? []).map(at)),
    },
  )
  const found = [...[...impact.nodes].map(([node, { mark }]) => [node, mark] as const), ...impact.persons]
  return Object.fromEntries(found.map(([node, mark]) => [names[node], mark]))
}

describe('all shared cases', { skip: absent }, () => {
  if (absent !== false) return
  // The file is trusted test material of this shape.
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: ImpactCase[] }
  for (const one of cases) it(one.id, () => assert.deepEqual(computed(one), one.expect))
})

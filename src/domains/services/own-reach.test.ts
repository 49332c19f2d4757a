// The flat walk gives what the ticket engine gives, on random graphs with redundancy.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { buildGraph } from '#engines/impact.ts'
import { ticketImpact } from '#engines/ticket-impact.ts'
import { fallenWith, ownReach } from './own-reach.ts'

const ascending = (a: number, b: number): number => a - b
it('agrees with the impact of a ticket among others on five hundred random graphs', () => {
  let seed = 42
  const dice = (sides: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % sides
  for (let round = 0; round < 500; round++) {
    const nodes = 5 + dice(40)
    const dependencies = Array.from({ length: dice(60) * 2 }, () => dice(nodes))
    const anyOf = Array.from({ length: dice(8) }, () => {
      const members = [...new Set(Array.from({ length: 2 + dice(4) }, () => dice(nodes)))]
      return { node: dice(nodes), members, min: 1 + dice(members.length) }
    })
    const graph = buildGraph({ nodes, dependencies, anyOf })
    const own = [...new Set([dice(nodes), dice(nodes)])]
    const others = Array.from({ length: dice(5) }, () => dice(nodes))
    const wanted = ticketImpact(
      graph,
      { nodes: new Map(own.map((node) => [node, 'manual'])), persons: new Map() },
      { otherSources: others },
    )
    const found = ownReach(graph, fallenWith(graph, others), own)
    const computed = [...wanted.nodes].flatMap(([node, one]) => (one.mark === 'computed' ? [node] : []))
    const mine = [...found.nodes].filter((_, at) => found.via[at] !== -1)
    assert.deepEqual(mine.sort(ascending), computed.sort(ascending), `round ${round}`)
  }
})

/**
 * What a ticket or change hits: what people entered by hand stays, what was computed is computed anew, across all
 * open tickets (two failed hosts of a farm may be on two tickets), and contacts of what is hit are to be told.
 */

import { impactOf, targetsOf } from './impact.ts'
import type { ServiceGraph } from './impact.ts'

/** 'manual' and 'not_impacted' are people's words and are kept; 'computed' is ours and replaced. */
export type NodeMark = 'manual' | 'computed' | 'not_impacted'
export type PersonMark = 'manual' | 'computed' | 'do_not_notify'

export interface TicketMarks {
  nodes: ReadonlyMap<number, NodeMark>
  persons: ReadonlyMap<number, PersonMark>
}

export interface TicketSurroundings {
  /** Pairs: node, person to tell. */
  contacts?: readonly (readonly [node: number, person: number])[]
  /** Nodes marked by hand on other open tickets. */
  otherSources?: readonly number[]
  /** Nodes this reader may not see: failure passes through them, they are left out of the answer. */
  hidden?: ReadonlySet<number>
}

/** `via` is the node it is hit through, null for people's own marks; it may be a node hidden from the reader. */
export interface TicketImpact {
  nodes: Map<number, { mark: NodeMark; via: number | null; depth: number }>
  persons: Map<number, PersonMark>
}

/**
 * The marks of a ticket after computing. A node belongs to this ticket when failure flows to it from one of the
 * ticket's own sources. Without a manual mark nothing is left but what people said.
 * @throws RangeError for a node outside the graph
 */
export function ticketImpact(graph: ServiceGraph, ticket: TicketMarks, around: TicketSurroundings = {}): TicketImpact {
  const byMark = (wanted: NodeMark): number[] =>
    [...ticket.nodes].filter(([, mark]) => mark === wanted).map(([node]) => node)
  const [sources, blocked] = [byMark('manual'), byMark('not_impacted')]
  const hit = ownImpact(graph, { sources, blocked, others: around.otherSources ?? [] })
  const hidden = around.hidden ?? new Set<number>()
  const nodes: TicketImpact['nodes'] = new Map()
  for (const [node, mark] of ticket.nodes) if (mark !== 'computed') nodes.set(node, { mark, via: null, depth: 0 })
  for (const [node, reason] of hit) {
    if (!nodes.has(node) && !hidden.has(node)) nodes.set(node, { mark: 'computed', ...reason })
  }
  return { nodes, persons: personsToTell(ticket.persons, hit, around.contacts ?? []) }
}

type Hit = Map<number, { via: number; depth: number }>

/** What fails with all sources together, as far as failure flows there from this ticket's own. */
function ownImpact(
  graph: ServiceGraph,
  from: { sources: number[]; blocked: number[]; others: readonly number[] },
): Hit {
  const all = impactOf(graph, [...from.sources, ...from.others], { blocked: from.blocked })
  const failing = new Set(all.nodes)
  const hit: Hit = new Map()
  const queue = from.sources.filter((node) => failing.has(node))
  for (const node of queue) hit.set(node, { via: -1, depth: 0 })
  for (const node of queue) {
    const depth = (hit.get(node)?.depth ?? 0) + 1
    for (const target of targetsOf(graph.up, node)) {
      if (!failing.has(target) || hit.has(target)) continue
      hit.set(target, { via: node, depth })
      queue.push(target)
    }
  }
  return hit
}

/** What people said of a person stays; contacts of every node hit are added, those of hidden nodes too. */
function personsToTell(
  said: ReadonlyMap<number, PersonMark>,
  hit: Hit,
  contacts: readonly (readonly [number, number])[],
): Map<number, PersonMark> {
  const persons = new Map([...said].filter(([, mark]) => mark !== 'computed'))
  for (const [node, person] of contacts) if (hit.has(node) && !persons.has(person)) persons.set(person, 'computed')
  return persons
}

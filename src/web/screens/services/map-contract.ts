// What the server answers about the services around one, turned into a map's things.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Ref, Tone } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import type { Group, Need, Thing } from '../../map/contract.ts'
import { messages } from '../../messages/messages.ts'

interface MapNode extends Ref {
  kind: string
  status: string
  x: number
  y: number
  state: Tone
  openIncidents: number
}
export interface ServiceMapAnswer {
  nodes: MapNode[]
  edges: { from: number; to: number; group?: string; via: { x: number; y: number }[] }[]
  groups: { service: number; name: string; minimum: number; members: number[] }[]
  isCut: boolean
}
export interface Levels {
  up: number
  down: number
}

export function mapQuery(number: string, { up, down }: Levels) {
  return queryOptions({
    queryKey: ['screen', 'map', number, up, down],
    queryFn: ({ signal }) => read<ServiceMapAnswer>(`/services/${number}/map?up=${up}&down=${down}`, signal),
    placeholderData: keepPreviousData,
  })
}

// The server lays out in pixels: a level every 140, a neighbour every 220.
const given = { level: 140, beside: 220 }

export function thingsOf({ nodes }: ServiceMapAnswer): Thing[] {
  const words = messages.serviceMap
  return nodes.map((node) => ({
    id: node.number,
    label: node.title,
    kind: words.kinds[node.kind] ?? node.kind,
    tone: node.state,
    state: words.state[node.state] ?? node.state,
    level: node.y / given.level,
    beside: node.x / given.beside,
    address: `/estate/services/${node.number}`,
  }))
}

export function needsOf({ nodes, edges }: ServiceMapAnswer): Need[] {
  const numbers = new Map(nodes.map((node) => [node.id, node.number]))
  return edges.flatMap(({ from, to, group, via: bends }) => {
    const ends = { from: numbers.get(from), to: numbers.get(to) }
    if (ends.from === undefined || ends.to === undefined) return []
    const via = bends.map(({ x, y }) => ({ level: y / given.level, beside: x / given.beside }))
    return [{ from: ends.from, to: ends.to, via, ...(group === undefined ? {} : { group }) }]
  })
}

export function groupsOf({ nodes, groups }: ServiceMapAnswer): Group[] {
  const numbers = new Map(nodes.map((node) => [node.id, node.number]))
  return groups.map(({ service, name, minimum, members }) => ({
    from: numbers.get(service) ?? '',
    name,
    minimum,
    members: members.flatMap((member) => numbers.get(member) ?? []),
  }))
}

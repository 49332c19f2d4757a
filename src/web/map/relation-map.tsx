// A map of things that stand on each other, at the places that the server gives. A click lights what hangs together with a thing and dims the rest.
import '@xyflow/react/dist/base.css'
import { Background, Controls, MiniMap, ReactFlow, type EdgeTypes, type Node, type NodeTypes } from '@xyflow/react'
import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { messages } from '../messages/messages.ts'
import type { Group, Need, Thing } from './contract.ts'
import { NodeBox, type BoxNode } from './node-box.tsx'
import { box, directionFor, placeOf, type Direction } from './direction.ts'
import { MapLine, type Line } from './map-line.tsx'
import './map.css'

interface RelationMapProps {
  label: string
  things: Thing[]
  needs: Need[]
  groups: Group[]
  focus: string | null
  onFocus: (id: string | null) => void
  /** A small picture of the whole in a corner, where there is much; it lies over what stands there. */
  hasOverview?: boolean
}

const nodeTypes: NodeTypes = { box: NodeBox }
const edgeTypes: EdgeTypes = { line: MapLine }
const fewThings = 40
/** A box is 52 pixels high, and stays a target of 24 (WCAG 2.5.8) however far somebody zooms out. */
const leastZoom = 0.47
const fit = { maxZoom: 1, minZoom: 0.5, padding: 0.06 }

export function RelationMap({ label, things, needs, groups, focus, onFocus, hasOverview = true }: RelationMapProps) {
  const lit = useMemo(() => (focus === null ? null : together(focus, needs)), [focus, needs])
  const { ref, width, height } = useElementSize()
  const direction = useMemo(() => directionFor(things, { width, height }), [things, width, height])
  const nodes = things.map((thing): BoxNode => {
    const isDim = lit !== null && !lit.has(thing.id)
    const [isFocus, isDown] = [thing.id === focus, direction === 'down']
    const onPick = (id: string) => onFocus(id === focus ? null : id)
    return {
      id: thing.id,
      type: 'box',
      position: placeOf(thing, direction),
      ...box,
      data: { ...thing, isDim, isFocus, isDown, onPick },
    }
  })
  return (
    <section className="map" aria-label={label} ref={ref}>
      {width > 0 && (
        <ReactFlow
          key={`${direction} ${things.map((thing) => thing.id).join()}`}
          nodes={nodes}
          edges={lines({ needs, groups, lit, direction })}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          fitView
          fitViewOptions={fit}
          minZoom={leastZoom}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          onPaneClick={() => onFocus(null)}
        >
          <Background gap={24} color="var(--line)" />
          <Controls showInteractive={false} position="top-right" />
          {hasOverview && things.length > fewThings && (
            <MiniMap pannable zoomable nodeColor={colourOf} maskColor="transparent" />
          )}
        </ReactFlow>
      )}
    </section>
  )
}

function colourOf(node: Node): string {
  const { tone } = (node as BoxNode).data
  return `var(--${tone === 'good' ? 'none' : tone}-fill)`
}

/** Lines of one group are dashed; the first of them says how many of its members are enough. */
function lines({
  needs,
  groups,
  lit,
  direction,
}: Pick<RelationMapProps, 'needs' | 'groups'> & { lit: ReadonlySet<string> | null; direction: Direction }): Line[] {
  const told = new Set<string>()
  return needs.map((need): Line => {
    const on = lit !== null && lit.has(need.from) && lit.has(need.to)
    const group = groups.find((one) => one.from === need.from && one.name === need.group)
    const key = `${need.from}/${need.group ?? ''}`
    const label = group && !told.has(key) ? messages.map.any(group.minimum, group.members.length) : (need.label ?? '')
    told.add(key)
    const light = on ? 'map-line-on' : lit ? 'map-line-off' : 'map-line'
    return {
      id: `${need.from}-${need.to}`,
      source: need.from,
      target: need.to,
      type: 'line',
      data: { bends: need.via.map((place) => placeOf(place, direction)), isDown: direction === 'down' },
      className: group ? `${light} map-line-any` : light,
      ...(label === '' ? {} : { label, labelBgPadding: [6, 3], labelBgBorderRadius: 4 }),
    }
  })
}

/** Everything upstream and downstream of a thing, itself included. */
function together(start: string, needs: readonly Need[]): ReadonlySet<string> {
  const walk = (step: (need: Need) => [string, string]) => {
    const found = new Set([start])
    const open = [start]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const need of needs) {
        const [from, to] = step(need)
        if (from === id && !found.has(to)) {
          found.add(to)
          open.push(to)
        }
      }
    }
    return found
  }
  return walk((need) => [need.from, need.to]).union(walk((need) => [need.to, need.from]))
}

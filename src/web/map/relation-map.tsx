// A map of things that stand on each other. A click lights what hangs together with a node and dims the rest; the same as a list for screen readers and phones.
import '@xyflow/react/dist/base.css'
import { Background, Controls, MiniMap, ReactFlow, type Edge, type Node, type NodeTypes } from '@xyflow/react'
import { useMemo, useState } from 'react'
import type { Tone } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import { layered, type MapEdge } from './layout.ts'
import { NodeBox, type BoxNode } from './node-box.tsx'
import { MapList } from './map-list.tsx'
import './map.css'

/** `layer` grows from what people use (left) to what it stands on (right). */
export interface Thing {
  id: string
  label: string
  kind: string
  tone: Tone
  state: string
  layer: number
  address: string | null
}
export interface RelationMapProps {
  label: string
  things: Thing[]
  edges: MapEdge[]
  focus: string | null
  onFocus: (id: string | null) => void
}

const cell = { width: 300, height: 66 }
const nodeTypes: NodeTypes = { box: NodeBox }

export function RelationMap({ label, things, edges, focus, onFocus }: RelationMapProps) {
  const [asList, setAsList] = useState(false)
  const lit = useMemo(() => (focus === null ? null : together(focus, edges)), [focus, edges])
  const nodes = useMemo(() => boxes(things, edges, lit, focus), [things, edges, lit, focus])
  const lines = useMemo(
    () =>
      edges.map((edge): Edge => {
        const on = lit !== null && lit.has(edge.from) && lit.has(edge.to)
        return {
          id: `${edge.from}-${edge.to}`,
          source: edge.from,
          target: edge.to,
          className: on ? 'map-line-on' : lit ? 'map-line-off' : 'map-line',
          focusable: false,
        }
      }),
    [edges, lit],
  )
  return (
    <section className="map" aria-label={label}>
      <button type="button" className="link-button map-switch" onClick={() => setAsList(!asList)}>
        {asList ? messages.map.show : messages.map.list}
      </button>
      {asList ? (
        <MapList things={things} edges={edges} />
      ) : (
        <ReactFlow
          nodes={nodes}
          edges={lines}
          nodeTypes={nodeTypes}
          fitView
          minZoom={0.2}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable
          onNodeClick={(_, node) => onFocus(node.id === focus ? null : node.id)}
          onPaneClick={() => onFocus(null)}
          proOptions={{ hideAttribution: false }}
        >
          <Background gap={24} color="var(--line)" />
          <Controls showInteractive={false} />
          <MiniMap
            pannable
            zoomable
            nodeColor={(node: Node) =>
              `var(--${(node as BoxNode).data.tone === 'good' ? 'none' : (node as BoxNode).data.tone}-fill)`
            }
            maskColor="transparent"
          />
        </ReactFlow>
      )}
    </section>
  )
}

function boxes(things: Thing[], edges: MapEdge[], lit: ReadonlySet<string> | null, focus: string | null): BoxNode[] {
  const byId = new Map(things.map((thing) => [thing.id, thing]))
  return layered(things, edges, cell).flatMap(({ id, x, y }): BoxNode[] => {
    const thing = byId.get(id)
    return thing
      ? [
          {
            id,
            type: 'box',
            position: { x, y },
            data: { ...thing, isDim: lit !== null && !lit.has(id), isFocus: id === focus },
            ariaLabel: `${thing.label}, ${thing.kind}, ${thing.state}`,
          },
        ]
      : []
  })
}

/** Everything upstream and downstream of a node, itself included. */
function together(start: string, edges: readonly MapEdge[]): ReadonlySet<string> {
  const walk = (step: (edge: MapEdge) => [string, string]) => {
    const found = new Set([start])
    const open = [start]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const edge of edges) {
        const [from, to] = step(edge)
        if (from === id && !found.has(to)) {
          found.add(to)
          open.push(to)
        }
      }
    }
    return found
  }
  return walk((edge) => [edge.from, edge.to]).union(walk((edge) => [edge.to, edge.from]))
}

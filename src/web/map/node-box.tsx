// A box of the map: sign, name and kind.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { Sign } from '../ui/state.tsx'
import type { Thing } from './relation-map.tsx'

export type BoxNode = Node<Thing & { isDim: boolean; isFocus: boolean } & Record<string, unknown>, 'box'>

export function NodeBox({ data }: NodeProps<BoxNode>) {
  return (
    <div
      className="map-box"
      data-dim={data.isDim || undefined}
      data-focus={data.isFocus || undefined}
      data-tone={data.tone}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Sign tone={data.tone} />
      <span className="map-words">
        <b className="clip">{data.label}</b>
        <span className="quiet small clip">{data.kind}</span>
      </span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}

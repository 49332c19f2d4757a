// A box of the map: sign, name and kind. A button, so that keys reach it.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { messages } from '../messages/messages.ts'
import { Sign } from '../ui/state.tsx'
import type { Thing } from './contract.ts'

export interface Box extends Thing, Record<string, unknown> {
  isDim: boolean
  isFocus: boolean
  onPick: (id: string) => void
}
export type BoxNode = Node<Box, 'box'>

export function NodeBox({ data }: NodeProps<BoxNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        type="button"
        className="map-box"
        data-dim={data.isDim || undefined}
        data-focus={data.isFocus || undefined}
        data-tone={data.tone}
        aria-pressed={data.isFocus}
        aria-label={messages.map.legend(data.label, data.kind, data.state)}
        title={data.label}
        onClick={() => data.onPick(data.id)}
      >
        <Sign tone={data.tone} />
        <span className="map-words">
          <b>{data.label}</b>
          <span className="quiet small clip">{data.kind}</span>
        </span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  )
}

// A box of the map: sign, name and kind. A button, so that keys reach it.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { Sign } from '../ui/state.tsx'
import type { Thing } from './contract.ts'

export interface Box extends Thing, Record<string, unknown> {
  isDim: boolean
  isFocus: boolean
  onPick: (id: string) => void
  isDown: boolean
}
export type BoxNode = Node<Box, 'box'>

export function NodeBox({ data }: NodeProps<BoxNode>) {
  return (
    <>
      <Handle type="target" position={data.isDown ? Position.Top : Position.Left} isConnectable={false} />
      <button
        type="button"
        className="map-box"
        data-dim={data.isDim || undefined}
        data-focus={data.isFocus || undefined}
        data-tone={data.tone}
        aria-pressed={data.isFocus}
        title={data.label}
        onClick={() => data.onPick(data.id)}
      >
        <Sign tone={data.tone} />
        <span className="map-words">
          <b>{data.label}</b>
          <span className="quiet small clip">{data.kind}</span>
          <span className="hidden-text">{data.state}</span>
        </span>
      </button>
      <Handle type="source" position={data.isDown ? Position.Bottom : Position.Right} isConnectable={false} />
    </>
  )
}

// One row of a timeline: its title, and its bar on the scale; or the name of a group.
import { Link } from '@tanstack/react-router'
import { addressOf, titleOf } from '../data/model.ts'
import { displaysWords } from '../messages/displays.ts'
import { Sign } from '../ui/state.tsx'
import { TimelineBar } from './bar.tsx'
import type { Block } from './blocks.ts'
import type { ChartProps } from './chart.tsx'
import { rowHeight, type Item } from './items.ts'

const words = displaysWords

interface ItemRowProps extends ChartProps {
  item: Item
  index: number
  start: number
  /** -1 where it is not known. */
  total: number
  blocks: readonly Block[]
  isActive: boolean
  onActive: () => void
}

export function ItemRow(props: ItemRowProps) {
  const { record, scale, item, index, start, total, blocks, isActive, onActive, onOpen, onMove, onResize } = props
  const style = { transform: `translateY(${start}px)`, blockSize: rowHeight }
  if ('group' in item)
    return (
      <div role="listitem" className="tl-row tl-group" style={style}>
        <span className="tl-title strong small">{item.group}</span>
      </div>
    )
  const { row, entry, bar } = item
  const held = blocks.filter((block) => block.from === row.number)
  return (
    <div
      role="listitem"
      className="tl-row"
      style={style}
      {...(props.view.group ? {} : { 'aria-setsize': total, 'aria-posinset': index + 1 })}
    >
      <Link
        to={addressOf(record, row.number)}
        className="tl-title"
        title={titleOf(record, row)}
        tabIndex={isActive ? 0 : -1}
      >
        {entry && <Sign tone={entry.tone} />}
        <span className="clip">{titleOf(record, row)}</span>
      </Link>
      <div className="tl-lane">
        {entry && bar && (
          <TimelineBar
            {...{ entry, bar, scale, isActive, onActive }}
            blocks={held.map(({ from, to }) => words.timeline.blocks(from, to)).join(', ')}
            onOpen={() => onOpen(entry, false)}
            onMove={(days) => onMove(entry, days)}
            onResize={(days) => onResize(entry, days)}
          />
        )}
      </div>
    </div>
  )
}

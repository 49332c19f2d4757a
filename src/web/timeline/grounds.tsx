// What lies behind and over the rows of a timeline: marks from top to bottom, today, and lines from what blocks to what is blocked.
import type { Block } from './blocks.ts'
import { rowHeight, type Item } from './items.ts'
import { arrowPath } from './layout.ts'
import { isWeekend, type Scale, type Tick } from './scale.ts'

/** Marks from top to bottom, weekends, and today. */
export function Grounds({ ticks, today }: { ticks: readonly Tick[]; today: number | null }) {
  return (
    <div className="tl-grounds" role="presentation" aria-hidden="true">
      {ticks.map((tick) => (
        <span
          key={tick.day}
          data-off={(tick.unit === 'day' && isWeekend(tick.day)) || undefined}
          style={{ insetInlineStart: tick.x, inlineSize: tick.width }}
        />
      ))}
      {today !== null && <i className="tl-today" style={{ insetInlineStart: today }} />}
    </div>
  )
}

/** The same is said in the name of each bar that blocks another. */
export function Lines({ blocks, items, scale }: { blocks: readonly Block[]; items: readonly Item[]; scale: Scale }) {
  const places = new Map(
    items.flatMap((item, row) =>
      'row' in item && item.bar ? [[item.row.number, { bar: item.bar, row }] as const] : [],
    ),
  )
  const paths = blocks.flatMap((block) => {
    const [from, to] = [places.get(block.from), places.get(block.to)]
    return from && to ? [{ key: `${block.from} ${block.to}`, path: arrowPath(from, to, rowHeight) }] : []
  })
  if (paths.length === 0) return null
  return (
    <svg className="tl-lines" aria-hidden="true" width={scale.width} height={items.length * rowHeight}>
      <defs>
        <marker id="tl-arrow" markerWidth="7" markerHeight="7" refX="6" refY="3.5" orient="auto">
          <path d="M0,0L7,3.5L0,7Z" fill="context-stroke" />
        </marker>
      </defs>
      {paths.map(({ key, path }) => (
        <path key={key} d={path} markerEnd="url(#tl-arrow)" />
      ))}
    </svg>
  )
}

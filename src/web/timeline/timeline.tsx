// A list as a timeline: a row each, bars from a beginning to an end, diamonds for single dates, one scale for all. Rows are read in pages and drawn where they are seen.
import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Search } from '../data/address.ts'
import { attempt } from '../data/writes.ts'
import { dayPart, firstWeekday, todayHere } from '../fields/format.ts'
import type { ListProps } from '../list/list-page.tsx'
import { useRows, type Rows } from '../list/rows.ts'
import { viewOf, type View } from '../list/view.ts'
import { displaysWords } from '../messages/displays.ts'
import { messages } from '../messages/messages.ts'
import { Empty } from '../ui/empty.tsx'
import { Fault } from '../ui/fault.tsx'
import { useSheetKeys } from '../ui/sheet-keys.ts'
import { complain } from '../ui/toast.tsx'
import { DatesMenu, DoneToggle, Steps } from '../calendar/bar.tsx'
import { EntryCard } from '../when/entry-card.tsx'
import { fixedBecause, isMoving, moveBy, resizeBy, type Entry } from '../when/entry.ts'
import { isDay } from '../when/days.ts'
import { openOnly, rangeFilter, whenOf, type When } from '../when/when.ts'
import { Chart } from './chart.tsx'
import { scaleOf, scaleStep, zooms, type Scale, type Zoom } from './scale.ts'
import '../when/when.css'
import './timeline.css'

const words = displaysWords

export function Timeline(props: ListProps) {
  const when = whenOf(props.record, props.search)
  return when === null ? <Empty title={words.nothing} /> : <Shown {...props} when={when} />
}

function Shown({ when, ...props }: ListProps & { when: When }) {
  const { record, search, change } = props
  const today = todayHere()
  const at = isDay(search['at']) ? search['at'] : today
  const zoom = zoomOf(search)
  const first = firstWeekday()
  const scale = useMemo(() => scaleOf(zoom, at, first), [zoom, at, first])
  const view = useMemo(() => timelineView(props, when, scale), [record, search, when.from, when.to, scale])
  const rows = useRows(record, view)
  const [card, setCard] = useState<{ entry: Entry; moves: boolean } | null>(null)
  const write = (entry: Entry, run: () => Promise<void>) => {
    const because = fixedBecause(entry)
    if (because !== null) complain(because)
    else if (!isMoving(entry)) void attempt(run)
  }
  const step = (by: 1 | -1) => change({ at: scaleStep(zoom, at, by) })
  useZoomKeys(zoom, change)
  return (
    <div className="when">
      <div className="when-bar">
        <Steps title={titleOf(scale)} onStep={step} onToday={() => change({ at: undefined })} />
        <div className="row when-tools">
          <div className="row when-modes" role="group" aria-label={words.timeline.zoom}>
            {zooms.map((one) => (
              <Button
                key={one}
                variant={one === zoom ? 'light' : 'default'}
                aria-pressed={one === zoom}
                onClick={() => change({ zoom: one === 'week' ? undefined : one })}
              >
                {words.timeline.zooms[one]}
              </Button>
            ))}
          </div>
          <DatesMenu {...props} />
          <DoneToggle {...props} />
        </div>
      </div>
      <div className="frame when-frame">
        {rows.error ? (
          <Fault error={rows.error} again={rows.again} />
        ) : !rows.isLoading && rows.head.length === 0 ? (
          <Empty title={words.nothing} text={words.nothingHelp} />
        ) : (
          <Chart
            key={`${zoom} ${scale.first}`}
            {...{ record, rows, when, scale, today, at, view }}
            onOpen={(entry, moves) => setCard({ entry, moves })}
            onMove={(entry, days) => write(entry, () => moveBy(entry, days))}
            onResize={(entry, days) => write(entry, () => resizeBy(entry, days))}
          />
        )}
        <Foot rows={rows} change={change} />
      </div>
      {card && <EntryCard {...card} onClose={() => setCard(null)} />}
    </div>
  )
}

function Foot({ rows, change }: { rows: Rows; change: ListProps['change'] }) {
  return (
    <footer className="list-foot">
      <span>{rows.total && words.timeline.rows(rows.total.count, rows.total.atLeast)}</span>
      {rows.stale && (
        <Button size="compact-xs" onClick={rows.again}>
          {messages.list.refresh}
        </Button>
      )}
      <button type="button" className="link-button list-keys" onClick={() => change({ display: 'table' })}>
        {words.timeline.list}
      </button>
    </footer>
  )
}

function zoomOf(search: Search): Zoom {
  return zooms.find((zoom) => zoom === search['zoom']) ?? 'week'
}

function titleOf({ first, last }: Scale): string {
  return words.fromTo(dayPart(first, 'dayMonthYear'), dayPart(last, 'dayMonthYear'))
}

/** The list with its filter, of these days alone, what begins first above unless the list is in another order. */
function timelineView({ record, search }: ListProps, when: When, scale: Scale): View {
  const view = viewOf(record, search)
  const open = search['done'] === '1' ? '' : openOnly(record, view.filter)
  const range = rangeFilter(record, when, scale.first, scale.last)
  const filter = [view.filter, open, range].filter((part) => part !== '').join(' ')
  return { ...view, filter, sort: search.sort ? view.sort : when.from.name }
}

function useZoomKeys(zoom: Zoom, change: ListProps['change']): void {
  const go = (by: 1 | -1) => {
    const next = zooms[zooms.indexOf(zoom) + by]
    if (next) change({ zoom: next })
  }
  useSheetKeys(words.keys, [
    ['timeline-today', 't', words.today, () => change({ at: undefined })],
    ['timeline-in', '+|=', words.timeline.larger, () => go(-1)],
    ['timeline-out', '-', words.timeline.smaller, () => go(1)],
  ])
}

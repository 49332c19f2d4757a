// Weeks as a grid: a day is a cell that arrows reach, an entry lies on the days that it has (WAI-ARIA grid).
import { useElementSize } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { dayPart } from '../fields/format.ts'
import { displaysWords } from '../messages/displays.ts'
import { daysBetween, weekdayOf, weekNumber } from '../when/days.ts'
import type { Entry } from '../when/entry.ts'
import { Chip, laneHeight } from './chip.tsx'
import { dayUnder, grabbedDay } from './drag.ts'
import { planWeek, type DayPlan } from './lanes.ts'
import type { DayCount } from './read.ts'

const words = displaysWords

export interface GridProps {
  label: string
  weeks: readonly (readonly string[])[]
  /** YYYY-MM; days of other months are quiet. Null: all are alike. */
  month: string | null
  entries: readonly Entry[]
  /** Where a day was not read as a whole. */
  counts: ReadonlyMap<string, DayCount>
  active: string
  today: string
  isMixed: boolean
  onActive: (day: string) => void
  holidays: ReadonlyMap<string, string>
  onOpen: (entry: Entry) => void
  onMove: (entry: Entry, days: number) => void
  onMore: (day: string) => void
  onKeyDown: (event: React.KeyboardEvent) => void
}

/** Above and below the lanes of a cell: the date, and how many more there are. */
const cellEdges = 28 + 30
const fewestLanes = 2

export function MonthGrid(props: GridProps) {
  const { label, weeks, entries, onMove } = props
  const { ref, height } = useElementSize()
  const dragged = useRef<{ entry: Entry; day: string } | null>(null)
  const [over, setOver] = useState('')
  const room = Math.floor((height / weeks.length - cellEdges) / laneHeight)
  const lanes = weeks.length === 1 ? Number.MAX_SAFE_INTEGER : Math.max(fewestLanes, room)
  const [head = []] = weeks
  return (
    <div
      role="grid"
      aria-label={label}
      aria-describedby="calendar-help"
      className="cal-grid"
      data-one={weeks.length === 1 || undefined}
      onKeyDown={props.onKeyDown}
      onDragOver={(event) => {
        if (dragged.current === null) return
        event.preventDefault()
        setOver(dayUnder(event) ?? '')
      }}
      onDragEnd={() => {
        dragged.current = null
        setOver('')
      }}
      onDrop={(event) => {
        const [drag, day] = [dragged.current, dayUnder(event)]
        event.preventDefault()
        setOver('')
        if (drag && day && day !== drag.day) onMove(drag.entry, daysBetween(drag.day, day))
      }}
    >
      <div role="row" className="cal-row cal-head">
        <span role="columnheader">
          <span className="hidden-text">{words.modes.week}</span>
        </span>
        {head.map((day) => (
          <span key={day} role="columnheader" className="small quiet">
            {dayPart(day, 'weekday')}
          </span>
        ))}
      </div>
      <div className="cal-weeks" role="presentation" ref={ref}>
        {weeks.map((week) => (
          <div key={week[0]} role="row" className="cal-row cal-week">
            <span role="rowheader" className="cal-number quiet number">
              <span className="hidden-text">{words.week(numberOf(week))}</span>
              <span aria-hidden="true">{numberOf(week)}</span>
            </span>
            {planWeek(week, entries, lanes).map((plan) => (
              <Cell
                key={plan.day}
                {...props}
                plan={plan}
                isOver={over === plan.day}
                onDrag={(entry, event) => {
                  dragged.current = { entry, day: grabbedDay(plan.day, event) }
                  event.dataTransfer.setData('text/plain', entry.row.number)
                  event.dataTransfer.effectAllowed = 'move'
                }}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

/** A week has the number of its Thursday, on whichever day it begins. */
function numberOf(week: readonly string[]): number {
  return weekNumber(week.find((day) => weekdayOf(day) === 4) ?? week[0] ?? '')
}

interface CellProps extends GridProps {
  plan: DayPlan<Entry>
  isOver: boolean
  onDrag: (entry: Entry, event: React.DragEvent) => void
}

function Cell(props: CellProps) {
  const { plan, counts, month, active, today, holidays, isMixed, isOver, onActive, onOpen, onDrag, onMore } = props
  const { day, placed } = plan
  const count = counts.get(day)
  const all = Math.max(plan.all, count?.count ?? 0)
  const more = all - (plan.all - plan.hidden)
  const isActive = day === active
  const holiday = holidays.get(day)
  const lanes = 1 + Math.max(-1, ...placed.map(({ lane }) => lane))
  return (
    <div
      role="gridcell"
      data-day={day}
      tabIndex={isActive ? 0 : -1}
      aria-current={day === today ? 'date' : undefined}
      className="cal-cell"
      data-out={(month !== null && !day.startsWith(month)) || undefined}
      data-off={holiday !== undefined || weekdayOf(day) > 5 || undefined}
      data-over={isOver || undefined}
      data-more={more > 0 || undefined}
      style={{ ['--cal-lanes' as string]: lanes }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onActive(day)
      }}
    >
      <span className="hidden-text">
        {[words.dayName(dayPart(day, 'whole'), all), holiday ? words.holiday(holiday) : ''].filter(Boolean).join(', ')}
      </span>
      <span className="cal-date" aria-hidden="true">
        <b className="number">{dayPart(day, day.endsWith('-01') ? 'dayMonth' : 'date')}</b>
        {holiday && (
          <span className="cal-holiday clip" title={holiday}>
            {holiday}
          </span>
        )}
      </span>
      {placed.map(({ entry, ...place }) => (
        <Chip
          key={entry.key}
          entry={entry}
          place={place}
          isMixed={isMixed}
          isReached={isActive}
          onOpen={onOpen}
          onDrag={onDrag}
        />
      ))}
      {more > 0 && (
        <button
          type="button"
          className="cal-more link-button"
          tabIndex={isActive ? 0 : -1}
          aria-label={words.moreOn(words.more(more, count?.atLeast ?? false), dayPart(day, 'dayMonth'))}
          onClick={() => onMore(day)}
        >
          {words.more(more, count?.atLeast ?? false)}
        </button>
      )}
    </div>
  )
}

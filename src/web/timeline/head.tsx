// The two lines of marks above a timeline: months over days or weeks, years over months or quarters.
import { dayPart } from '../fields/format.ts'
import { displaysWords } from '../messages/displays.ts'
import { weekNumber } from '../when/days.ts'
import { quarterOf, type Tick } from './scale.ts'

export function TimelineHead({ major, minor }: { major: readonly Tick[]; minor: readonly Tick[] }) {
  return (
    <div className="tl-ticks" aria-hidden="true">
      {[major, minor].map((ticks, line) => (
        <div key={line} className="tl-tick-line">
          {ticks.map((tick) => (
            <span key={tick.day} className="tl-tick" style={{ insetInlineStart: tick.x, inlineSize: tick.width }}>
              <span className="tl-tick-word">{tick.width < 14 ? '' : tickWord(tick)}</span>
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}

function tickWord({ day, unit, width }: Tick): string {
  switch (unit) {
    case 'day':
      return dayPart(day, 'date')
    case 'week':
      return width < 50 ? String(weekNumber(day)) : displaysWords.week(weekNumber(day))
    case 'month':
      return width < 90 ? dayPart(day, 'month') : dayPart(day, 'monthYear')
    case 'quarter':
      return displaysWords.timeline.quarter(quarterOf(day))
    default:
      return day.slice(0, 4)
  }
}

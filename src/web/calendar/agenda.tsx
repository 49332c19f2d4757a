// The same days as a list: each day that has something, with its entries in their order. What a phone shows of every calendar.
import { Link } from '@tanstack/react-router'
import { listAddress } from '../data/model.ts'
import { writeSearch } from '../data/address.ts'
import { dayPart } from '../fields/format.ts'
import { displaysWords } from '../messages/displays.ts'
import { messages } from '../messages/messages.ts'
import { Empty } from '../ui/empty.tsx'
import { State } from '../ui/state.tsx'
import { planWeek } from './lanes.ts'
import { Chip } from './chip.tsx'
import type { Entry } from '../when/entry.ts'
import type { GridProps } from './month.tsx'
import { dayFilter, type DayCount } from './read.ts'
import type { Layer } from './layers.ts'

const words = displaysWords

interface AgendaProps extends Pick<GridProps, 'entries' | 'holidays' | 'today' | 'isMixed' | 'onOpen' | 'onKeyDown'> {
  days: readonly string[]
  /** What the layers have on days that were not read as a whole. */
  dense: readonly { layer: Layer; counts: Readonly<Record<string, DayCount>> }[]
}

export function Agenda({ days, entries, holidays, today, isMixed, dense, onOpen, onKeyDown }: AgendaProps) {
  const filled = days
    .map((day) => ({ day, own: entriesOf(day, entries), more: moreOf(day, dense, entries) }))
    .filter(({ own, more }) => own.length > 0 || more.length > 0)
  if (filled.length === 0) return <Empty title={words.nothing} text={words.nothingHelp} />
  return (
    <div className="cal-agenda" onKeyDown={onKeyDown}>
      {filled.map(({ day, own, more }) => (
        <section key={day} aria-labelledby={`day-${day}`} data-day={day}>
          <h2 id={`day-${day}`} aria-current={day === today ? 'date' : undefined}>
            {dayPart(day, 'whole')}
            {holidays.get(day) && <span className="quiet small cal-holiday"> {holidays.get(day)}</span>}
          </h2>
          <ul className="plain">
            {own.map((entry) => (
              <li key={entry.key} className="cal-line">
                <Chip entry={entry} isMixed={isMixed} isReached onOpen={onOpen} />
                {entry.state !== '' && <State tone={entry.tone}>{entry.state}</State>}
              </li>
            ))}
            {more.map(({ layer, count }) => (
              <li key={layer.key}>
                <Link
                  to={listAddress(
                    layer.record,
                    writeSearch({ filter: dayFilter(layer, day), q: layer.q, display: 'table' }),
                  )}
                >
                  {words.allOfDay(messages.values.inSentence(layer.label))} (
                  {messages.list.total(count.count, count.atLeast)})
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function entriesOf(day: string, entries: readonly Entry[]): Entry[] {
  const [plan] = planWeek([day], entries, Number.MAX_SAFE_INTEGER)
  return plan?.placed.toSorted((a, b) => a.lane - b.lane).map(({ entry }) => entry) ?? []
}

/** Layers that have more on that day than was read. */
function moreOf(day: string, dense: AgendaProps['dense'], entries: readonly Entry[]) {
  return dense.flatMap(({ layer, counts }) => {
    const count = counts[day]
    const own = entriesOf(day, entries).filter((entry) => entry.key.startsWith(`${layer.key}/`)).length
    return count && count.count > own ? [{ layer, count }] : []
  })
}

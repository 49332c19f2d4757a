// A list as a calendar: what its dates say, by month, week or agenda, other kinds above it. Everything it shows stands in the address.
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Search } from '../data/address.ts'
import { useModel } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { dayPart, firstWeekday, todayHere } from '../fields/format.ts'
import type { ListProps } from '../list/list-page.tsx'
import { savedViewsQuery } from '../list/saved-views.ts'
import { displaysWords } from '../messages/displays.ts'
import { Fault } from '../ui/fault.tsx'
import { useSheetKeys } from '../ui/sheet-keys.ts'
import { complain } from '../ui/toast.tsx'
import { EntryCard } from '../when/entry-card.tsx'
import { fixedBecause, isMoving, moveBy, type Entry } from '../when/entry.ts'
import { plusDays, weekOf } from '../when/days.ts'
import { Agenda } from './agenda.tsx'
import { useEntries } from './entries.ts'
import { CalendarBar } from './bar.tsx'
import { useHolidays } from './holidays.ts'
import { layersIn, offeredLayers, type Layer } from './layers.ts'
import { MonthGrid } from './month.tsx'
import { dayByKey, dayOf, daysByKey, ends, modeOf, stepped, weeksOf, type Mode } from './range.ts'
import '../when/when.css'
import './calendar.css'

const words = displaysWords
export function Calendar(props: ListProps) {
  const { record, search, change } = props
  const today = todayHere()
  const mode = modeOf(search)
  const day = dayOf(search, today)
  const isNarrow = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) ?? false
  const first = firstWeekday()
  const weeks = useMemo(() => weeksOf(mode, day, first), [mode, day, first])
  const { offered, layers } = useLayers(props)
  const shown = useEntries(layers, ends(weeks), mode)
  const holidays = useHolidays(ends(weeks))
  const [card, setCard] = useState<{ entry: Entry; moves: boolean } | null>(null)
  const go = (to: string) => change({ at: to })
  const focus = useFocus()
  const move = (entry: Entry, days: number) => void moved(entry, days, focus, go)
  useCalendarKeys(
    shown.entries,
    (entry) => setCard({ entry, moves: true }),
    () => go(today),
  )
  const onKeyDown = (event: React.KeyboardEvent) => {
    const isMirrored = document.documentElement.dir === 'rtl'
    const entry = entryAt(event.target, shown.entries)
    const days = event.altKey && entry ? daysByKey(event.key, isMirrored) : 0
    const to = event.altKey || isNarrow ? null : dayByKey(event.key, day, weekOf(day, first), isMirrored)
    if (days === 0 && (to === null || mode === 'agenda') && !(event.key === 'Enter' && isCell(event.target))) return
    event.preventDefault()
    event.stopPropagation()
    if (days !== 0 && entry) return move(entry, days)
    if (to === null) return (event.target as HTMLElement).querySelector<HTMLElement>('.cal-chip')?.focus()
    focus(`[data-day="${to}"]`)
    go(to)
  }
  const isMixed = layers.length > 1
  const listed = { entries: shown.entries, holidays, today, isMixed, onKeyDown }
  const open = (entry: Entry) => setCard({ entry, moves: false })
  const title = titleOf(mode, day, weeks)
  return (
    <div className="when">
      <CalendarBar
        {...props}
        offered={offered}
        title={title}
        onStep={(by) => go(stepped(mode, day, by))}
        onToday={() => go(today)}
      />
      {shown.error && <Fault error={shown.error} again={shown.again} />}
      <p id="calendar-help" className="hidden-text">
        {words.help}
      </p>
      <div className="frame when-frame" aria-busy={shown.isPending || undefined}>
        {mode === 'agenda' || isNarrow ? (
          <Agenda
            {...listed}
            days={weeks.flat().filter((one) => mode !== 'month' || one.startsWith(day.slice(0, 7)))}
            dense={shown.dense}
            onOpen={open}
          />
        ) : (
          <MonthGrid
            {...listed}
            label={`${record.labelPlural}, ${title}`}
            weeks={weeks}
            month={mode === 'month' ? day.slice(0, 7) : null}
            counts={shown.counts}
            active={day}
            onActive={go}
            onOpen={open}
            onMove={move}
            onMore={(on) => change({ at: on, mode: 'agenda' })}
          />
        )}
      </div>
      {card && <EntryCard {...card} onClose={() => setCard(null)} />}
    </div>
  )
}

function titleOf(mode: Mode, day: string, weeks: readonly (readonly string[])[]): string {
  if (mode === 'month') return dayPart(day, 'monthYear')
  const [begin, end] = ends(weeks)
  return words.fromTo(dayPart(begin, 'dayMonth'), dayPart(end, 'dayMonthYear'))
}

function useLayers({ record, search }: ListProps): { offered: Layer[]; layers: Layer[] } {
  const model = useModel()
  const saved = useQuery(savedViewsQuery(model)).data?.items
  const offered = useMemo(() => offeredLayers(model, saved ?? [], record), [model, saved, record])
  // Another day of the same view is no other layer.
  const { filter, q, date, done, layers } = search
  const chosen = useMemo(
    () => layersIn(offered, record, writtenOut({ filter, q, date, done, layers })),
    [offered, record, filter, q, date, done, layers],
  )
  return { offered, layers: chosen }
}

function writtenOut(search: Record<string, string | undefined>): Search {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

/** Puts the focus on what is asked for, as soon as it is on the page. */
function useFocus(): (selector: string) => void {
  const wanted = useRef('')
  useEffect(() => {
    if (wanted.current === '') return
    const found = document.querySelector<HTMLElement>(wanted.current)
    if (!found) return
    wanted.current = ''
    found.focus()
  })
  return (selector) => {
    wanted.current = selector
  }
}

async function moved(
  entry: Entry,
  days: number,
  focus: (selector: string) => void,
  go: (day: string) => void,
): Promise<void> {
  const because = fixedBecause(entry)
  if (because !== null) return complain(because)
  if (isMoving(entry)) return
  if (!(await attempt(() => moveBy(entry, days)))) return
  const to = plusDays(entry.span.first, days)
  focus(`[data-day="${to}"] [data-entry="${CSS.escape(entry.key)}"]`)
  go(to)
}

function isCell(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.getAttribute('role') === 'gridcell'
}

function entryAt(target: EventTarget | null, entries: readonly Entry[]): Entry | undefined {
  const key = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-entry]')?.dataset['entry'] : undefined
  return entries.find((entry) => entry.key === key)
}

/** Arrows are handled where the focus is. */
function useCalendarKeys(entries: readonly Entry[], openMove: (entry: Entry) => void, today: () => void): void {
  const move = () => {
    const entry = entryAt(document.activeElement, entries)
    if (entry) openMove(entry)
  }
  useSheetKeys(words.keys, [
    ['when-move', 'm', words.moveKey, move],
    ['when-today', 't', words.today, today],
    ['when-day', 'alt+arrowright', words.dayLater],
    ['when-day-before', 'alt+arrowleft', words.dayEarlier],
    ['when-week', 'alt+arrowdown', words.weekLater],
    ['when-week-before', 'alt+arrowup', words.weekEarlier],
  ])
}

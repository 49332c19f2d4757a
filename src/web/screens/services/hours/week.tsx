// The ordinary week: hours of each day, their sum, and the usual shortcuts.
import { Button } from '@mantine/core'
import { durationText, weekOrder } from '../../../fields/format.ts'
import { hoursWords } from '../../../messages/hours.ts'
import { minutesOf, weekdays, type Definition, type Span } from './contract.ts'
import { Spans } from './spans.tsx'

const words = hoursWords.hours

interface WeekProps {
  hours: Definition['hours']
  onChange: (hours: Definition['hours']) => void
  disabled?: boolean
}

export function Week({ hours, onChange, disabled = false }: WeekProps) {
  const sum = weekdays.reduce((total, day) => total + minutesOf(hours[day] ?? []), 0)
  const all = (spans: Span[], days: readonly string[]) =>
    onChange({ ...hours, ...Object.fromEntries(days.map((day) => [day, spans])) })
  return (
    <fieldset className="hours-part">
      <legend>{words.week}</legend>
      <div className="week">
        {weekOrder(weekdays).map((day) => (
          <div key={day} className="week-day">
            <span className="week-name">{words.days[day]}</span>
            <Spans
              day={words.days[day] ?? day}
              spans={hours[day] ?? []}
              disabled={disabled}
              onChange={(spans) => onChange({ ...hours, [day]: spans })}
            />
            <span className="quiet small number">{hours[day]?.length ? durationText(minutesOf(hours[day])) : '–'}</span>
          </div>
        ))}
      </div>
      <div className="row small">
        <span className="strong">{words.sum(durationText(sum))}</span>
        {!disabled && (
          <>
            <Button
              size="compact-xs"
              title={words.copyHelp}
              onClick={() => all(hours['mon'] ?? [], weekdays.slice(1, 5))}
            >
              {words.copy}
            </Button>
            <Button size="compact-xs" onClick={() => all([['00:00', '24:00']], weekdays)}>
              {words.allDay}
            </Button>
          </>
        )}
      </div>
      <p className="quiet small">{words.pauseHelp}</p>
    </fieldset>
  )
}

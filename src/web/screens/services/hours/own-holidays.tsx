// The calendar's own closed days beside the public holidays.
import { useState } from 'react'
import { dayText } from '../../../fields/format.ts'
import { hoursWords } from '../../../messages/hours.ts'
import { Icon } from '../../../ui/icon.tsx'
import { AddDay } from './dated.tsx'

const words = hoursWords.hours

interface OwnHolidaysProps {
  days: string[]
  onChange: (days: string[]) => void
  disabled?: boolean
}

export function OwnHolidays({ days, onChange, disabled = false }: OwnHolidaysProps) {
  const [day, setDay] = useState('')
  const today = new Date().toISOString().slice(0, 10)
  const coming = days.filter((one) => one >= today)
  const past = days.length - coming.length
  return (
    <fieldset className="hours-part">
      <legend>{words.holidays}</legend>
      <p className="quiet small">{words.holidaysHelp}</p>
      {days.length === 0 && <p className="quiet small">{words.none}</p>}
      <ul className="plain holiday-chips">
        {coming.map((one) => (
          <Chip
            key={one}
            day={one}
            onRemove={disabled ? null : () => onChange(days.filter((other) => other !== one))}
          />
        ))}
      </ul>
      {past > 0 && (
        <details className="small">
          <summary>{words.past(past)}</summary>
          <ul className="plain holiday-chips">
            {days
              .filter((one) => one < today)
              .map((one) => (
                <Chip
                  key={one}
                  day={one}
                  onRemove={disabled ? null : () => onChange(days.filter((other) => other !== one))}
                />
              ))}
          </ul>
        </details>
      )}
      {!disabled && (
        <AddDay
          value={day}
          label={`${words.holidays}: ${words.date}`}
          onChange={setDay}
          onAdd={() => {
            onChange([...new Set([...days, day])].toSorted())
            setDay('')
          }}
        />
      )}
    </fieldset>
  )
}

function Chip({ day, onRemove }: { day: string; onRemove: (() => void) | null }) {
  return (
    <li className="holiday-chip">
      <span className="number">{dayText(day)}</span>
      {onRemove && (
        <button type="button" className="plain-button" aria-label={words.remove(dayText(day))} onClick={onRemove}>
          <Icon name="close" size={12} />
        </button>
      )}
    </li>
  )
}

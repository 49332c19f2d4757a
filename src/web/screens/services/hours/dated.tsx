// Hours that hold on single dates: other hours, or breaks.
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { dayText } from '../../../fields/format.ts'
import { hoursWords } from '../../../messages/hours.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { Span } from './contract.ts'
import { Spans } from './spans.tsx'

const words = hoursWords.hours

interface DatedProps {
  title: string
  help: string
  days: Record<string, Span[]>
  /** The spans that a new date begins with. */
  first: Span[]
  onChange: (days: Record<string, Span[]>) => void
  disabled?: boolean
}

export function Dated({ title, help, days, first, onChange, disabled = false }: DatedProps) {
  const [day, setDay] = useState('')
  const sorted = Object.keys(days).toSorted()
  return (
    <fieldset className="hours-part">
      <legend>{title}</legend>
      <p className="quiet small">{help}</p>
      {sorted.map((one) => (
        <div key={one} className="week-day">
          <span className="week-name">{dayText(one)}</span>
          <Spans
            day={dayText(one)}
            spans={days[one] ?? []}
            disabled={disabled}
            onChange={(spans) => onChange({ ...days, [one]: spans })}
          />
          {!disabled && (
            <ActionIcon
              size={26}
              aria-label={words.remove(dayText(one))}
              onClick={() => onChange(Object.fromEntries(Object.entries(days).filter(([name]) => name !== one)))}
            >
              <Icon name="bin" size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {disabled && sorted.length === 0 && <p className="quiet small">{words.none}</p>}
      {!disabled && (
        <AddDay
          value={day}
          label={`${title}: ${words.date}`}
          onChange={setDay}
          onAdd={() => {
            if (!(day in days)) onChange({ ...days, [day]: first })
            setDay('')
          }}
        />
      )}
    </fieldset>
  )
}

export function AddDay(props: { value: string; label: string; onChange: (day: string) => void; onAdd: () => void }) {
  return (
    <div className="row">
      <TextInput
        type="date"
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <Button disabled={!/^\d{4}-\d{2}-\d{2}$/.test(props.value)} onClick={props.onAdd}>
        {words.addDate}
      </Button>
    </div>
  )
}

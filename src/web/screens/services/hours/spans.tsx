// The spans of one day: from and to, add and remove. "24:00" is the midnight after, which a time input cannot say, so these are text.
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { hoursWords } from '../../../messages/hours.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { Span } from './contract.ts'

const words = hoursWords.hours
const wall = /^([01]\d|2[0-4]):[0-5]\d$/

interface SpansProps {
  /** The day's name, for who cannot see its row. */
  day: string
  spans: Span[]
  onChange: (spans: Span[]) => void
  disabled?: boolean
}

export function Spans({ day, spans, onChange, disabled = false }: SpansProps) {
  const last = spans.at(-1)
  function add() {
    const next: Span = last === undefined ? ['09:00', '17:00'] : [last[1] < '23:00' ? last[1] : '23:00', '24:00']
    onChange([...spans, next])
  }
  return (
    <div className="spans">
      {spans.length === 0 && <span className="quiet">{words.closed}</span>}
      {spans.map(([from, to], at) => (
        <span key={at} className="span">
          <Wall
            label={words.from(day)}
            value={from}
            disabled={disabled}
            onChange={(value) => onChange(spans.with(at, [value, to]))}
          />
          <span aria-hidden="true">–</span>
          <Wall
            label={words.to(day)}
            value={to}
            disabled={disabled}
            onChange={(value) => onChange(spans.with(at, [from, value]))}
          />
          {!disabled && (
            <ActionIcon
              size={26}
              aria-label={words.remove(`${day}, ${words.span(from, to)}`)}
              onClick={() => onChange(spans.toSpliced(at, 1))}
            >
              <Icon name="close" size={13} />
            </ActionIcon>
          )}
        </span>
      ))}
      {spans.some(([from, to]) => to <= from) && <span className="error-text">{words.backwards}</span>}
      {!disabled && (
        <Button size="compact-xs" variant="subtle" aria-label={words.addTo(day)} onClick={add}>
          + {words.add}
        </Button>
      )}
    </div>
  )
}

/** A wall time as text; "9", "930" and "9:30" are understood when the field is left. */
function Wall(props: { label: string; value: string; disabled: boolean; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? props.value
  function leave() {
    const read = wallIn(shown)
    if (read !== null && read !== props.value) props.onChange(read)
    setTyped(read === null ? shown : null)
  }
  return (
    <TextInput
      aria-label={props.label}
      value={shown}
      disabled={props.disabled}
      inputMode="numeric"
      error={!wall.test(shown) && typed === shown && wallIn(shown) === null}
      className="wall"
      maxLength={5}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
    />
  )
}

function wallIn(text: string): string | null {
  const found = /^(\d{1,2})[:.]?(\d{2})?$/.exec(text.trim())
  if (!found) return null
  const said = `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`
  return wall.test(said) && said <= '24:00' ? said : null
}

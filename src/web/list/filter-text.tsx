// The whole filter as text, in the grammar that the API and the rules use; a mistake is shown under its place.
import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Problem, sentenceOf } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'

interface FilterTextProps {
  filter: string
  onChange: (filter: string) => void
  error: Error | null
}

export function FilterText({ filter, onChange, error }: FilterTextProps) {
  const [text, setText] = useState(filter)
  useEffect(() => setText(filter), [filter])
  return (
    <TextInput
      className="filter-text"
      aria-label={messages.list.filter}
      placeholder={messages.list.filterHelp}
      value={text}
      spellCheck={false}
      autoFocus
      error={error ? <Mistake text={text} error={error} /> : undefined}
      styles={{ input: { fontFamily: 'var(--mono)' } }}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text !== filter) onChange(text.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onChange(text.trim())
        if (event.key === 'Escape') setText(filter)
      }}
    />
  )
}

function Mistake({ text, error }: { text: string; error: Error }) {
  const mistake = error instanceof Problem ? error.mistake : null
  return (
    <>
      {mistake && (
        <span className="mono filter-place" aria-hidden="true">
          {' '.repeat(Math.min(mistake.at, text.length))}▲
        </span>
      )}
      {mistake?.because ?? sentenceOf(error)}
    </>
  )
}

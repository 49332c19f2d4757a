// A filter as text; taken over when the person leaves it or presses Enter, so that half a word is no mistake yet.
import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { reportWords } from '../../messages/reports.ts'

interface FilterInputProps {
  label: string
  value: string
  onChange: (value: string) => void
}

export function FilterInput({ label, value, onChange }: FilterInputProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const take = () => {
    if (text.trim() !== value) onChange(text.trim())
  }
  return (
    <TextInput
      label={label}
      description={reportWords.builder.filterHelp}
      value={text}
      maxLength={2000}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mono)' } }}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
      }}
    />
  )
}

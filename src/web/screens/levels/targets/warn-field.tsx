// Warnings as percents instead of fractions.
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { EditorProps } from '../../../fields/input-props.ts'
import { messages } from '../../../messages/messages.ts'
import { fractionsIn } from './contract.ts'

const words = messages.targets

/** "50, 80 %" → [0.5, 0.8]; null when it cannot be read. Empty text is no warnings. */
export function fractionsFrom(text: string): number[] | null {
  const parts = text
    .split(/[\s,;%]+/)
    .filter(Boolean)
    .map(Number)
  return parts.every((one) => one > 0 && one < 100) ? parts.toSorted((a, b) => a - b).map((one) => one / 100) : null
}

interface WarnProps {
  label: string
  value: number[]
  error?: string | null
  onChange: (value: number[]) => void
}

export function WarnInput({ label, value, error, onChange }: WarnProps) {
  const [text, setText] = useState(() => value.map((one) => Math.round(one * 100)).join(', '))
  const isWrong = fractionsFrom(text) === null
  return (
    <TextInput
      label={label}
      description={words.warnHelp}
      value={text}
      error={isWrong ? words.warnWrong : error}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const read = fractionsFrom(event.currentTarget.value)
        if (read !== null) onChange(read)
      }}
    />
  )
}

export function OwnEditor({ field, value, error, onChange }: EditorProps) {
  return <WarnInput label={field.label} value={fractionsIn(value)} error={error ?? null} onChange={onChange} />
}

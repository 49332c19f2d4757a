// A text box that may stand empty while it is typed anew: what cannot be taken is not, and what was taken stands there again when the person leaves.
import { TextInput, type TextInputProps } from '@mantine/core'
import { useEffect, useState } from 'react'

interface PatientInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'onBlur'> {
  value: string | number
  /** Takes over what is possible, and nothing else. */
  onChange: (text: string) => void
}

export function PatientInput({ value, onChange, ...input }: PatientInputProps) {
  const [text, setText] = useState(String(value))
  useEffect(() => setText(String(value)), [value])
  return (
    <TextInput
      {...input}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(event.currentTarget.value)
      }}
      onBlur={() => setText(String(value))}
    />
  )
}

// The choices of an added field, a line each, in place of JSON.
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { inputProps, type EditorProps } from './input-props.ts'
import { choicesOf, linesOf, type Choice } from './option-lines.ts'

export function OwnEditor(props: EditorProps) {
  const { value, onChange, onDone } = props
  const [before] = useState(() => (Array.isArray(value) ? (value as Choice[]) : []))
  const [text, setText] = useState(() => linesOf(value))
  return (
    <Textarea
      {...inputProps(props)}
      value={text}
      minRows={3}
      maxRows={12}
      autosize
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(choicesOf(event.currentTarget.value, before))
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onDone?.()
      }}
    />
  )
}

// Editors for values that are not their text: numbers, money, durations, JSON. Each keeps the text while it cannot be read.
import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { messages } from '../messages/messages.ts'
import { inputProps, type EditorProps } from './input-props.ts'
import { currencyDigits, durationText, isMoney, minutesIn } from './format.ts'

interface TypedProps extends EditorProps {
  textOf: (value: unknown) => string
  /** Undefined when the text cannot be read. */
  parse: (text: string) => unknown
  wrong: string
  hint?: string
}

/** The help and what to write, as two sentences: "In place of minutes. In days." */
function described(help: string | undefined, hint: string | undefined): string | undefined {
  return [help?.replace(/[^.!?]$/, '$&.'), hint].filter(Boolean).join(' ') || undefined
}

function TypedEditor({ textOf, parse, wrong, hint, ...props }: TypedProps) {
  const [text, setText] = useState(() => textOf(props.value))
  const [unread, setUnread] = useState(false)
  const common = inputProps(props)
  return (
    <TextInput
      {...common}
      value={text}
      inputMode="decimal"
      error={unread ? wrong : common.error}
      description={props.labelled === false ? undefined : described(props.field.help, hint)}
      onChange={(event) => {
        const typed = event.currentTarget.value
        const value = typed.trim() === '' ? null : parse(typed)
        setText(typed)
        setUnread(value === undefined)
        if (value !== undefined) props.onChange(value)
      }}
      onBlur={() => {
        if (!unread) props.onDone?.()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && props.onDone && !unread) {
          event.preventDefault()
          props.onDone()
        }
      }}
    />
  )
}

function readNumber(text: string): number | undefined {
  const value = Number(text.trim().replaceAll(' ', '').replace(',', '.'))
  return Number.isFinite(value) ? value : undefined
}

export function NumberEditor(props: EditorProps) {
  return (
    <TypedEditor
      {...props}
      hint={props.field.unit ? messages.editor.inUnit(props.field.unit) : undefined}
      textOf={(value) => String(value ?? '')}
      parse={readNumber}
      wrong={messages.editor.numberWrong}
    />
  )
}

export function DurationEditor(props: EditorProps) {
  return (
    <TypedEditor
      {...props}
      hint={messages.editor.durationHelp}
      wrong={messages.editor.durationWrong}
      textOf={(value) => (typeof value === 'number' ? durationText(value) : '')}
      parse={(text) => minutesIn(text) ?? undefined}
    />
  )
}

export function MoneyEditor(props: EditorProps) {
  const money = isMoney(props.value) ? props.value : null
  const [currency, setCurrency] = useState(money?.currency ?? 'EUR')
  const digits = currencyDigits(currency)
  return (
    <div className="editor-money">
      <TypedEditor
        {...props}
        wrong={messages.editor.numberWrong}
        textOf={() => (money ? (money.minor / 10 ** digits).toFixed(digits) : '')}
        parse={(text) => {
          const amount = readNumber(text)
          return amount === undefined ? undefined : { minor: Math.round(amount * 10 ** digits), currency }
        }}
      />
      <TextInput
        label={props.labelled === false ? undefined : messages.editor.currency}
        aria-label={messages.editor.currency}
        value={currency}
        maxLength={3}
        onChange={(event) => {
          const code = event.currentTarget.value.toUpperCase()
          setCurrency(code)
          if (money && /^[A-Z]{3}$/.test(code)) props.onChange({ minor: money.minor, currency: code })
        }}
      />
    </div>
  )
}

export function JsonEditor(props: EditorProps) {
  const [text, setText] = useState(() =>
    props.value === null || props.value === undefined ? '' : JSON.stringify(props.value, null, 2),
  )
  const [unread, setUnread] = useState(false)
  const common = inputProps(props)
  return (
    <Textarea
      {...common}
      value={text}
      styles={{ input: { fontFamily: 'var(--mono)' } }}
      error={unread ? messages.editor.jsonWrong : common.error}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        try {
          props.onChange(typed.trim() === '' ? null : JSON.parse(typed))
          setUnread(false)
        } catch {
          setUnread(true)
        }
      }}
    />
  )
}

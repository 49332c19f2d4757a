// The editor for any kind of field: the form and the inline editing use the same.
import { Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { FieldInfo } from '../data/contract.ts'
import { inputProps, type EditorProps } from './input-props.ts'
import { messages } from '../messages/messages.ts'
import { AnyEditor } from './any-editor.tsx'
import { ownFieldOf } from './own-fields.ts'
import { DurationEditor, JsonEditor, MoneyEditor, NumberEditor } from './typed-editors.tsx'
import { clockDoubt, fromLocalInput, isRef, localInput, personZone } from './format.ts'
import { RefEditor, RefsEditor } from './ref-editor.tsx'
import './fields.css'

const FileEditor = lazy(() => import('./file-editor.tsx').then(({ FileEditor: component }) => ({ default: component })))

/** The form that a domain has for this field; the one of its kind where there is none. */
export function Editor(props: EditorProps) {
  const Own = ownFieldOf(props.field)?.editor
  return Own ? (
    <Suspense fallback={<span className="quiet">{messages.list.loading}</span>}>
      <Own {...props} />
    </Suspense>
  ) : (
    <KindEditor {...props} />
  )
}

function KindEditor(props: EditorProps) {
  const { field } = props
  switch (field.kind) {
    case 'longText':
      return <LongEditor {...props} />
    case 'choice':
    case 'states':
      return <ChoiceEditor {...props} />
    case 'boolean':
      return <BooleanEditor {...props} />
    case 'number':
      return <NumberEditor {...props} />
    case 'money':
      return <MoneyEditor {...props} />
    case 'duration':
      return <DurationEditor {...props} />
    case 'json':
      return <JsonEditor {...props} />
    case 'ref':
    case 'person':
      return <RefEditor {...props} />
    case 'refs':
      return <RefsEditor {...props} />
    case 'any':
      return <AnyEditor {...props} />
    case 'attachment':
      return (
        <Suspense fallback={<span className="quiet">{messages.list.loading}</span>}>
          <FileEditor {...props} />
        </Suspense>
      )
    case 'tags':
      return <TagsEditor {...props} />
    default:
      return <LineEditor {...props} />
  }
}

const types: Partial<Record<FieldInfo['kind'], string>> = {
  email: 'email',
  url: 'url',
  day: 'date',
  instant: 'datetime-local',
}

function LineEditor(props: EditorProps) {
  const { field, value, onChange, onDone } = props
  const instant = field.kind === 'instant'
  const shown = instant && typeof value === 'string' ? localInput(value) : String(value ?? '')
  const common = inputProps(props)
  const [typed, setTyped] = useState('')
  const isTyped = typed !== '' && fromLocalInput(typed) === value
  const doubt = isTyped ? clockDoubt(typed) : null
  return (
    <TextInput
      {...common}
      type={types[field.kind] ?? 'text'}
      value={shown}
      maxLength={field.max ?? undefined}
      description={instant ? instantHelp(props, doubt) : common.description}
      onChange={(event) => {
        const text = event.currentTarget.value
        if (instant) setTyped(text)
        onChange(text === '' ? null : instant ? fromLocalInput(text) : text)
      }}
      onBlur={onDone}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && onDone) {
          event.preventDefault()
          onDone()
        }
      }}
    />
  )
}

/** Whose clocks are meant, and what they do at the time that was typed. In a cell of a list only the latter has room. */
function instantHelp({ field, labelled }: EditorProps, doubt: ReturnType<typeof clockDoubt>): ReactNode {
  const said = doubt === null ? null : messages.editor[doubt]
  if (labelled === false) return said
  return [field.help, messages.editor.zone(personZone()), said].filter(Boolean).join(' · ')
}

function LongEditor(props: EditorProps) {
  const { value, onChange } = props
  return (
    <Textarea
      {...inputProps(props)}
      value={String(value ?? '')}
      minRows={4}
      maxRows={24}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) props.onDone?.()
      }}
    />
  )
}

function ChoiceEditor(props: EditorProps) {
  const { field, value, onChange, onDone } = props
  const options = (field.options ?? []).map(({ value: name, label }) => ({ value: name, label }))
  return (
    <Select
      {...inputProps(props)}
      data={options}
      value={typeof value === 'string' ? value : null}
      searchable={options.length > 8}
      clearable={!field.required}
      allowDeselect={false}
      defaultDropdownOpened={props.autoFocus && onDone !== undefined}
      placeholder={messages.editor.choose}
      nothingFoundMessage={messages.editor.nothing}
      onChange={(chosen) => {
        onChange(chosen)
        queueMicrotask(() => onDone?.())
      }}
    />
  )
}

function BooleanEditor(props: EditorProps) {
  const { field, value, onChange, onDone } = props
  const data = [
    { value: 'true', label: messages.values.yes },
    { value: 'false', label: messages.values.no },
  ]
  return (
    <Select
      {...inputProps(props)}
      data={data}
      value={typeof value === 'boolean' ? String(value) : null}
      clearable={!field.required}
      allowDeselect={false}
      placeholder={messages.editor.choose}
      onChange={(chosen) => {
        onChange(chosen === null ? null : chosen === 'true')
        queueMicrotask(() => onDone?.())
      }}
    />
  )
}

function TagsEditor(props: EditorProps) {
  const tags = Array.isArray(props.value) ? props.value.filter((tag) => !isRef(tag)).map(String) : []
  return (
    <TagsInput
      {...inputProps(props)}
      value={tags}
      placeholder={messages.editor.addTag}
      onChange={props.onChange}
      onBlur={props.onDone}
    />
  )
}

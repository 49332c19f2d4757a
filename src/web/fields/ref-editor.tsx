// Choosing other records: the server searches as the person types, twenty at a time.
import { MultiSelect, Select } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import type { RecordInfo, Ref } from '../data/contract.ts'
import { recordNamed, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { useChoices } from './choices.ts'
import { inputProps, type EditorProps } from './input-props.ts'
import { isRef } from './format.ts'

function useTarget(props: EditorProps): RecordInfo | null {
  const model = useModel()
  return recordNamed(model, props.field.to ?? (props.field.kind === 'person' ? 'person' : ''))
}

/** What has a workflow is work, and work is known by its number; people, teams and services by their names. */
function labelOf(record: RecordInfo | null, ref: Ref): string {
  const isWork = record !== null && record.workflow !== null && record.place === 'desk'
  return isWork && ref.title !== '' ? `${ref.number} ${ref.title}` : ref.title || ref.number
}

function optionsOf(record: RecordInfo | null, found: Ref[], chosen: Ref[]) {
  const byId = new Map([...chosen, ...found].map((ref) => [String(ref.id), ref]))
  return { byId, data: [...byId].map(([value, ref]) => ({ value, label: labelOf(record, ref) })) }
}

/**
 * Enter takes the option that is marked on the screen, and no other. Mantine remembers the place of the marked one as
 * a number, and the list changes under that number when an answer of the server arrives.
 */
function takeMarked(event: KeyboardEvent<HTMLInputElement>): void {
  const list = document.getElementById(event.currentTarget.getAttribute('aria-controls') ?? '')
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || !list) return
  event.preventDefault()
  event.stopPropagation()
  list.querySelector<HTMLElement>('[data-combobox-selected]')?.click()
}

export function RefEditor(props: EditorProps) {
  const record = useTarget(props)
  return <RefChooser {...props} record={record} />
}

export function RefChooser({ record, ...props }: EditorProps & { record: RecordInfo | null }) {
  const chosen = isRef(props.value) ? [props.value] : []
  const [words, setWords] = useState('')
  const label = chosen[0] ? labelOf(record, chosen[0]) : ''
  const { byId, data } = optionsOf(record, useChoices(record, words === label ? '' : words), chosen)
  return (
    <Select
      {...inputProps(props)}
      data={data}
      value={chosen[0] ? String(chosen[0].id) : null}
      searchable
      clearable={!props.field.required}
      allowDeselect={false}
      filter={({ options }) => options}
      limit={20}
      placeholder={messages.editor.search}
      nothingFoundMessage={messages.editor.nothing}
      defaultDropdownOpened={props.autoFocus && props.onDone !== undefined}
      onSearchChange={setWords}
      onKeyDownCapture={takeMarked}
      onChange={(id) => {
        props.onChange(id === null ? null : (byId.get(id) ?? null))
        queueMicrotask(() => props.onDone?.())
      }}
    />
  )
}

export function RefsEditor(props: EditorProps) {
  const record = useTarget(props)
  const chosen = Array.isArray(props.value) ? props.value.filter(isRef) : []
  const [words, setWords] = useState('')
  const { byId, data } = optionsOf(record, useChoices(record, words), chosen)
  return (
    <MultiSelect
      {...inputProps(props)}
      data={data}
      value={chosen.map((ref) => String(ref.id))}
      searchable
      clearable
      filter={({ options }) => options}
      limit={40}
      placeholder={messages.editor.search}
      nothingFoundMessage={messages.editor.nothing}
      onSearchChange={setWords}
      onKeyDownCapture={takeMarked}
      onBlur={props.onDone}
      onChange={(ids) => props.onChange(ids.flatMap((id) => byId.get(id) ?? []))}
    />
  )
}

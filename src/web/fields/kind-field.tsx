// A kind of record, chosen by its label; kept by its name.
import { Select } from '@mantine/core'
import { useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { inputProps, type EditorProps } from './input-props.ts'

export function OwnEditor(props: EditorProps) {
  const { field, value, onChange, onDone } = props
  const kinds = useModel().records.map(({ name, label }) => ({ value: name, label }))
  return (
    <Select
      {...inputProps(props)}
      data={kinds.toSorted((one, other) => one.label.localeCompare(other.label))}
      value={typeof value === 'string' && value !== '' ? value : null}
      searchable
      clearable={!field.required}
      allowDeselect={false}
      placeholder={messages.editor.choose}
      nothingFoundMessage={messages.editor.nothing}
      onChange={(name) => {
        onChange(name)
        queueMicrotask(() => onDone?.())
      }}
    />
  )
}

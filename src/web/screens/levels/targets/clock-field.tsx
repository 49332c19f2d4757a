// The clock of a target in its form: by name, as the records that have clocks call them.
import { Select } from '@mantine/core'
import { inputProps, type EditorProps } from '../../../fields/input-props.ts'
import { messages } from '../../../messages/messages.ts'
import { clocksOffered } from './contract.ts'

export function OwnEditor(props: EditorProps) {
  const own = typeof props.value === 'string' ? props.value : ''
  return (
    <Select
      {...inputProps(props)}
      description={undefined}
      data={clocksOffered(own)}
      value={own === '' ? null : own}
      allowDeselect={false}
      placeholder={messages.editor.choose}
      onChange={props.onChange}
    />
  )
}

// A reference to any kind of record: first the kind, then which one.
import { Select } from '@mantine/core'
import { useState } from 'react'
import { recordNamed, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import type { EditorProps } from './input-props.ts'
import { isRef } from './format.ts'
import { RefChooser } from './ref-editor.tsx'

export function AnyEditor(props: EditorProps) {
  const model = useModel()
  const [name, setName] = useState(isRef(props.value) ? (props.value.record ?? null) : null)
  const record = name === null ? null : recordNamed(model, name)
  return (
    <div className="stack" style={{ gap: 'var(--space-2)' }}>
      <Select
        label={messages.editor.anyRecord(props.field.label)}
        searchable
        value={name}
        data={model.records.map((one) => ({ value: one.name, label: one.label }))}
        onChange={(chosen) => {
          setName(chosen)
          props.onChange(null)
        }}
      />
      {record && (
        <RefChooser
          {...props}
          record={record}
          onChange={(value) => props.onChange(isRef(value) ? { ...value, record: record.name } : null)}
        />
      )}
    </div>
  )
}

// Gives one field of all selected records a new value.
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { Editor } from '../fields/late-editor.tsx'
import { messages } from '../messages/messages.ts'
import { Dialog } from '../ui/dialog.tsx'

interface BulkChangeProps {
  record: RecordInfo
  count: number
  /** The name of the field that is asked for at once; null where somebody chooses it first. */
  first: string | null
  onClose: () => void
  onApply: (values: Record<string, unknown>) => Promise<void>
}

export function BulkChange({ record, count, first, onClose, onApply }: BulkChangeProps) {
  const fields = record.fields.filter(
    (field) => !field.stamped && field.kind !== 'states' && field.kind !== 'attachment',
  )
  const [name, setName] = useState(first)
  const [value, setValue] = useState<unknown>(null)
  const field = fields.find((one) => one.name === name)
  const words = messages.bulk
  return (
    <Dialog onClose={onClose} title={`${words.change}: ${words.selected(count)}`} size={460}>
      <div className="stack">
        <Select
          label={words.field}
          searchable
          data={fields.map((one) => ({ value: one.name, label: one.label }))}
          value={name}
          onChange={(chosen) => {
            setName(chosen)
            setValue(null)
          }}
          data-autofocus={first === null || undefined}
        />
        {field && (
          <Editor key={field.name} field={field} value={value} onChange={setValue} autoFocus={field.name === first} />
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{messages.record.cancel}</Button>
          <Button
            variant="filled"
            disabled={!field || (field.required && value === null)}
            onClick={() => {
              if (field) void onApply({ [field.name]: value })
            }}
          >
            {words.apply}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

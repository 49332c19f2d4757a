// What was begun at a record and never saved, perhaps on another device: go on with it, or throw it away.
import { Button } from '@mantine/core'
import { fieldOf } from '../data/model.ts'
import { relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { canEdit } from './inline-field.tsx'
import type { RecordProps } from './record-page.tsx'
import { dropUnsent, useUnsent } from './unsent.ts'

export function UnsentLine({ record, row, editing, setEditing }: RecordProps) {
  const words = messages.unsent
  const begun = (useUnsent(row) ?? []).flatMap((one) => {
    const field = one.part === 'comment' ? null : fieldOf(record, one.part)
    return field && field.name !== editing && canEdit({ record, row, field }) ? [{ ...one, field }] : []
  })
  return begun.map(({ part, field, savedAt }) => (
    <p key={part} className="row unsent-line">
      <Icon name="edit" size={14} />
      <span>{words.begun(field.label, relativeText(savedAt))}</span>
      <Button size="compact-xs" onClick={() => setEditing(field.name)}>
        {words.goOn}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => dropUnsent({ on: row.number, part })}>
        {words.drop}
      </Button>
    </p>
  ))
}

// One more chip: for the fields that have none yet.
import { ActionIcon } from '@mantine/core'
import type { FieldInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'

export function AddFilter({ fields, onAdd }: { fields: FieldInfo[]; onAdd: (name: string) => void }) {
  if (fields.length === 0) return null
  return (
    <Menu
      position="bottom-start"
      maxHeight="60vh"
      entries={[
        { heading: messages.list.addFilter },
        ...fields.map((field) => ({ label: field.label, run: () => onAdd(field.name) })),
      ]}
    >
      <ActionIcon variant="default" aria-label={messages.list.addFilter}>
        <Icon name="plus" />
      </ActionIcon>
    </Menu>
  )
}

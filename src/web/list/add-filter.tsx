// One more chip: for the fields that have none yet.
import { ActionIcon, Menu } from '@mantine/core'
import type { FieldInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'

export function AddFilter({ fields, onAdd }: { fields: FieldInfo[]; onAdd: (name: string) => void }) {
  if (fields.length === 0) return null
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon variant="default" aria-label={messages.list.addFilter}>
          <Icon name="plus" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown style={{ maxBlockSize: '60vh', overflowY: 'auto' }}>
        <Menu.Label>{messages.list.addFilter}</Menu.Label>
        {fields.map((field) => (
          <Menu.Item key={field.name} onClick={() => onAdd(field.name)}>
            {field.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

// The menu of a record's page: what its domain can do with it, the link, print, the bin.
import { ActionIcon, Menu } from '@mantine/core'
import { Suspense, useState } from 'react'
import { attempt, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { commandsOf, type Command } from '../screens/panels.ts'
import { useActions } from '../ui/actions.ts'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/toast.tsx'
import type { RecordProps } from './record-page.tsx'

export function MoreMenu({ record, row }: RecordProps) {
  const words = messages.record
  const [open, setOpen] = useState<Command | null>(null)
  const commands = row.binnedAt ? [] : commandsOf(record, row)
  useActions(
    commands.map((command) => ({
      id: `command-${command.name}`,
      label: command.label,
      group: record.label,
      run: () => setOpen(command),
      ...(command.keys ? { keys: command.keys } : {}),
    })),
  )
  const bin = () =>
    attempt(() =>
      write(
        record.plural,
        `/${record.plural}/${row.id}`,
        { method: 'DELETE', rev: row.rev ?? null },
        words.binned(row.number),
      ),
    )
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={words.more}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {commands.map((command) => (
            <Menu.Item key={command.name} onClick={() => setOpen(command)}>
              {command.label}
            </Menu.Item>
          ))}
          {commands.length > 0 && <Menu.Divider />}
          <Menu.Item
            leftSection={<Icon name="link" />}
            onClick={() => void navigator.clipboard.writeText(location.href).then(() => say(words.copied))}
          >
            {words.copyLink}
          </Menu.Item>
          <Menu.Item onClick={() => print()}>{messages.list.print}</Menu.Item>
          {(row.can?.bin ?? record.can.bin) && !row.binnedAt && (
            <Menu.Item leftSection={<Icon name="bin" />} onClick={() => void bin()}>
              {words.bin}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open && (
        <Suspense fallback={null}>
          <open.component record={record} row={row} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}

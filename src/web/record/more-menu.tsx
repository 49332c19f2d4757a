// The menu of a record's page: what its domain can do with it, the link, print, the bin.
import { ActionIcon } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import type { Search } from '../data/address.ts'
import type { FieldInfo } from '../data/contract.ts'
import { listAddress } from '../data/model.ts'
import { attempt, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { commandsOf, type Command } from '../screens/panels.ts'
import { useActions } from '../ui/actions.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { say } from '../ui/toast.tsx'
import type { RecordProps } from './record-page.tsx'

/** What a map draws lines from. */
const isRelation = ({ kind }: FieldInfo) => kind === 'ref' || kind === 'refs' || kind === 'any' || kind === 'person'

export function MoreMenu({ record, row }: RecordProps) {
  const words = messages.record
  const navigate = useNavigate()
  const hasMap = record.fields.some(isRelation)
  const showMap = () =>
    void navigate({ to: listAddress(record), search: { display: 'map', start: row.number } as Search })
  const [open, setOpen] = useState<Command | null>(null)
  const commands = row.binnedAt ? [] : commandsOf(record, row)
  useActions([
    ...commands.map((command) => ({
      id: `command-${command.name}`,
      label: command.label,
      group: record.label,
      run: () => setOpen(command),
      ...(command.keys ? { keys: command.keys } : {}),
    })),
    ...(hasMap ? [{ id: 'map', label: words.onMap, group: record.label, run: showMap }] : []),
  ])
  const bin = () =>
    attempt(() =>
      write(
        record.plural,
        `/${record.plural}/${row.id}`,
        { method: 'DELETE', rev: row.rev ?? null },
        words.binned(row.number),
      ),
    )
  const copyLink = () => void navigator.clipboard.writeText(location.href).then(() => say(words.copied))
  return (
    <>
      <Menu
        entries={[
          ...commands.map((command) => ({ label: command.label, run: () => setOpen(command) })),
          commands.length > 0 && 'line',
          hasMap && { label: words.onMap, icon: <Icon name="map" />, run: showMap },
          { label: words.copyLink, icon: <Icon name="link" />, run: copyLink },
          { label: messages.list.print, run: () => print() },
          (row.can?.bin ?? record.can.bin) &&
            !row.binnedAt && { label: words.bin, icon: <Icon name="bin" />, run: () => void bin() },
        ]}
      >
        <ActionIcon variant="default" aria-label={words.more}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu>
      {open && (
        <Suspense fallback={null}>
          <open.component record={record} row={row} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}

// New: every kind of record that the person may create, by place.
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { filledPlaces } from './places.ts'

export function CreateMenu({ opened, onChange }: { opened: boolean; onChange: (open: boolean) => void }) {
  const navigate = useNavigate()
  const places = filledPlaces(useModel())
    .map((entry) => ({ ...entry, records: entry.records.filter((record) => record.can.create) }))
    .filter((entry) => entry.records.length > 0)
  if (places.length === 0) return null
  return (
    <Menu
      opened={opened}
      onChange={onChange}
      width={240}
      maxHeight="70vh"
      entries={places.flatMap(({ place, records }) => [
        { heading: place.label },
        ...records.map((record) => ({
          label: record.label,
          run: () => void navigate({ to: `/${record.place}/${record.plural}/new` }),
        })),
      ])}
    >
      <Button
        variant="filled"
        size="xs"
        leftSection={<Icon name="plus" />}
        aria-label={messages.shell.create}
        aria-keyshortcuts="c"
        className="create-button"
      >
        <span className="create-word">{messages.shell.create}</span>
      </Button>
    </Menu>
  )
}

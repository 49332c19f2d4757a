// List, tree, board, calendar, timeline or map: a menu, a command each in the palette, and the keys V L, V B, V C, V T, V M.
import { Button } from '@mantine/core'
import { messages } from '../messages/messages.ts'
import { useActions } from '../ui/actions.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { displayChange, displayIcons, displayLabel, displayOf, displaysOf, type Display } from './displays.ts'
import type { ListProps } from './list-page.tsx'

const keys: Record<Display, string> = {
  table: 'v l',
  tree: 'v e',
  board: 'v b',
  calendar: 'v c',
  timeline: 'v t',
  map: 'v m',
}

export function DisplaySwitch({ record, search, change }: ListProps) {
  const possible = displaysOf(record)
  const now = displayOf(record, search)
  const show = (display: Display) => change(displayChange(record, display))
  useActions(
    possible.map((display) => ({
      id: `show-${display}`,
      label: messages.list.showAs(displayLabel(display)),
      keys: keys[display],
      group: messages.list.display,
      run: () => show(display),
    })),
  )
  if (possible.length === 1) return null
  return (
    <Menu
      entries={possible.map((display) => ({
        label: displayLabel(display),
        icon: <Icon name={displayIcons[display]} />,
        isChecked: display === now,
        run: () => show(display),
      }))}
    >
      <Button
        leftSection={<Icon name={displayIcons[now]} />}
        rightSection={<Icon name="down" size={14} />}
        aria-label={`${messages.list.display}: ${displayLabel(now)}`}
      >
        <span className="wide-only">{displayLabel(now)}</span>
      </Button>
    </Menu>
  )
}

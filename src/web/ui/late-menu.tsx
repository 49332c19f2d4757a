// How a menu is shown and moved about in. Loaded when somebody comes to the button of one.
import { Menu } from '@mantine/core'
import { useLayoutEffect, useState, type RefObject } from 'react'
import { Anchor } from './anchor.tsx'
import { Icon } from './icon.tsx'
import type { MenuEntry, MenuHeading, MenuItem, MenuLook } from './menu.tsx'
import './popover.css'
import './menu.css'

interface LateMenuProps extends MenuLook {
  id: string
  trigger: RefObject<HTMLElement | null>
  opened: boolean
  onChange: (opened: boolean) => void
  entries: readonly MenuEntry[]
}

export function LateMenu({ id, trigger, opened, onChange, entries, ...look }: LateMenuProps) {
  const { position = 'bottom-end', width, maxHeight, returnsFocus = true } = look
  // Opened a moment after it is there, so that it sees the focus come in and can give it back.
  const [isThere, setThere] = useState(false)
  useLayoutEffect(() => setThere(true), [])
  return (
    <Menu
      id={id}
      opened={isThere && opened}
      onChange={onChange}
      position={position}
      returnFocus={returnsFocus}
      {...(width === undefined ? {} : { width })}
    >
      <Menu.Target>
        <Anchor trigger={trigger} />
      </Menu.Target>
      <Menu.Dropdown style={maxHeight === undefined ? {} : { maxBlockSize: maxHeight, overflowY: 'auto' }}>
        {keyed(entries).map(([key, entry]) => (
          <Entry key={key} entry={entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** By what they say: an entry that comes later must not take the focus of one that was there. */
function keyed(entries: readonly MenuEntry[]): [key: string, entry: MenuEntry][] {
  const seen = new Map<string, number>()
  return entries.map((entry) => {
    const words = entry === 'line' ? '' : 'heading' in entry ? entry.heading : entry.label
    const count = (seen.get(words) ?? 0) + 1
    seen.set(words, count)
    return [`${count} ${words}`, entry]
  })
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'line') return <Menu.Divider />
  return 'heading' in entry ? <Heading {...entry} /> : <Item {...entry} />
}

function Heading({ heading, hint }: MenuHeading) {
  return (
    <Menu.Label>
      {heading}
      {hint !== undefined && <div>{hint}</div>}
    </Menu.Label>
  )
}

function Item({ label, icon, hint, isDisabled = false, isChecked, download, run }: MenuItem) {
  const tick = isChecked === true ? <Icon name="check" /> : <span className="menu-no-tick" />
  const props = { disabled: isDisabled, leftSection: isChecked === undefined ? icon : tick }
  const words = (
    <>
      {label}
      {hint !== undefined && <span className="menu-hint">{hint}</span>}
    </>
  )
  return download === undefined ? (
    <Menu.Item {...props} onClick={run}>
      {words}
    </Menu.Item>
  ) : (
    <Menu.Item {...props} component="a" href={download} download>
      {words}
    </Menu.Item>
  )
}

// How a panel beside its button is shown: it takes the focus, keeps it, and gives it back. Loaded when somebody comes to the button of one.
import { Popover } from '@mantine/core'
import { useLayoutEffect, useState, type ReactNode, type RefObject } from 'react'
import { Anchor } from './anchor.tsx'
import type { PopoverLook } from './popover.tsx'
import './popover.css'

interface LatePopoverProps extends PopoverLook {
  id: string
  trigger: RefObject<HTMLElement | null>
  opened: boolean
  onChange: (opened: boolean) => void
  children: ReactNode
}

export function LatePopover({ id, trigger, opened, onChange, children, ...look }: LatePopoverProps) {
  const { label, className, position = 'bottom-start', width } = look
  // Opened a moment after it is there, so that it sees the focus come in and can give it back.
  const [isThere, setThere] = useState(false)
  useLayoutEffect(() => setThere(true), [])
  return (
    <Popover
      id={id}
      opened={isThere && opened}
      onChange={onChange}
      position={position}
      trapFocus
      returnFocus
      {...(width === undefined ? {} : { width })}
    >
      <Popover.Target>
        <Anchor trigger={trigger} />
      </Popover.Target>
      <Popover.Dropdown className={className} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

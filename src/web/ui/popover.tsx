// A button that opens a small panel beside it; how that is shown is loaded when it is needed.
import { cloneElement, type ReactElement, type ReactNode } from 'react'
import { late, type Late } from './late.ts'
import type { LatePopover } from './late-popover.tsx'
import { useOpener } from './opener.ts'

export interface PopoverLook {
  /** Of the panel, for screen readers. */
  label: string
  className?: string
  position?: 'bottom-start' | 'bottom-end'
  /** In pixels; as wide as what stands in it where none is given. */
  width?: number
}
interface PopoverProps extends PopoverLook {
  /** The button. */
  children: ReactElement
  content: (close: () => void) => ReactNode
  /** Given where what stands in the panel is loaded late as well: `together(latePopover, …)`. */
  part?: Late<typeof LatePopover>
}

export const latePopover = late(() => import('./late-popover.tsx').then((module) => module.LatePopover))

export function Popover({ children, content, part = latePopover, ...look }: PopoverProps) {
  const { Part, opened, change, trigger, id, props } = useOpener(part, 'dialog', {})
  return (
    <>
      {cloneElement(children, props)}
      {Part && (
        <Part {...look} id={id} trigger={trigger} opened={opened} onChange={change}>
          {opened && content(() => change(false))}
        </Part>
      )}
    </>
  )
}

// A button with a menu: what stands in it is a list, and how it is shown is loaded when it is needed.
import { cloneElement, type ReactElement, type ReactNode } from 'react'
import { late } from './late.ts'
import { useOpener, type Controlled } from './opener.ts'

export interface MenuItem {
  label: string
  icon?: ReactNode
  /** A line below, such as why it cannot be chosen. */
  hint?: string | undefined
  isDisabled?: boolean
  /** For items of which one is chosen: a tick, or the room for one. */
  isChecked?: boolean
  /** The address of a file; choosing it downloads the file. */
  download?: string
  run?: () => void
}
export interface MenuHeading {
  heading: string
  hint?: string | undefined
}
export type MenuEntry = MenuItem | MenuHeading | 'line'

export interface MenuLook {
  position?: 'bottom-start' | 'bottom-end' | 'top-start'
  /** In pixels; as wide as its words where none is given. */
  width?: number
  /** From which height on it scrolls, such as `70vh`. */
  maxHeight?: string
  /** False where what is chosen puts the focus elsewhere. */
  returnsFocus?: boolean
}
interface MenuProps extends MenuLook, Controlled {
  /** The button. */
  children: ReactElement
  /** What is false is left out. */
  entries: readonly (MenuEntry | false)[]
}

const lateMenu = late(() => import('./late-menu.tsx').then(({ LateMenu }) => LateMenu))

export function Menu({ children, entries, opened: asked, onChange, ...look }: MenuProps) {
  const { Part, opened, change, trigger, id, props } = useOpener(lateMenu, 'menu', { opened: asked, onChange })
  return (
    <>
      {cloneElement(children, props)}
      {Part && (
        <Part
          {...look}
          id={id}
          trigger={trigger}
          opened={opened}
          onChange={change}
          entries={entries.filter((entry) => entry !== false)}
        />
      )}
    </>
  )
}

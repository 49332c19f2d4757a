// What a button that opens a menu or a panel does and says: it is there at once, what it opens is loaded when the pointer
// or the focus comes to it. Pressed before that has arrived, it opens as soon as it has, unless the person has moved on.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { sentenceOf } from '../data/problem.ts'
import type { Late } from './late.ts'
import { complain } from './toast.tsx'

/** Given where something other than the trigger opens it as well, such as a key. */
export interface Controlled {
  opened?: boolean
  onChange?: (opened: boolean) => void
}

interface Opener<Part> {
  opened: boolean
  change: (opened: boolean) => void
  /** Null until it has been opened for the first time and is loaded; from then on it stays. */
  Part: Part | null
  trigger: RefObject<HTMLElement | null>
  /** Of the trigger; what it opens is called by it as well. */
  id: string
  /** For the trigger's element. */
  props: Record<string, unknown>
}

export function useOpener<Part>(part: Late<Part>, popup: 'menu' | 'dialog', controlled: Controlled): Opener<Part> {
  const [own, setOwn] = useState(false)
  const opened = controlled.opened ?? own
  const change = (to: boolean) => {
    setOwn(to)
    controlled.onChange?.(to)
  }
  const trigger = useRef<HTMLElement>(null)
  const id = useId()
  const wasOpened = useRef(false)
  if (opened) wasOpened.current = true
  const isWaiting = useArrival(part, opened, () => change(false))
  const Part = wasOpened.current ? part.now() : null
  const warm = () => void part.load().catch(() => {}) // said when it is pressed
  const props = {
    id,
    ref: trigger,
    'aria-haspopup': popup,
    'aria-expanded': opened,
    'aria-controls': opened && Part !== null ? `${id}-dropdown` : undefined,
    onPointerEnter: warm,
    onFocus: warm,
    onClick: () => change(!opened),
    onBlur: () => isWaiting && change(false),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isWaiting) change(false)
      if (event.key !== 'ArrowDown' || opened) return
      event.preventDefault()
      change(true)
    },
  }
  return { opened, change, Part, trigger, id, props }
}

/** Loads what is opened; says why where that fails. True while it is on the way. */
function useArrival<Part>(part: Late<Part>, opened: boolean, onFail: () => void): boolean {
  const [, setArrived] = useState(part.now() !== null)
  const isWaiting = opened && part.now() === null
  const failed = useRef(onFail)
  failed.current = onFail
  useEffect(() => {
    if (!isWaiting) return
    let isWanted = true
    part.load().then(
      () => setArrived(true),
      (error: unknown) => {
        if (!isWanted) return
        failed.current()
        complain(sentenceOf(error))
      },
    )
    return () => {
      isWanted = false
    }
  }, [part, isWaiting])
  return isWaiting
}

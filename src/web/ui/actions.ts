// What can be done here and now: pages register their actions once, and the keys, the key sheet and the palette all read the same list.
import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Action {
  /** Stable name, unique on the page. */
  id: string
  label: string
  /** `j`, `shift+x`, `mod+k`, `g d` (one key, then another). Several ways are separated by `|`. */
  keys?: string
  /** Kept out of the palette: moving in a list is not a command. */
  hidden?: boolean
  group?: string
  run: () => void
}

let registered: { owner: symbol; actions: Action[] }[] = []
let flat: Action[] = []
const listeners = new Set<() => void>()

function publish() {
  flat = registered.flatMap((entry) => entry.actions)
  for (const listener of listeners) listener()
}

export function currentActions(): Action[] {
  return flat
}

/** Offers actions as long as the component is on screen. What they do may change with each render; their names and keys follow `signature`. */
export function useActions(actions: Action[]): void {
  const latest = useRef(actions)
  latest.current = actions
  const signature = actions.map((action) => `${action.id}\t${action.label}\t${action.keys ?? ''}`).join('\n')
  useEffect(() => {
    const owner = Symbol('actions')
    const stable = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find((now) => now.id === action.id)?.run(),
    }))
    registered = [...registered, { owner, actions: stable }]
    publish()
    return () => {
      registered = registered.filter((entry) => entry.owner !== owner)
      publish()
    }
  }, [signature])
}

export function useCurrentActions(): Action[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentActions)
}

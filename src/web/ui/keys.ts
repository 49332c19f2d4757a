// Listens to the keyboard once for the whole application and runs the action whose keys were pressed.
import { useEffect } from 'react'
import { messages } from '../messages/messages.ts'
import { currentActions, type Action } from './actions.ts'

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform)

/** `mod+k` as this computer's user reads it. */
export function keyWords(keys: string): string[] {
  return keys.split(/[+ ]/).map((key) => {
    if (key === 'mod' && isMac) return '⌘'
    const named = messages.keyNames[key]
    if (named !== undefined) return named
    return key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1)
  })
}

function pressed(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const shift = event.shiftKey && key.length > 1 ? 'shift+' : ''
  return mod + shift + key
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    /^(textarea|select)$/i.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type))
  )
}

/** A dialog or an open menu keeps the keys for itself. */
function isCovered(event: KeyboardEvent): boolean {
  return (
    event.target instanceof HTMLElement && event.target.closest('[role=dialog],[role=menu],[role=listbox]') !== null
  )
}

/** A focused button or link keeps Enter and Space, which press it. */
function isPressing(event: KeyboardEvent, key: string): boolean {
  return (
    (key === 'enter' || key === 'space') &&
    event.target instanceof HTMLElement &&
    event.target.closest('button,a,summary,input') !== null
  )
}

function find(key: string): Action | undefined {
  return currentActions().findLast((action) => action.keys?.split('|').includes(key))
}

/** Keys with Ctrl or ⌘ work everywhere; single keys only outside text boxes and when `singleKeys` allows them. */
export function useKeyboard(singleKeys: boolean): void {
  useEffect(() => {
    let first = ''
    let timer = 0
    function onKey(event: KeyboardEvent) {
      const key = pressed(event)
      const withMod = key.startsWith('mod+')
      if (event.defaultPrevented || event.altKey || event.isComposing) return
      if (!withMod && (isTyping(event) || isCovered(event) || isPressing(event, key))) return
      if (!withMod && !singleKeys && key.length === 1) return
      const action = (first !== '' ? find(`${first} ${key}`) : undefined) ?? find(key)
      clearTimeout(timer)
      first = action ? '' : key
      timer = window.setTimeout(() => {
        first = ''
      }, 900)
      if (!action) return
      event.preventDefault()
      action.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [singleKeys])
}

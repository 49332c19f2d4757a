// Short messages at the edge of the screen, with Undo where there is something to undo. They wait while the pointer or the focus is on them.
import { ActionIcon, Button } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { messages } from '../messages/messages.ts'
import { Icon } from './icon.tsx'
import { Sign } from './state.tsx'
import './toast.css'

interface Toast {
  id: number
  text: string
  tone: 'good' | 'bad'
  forMs: number
  undo?: () => void
}

const most = 4
let shown: readonly Toast[] = []
let count = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  shown = next
  for (const listener of listeners) listener()
}
function add(toast: Omit<Toast, 'id'>): void {
  change([...shown, { ...toast, id: ++count }].slice(-most))
}
function remove(id: number): void {
  change(shown.filter((toast) => toast.id !== id))
}

/** Says that something is done; for 10 s with an Undo button when `undo` is given. */
export function say(text: string, undo?: () => void): void {
  add({ text, tone: 'good', forMs: undo ? 10_000 : 4_000, ...(undo ? { undo } : {}) })
}

/** Says what was refused; stays longer. */
export function complain(text: string): void {
  add({ text, tone: 'bad', forMs: 12_000 })
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
  return (
    <div className="toasts">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastLine({ toast }: { toast: Toast }) {
  const { id, text, tone, forMs, undo } = toast
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => remove(id), forMs)
    return () => clearTimeout(timer)
  }, [id, forMs, held])
  return (
    <div
      className="toast"
      role={tone === 'bad' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Sign tone={tone} />
      <span className="toast-text">{text}</span>
      {undo && (
        <Button
          onClick={() => {
            remove(id)
            undo()
          }}
        >
          {messages.record.undo}
        </Button>
      )}
      <ActionIcon size={24} aria-label={messages.shell.close} onClick={() => remove(id)}>
        <Icon name="close" size={13} />
      </ActionIcon>
    </div>
  )
}

// Says so when the browser is offline: reading goes on from what is here, writing waits.
import { useSyncExternalStore } from 'react'
import { messages } from '../messages/messages.ts'
import { Sign } from '../ui/state.tsx'

function subscribe(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

export function Offline() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return online ? null : (
    <p role="status" className="offline">
      <Sign tone="warn" />
      {messages.errors.offline}
    </p>
  )
}

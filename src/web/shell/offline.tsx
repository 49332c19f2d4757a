// Says so when the browser is offline, when the server or its database cannot be reached (reading goes on from what is here,
// writing waits), when the disk is full, or when too much is asked at once.
import { useSyncExternalStore } from 'react'
import { useReach, type Reach } from '../data/reach.ts'
import { relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { shownSince, subscribeToShown } from '../offline/late-shelf.ts'
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
  const reach = useReach()
  const since = useSyncExternalStore(subscribeToShown, shownSince)
  const said = online ? sentence(reach) : messages.errors.offline
  return said === null ? null : (
    <p role="status" className="offline row">
      <Sign tone="warn" />
      <span>
        {said} {since !== null && messages.errors.readAt(relativeText(new Date(since).toISOString()))}
      </span>
    </p>
  )
}
function sentence(reach: Reach): string | null {
  const { serverAway, databaseAway, full, busy } = messages.errors
  return { here: null, server: serverAway, database: databaseAway, full, busy }[reach]
}

// Says so when this page is no longer of whoever is signed in: nothing is written from it until it is loaded anew.
import { Button } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { isSomebodyElse, subscribeToPerson } from '../data/shown-to.ts'
import { messages } from '../messages/messages.ts'
import { Sign } from '../ui/state.tsx'

export function SomebodyElse() {
  const isOther = useSyncExternalStore(subscribeToPerson, isSomebodyElse)
  return isOther ? (
    <div role="alert" className="offline row">
      <Sign tone="warn" />
      <span>{messages.errors.somebodyElse}</span>
      <Button size="compact-sm" onClick={() => location.reload()}>
        {messages.errors.reload}
      </Button>
    </div>
  ) : null
}

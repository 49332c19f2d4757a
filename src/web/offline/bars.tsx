// Quiet bars on top of the page: what needs an administrator now, a newer version, comments that wait. Beside them stands what says that the server cannot be reached.
import { Button } from '@mantine/core'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { offlineWords } from '../messages/offline.ts'
import { useMe } from '../data/model.ts'
import { withWords } from '../messages/language.ts'
import { Sign } from '../ui/state.tsx'
import { setGuest } from './device.ts'
import { allWaiting, subscribeToWaiting, watchOutbox } from './outbox.ts'
import { isNewerThere, subscribeToVersions, takeNewer, watchVersions } from './versions.ts'
import './bars.css'

const OutboxDialog = lazy(() =>
  withWords('outbox', import('./outbox-dialog.tsx')).then(({ OutboxDialog: component }) => ({ default: component })),
)
const Urgent = lazy(() => import('../shell/urgent.tsx').then(({ Urgent: component }) => ({ default: component })))
const DemoBar = lazy(() =>
  withWords('demo', import('../welcome/demo-bar.tsx')).then(({ DemoBar: component }) => ({ default: component })),
)
const words = offlineWords.bars

export function Bars() {
  const { isVisit, roles, viewer } = useMe()
  const isNewer = useSyncExternalStore(subscribeToVersions, isNewerThere)
  const waiting = useSyncExternalStore(subscribeToWaiting, allWaiting)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    setGuest(isVisit)
    void watchVersions()
    void watchOutbox()
  }, [isVisit])
  const held = waiting.filter((one) => one.held !== null).length
  const isMixed = waiting.some(({ move }) => move !== undefined)
  const said = isMixed ? words.mixed : words
  const isTheirs = roles.includes('administrator') && viewer === null && !isVisit // the installation is theirs to mend
  return (
    <>
      <Suspense fallback={null}>{isTheirs && <Urgent />}</Suspense>
      {isNewer && (
        <div role="status" className="offline row quiet-bar">
          <Sign tone="info" />
          <span>{words.newer}</span>
          <Button onClick={takeNewer}>{words.take}</Button>
        </div>
      )}
      {waiting.length > 0 && (
        <div role="status" className="offline row quiet-bar">
          <Sign tone={held > 0 ? 'warn' : 'hold'} />
          <span>{held > 0 ? said.held(held) : said.waiting(waiting.length)}</span>
          <Button onClick={() => setOpen(true)}>{words.look}</Button>
        </div>
      )}
      <Suspense fallback={null}>{isVisit && <DemoBar />}</Suspense>
      <Suspense fallback={null}>{isOpen && <OutboxDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}

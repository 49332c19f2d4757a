// Settings, Demonstration: the company "Harbour Works" in and out by one click, beside one's own data.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useMe } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { demoWords as words } from '../messages/demo.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'
import { bringDemo, demoQuery, leaveDemo, removeDemo, visitDemo, type DemoState } from './demo.ts'

const isMoving = (state: DemoState['state'] | undefined): boolean => state === 'coming' || state === 'leaving'

export function Section() {
  const isAdministrator = useMe().roles.includes('administrator')
  const demo = useQuery({
    ...demoQuery,
    enabled: isAdministrator,
    refetchInterval: ({ state }) => (isMoving(state.data?.state) ? 1_000 : false),
  })
  useArrival(demo.data)
  if (!isAdministrator) return <p className="quiet">{words.onlyAdministrators}</p>
  if (demo.error) return <Fault error={demo.error} again={() => void demo.refetch()} />
  return (
    <div className="stack">
      <p>{words.about}</p>
      <p className="quiet">{demo.data?.isWhole ? words.isWhole : words.beside}</p>
      {demo.data && !demo.data.isWhole && <Standing of={demo.data} />}
      <p className="small">
        <Link to="/guide/begin">{words.guide}</Link>
      </p>
    </div>
  )
}

/** Whoever waited for it sees it as soon as it is there. */
function useArrival(demo: DemoState | undefined) {
  const before = useRef<DemoState['state']>(undefined)
  const now = demo?.state
  useEffect(() => {
    if (before.current === 'coming' && now === 'here') void attempt(visitDemo)
    if (before.current === 'leaving' && now === 'none') say(words.gone)
    before.current = now
  }, [now])
}

function Standing({ of }: { of: DemoState }) {
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const take = (begin: () => Promise<DemoState>) =>
    attempt(async () => client.setQueryData(demoQuery.queryKey, await begin()))
  const failed = of.because && (
    <p role="alert" className="error-text">
      {words.failed} {of.because}
    </p>
  )
  if (of.because || of.state === 'none')
    return (
      <>
        {failed}
        <div>
          <Button
            variant="filled"
            onClick={() => void take(() => (of.state === 'leaving' ? removeDemo(of.written) : bringDemo()))}
          >
            {of.because ? words.again : words.bring}
          </Button>
        </div>
      </>
    )
  if (of.state !== 'here') return <Moving of={of} />
  return (
    <>
      <p>{words.isHere}</p>
      <div className="row">
        <Button variant="filled" onClick={() => void attempt(of.isVisit ? leaveDemo : visitDemo)}>
          {of.isVisit ? words.leave : words.visit}
        </Button>
        <Button onClick={() => setAsking(true)}>{words.takeAway}</Button>
      </div>
      {isAsking && (
        <TakeAway
          of={of}
          onClose={() => setAsking(false)}
          onSure={async () => {
            if (!(await take(() => removeDemo(of.written)))) return
            setAsking(false)
            // At home again: nothing that the screen knew of the demonstration is there.
            if (of.isVisit) location.assign('/settings/demo')
          }}
        />
      )}
    </>
  )
}

function Moving({ of }: { of: DemoState }) {
  if (of.state === 'leaving') return <p role="status">{words.leaving}</p>
  return (
    <div role="status" className="stack">
      <label>
        {words.coming} <progress value={of.told} max={of.incidents} />
      </label>
      <p className="quiet">{words.told(of.told, of.incidents)}</p>
    </div>
  )
}

interface TakeAwayProps {
  of: DemoState
  onClose: () => void
  onSure: () => Promise<void>
}
/** Names what goes before it goes. */
function TakeAway({ of, onClose, onSure }: TakeAwayProps) {
  return (
    <Dialog title={words.takeAway} size={520} onClose={onClose}>
      <div className="stack">
        <p>{words.goes(of.records)}</p>
        {of.written > 0 && (
          <p>
            {words.written(of.written)} {of.newest.join(', ')}
            {of.written > of.newest.length && ' …'}
          </p>
        )}
        <div className="row">
          <Button variant="filled" data-autofocus onClick={() => void onSure()}>
            {words.sure}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

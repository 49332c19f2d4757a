// Step 5: the import runs; its result, and the undo of the whole batch.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { call } from '../data/http.ts'
import { listAddress } from '../data/model.ts'
import { attempt, refresh } from '../data/writes.ts'
import { importsWords } from '../messages/imports.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { Icon } from '../ui/icon.tsx'
import { State } from '../ui/state.tsx'
import type { StepProps } from './import-page.tsx'
import { ProblemList } from './problem-list.tsx'
import { Counts, isWorking, Progress, useImport } from './progress.tsx'
import { Stopped } from './stopped.tsx'

const words = importsWords.import

export function ResultStep({ record, info, go }: StepProps) {
  const result = useImport(info.id)
  const now = result.data
  const state = now?.state
  useEffect(() => {
    if (state === 'done' || state === 'undone') refresh(record.plural)
  }, [state, record.plural])
  async function undo() {
    await attempt(() => call(`/imports/${info.id}/undo`, { method: 'POST' }))
    await result.refetch()
  }
  if (result.error) return <Fault error={result.error} again={() => void result.refetch()} />
  if (!now || isWorking(now)) return <Progress info={now} label={words.running} />
  return (
    <>
      {state === 'failed' ? (
        <Stopped info={now} again={() => result.refetch()} />
      ) : (
        <p role="status">
          {state === 'undone' ? <State tone="info">{words.undone}</State> : <State tone="good">{words.done}</State>}
        </p>
      )}
      <Counts info={now} />
      {(state !== 'failed' || now.problems.length > 0) && <ProblemList info={now} />}
      <footer className="row">
        <Button variant="filled" renderRoot={(props) => <Link {...props} to={listAddress(record)} />}>
          {words.open}
        </Button>
        {state === 'done' && record.name === 'incident' && (
          <Button renderRoot={(props) => <Link {...props} to="/reports/incident-log" />}>
            {messages.screens.incidentLog}
          </Button>
        )}
        {state === 'done' && (
          <Button leftSection={<Icon name="undo" />} onClick={() => void undo()}>
            {words.undo}
          </Button>
        )}
        <Button onClick={() => go(0)}>{words.another}</Button>
      </footer>
    </>
  )
}

// Step 4: the dry run: what would be written, and the problems row by row. Nothing has been written yet.
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { importsWords } from '../messages/imports.ts'
import { Fault } from '../ui/fault.tsx'
import { Sign } from '../ui/state.tsx'
import type { StepProps } from './import-page.tsx'
import { ProblemList } from './problem-list.tsx'
import { Counts, isWorking, Progress, useImport } from './progress.tsx'

const words = importsWords.import

export function CheckStep({ info, go }: StepProps) {
  const client = useQueryClient()
  const check = useImport(info.id)
  const now = check.data
  if (check.error) return <Fault error={check.error} again={() => void check.refetch()} />
  if (!now || isWorking(now)) return <Progress info={now} label={words.checking} />
  const { create = 0, update = 0, failed = 0 } = now.counts ?? {}
  async function run() {
    await attempt(async () => {
      await call(`/imports/${info.id}/run`, { method: 'POST' })
      client.removeQueries({ queryKey: ['import', info.id] })
      go(4)
    })
  }
  return (
    <>
      {now.state === 'failed' && (
        <p className="error-text row" role="alert">
          <Sign tone="bad" />
          {words.broke} {now.error}
        </p>
      )}
      <Counts info={now} />
      {failed > 0 && <p className="quiet small">{words.failedNote}</p>}
      <ProblemList info={now} />
      <footer className="row">
        <Button
          onClick={() => {
            client.removeQueries({ queryKey: ['import', info.id] })
            go(2)
          }}
        >
          {words.back}
        </Button>
        <Button variant="filled" disabled={create + update === 0} onClick={() => void run()}>
          {words.run(create + update)}
        </Button>
      </footer>
    </>
  )
}

// On the page of an import that is done or has stopped: its counts, going on, and taking it back as a whole.
import { Button } from '@mantine/core'
import { call } from '../data/http.ts'
import { attempt, refresh } from '../data/writes.ts'
import { importsWords } from '../messages/imports.ts'
import type { PanelProps } from '../screens/panels.ts'
import { Icon } from '../ui/icon.tsx'
import { ProblemList } from './problem-list.tsx'
import { Counts, isWorking, Progress, useImport } from './progress.tsx'
import { Stopped } from './stopped.tsx'
import './import.css'

const words = importsWords.import

export function Panel({ record, row }: PanelProps) {
  const { data: now, refetch } = useImport(row.id)
  if (!now) return null
  if (isWorking(now)) return <Progress info={now} label={words.working} />
  const { create = 0, update = 0 } = now.counts ?? {}
  async function again() {
    await refetch()
    refresh(record.plural)
  }
  async function undo() {
    await attempt(() => call(`/imports/${row.id}/undo`, { method: 'POST' }))
    await again()
  }
  return (
    <section className="panel stack" aria-label={words.counts}>
      {now.state === 'failed' && <Stopped info={now} again={again} />}
      {now.state === 'undone' && <p>{words.undone}</p>}
      <Counts info={now} />
      {now.problems.length > 0 && <ProblemList info={now} />}
      {now.state === 'done' && create + update > 0 && (
        <div className="row">
          <Button leftSection={<Icon name="undo" />} onClick={() => void undo()}>
            {words.undo}
          </Button>
          <span className="quiet small">{words.undoHelp}</span>
        </div>
      )}
    </section>
  )
}

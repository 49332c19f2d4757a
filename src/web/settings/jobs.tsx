// What runs in the background: queues, failures, try again.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JobsShown } from '#kit/routes/jobs-shape.ts'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { sectionsWords } from '../messages/sections.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { Fault } from '../ui/fault.tsx'
import { State } from '../ui/state.tsx'
import { say } from '../ui/toast.tsx'

const words = sectionsWords.jobs

export function Section() {
  const jobs = useQuery({
    queryKey: ['screen', 'jobs'],
    queryFn: () => read<JobsShown>('/admin/jobs'),
    refetchInterval: 10_000,
  })
  async function retry(id: string) {
    if (await attempt(() => call(`/admin/jobs/${encodeURIComponent(id)}/retry`, { method: 'POST' }))) say(words.retried)
    await jobs.refetch()
  }
  if (jobs.error) return <Fault error={jobs.error} again={() => void jobs.refetch()} />
  const { queues = [], failures = [] } = jobs.data ?? {}
  return (
    <>
      <p className="quiet">{words.about}</p>
      {queues.length === 0 && !jobs.isPending ? (
        <p className="quiet">{words.noQueues}</p>
      ) : (
        <FactsTable
          label={words.queue}
          items={queues}
          keyOf={(queue) => queue.name}
          columns={[
            { label: words.queue, cell: (queue) => <span className="mono">{queue.name}</span> },
            { label: words.waiting, cell: (queue) => queue.waiting, isNumber: true },
            { label: words.active, cell: (queue) => queue.active, isNumber: true },
            {
              label: words.failed,
              cell: (queue) => (queue.failed > 0 ? <State tone="bad">{queue.failed}</State> : 0),
              isNumber: true,
            },
            { label: words.lastDone, cell: (queue) => (queue.lastDoneAt ? relativeText(queue.lastDoneAt) : '–') },
            { label: words.lastError, cell: (queue) => queue.lastError ?? '–' },
          ]}
        />
      )}
      <h3>{words.failures}</h3>
      {failures.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <FactsTable
          label={words.failures}
          items={failures}
          keyOf={(failure) => failure.id}
          columns={[
            { label: words.when, cell: (failure) => instantText(failure.failedAt) },
            { label: words.queue, cell: (failure) => <span className="mono">{failure.queue}</span> },
            { label: words.error, cell: (failure) => failure.because },
            { label: words.attempts, cell: (failure) => failure.attempts, isNumber: true },
            {
              label: words.retry,
              isDeed: true,
              cell: (failure) => (
                <Button size="compact-xs" onClick={() => void retry(failure.id)}>
                  {words.retry}
                </Button>
              ),
            },
          ]}
        />
      )}
    </>
  )
}

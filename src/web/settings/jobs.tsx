// What runs in the background: queues, failures, try again.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { State } from '../ui/state.tsx'
import { say } from '../ui/toast.tsx'
import { Scroll } from '../ui/scroll.tsx'

interface Jobs {
  queues: {
    name: string
    waiting: number
    active: number
    failed: number
    lastError: string | null
    lastDoneAt: string | null
  }[]
  failures: { id: string; queue: string; at: string; error: string; attempts: number }[]
}

const words = messages.jobs

export function Section() {
  const jobs = useQuery({
    queryKey: ['screen', 'jobs'],
    queryFn: () => read<Jobs>('/admin/jobs'),
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
        <Scroll label={words.queue}>
          <table className="facts">
            <thead>
              <tr>
                <th>{words.queue}</th>
                <th>{words.waiting}</th>
                <th>{words.active}</th>
                <th>{words.failed}</th>
                <th>{words.lastDone}</th>
                <th>{words.lastError}</th>
              </tr>
            </thead>
            <tbody>
              {queues.map((queue) => (
                <tr key={queue.name}>
                  <td>{queue.name}</td>
                  <td className="number">{queue.waiting}</td>
                  <td className="number">{queue.active}</td>
                  <td className="number">{queue.failed > 0 ? <State tone="bad">{queue.failed}</State> : 0}</td>
                  <td>{queue.lastDoneAt ? relativeText(queue.lastDoneAt) : '–'}</td>
                  <td>{queue.lastError ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <h3>{words.failures}</h3>
      {failures.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <Scroll label={words.failures}>
          <table className="facts">
            <thead>
              <tr>
                <th>{words.when}</th>
                <th>{words.queue}</th>
                <th>{words.error}</th>
                <th>{words.attempts}</th>
                <th>
                  <span className="hidden-text">{words.retry}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {failures.map((failure) => (
                <tr key={failure.id}>
                  <td>{instantText(failure.at)}</td>
                  <td>{failure.queue}</td>
                  <td>{failure.error}</td>
                  <td className="number">{failure.attempts}</td>
                  <td>
                    <Button size="compact-xs" onClick={() => void retry(failure.id)}>
                      {words.retry}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}

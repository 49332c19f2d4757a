// How far a change of very many records is, with the way to cancel it; and, once it is over, what it left as it was.
import { Button } from '@mantine/core'
import { messages } from '../messages/messages.ts'
import { BulkFailures } from './bulk-failures.tsx'
import { cancel, forget, type BulkRun } from './bulk-runs.ts'

export function BulkRunBar({ run: { id, state, position, total, ...left } }: { run: BulkRun }) {
  const words = messages.bulk
  if (state !== 'running') return <BulkFailures of={left} onClose={() => forget(id)} />
  return (
    <div className="bulk-bar" role="region" aria-label={words.working(position, total)}>
      <progress aria-label={words.apply} {...(total === null ? {} : { value: position, max: total })} />
      <span role="status" className="number">
        {words.working(position, total)}
      </span>
      <Button variant="subtle" onClick={() => void cancel(id)}>
        {words.cancel}
      </Button>
    </div>
  )
}

// Changes of very many records that run on the server, as this page follows them: begun here, or found under way when the page was
// opened. Whatever is on the screen when one is over, one message says so and offers its undo.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { BulkProgress } from '#kit/bulk-run.ts'
import type { RecordInfo } from '../data/contract.ts'
import { call, isUnreachable, read } from '../data/http.ts'
import { attempt, refresh } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { complain, say } from '../ui/toast.tsx'

export type BulkRun = Omit<BulkProgress, 'request'>

const askMs = 600
const listeners = new Set<() => void>()
/** Those under way, and those that left something as it was until somebody has seen it. */
let followed: readonly BulkRun[] = []
/** All that this page ever followed, by id. */
const known = new Set<number>()

/** The run of this kind of record that is to be shown; null for none. @param isReady whether it is time to ask which there are */
export function useFollowed(record: RecordInfo, isReady: boolean): BulkRun | null {
  const mine = useQuery({
    queryKey: ['bulk-runs'],
    queryFn: ({ signal }) => read<{ items: BulkRun[] }>('/bulk-runs', signal),
    enabled: isReady,
    staleTime: Infinity, // what is begun here later is followed from its beginning
    gcTime: Infinity,
  }).data
  useEffect(() => {
    for (const run of mine?.items ?? []) if (run.record === record.name) void attempt(() => follow(record, run))
  }, [mine, record])
  return useSyncExternalStore(subscribe, () => followed.find((run) => run.record === record.name) ?? null)
}

/** Resolves with the run when it is over, or at once when it is followed already. @throws Problem when it cannot be asked for */
export async function follow(record: RecordInfo, begun: BulkRun): Promise<BulkRun> {
  if (known.has(begun.id)) return begun
  known.add(begun.id)
  let run = begun
  try {
    for (; run.state === 'running'; run = (await answered(run.id)) ?? run) {
      show(run)
      await new Promise((resume) => setTimeout(resume, askMs))
    }
  } catch (error) {
    forget(run.id)
    throw error
  }
  if (run.left > 0) show(run)
  else forget(run.id)
  refresh(record.plural)
  tellOver(record, run)
  return run
}
export function forget(id: number): void {
  change(followed.filter((run) => run.id !== id))
}
/** What was done stays done. */
export function cancel(id: number): Promise<boolean> {
  return attempt(() => call(`/bulk-runs/${id}`, { method: 'DELETE' }))
}

/** One after the other, the newest last. */
function show(run: BulkRun): void {
  const isThere = followed.some(({ id }) => id === run.id)
  change(isThere ? followed.map((one) => (one.id === run.id ? run : one)) : [...followed, run])
}
function change(to: readonly BulkRun[]): void {
  followed = to
  for (const listener of listeners) listener()
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function tellOver(record: RecordInfo, run: BulkRun): void {
  const words = messages.bulk
  const n = run.position - run.left
  if (run.state === 'failed') complain(run.because ?? '')
  if (n === 0) return
  const done = { change: words.done, move: words.done, bin: words.binDone, undo: () => messages.record.undone }
  const said = run.state === 'cancelled' ? words.cancelled(n) : done[run.deed](n)
  say(said, run.deed === 'undo' ? undefined : () => void undo(record, run.id))
}
/** Takes back what a run wrote, in the background as well: it may be very much. */
async function undo(record: RecordInfo, id: number): Promise<void> {
  await attempt(async () => {
    const begun = await call<BulkRun>(`/bulk-runs/${id}/undo`, { method: 'POST' })
    say(messages.bulk.undoing)
    await follow(record, begun.body)
  })
}

/** Null where the server could not be reached: the run goes on there, and is asked for again. @throws Problem */
async function answered(id: number): Promise<BulkRun | null> {
  try {
    return await read<BulkRun>(`/bulk-runs/${id}`)
  } catch (error) {
    if (isUnreachable(error)) return null
    throw error
  }
}

// Sends a change of many records: few at once, many as a run in the background whose progress is asked for and that can be
// cancelled. One undo takes back the whole.
import { useRef, useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { call, isUnreachable, read } from '../data/http.ts'
import { attempt, refresh, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { complain, say } from '../ui/toast.tsx'
import type { Selection } from './selection.ts'
import { queryOf, type View } from './view.ts'

export interface Failure {
  id: number
  number: string
  because: string
}
export type Work =
  | { change: Record<string, unknown> }
  | { move: string; input: Record<string, unknown> }
  | { bin: true }
interface BulkAnswer {
  request: string
  done: number
  failed: Failure[]
}
interface BulkRun {
  id: number
  state: 'running' | 'done' | 'cancelled' | 'failed'
  total: number | null
  position: number
  left: number
  failed: Failure[]
  reasons: { because: string; count: number }[]
  because: string | null
}
/** What was left as it was: how many, how many for which reason, and the first of them. */
export type Left = Pick<BulkRun, 'left' | 'failed' | 'reasons'>
export interface BulkWork {
  apply: (work: Work) => Promise<void>
  /** While a run is under way; a total of null is being counted. */
  progress: { position: number; total: number | null } | null
  cancel: () => void
  failed: Left | null
  forgetFailed: () => void
}

/** So many are done while one waits. */
const atOnce = 100
const askMs = 600

export function useBulkWork(record: RecordInfo, view: View, selection: Selection, onDone: () => void): BulkWork {
  const [failed, setFailed] = useState<Left | null>(null)
  const [progress, setProgress] = useState<BulkWork['progress']>(null)
  const running = useRef<number | null>(null)
  function ended(left: Left) {
    setFailed(left.left > 0 ? left : null)
    onDone()
    if (left.left === 0) selection.clear()
  }
  async function few(body: object, done: (n: number) => string) {
    const path = `/${record.plural}/bulk`
    const answer = await write<BulkAnswer>(record.plural, path, { method: 'POST', body }, ({ done: n }) => done(n))
    const left = answer.body.failed
    ended({ left: left.length, failed: left, reasons: reasonsOf(left) })
  }
  async function many(body: object, done: (n: number) => string) {
    const begun = await call<BulkRun>('/bulk-runs', { method: 'POST', body: { ...body, record: record.name } })
    running.current = begun.body.id
    onDone()
    const run = await untilOver(begun.body, setProgress)
    refresh(record.plural)
    if (run.state === 'failed') complain(run.because ?? '')
    const n = run.position - run.left
    if (n > 0) say(run.state === 'cancelled' ? messages.bulk.cancelled(n) : done(n), () => void undoRun(record, run.id))
    ended(run)
  }
  async function apply(work: Work) {
    const { filter, q } = queryOf(view)
    const target = selection.all ? { filter: filter ?? '', q } : { ids: [...selection.ids] }
    const body = { ...target, ...work }
    const done = 'bin' in work ? messages.bulk.binDone : messages.bulk.done
    await attempt(() => (selection.count > atOnce ? many(body, done) : few(body, done)))
    running.current = null
    setProgress(null)
  }
  const cancel = () => void attempt(() => call(`/bulk-runs/${running.current}`, { method: 'DELETE' }))
  return { apply, progress, cancel, failed, forgetFailed: () => setFailed(null) }
}

async function untilOver(begun: BulkRun, tell: (run: BulkRun) => void): Promise<BulkRun> {
  let run = begun
  while (run.state === 'running') {
    tell(run)
    await new Promise((resume) => setTimeout(resume, askMs))
    run = (await answered(run.id)) ?? run
  }
  return run
}

/** Takes back what a run wrote, in the background as well: it may be very much. */
async function undoRun(record: RecordInfo, id: number): Promise<void> {
  await attempt(async () => {
    const begun = await call<BulkRun>(`/bulk-runs/${id}/undo`, { method: 'POST' })
    say(messages.bulk.undoing)
    const run = await untilOver(begun.body, () => {})
    refresh(record.plural)
    const [reason] = run.reasons
    if (run.state === 'failed') complain(run.because ?? '')
    else if (reason) complain(`${messages.bulk.failed(run.left)}: ${reason.because}`)
    else say(messages.record.undone)
  })
}

function reasonsOf(failed: readonly Failure[]): Left['reasons'] {
  const counts = new Map<string, number>()
  for (const { because } of failed) counts.set(because, (counts.get(because) ?? 0) + 1)
  return [...counts].map(([because, count]) => ({ because, count })).toSorted((one, other) => other.count - one.count)
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

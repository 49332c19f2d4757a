// Sends a change of many records: few at once, many as a run in the background whose progress is asked for. One undo takes back the whole.
import { useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { call, read } from '../data/http.ts'
import { attempt, refresh, undo, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'
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
  state: 'running' | 'done'
  total: number
  position: number
  failed: Failure[]
  request: string
}
export interface BulkWork {
  apply: (work: Work) => Promise<void>
  /** While a run is under way. */
  progress: { position: number; total: number } | null
  failed: readonly Failure[]
  forgetFailed: () => void
}

/** So many are done while one waits. */
const atOnce = 100
const askMs = 600

export function useBulkWork(record: RecordInfo, view: View, selection: Selection, onDone: () => void): BulkWork {
  const [failed, setFailed] = useState<readonly Failure[]>([])
  const [progress, setProgress] = useState<BulkWork['progress']>(null)
  function ended(left: readonly Failure[]) {
    setFailed(left)
    onDone()
    if (left.length === 0) selection.clear()
  }
  async function few(body: object, done: (n: number) => string) {
    const path = `/${record.plural}/bulk`
    const answer = await write<BulkAnswer>(record.plural, path, { method: 'POST', body }, ({ done: n }) => done(n))
    ended(answer.body.failed)
  }
  async function many(body: object, done: (n: number) => string) {
    const begun = await call<BulkRun>('/bulk-runs', { method: 'POST', body: { ...body, record: record.name } })
    let run = begun.body
    onDone()
    while (run.state === 'running') {
      setProgress({ position: run.position, total: run.total })
      await new Promise((resume) => setTimeout(resume, askMs))
      run = await read<BulkRun>(`/bulk-runs/${run.id}`)
    }
    refresh(record.plural)
    say(done(run.total - run.failed.length), () => void undo(record.plural, run.request))
    ended(run.failed)
  }
  async function apply(work: Work) {
    const { filter, q } = queryOf(view)
    const target = selection.all ? { filter: filter ?? '', q } : { ids: [...selection.ids] }
    const body = { ...target, ...work }
    const done = 'bin' in work ? messages.bulk.binDone : messages.bulk.done
    await attempt(() => (selection.count > atOnce ? many(body, done) : few(body, done)))
    setProgress(null)
  }
  return { apply, progress, failed, forgetFailed: () => setFailed([]) }
}

// Sends a change of many records: few at once, many as a run in the background that the page follows. One undo takes back the whole.
import { useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { attempt, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { follow, type BulkRun } from './bulk-runs.ts'
import type { Selection } from './selection.ts'
import { queryOf, type View } from './view.ts'

export type Work =
  | { change: Record<string, unknown> }
  | { move: string; input: Record<string, unknown> }
  | { bin: true }
interface BulkAnswer {
  request: string
  done: number
  failed: BulkRun['failed']
}
/** What was left as it was: how many, how many for which reason, and the first of them. */
export type Left = Pick<BulkRun, 'left' | 'failed' | 'reasons'>
export interface BulkWork {
  apply: (work: Work) => Promise<void>
  /** Of what was done at once. */
  failed: Left | null
  forgetFailed: () => void
}

/** So many are done while one waits. */
const atOnce = 100

/** @param onDone once it is done or has begun: what asked for it may go */
export function useBulkWork(record: RecordInfo, view: View, selection: Selection, onDone: () => void): BulkWork {
  const [failed, setFailed] = useState<Left | null>(null)
  async function few(body: object, done: (n: number) => string): Promise<number> {
    const path = `/${record.plural}/bulk`
    const answer = await write<BulkAnswer>(record.plural, path, { method: 'POST', body }, ({ done: n }) => done(n))
    const left = answer.body.failed
    setFailed(left.length > 0 ? { left: left.length, failed: left, reasons: reasonsOf(left) } : null)
    onDone()
    return left.length
  }
  async function many(body: object): Promise<number> {
    const begun = await call<BulkRun>('/bulk-runs', { method: 'POST', body: { ...body, record: record.name } })
    onDone()
    return (await follow(record, begun.body)).left
  }
  async function apply(work: Work) {
    const { filter, q } = queryOf(view)
    const target = selection.all ? { filter: filter ?? '', q } : { ids: [...selection.ids] }
    const body = { ...target, ...work }
    const done = 'bin' in work ? messages.bulk.binDone : messages.bulk.done
    await attempt(async () => {
      const left = await (selection.count > atOnce ? many(body) : few(body, done))
      if (left === 0) selection.clear()
    })
  }
  return { apply, failed, forgetFailed: () => setFailed(null) }
}

function reasonsOf(failed: Left['failed']): Left['reasons'] {
  const counts = new Map<string, number>()
  for (const { because } of failed) counts.set(because, (counts.get(because) ?? 0) + 1)
  return [...counts].map(([because, count]) => ({ because, count })).toSorted((one, other) => other.count - one.count)
}

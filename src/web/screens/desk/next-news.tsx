// Under the head of a running major incident: when those affected hear something next, and whether that is late.
import type { FullRow } from '../../data/contract.ts'
import { durationText, relativeText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import type { PanelProps } from '../panels.ts'
import { isRunning, type NextNews } from './contract.ts'
import { Notice } from './notice.tsx'

const words = messages.desk

function nextOf(row: FullRow): NextNews | null {
  return (row as { nextNews?: NextNews | null }).nextNews ?? null
}

export function Panel({ row }: PanelProps) {
  if (!isRunning(row)) return null
  const next = nextOf(row)
  if (next === null) return <Notice tone="none">{words.nextNone}</Notice>
  return next.isLate ? (
    <Notice tone="bad">
      <b>{words.nextLate(durationText(next.lateMinutes))}</b>
    </Notice>
  ) : (
    <Notice tone="info">{words.nextDue(relativeText(next.dueAt))}</Notice>
  )
}

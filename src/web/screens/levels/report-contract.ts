// What `GET /reports/service-levels` answers, and its question as it stands in the address.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Search } from '../../data/address.ts'
import type { Row } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { monthText } from '../../fields/format.ts'
import { levelReportWords } from '../../messages/level-report.ts'

export type By = keyof typeof levelReportWords.levels.bys
export type Kept = 'met' | 'breached' | 'running'
export interface LevelRow {
  key: string | null
  label: string
  met: number
  breached: number
  running: number
  percent: number | null
  /** The records behind it as a filter, met and missed together. */
  filter: string | null
}
export interface LevelReport {
  asOf: string
  from: string
  to: string
  by: By
  clock: string
  rows: LevelRow[]
  total: { met: number; breached: number; running: number; percent: number | null }
}
export interface Asked {
  by: By
  clock: string
  from: string
}

/** What the address asks; what it does not say is by month, the resolution, twelve months. */
export function askedIn(search: Search): Asked {
  const { bys, spans } = levelReportWords.levels
  const by = search['by'] ?? ''
  const from = search['from'] ?? ''
  const clock = search['clock'] ?? ''
  return {
    by: by in bys ? (by as By) : 'month',
    clock: /^[\w:]{1,60}$/.test(clock) ? clock : 'resolution',
    from: from in spans ? from : '-12mo',
  }
}

export function reportQuery({ by, clock, from }: Asked) {
  const text = new URLSearchParams({ by, clock, from }).toString()
  return queryOptions({
    queryKey: ['level-report', text],
    queryFn: ({ signal }) => read<LevelReport>(`/reports/service-levels?${text}`, signal),
    staleTime: 20_000,
    placeholderData: keepPreviousData,
  })
}

/** One page of the records behind a count. */
export function readBehind(asked: Asked, of: { key: string | null; state: Kept; after: string | null }) {
  const text = new URLSearchParams({ ...asked, state: of.state, key: of.key ?? 'none', limit: '25' })
  if (of.after !== null) text.set('after', of.after)
  return read<{ items: Row[]; next: string | null }>(`/reports/service-levels/list?${text}`)
}

/** A month of the report ("2026-11") in words; other rows are called as they are. */
export function rowName(row: LevelRow, by: By): string {
  if (row.key === null || row.key === 'none') return levelReportWords.levels.noneKey
  if (by !== 'month') return row.label
  return monthText(row.key)
}

// What `GET /bridge` and `GET /reports/service-health` answer.
import { queryOptions } from '@tanstack/react-query'
import { read } from '../../data/http.ts'

export type Standing = 'good' | 'watch' | 'bad'
export interface Need {
  kind: string
  urgency: 'bad' | 'warn' | 'info'
  text: string
  place: string
  link: string
  count: number
}
export interface DutyMeasure {
  id: number
  name: string
  definition: string
  value: number
  unit: string
  target: number
  limit: number
  standing: Standing
  score: number
  on: string
  evidence: number
  list: string | null
  trend: number[]
}
export interface Duty {
  duty: string
  label: string
  score: number | null
  standing: Standing | null
  change: number | null
  evidence: number
  measures: DutyMeasure[]
}
export interface WorkLine {
  label: string
  count: number
  late: number
  link: string
  lateLink: string
}
export interface Bridge {
  today: string
  needs: Need[]
  needsInAll: number
  duties: Duty[]
  work: {
    mine: WorkLine[]
    teams: WorkLine[]
    open: { priority: string; count: number; link: string }[]
    away: { id: number; name: string; until: string; deputy: string | null }[]
  }
}
export interface Health {
  service: { id: number; number: string; title: string }
  criticality: string
  state: 'good' | 'warn' | 'bad'
  met: number
  breached: number
  percent: number | null
  open: Record<string, number>
  cause: { service: { id: number; number: string; title: string }; number: string; priority: string | null } | null
  worst: { record: string; id: number; number: string; clock: string; dueAt: string; state: string } | null
  filter: string
}

// Not under a live key: the bridge sums up, so it need not be asked again at every change anywhere.
const often = 20_000
export const bridgeQuery = queryOptions({
  queryKey: ['bridge'],
  queryFn: ({ signal }) => read<Bridge>('/bridge', signal),
  staleTime: 0,
  refetchInterval: often,
})
export const healthQuery = queryOptions({
  queryKey: ['service-health'],
  queryFn: ({ signal }) => read<{ asOf: string; days: number; items: Health[] }>('/reports/service-health', signal),
  staleTime: 0,
  refetchInterval: often * 2,
})

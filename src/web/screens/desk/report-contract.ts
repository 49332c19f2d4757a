// What `GET /reports/desk`, `GET /reports/incident-log` and `GET /incidents/groups` answer.

export interface Behind {
  record: string
  filter: string
}
export interface Figure {
  name: string
  label: string
  value: number | null
  unit: string
  definition: string
  evidence: number
  list: Behind
}
export interface DeskReport {
  from: string
  to: string
  by: 'day' | 'week'
  volume: { on: string; opened: number; resolved: number; openedList: Behind; resolvedList: Behind }[]
  backlog: { label: string; count: number; list: Behind }[]
  reassigned: { label: string; count: number; list: Behind }[]
  scores: { label: string; count: number; list: Behind }[]
  figures: Figure[]
}
export interface Group {
  keys: (string | number | boolean | null)[]
  labels: string[]
  count: number
  filter: string
}

export interface IncidentLog {
  incidents: number
  updates: number
  byPriority: Record<string, number>
  sourceLevelMet: number
  reassigned: number
  reopened: number
  /** `2016-03` → how many. */
  openedByMonth: Record<string, number>
  mostUpdates: number
  zone: string
}

// The shapes of the HTTP contract that the screens read: what `GET /api/v1/records` and the record routes answer.

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'hold' | 'none'
export type Kind =
  | 'text'
  | 'longText'
  | 'choice'
  | 'states'
  | 'number'
  | 'money'
  | 'boolean'
  | 'instant'
  | 'day'
  | 'duration'
  | 'ref'
  | 'refs'
  | 'person'
  | 'any'
  | 'attachment'
  | 'email'
  | 'url'
  | 'ip'
  | 'json'
  | 'tags'

export interface Option {
  value: string
  label: string
  tone?: Tone | null
}

export interface FieldInfo {
  name: string
  /** Name of the record that declares it; the base fields have none. */
  of?: string
  label: string
  help?: string | null
  kind: Kind
  required?: boolean
  /** Set by the system, never typed. */
  stamped?: boolean
  confidentiality?: string
  options?: Option[] | null
  to?: string | null
  max?: number | null
  unit?: string | null
  custom?: boolean
  searchable?: boolean
  sortable?: boolean
  filterable?: boolean
  default?: unknown
}

export interface StateInfo {
  name: string
  label: string
  tone: Tone
}
export interface MoveInfo {
  name: string
  label: string
  from: string[]
  to: string
  needs: string[]
  asks: string[]
}
export interface ViewInfo {
  name: string
  label: string
  query: string
}

export interface RecordInfo {
  name: string
  plural: string
  label: string
  labelPlural: string
  about: string
  prefix: string
  place: string
  icon?: string | null
  title: string
  /** The usual order, such as `-createdAt`. */
  sort?: string | null
  fields: FieldInfo[]
  list: string[]
  sections: { label: string; fields: string[] }[]
  workflow: { field: string; states: StateInfo[]; moves: MoveInfo[] } | null
  views: ViewInfo[]
  emptyText?: string | null
  can: { create: boolean; update: boolean; bin: boolean; import: boolean; export: boolean }
}

export interface PlaceInfo {
  name: string
  label: string
  icon?: string | null
  count?: number | null
}
export interface Model {
  records: RecordInfo[]
  places: PlaceInfo[]
}

export interface Ref {
  id: number
  number: string
  title: string
  record?: string
}
export interface Money {
  minor: number
  currency: string
}

/** A row of any record: the base fields and whatever the record declares. */
export interface Row {
  id: number
  number: string
  rev?: number
  createdAt?: string
  createdBy?: Ref | null
  updatedAt?: string
  updatedBy?: Ref | null
  binnedAt?: string | null
  tags?: string[]
  custom?: Record<string, unknown>
  [field: string]: unknown
}

export interface RowMove {
  name: string
  label: string
  to: string
  allowed: boolean
  because: string | null
  needs: string[]
  asks: string[]
}

export interface ClockInfo {
  name: string
  label: string
  state: 'running' | 'paused' | 'met' | 'breached' | 'stopped'
  dueAt: string | null
  startedAt: string | null
  stoppedAt: string | null
  targetSeconds: number
  usedSeconds: number
  remainingSeconds: number
  warnings?: { at: string; fraction: number; passed: boolean }[]
  because: { text: string; at?: string | null }[]
  agreement?: Ref | null
  calendar?: Ref | null
}

export interface FullRow extends Row {
  moves?: RowMove[]
  can?: { update: boolean; bin: boolean }
  clocks?: ClockInfo[]
}

export interface Page<T> {
  items: T[]
  next: string | null
  total?: { count: number; atLeast: boolean }
}
export interface Change {
  field: string
  label: string
  from: unknown
  to: unknown
}

export interface HistoryEntry {
  id: number | string
  /** When it happened. */
  at: string
  /** When it was written down, for history that was imported. */
  recordedAt?: string | null
  actor: Ref | null
  action: string
  changes: Change[]
  reason?: string | null
  origin?: string | null
  request?: string | null
}

export interface TimelineItem {
  kind: 'change' | 'comment' | 'attachment' | 'task' | 'link' | 'time'
  id?: number | string
  at: string
  actor: Ref | null
  [detail: string]: unknown
}

export interface SearchHit {
  record: string
  id: number
  number: string
  title: string
  status?: string | null
  label: string
}

export interface Me {
  person: { id: number; number: string; title: string; email: string } | null
  org: { id: number; name: string }
  roles: string[]
  /** The administrator who sees Pilothouse as this person. */
  viewer?: { person: number; name: string; until: string } | null
  timeZone: string
  /** Null: as the browser. */
  locale: string | null
  preferences: Preferences
}

export interface Preferences {
  theme?: 'light' | 'dark' | 'auto'
  density?: 'compact' | 'normal' | 'roomy'
  singleKeys?: boolean
  /** Null: the organisation's. */
  timeZone?: string | null
  /** Null: as the browser. */
  locale?: string | null
}

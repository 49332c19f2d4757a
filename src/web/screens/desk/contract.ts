// What the desk's routes answer, as its panels read it.
import type { FullRow, Ref, Row } from '../../data/contract.ts'

export interface Because {
  because: string
}
export interface Around {
  warnings: Because[]
  children: { total: number; open: number; reported: number }
  majorIncident: { id: number; number: string; title: string; status: string } | null
  survey: { id: number; number: string; status: string; score: number | null; link: string | null } | null
}
export interface Similar {
  id: number
  number: string
  title: string
  resolvedAt: string | null
  resolution: string
  closureCode: string | null
  because: { words: string[]; text: string }
}
export interface Suggested {
  ref: Ref
  because: string
}
export interface Routing {
  team: Suggested | null
  assignee: Suggested | null
  warnings: Because[]
}
export interface Crew {
  commander: Suggested | null
  communicator: Suggested | null
  scribe: Suggested | null
  warnings: Because[]
}
export interface Family {
  parent: Row | null
  children: Row[]
  merged: Row[]
  open: number
  reporters: { person: Ref; incident: Ref }[]
}
export interface NextNews {
  dueAt: string
  isLate: boolean
  lateMinutes: number
}
export interface ChronicleItem {
  kind: 'declared' | 'news' | 'move' | 'child'
  at: string
  minutes: number
  text: string
  actor: Ref | null
  about: Ref
}
export interface Chronicle {
  declaredAt: string
  next: NextNews | null
  items: ChronicleItem[]
}

const open = new Set(['new', 'assigned', 'working', 'waiting'])

export function isOpen(row: Row): boolean {
  return open.has(String(row['status']))
}

/** What an incident's page carries besides its fields; a row from a list carries nothing of it. */
export function aroundOf(row: FullRow): Around {
  const { warnings, children, majorIncident, survey } = row as Partial<Around>
  return {
    warnings: warnings ?? [],
    children: children ?? { total: 0, open: 0, reported: 0 },
    majorIncident: majorIncident ?? null,
    survey: survey ?? null,
  }
}

export function isRunning(row: Row): boolean {
  return row['status'] === 'declared' || row['status'] === 'mitigated'
}

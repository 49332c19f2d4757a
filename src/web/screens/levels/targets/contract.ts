// A target as the server keeps it, and what it says in words.
import type { Row } from '../../../data/contract.ts'
import { durationText } from '../../../fields/format.ts'
import { messages } from '../../../messages/messages.ts'

const words = messages.targets

export interface Step {
  /** Fraction of the time; 1 is the breach. */
  at: number
  do: string
  /** assignee, lead, owner or the number of a person. */
  to: string
}
export interface Target {
  clock: string
  priority: string | null
  workingMinutes: number | null
  workingDays: number | null
  endOfDay: boolean
  warnAt: number[]
  escalations: Step[]
}

export const newTarget: Target = {
  clock: 'resolution',
  priority: null,
  workingMinutes: 480,
  workingDays: null,
  endOfDay: false,
  warnAt: [0.5, 0.8],
  escalations: [],
}

/** The fields of a target's row; what a row lacks is as in a new one. */
export function targetOf(row: Row): Target {
  const number = (name: string) => (typeof row[name] === 'number' ? row[name] : null)
  return {
    clock: String(row['clock'] ?? ''),
    priority: typeof row['priority'] === 'string' ? row['priority'] : null,
    workingMinutes: number('workingMinutes'),
    workingDays: number('workingDays'),
    endOfDay: row['endOfDay'] === true,
    warnAt: fractionsIn(row['warnAt']),
    escalations: stepsIn(row['escalations']),
  }
}
export function fractionsIn(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : []
}
export function stepsIn(value: unknown): Step[] {
  // The server checks the shape of every step before it keeps it.
  return Array.isArray(value) ? (value as Step[]) : []
}

export function clockName(clock: string): string {
  return words.clocks[clock] ?? clock
}
/** The usual clocks, and the target's own where it is another one. */
export function clocksOffered(own: string): { value: string; label: string }[] {
  const names = new Set([...Object.keys(words.clocks), ...(own === '' ? [] : [own])])
  return [...names].map((value) => ({ value, label: clockName(value) }))
}
export function timeInWords({ workingMinutes, workingDays, endOfDay }: Target): string {
  if (workingDays !== null) return `${words.workingDays(workingDays)}${endOfDay ? `, ${words.endOfDay}` : ''}`
  return workingMinutes === null ? '–' : durationText(workingMinutes)
}

/** What was set, read back in sentences. */
export function sentencesOf(target: Target): string[] {
  const priority = target.priority === null ? words.forOthers : words.forPriority(target.priority)
  return [
    words.dueIn(clockName(target.clock), priority, timeInWords(target)),
    ...(target.warnAt.length > 0 ? [words.warn(percents(target.warnAt))] : []),
    ...target.escalations.map(stepInWords),
  ]
}
export function percents(fractions: readonly number[]): string {
  return fractions.map((one) => `${Math.round(one * 100)}\u00a0%`).join(words.and)
}
export function stepInWords(step: Step): string {
  const percent = Math.round(step.at * 100)
  const when = percent === 100 ? words.atBreach : percent > 100 ? words.afterBreach(percent) : words.atPercent(percent)
  return words.escalate(when, words.does[step.do] ?? step.do, words.who[step.to] ?? step.to)
}

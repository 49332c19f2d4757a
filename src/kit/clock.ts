/** Clocks: promises that run on a record from one instant to another. Domains declare them; service levels set their times. */
import type { Ref } from './field.ts'
import type { AnyRow, RecordType } from './record.ts'

/** An instant of the row as ISO text, or null when it has not come yet. */
export type Moment = (row: AnyRow) => string | null

export interface ClockType {
  readonly record: RecordType
  /** Targets name it: resolution. Unique for its record. */
  readonly name: string
  readonly label: string
  readonly starts: Moment
  /** When the promise was kept. */
  readonly stops: Moment
  /** When there was nothing left to do: withdrawn, merged. */
  readonly cancels: Moment
  /** States in which the work is over, with the words for a stay in one that did not last: 'Resolved, then reopened'. */
  readonly rests: Readonly<Record<string, string>>
}
export type ClockSaid = Omit<ClockType, 'record' | 'cancels' | 'rests'> & Partial<Pick<ClockType, 'cancels' | 'rests'>>

/** Declares a clock of a record. @throws when a resting state is not one of the record's states. */
export function clock(record: RecordType, said: ClockSaid): ClockType {
  const states = new Set((record.fields[record.flow?.field ?? '']?.options ?? []).map((option) => option.value))
  const strange = Object.keys(said.rests ?? {}).find((state) => !states.has(state))
  if (strange !== undefined)
    throw new Error(`The clock ${said.name} of ${record.name} rests in "${strange}", which is not one of its states.`)
  record.clocks.add(said.name)
  return { cancels: () => null, rests: {}, ...said, record }
}

export const CLOCK_STATES = ['running', 'paused', 'met', 'breached', 'stopped'] as const
export type ClockState = (typeof CLOCK_STATES)[number]
/** A clock as pages and programs see it; `because` is its arithmetic line by line. Instants are ISO, amounts seconds of service time. */
export interface ClockInfo {
  readonly name: string
  readonly label: string
  readonly state: ClockState
  readonly dueAt: string | null
  readonly startedAt: string
  readonly stoppedAt: string | null
  readonly targetSeconds: number
  readonly usedSeconds: number
  readonly remainingSeconds: number
  readonly warnings: readonly { readonly at: string; readonly fraction: number; readonly passed: boolean }[]
  readonly because: readonly { readonly text: string; readonly at?: string }[]
  readonly agreement: Ref | null
  readonly calendar: Ref | null
}

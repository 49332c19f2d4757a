/** Chosen parts of a promised time that have passed: whoever has the work in hand hears of it, also where no step is declared. */
import type { ClockType } from '#kit/clock.ts'
import type { Sql } from '#kit/database.ts'
import { tell } from '#kit/notices/reaction.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import type { Store } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import type { ClockState } from './clock-cache.ts'

/** A clock with the fractions that it has reached since the watch last looked, lowest first. */
export interface Reached {
  readonly row: AnyRow
  readonly state: ClockState
  readonly fractions: readonly number[]
}
export interface Telling {
  readonly store: Store
  readonly clocks: readonly ClockType[]
  readonly on: Sql
  readonly org: number
  readonly record: RecordType
}

/** One line in the inbox for each clock, with the last of its fractions; none for work that is over or in nobody's hands. */
export async function tellReached({ store, clocks, on, org, record }: Telling, all: readonly Reached[]): Promise<void> {
  const told = all.flatMap(({ row, state, fractions }) => {
    const part = fractions.findLast((fraction) => isChosen(state, fraction) && !isToldByStep(state, fraction))
    const person = idIn(row['assignee'])
    const type = clocks.find(({ name }) => name === state.name.split(':').at(-1))
    if (part === undefined || person === null || type === undefined || state.stoppedMs !== null) return []
    const happened = { event: 'due', at: store.now(), by: null, as: 'assignee', clock: type.label, part } as const
    return [{ person, record: record.name, recordId: row.id, happened }]
  })
  if (told.length > 0) await tell(store, on, org, told)
}
/** The target says at which parts to warn; the end of the time is always one. */
function isChosen({ clock }: ClockState, fraction: number): boolean {
  return fraction === 1 || clock.target.warnAt.includes(fraction)
}
function isToldByStep({ clock }: ClockState, fraction: number): boolean {
  return clock.target.escalations.some((step) => step.at === fraction && step.do === 'notify' && step.to === 'assignee')
}

// For which organisation the present request speaks. The database port asks here; whoever works for all of them
// (reactions, jobs, schedules, the command line) is in none.
import { AsyncLocalStorage } from 'node:async_hooks'

const present = new AsyncLocalStorage<number>()

/** Statements inside `work` see the rows of this organisation only. */
export function withinOrganisation<T>(org: number, work: () => T): T {
  return present.run(org, work)
}
/** 0 when the present work belongs to none. */
export function presentOrganisation(): number {
  return present.getStore() ?? 0
}

/** What a run has to say: counts of everything, lists of the first. */
import type { Plan } from './plan.ts'
import type { Counts, SyncChange, Synced, SyncProblem } from './state.ts'
import { MOST_LISTED, NOTHING } from './state.ts'

export class Told {
  readonly counts: Counts = { ...NOTHING }
  readonly #problems: SyncProblem[] = []
  readonly #changes: SyncChange[] = []
  #problemCount = 0
  plan({ problems, unknown }: Plan): void {
    this.counts.unknown = unknown
    for (const problem of problems) this.problem(problem)
  }
  problem(problem: SyncProblem): void {
    this.#problemCount++
    if (this.#problems.length < MOST_LISTED) this.#problems.push(problem)
  }
  change(change: SyncChange): void {
    const by = { create: 'created', link: 'linked', change: 'changed', leave: 'left', return: 'returned' } as const
    this.counts[by[change.what]]++
    if (this.#changes.length < MOST_LISTED) this.#changes.push(change)
  }
  all(): Pick<Synced, 'counts' | 'problems' | 'problemCount' | 'changes'> {
    return {
      counts: { ...this.counts },
      problems: [...this.#problems],
      problemCount: this.#problemCount,
      changes: [...this.#changes],
    }
  }
}

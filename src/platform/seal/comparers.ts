/** Holds stretches of rows against the journal in threads of their own. */
import type { KindPlan } from '#kit/seal/rows/plan.ts'
import type { Comparers } from '#kit/seal/rows/ports.ts'
import type { Window, WindowFound } from '#kit/seal/rows/window.ts'
import type { Door } from '#platform/database.ts'
import { openThreads } from './threads.ts'

/** What a thread is asked. */
export interface Asked {
  readonly kind: KindPlan
  readonly window: Window
}
export function openComparers(door: Door, most?: number): Comparers {
  const threads = openThreads<Asked, WindowFound>(new URL('./comparer-thread.ts', import.meta.url), door, most)
  return {
    count: threads.count,
    compare: (kind, window) => threads.ask({ kind, window }),
    close: () => threads.close(),
  }
}

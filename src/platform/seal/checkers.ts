/** Checks stretches of the log in threads of their own. */
import type { Checkers } from '#kit/seal/quick/ports.ts'
import type { Stretch, StretchFound } from '#kit/seal/quick/stretch.ts'
import type { Door } from '#platform/database.ts'
import { openThreads } from './threads.ts'

export function openCheckers(door: Door, most?: number): Checkers {
  const threads = openThreads<Stretch, StretchFound>(new URL('./checker-thread.ts', import.meta.url), door, most)
  return { count: threads.count, check: (stretch) => threads.ask(stretch), close: () => threads.close() }
}

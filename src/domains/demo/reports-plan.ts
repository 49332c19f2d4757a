/** The reports that the manager of Harbour Works keeps: the ready-made ones, for everybody who reads reports. */
import { SOURCES } from '#bridge'
import { readyDraft, report } from '#reports'
import type { Book } from './book.ts'
import type { Cast } from './cast.ts'

export function makeReports({
  book,
  cast: { manager },
  startMs,
}: {
  readonly book: Book
  readonly cast: Cast
  readonly startMs: number
}): void {
  for (const name of ['desk', 'levels', 'board'] as const)
    book.begin(
      report,
      {
        ...readyDraft(
          name,
          SOURCES.map(({ declares }) => String(declares.name)),
        ),
        owner: manager.ref,
        audience: 'everyone',
      },
      { at: startMs, by: manager.ref },
    )
}

/** The lines of the health page that need somebody now, for a bar on every page of an administrator. */
import { speaks } from '#engines/say.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import { steadyMs } from '#platform/clock.ts'

/** Looking costs some twenty statements and a connection to PUBLIC_URL: open pages share one look. */
const KEPT_MS = 5_000

/** @returns what is bad, of a look that is at most five seconds old, in the language of whoever asks */
export function urgentOf(
  look: () => Promise<readonly HealthItem[]>,
  nowMs: () => number = steadyMs,
): () => Promise<readonly HealthItem[]> {
  const kept = new Map<string, { readonly until: number; readonly items: Promise<readonly HealthItem[]> }>()
  return async () => {
    const language = speaks()?.tag ?? 'en'
    const last = kept.get(language)
    const items = last !== undefined && nowMs() < last.until ? last.items : look()
    if (items !== last?.items) {
      kept.set(language, { until: nowMs() + KEPT_MS, items })
      items.catch(() => kept.delete(language))
    }
    return (await items).filter(({ state }) => state === 'bad')
  }
}

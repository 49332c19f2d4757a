/** Which target holds a clock while its record's priority changes: the one in force until the clock stopped, and a breach that has happened stays. */
import { say } from '#engines/say.ts'
import { momentInWords } from '#engines/in-words.ts'
import type { Agreement, TargetTerms } from './level-book.ts'
import { targetsFor } from './level-book.ts'
import type { Span } from './state-history.ts'

/** A stay in one priority; null for none. */
export interface PriorityStay {
  readonly fromMs: number
  readonly toMs: number | null
  readonly priority: string | null
}
export interface TargetInForce {
  readonly target: TargetTerms
  /** What the priority was before, one line for each change while the clock ran. */
  readonly lines: readonly { readonly text: string; readonly atMs: number }[]
}
export interface Asked {
  readonly agreement: Agreement
  readonly clock: string
  readonly startedAt: number
  /** When the clock stopped; null while it runs. */
  readonly stoppedAt: number | null
  readonly stays: readonly PriorityStay[]
  readonly nowMs: number
  /** The due instant (ms) when the target was missed at that instant, else null. */
  readonly missedAt: (target: TargetTerms, atMs: number) => number | null
}

const NONE = ' none '
/** Spans of priorities as stays; their reason is the priority. */
export function staysOf(
  spans: (reasonOf: (values: Readonly<Record<string, unknown>>) => string) => Span[],
): PriorityStay[] {
  return spans(({ priority }) => (typeof priority === 'string' ? priority : NONE)).map(({ fromMs, toMs, reason }) => ({
    fromMs,
    toMs,
    priority: reason === NONE ? null : reason,
  }))
}

/**
 * The target of the last priority while the clock ran. Was one missed under any priority while that was in force, it is
 * the missed one that was due first: lowering a priority excuses nothing. null when no target holds.
 */
export function targetInForce(asked: Asked): TargetInForce | null {
  const { stays, startedAt, stoppedAt, nowMs } = asked
  const endMs = stoppedAt ?? nowMs
  const ran = stays.filter(
    ({ fromMs, toMs }, index) =>
      (index === 0 || (stoppedAt === null ? fromMs <= endMs : fromMs < endMs)) && (toMs ?? Infinity) > startedAt,
  )
  const used = ran.length === 0 ? stays.slice(0, 1) : ran
  const current = targetOf(asked, used.at(-1)?.priority ?? null)
  const missed = used
    .flatMap((stay) => missedIn(asked, stay, Math.min(stay.toMs ?? endMs, endMs)))
    .toSorted((a, b) => a.dueMs - b.dueMs)[0]
  const target = missed?.target ?? current
  if (target === null) return null
  const excused = missed !== undefined && missed.target.id !== current?.id ? missed.stay : null
  return { target, lines: linesOf(asked, used, excused) }
}
function targetOf({ agreement, clock }: Asked, priority: string | null): TargetTerms | null {
  return targetsFor(agreement, priority).find((target) => target.clock === clock) ?? null
}
function missedIn(
  asked: Asked,
  stay: PriorityStay,
  atMs: number,
): { stay: PriorityStay; target: TargetTerms; dueMs: number }[] {
  const target = targetOf(asked, stay.priority)
  const dueMs = target === null ? null : asked.missedAt(target, atMs)
  return target === null || dueMs === null ? [] : [{ stay, target, dueMs }]
}
function linesOf(
  { agreement }: Asked,
  used: readonly PriorityStay[],
  missed: PriorityStay | null,
): TargetInForce['lines'] {
  const zone = agreement.calendar.calendar.timezone
  return used.slice(0, -1).flatMap((stay, index) => {
    if (stay.toMs === null) return []
    const [was, next] = [stay, used[index + 1]].map((one) => one?.priority ?? say`without priority`)
    const until = momentInWords(zone, stay.toMs)
    const text =
      stay === missed
        ? say`Was ${was} until ${until}, and already late: a breach stays one; then ${next}.`
        : say`Was ${was} until ${until}; then ${next}.`
    return [{ text, atMs: stay.toMs }]
  })
}

/** The times at which a service-level clock stood still, from the state history or given, as tidy spans. */

/** `toMs` is null while the pause lasts. `reason` is for people: "waiting for the customer". */
export interface Pause {
  fromMs: number
  toMs: number | null
  reason: string
}

/** A pause clipped to the clock: in order, without overlaps, with an end. `isOpen` when it lasts beyond that end. */
export interface ClosedPause {
  fromMs: number
  toMs: number
  reason: string
  isOpen: boolean
}

/** From `fromMs` on the record is in this state. */
export interface StateSpan {
  fromMs: number
  state: string
}

/**
 * The pauses of a state history: every stay in a state named in `reasons`, which gives the words for it.
 * Neighbouring pausing states stay separate pauses, each with its reason; a history still in one ends open.
 */
export function pausesFromStates(history: readonly StateSpan[], reasons: Readonly<Record<string, string>>): Pause[] {
  const inOrder = history.toSorted((a, b) => a.fromMs - b.fromMs)
  return inOrder.flatMap(({ fromMs, state }, index) => {
    const reason = Object.hasOwn(reasons, state) ? reasons[state] : undefined
    return reason === undefined ? [] : [{ fromMs, toMs: inOrder[index + 1]?.fromMs ?? null, reason }]
  })
}

/** Pauses between two instants, in order; where two overlap, the time counts once and for the one that began first. */
export function closedPauses(pauses: readonly Pause[], fromMs: number, toMs: number): ClosedPause[] {
  const kept: ClosedPause[] = []
  let reached = fromMs
  for (const pause of pauses.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const start = Math.max(pause.fromMs, reached)
    const end = Math.min(pause.toMs ?? Infinity, toMs)
    // A pause that begins this very instant is open but has no length yet; it still tells that the clock stands.
    const isOpen = (pause.toMs ?? Infinity) > toMs && pause.fromMs <= toMs
    if (end <= start && !(isOpen && start === toMs)) continue
    kept.push({ fromMs: start, toMs: end, reason: pause.reason, isOpen })
    reached = end
  }
  return kept
}

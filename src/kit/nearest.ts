/** The known name that a mistyped one most likely meant. */

/** The known name with the fewest letters to change, at most a third of them; else one that begins alike; else null. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = name.toLowerCase().slice(0, 60)
  const [best] = known
    .map((one) => ({ one, steps: stepsBetween(wanted, one.toLowerCase()) }))
    .toSorted((a, b) => a.steps - b.steps)
  if (best !== undefined && best.steps <= Math.max(1, Math.ceil(best.one.length / 3))) return best.one
  return wanted.length < 3 ? null : (known.find((one) => one.toLowerCase().startsWith(wanted.slice(0, 3))) ?? null)
}
/** How many letters must be added, dropped, changed, or swapped with their neighbour (Damerau 1964, Levenshtein 1966). */
export function stepsBetween(from: string, to: string): number {
  let before: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}

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
/** How many letters must be added, dropped or changed (Levenshtein). */
function stepsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

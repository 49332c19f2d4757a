/** Who of the nodes lives, by the names of their connections; a node that was cut off for a moment is not taken for dead. */

/** Looks in a row in which a node was missing: about three seconds. A killed process loses its connections at once. */
const MISSES = 3
/** After our own connection was new, the others may be on their way back too. */
const GRACE = 10

export class Living {
  readonly #own: string
  /** How often in a row each node was missing; below zero while it is given time to come back. */
  readonly #missed = new Map<string, number>()
  #looks = 0
  constructor(own: string) {
    this.#own = own
  }
  /** Our connection is new: whoever is not seen now may come back. */
  begin(): void {
    this.#looks = 0
    for (const node of this.#missed.keys()) this.#missed.set(node, MISSES - GRACE)
  }
  /**
   * @param seen the nodes that one look has found
   * @returns those that live, when one has died, or when nobody who is missing now can be on the way back; else null
   */
  heard(seen: readonly string[]): readonly string[] | null {
    this.#looks++
    let hasDied = false
    for (const node of seen) this.#missed.set(node, 0)
    this.#missed.set(this.#own, 0)
    const here = new Set([...seen, this.#own])
    for (const [node, missed] of this.#missed) {
      if (here.has(node)) continue
      if (missed + 1 < MISSES) this.#missed.set(node, missed + 1)
      else hasDied = this.#missed.delete(node)
    }
    return hasDied || this.#looks === GRACE ? [...this.#missed.keys()] : null
  }
}

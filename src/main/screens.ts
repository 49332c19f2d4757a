/** Who listens to the changes of which organisation: the event streams of browsers. */
export type OnChange = (touched: readonly (readonly [string, number])[] | null) => void
export class Screens {
  readonly #listeners = new Map<number, Set<OnChange>>()
  add(org: number, onChange: OnChange): () => void {
    const set = this.#listeners.get(org) ?? new Set()
    this.#listeners.set(org, set.add(onChange))
    return () => void set.delete(onChange)
  }
  tell(org: number, touched: Parameters<OnChange>[0]): void {
    for (const listener of this.#listeners.get(org) ?? []) listener(touched)
  }
}

/**
 * Titles of records by id, remembered between requests, because every page of a list asks for the same few hundred. Only
 * committed titles are kept, and all of a kind are forgotten with each write of that kind, on this node and on others.
 */
const MOST = 20_000

interface Kept {
  /** Grows with each write of the kind: a title read before a write must not be kept after it. */
  generation: number
  titles: Map<number, string>
}

export class Titles {
  readonly #kept = new Map<string, Kept>()

  of(org: number, record: string): { readonly generation: number; readonly titles: ReadonlyMap<number, string> } {
    return this.#at(org, record)
  }
  /** @param generation what it was when the reading began */
  keep(org: number, record: string, generation: number, titles: Iterable<readonly [number, string]>): void {
    const kept = this.#at(org, record)
    if (kept.generation !== generation) return
    if (kept.titles.size > MOST) kept.titles.clear()
    for (const [id, title] of titles) kept.titles.set(id, title)
  }
  /** @param records null forgets all */
  forget(org: number, records: readonly string[] | null): void {
    if (records === null) for (const key of this.#kept.keys()) this.#drop(key)
    for (const record of new Set(records ?? [])) this.#drop(`${org}/${record}`)
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key)
    if (kept === undefined) return
    kept.generation++
    kept.titles = new Map()
  }
  #at(org: number, record: string): Kept {
    const key = `${org}/${record}`
    const found = this.#kept.get(key)
    if (found !== undefined) return found
    const made: Kept = { generation: 0, titles: new Map() }
    this.#kept.set(key, made)
    return made
  }
}

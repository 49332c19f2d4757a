/** Units and locations by the words that a directory uses for them; an unknown or doubtful word is a problem, told once. */
import { counted, say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import type { Ref } from '#kit/field.ts'
import { run, sql } from '#kit/sql.ts'

export class Places {
  readonly #known: ReadonlyMap<string, readonly Ref[]>
  readonly #label: string
  readonly #missing = new Map<string, number>()
  private constructor(label: string, rows: readonly { id: number; number: string; words: string[] }[]) {
    this.#label = label
    const known = new Map<string, Ref[]>()
    for (const { id, number, words } of rows)
      for (const word of new Set(words.filter((one) => one !== null).map((one) => one.trim().toLowerCase())))
        known.set(word, [...(known.get(word) ?? []), { id, number, title: words[0] ?? number }])
    this.#known = known
  }
  static async units(on: Sql, org: number): Promise<Places> {
    return new Places(
      'unit',
      await run(
        on,
        sql`select id, 'UNIT-' || id as number, array[name, code, 'UNIT-' || id] as words from unit where org = ${org} and binned_at is null`,
      ),
    )
  }
  static async locations(on: Sql, org: number): Promise<Places> {
    return new Places(
      'location',
      await run(
        on,
        sql`select id, 'LOC-' || id as number, array[name, 'LOC-' || id] as words from location where org = ${org} and binned_at is null`,
      ),
    )
  }
  /** Null when there is none, or more than one. */
  find(word: string): Ref | null {
    const found = this.#known.get(word.trim().toLowerCase()) ?? []
    if (found.length === 1) return found[0] ?? null
    this.#missing.set(word, (this.#missing.get(word) ?? 0) + 1)
    return null
  }
  problems(): { entry: string; because: string }[] {
    return [...this.#missing].map(([word, n]) => ({
      entry: word,
      because: counted(
        n,
        say`There is no single ${this.#label} called "${word}" here (one entry names it). Add it, or give one that name.`,
        say`There is no single ${this.#label} called "${word}" here (${n} entries name it). Add it, or give one that name.`,
      ),
    }))
  }
}

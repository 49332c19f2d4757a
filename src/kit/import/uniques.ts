/** Values that may exist once only: checked against the records that are here and against the rest of the file. */
import { amid, say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { labelOf } from '#kit/field.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import type { Store } from '#kit/store.ts'
import type { Write } from '#kit/write.ts'
import { existing, keyOf } from './existing.ts'

export interface Unique {
  readonly because: string
  readonly todo: string
}

export class Uniques {
  readonly #store: Store
  readonly #actor: Actor
  readonly #record: RecordType
  /** Key text by combination → the row of the file that has it. */
  readonly #seen: ReadonlyMap<readonly string[], Map<string, number>>
  constructor(store: Store, actor: Actor, record: RecordType) {
    this.#store = store
    this.#actor = actor
    this.#record = record
    this.#seen = new Map((record.unique ?? []).map((fields) => [fields, new Map()]))
  }

  /** Why each write breaks a rule, or null; in the order of the writes. */
  async check(writes: readonly { readonly write: Write; readonly row: number }[]): Promise<(Unique | null)[]> {
    const found = writes.map((): Unique | null => null)
    for (const [fields, seen] of this.#seen) {
      const touched = writes.map(({ write }) =>
        write.before === null || keyOf(this.#record, fields, write.before) !== keyOf(this.#record, fields, write.after)
          ? write.after
          : null,
      )
      const taken = await existing(this.#store, this.#actor, this.#record, {
        fields,
        values: touched.flatMap((after) => after ?? []),
      })
      for (const [index, after] of touched.entries()) {
        const row = writes[index]?.row ?? 0
        found[index] ??= after === null ? null : this.#one(fields, after, { row, seen, taken })
      }
    }
    return found
  }
  #one(
    fields: readonly string[],
    after: AnyRow,
    { row, seen, taken }: { row: number; seen: Map<string, number>; taken: ReadonlyMap<string, readonly AnyRow[]> },
  ): Unique | null {
    const key = keyOf(this.#record, fields, after)
    if (key === null) return null
    const labels = fields.map((name) => amid(this.#record.fields[name]?.label ?? labelOf(name))).join(say` and `)
    const holder = taken.get(key)?.find((other) => other.id !== after.id)
    if (holder !== undefined)
      return {
        because: say`${holder.number} has the same ${labels} already.`,
        todo: say`Take ${labels} as the key to change ${holder.number}, or mend the row.`,
      }
    const earlier = seen.get(key)
    if (earlier !== undefined && earlier !== row)
      return { because: say`Row ${earlier} of the file has the same ${labels}.`, todo: say`Keep one of the two.` }
    seen.set(key, row)
    return null
  }
}

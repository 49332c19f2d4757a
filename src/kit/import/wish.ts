/** A record that a cell names. It is looked up together with many others; the same name is one wish for the whole file. */
import type { Ref } from '#kit/field.ts'
import type { RecordType } from '#kit/record.ts'
import type { ColumnSource } from './mapping.ts'
import { namingField } from './target.ts'

export interface Wish {
  readonly to: RecordType
  readonly by: string
  readonly text: string
  readonly under: { readonly field: string; readonly wish: Wish } | null
  readonly create: boolean
  readonly with: Readonly<Record<string, unknown>>
  /** What it turned out to be. */
  ref: Ref | null
  /** Why it is nothing, in the person's words. */
  refusal: { readonly because: string; readonly todo: string } | null
}

export class Wishes {
  readonly #known = new Map<string, Wish>()

  of(
    to: RecordType,
    from: Pick<ColumnSource, 'by' | 'create' | 'with' | 'under'>,
    text: string,
    parent: Wish | null,
  ): Wish {
    const by = namingField(to, from.by)
    const key = `${to.name}\n${by}\n${text.toLowerCase()}\n${parent === null ? '' : this.#keyOf(parent)}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const under = parent === null || from.under === undefined ? null : { field: from.under.field, wish: parent }
    const made: Wish = {
      to,
      by,
      text,
      under,
      create: from.create === true,
      with: from.with ?? {},
      ref: null,
      refusal: null,
    }
    this.#known.set(key, made)
    return made
  }
  #keyOf(wish: Wish): string {
    return `${wish.to.name}/${wish.by}/${wish.text.toLowerCase()}`
  }
}
/** Fields whose value is known only after the look-up. */
export type Wanted = { readonly wish: Wish; readonly isAny?: boolean } | { readonly wishes: readonly Wish[] }
export function isWanted(value: unknown): value is Wanted {
  return typeof value === 'object' && value !== null && ('wish' in value || 'wishes' in value)
}
export function wishesIn(value: unknown): readonly Wish[] {
  if (!isWanted(value)) return []
  return 'wish' in value ? [value.wish] : value.wishes
}

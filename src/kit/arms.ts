/**
 * `priority:P1,P2` in the order of `-openedAt`: an index that begins with the priority and goes on in that order holds
 * each value's rows as they are wanted, but not those of two values together. So each value is read by itself, as far as
 * a page reaches, and the pieces are put together. Otherwise rare values were looked for among all rows (37 ms against 1).
 */
import type { FilterContext } from './condition.ts'
import { condition } from './condition.ts'
import type { Term } from './filter.ts'
import { parseFilter } from './filter.ts'
import type { RecordType } from './record.ts'
import type { SortKey } from './sort-keys.ts'
import type { Fragment } from './sql.ts'

const MOST_ARMS = 8

/** One condition for each value; none when one statement serves as well. */
export function armsOf(
  context: FilterContext,
  record: RecordType,
  filter: string,
  keys: readonly SortKey[],
): Fragment[] {
  const parsed = parseFilter(filter)
  if ('problem' in parsed || record.large !== true) return []
  const term = parsed.terms.find((one) => isSplit(one) && hasIndex(record, one.field, keys))
  if (term === undefined) return []
  return term.values.map((value, at) =>
    condition(context, record, { ...term, values: [value], places: term.places.slice(at, at + 1) }),
  )
}
function isSplit({ operator, not, values }: Term): boolean {
  const isPlain = operator === 'is' && !not && new Set(values).size === values.length
  return (
    isPlain && values.length > 1 && values.length <= MOST_ARMS && !values.includes('none') && !values.includes('any')
  )
}
/** An index on the field and then on the order of the list, forwards or backwards. */
function hasIndex(record: RecordType, field: string, keys: readonly SortKey[]): boolean {
  const order = keys.filter((key) => key.name !== 'id')
  return (record.indexes ?? []).some(({ on: [first, ...rest], open }) => {
    if (first !== field || open === true || rest.length === 0 || rest.length !== order.length) return false
    const isTurned = rest.map((column, at) => column.startsWith('-') !== order[at]?.descends)
    return rest.every((column, at) => column.replace('-', '') === order[at]?.name) && new Set(isTurned).size === 1
  })
}

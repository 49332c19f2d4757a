// The columns of a board: one for each value of a field. States and choices are known; for references the server says which are used most.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Search } from '../data/address.ts'
import type { FieldInfo, RecordInfo, Tone } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { fieldOf } from '../data/model.ts'
import { isColumn } from '../list/displays.ts'
import { chosenIn, withChosen } from '../list/filter.ts'
import { displaysWords } from '../messages/displays.ts'
import { toneOf } from '../ui/state.tsx'

export interface ColumnInfo {
  /** The value as the filter writes it; `none` for no value. */
  key: string
  label: string
  tone: Tone | null
  /** What a card gets that comes here: null is no value. */
  value: unknown
  /** The list of its cards. */
  filter: string
  /** The filter of the list leaves it out: folded, and still a place to move to. */
  isLeftOut: boolean
}

/** Fields that can be the columns: what the list shows first, the state before all. */
export function columnFields(record: RecordInfo): FieldInfo[] {
  const rank = (field: FieldInfo) =>
    field.kind === 'states' ? -1 : record.list.includes(field.name) ? record.list.indexOf(field.name) : 99
  return record.fields.filter(isColumn).toSorted((one, other) => rank(one) - rank(other))
}

/** The group in the address, where it can be columns; else the state, else the first that can. */
export function columnField(record: RecordInfo, search: Search): FieldInfo | null {
  const fields = columnFields(record)
  const asked = search.group ? fieldOf(record, search.group) : null
  return fields.find((field) => field.name === asked?.name) ?? fields[0] ?? null
}

interface Group {
  keys: (string | number | null)[]
  labels: string[]
}
const isKnown = (field: FieldInfo) => field.options !== undefined || field.kind === 'boolean'

interface Columns {
  columns: ColumnInfo[]
  error: Error | null
  again: () => void
}

export function useColumns(record: RecordInfo, field: FieldInfo, search: Search): Columns {
  const filter = search.filter ?? ''
  const query = new URLSearchParams({ by: field.name, filter, q: search.q ?? '' }).toString()
  const used = useQuery({
    queryKey: ['some', record.plural, 'groups', field.name, filter, search.q ?? ''],
    queryFn: ({ signal }) => read<{ items: Group[] }>(`/${record.plural}/groups?${query}`, signal),
    enabled: !isKnown(field),
    placeholderData: keepPreviousData,
  })
  const values = isKnown(field) ? knownValues(record, field) : usedValues(used.data?.items ?? [])
  const chosen = chosenIn(filter, field.name)
  const columns = values.map((value): ColumnInfo => ({
    ...value,
    filter: withChosen(filter, field.name, [value.key]),
    isLeftOut: chosen.length > 0 && !chosen.includes(value.key),
  }))
  return { columns, error: used.error, again: () => void used.refetch() }
}

type Value = Pick<ColumnInfo, 'key' | 'label' | 'tone' | 'value'>
const noValue = (): Value => ({ key: 'none', label: displaysWords.board.none, tone: null, value: null })

function knownValues(record: RecordInfo, field: FieldInfo): Value[] {
  if (field.kind === 'boolean')
    return [true, false].map((value) => ({
      key: String(value),
      label: `${field.label}: ${yesNo(value)}`,
      tone: null,
      value,
    }))
  const states = record.workflow?.field === field.name ? record.workflow.states : null
  const values = states
    ? states.map((state): Value => ({ key: state.name, label: state.label, tone: state.tone, value: state.name }))
    : (field.options ?? []).map((option): Value => ({
        key: option.value,
        label: option.label,
        tone: option.tone ? toneOf(option.tone) : null,
        value: option.value,
      }))
  return field.required ? values : [...values, noValue()]
}
function yesNo(value: boolean): string {
  return value ? displaysWords.board.yes : displaysWords.board.no
}
/** The server names them largest first. */
function usedValues(groups: readonly Group[]): Value[] {
  const named = groups.flatMap(({ keys: [key], labels }): Value[] =>
    key === null || key === undefined
      ? []
      : [{ key: String(key), label: labels[0] ?? String(key), tone: null, value: key }],
  )
  return [...named, noValue()]
}

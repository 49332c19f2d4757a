// What stands in a calendar: the list itself, and above it other dated kinds or saved views. Named in the address: `layers=absence,SV-3`.
import { readSearch, type Search } from '../data/address.ts'
import type { Model, RecordInfo } from '../data/contract.ts'
import { recordNamed } from '../data/model.ts'
import type { SavedView } from '../list/saved-views.ts'
import { openOnly, whenOf, type When } from '../when/when.ts'

export interface Layer {
  /** The name of a kind, or the number of a saved view; empty for the list itself. */
  key: string
  label: string
  record: RecordInfo
  when: When
  filter: string
  q: string
}

/** More would hide each other, and each is asked for by itself. */
export const mostLayers = 6

/** What can be laid above this list: the other kinds that declare a date, and saved views of dated kinds. */
export function offeredLayers(model: Model, saved: readonly SavedView[], record: RecordInfo): Layer[] {
  const kinds = model.records.filter((one) => one.dated !== null && one.name !== record.name)
  return [
    ...kinds.flatMap((kind) => layerOf(kind.name, kind.labelPlural, kind, {}) ?? []),
    ...saved.flatMap((view) => {
      const kind = recordNamed(model, view.record)
      return kind && view.problem === null ? (layerOf(view.number, view.name, kind, readSearch(view.query)) ?? []) : []
    }),
  ]
}

/** The list with its filter first, then what was chosen, in that order. Names that nothing has fall back silently. */
export function layersIn(offered: readonly Layer[], record: RecordInfo, search: Search): Layer[] {
  const own = layerOf('', record.labelPlural, record, search)
  const chosen = chosenLayers(search).flatMap((key) => offered.find((layer) => layer.key === key) ?? [])
  return [...(own ? [own] : []), ...chosen].slice(0, mostLayers)
}

export function chosenLayers(search: Search): string[] {
  return (search['layers'] ?? '').split(',').filter((key) => key !== '')
}

function layerOf(key: string, label: string, record: RecordInfo, search: Search): Layer | null {
  const when = whenOf(record, search)
  if (when === null) return null
  const filter = search.filter ?? ''
  const whole = search['done'] === '1' ? filter : `${filter} ${openOnly(record, filter)}`
  return { key, label, record, when, filter: whole.trim(), q: search.q ?? '' }
}

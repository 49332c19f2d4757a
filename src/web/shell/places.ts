// The places of the navigation: one appears only when there is something in it for this person.
import type { Model, PlaceInfo, RecordInfo } from '../data/contract.ts'
import { listAddress } from '../data/model.ts'
import { screens, type Screen } from '../screens/registry.ts'

export interface FilledPlace {
  place: PlaceInfo
  records: RecordInfo[]
  screens: Screen[]
  address: string
}

/** Places in the server's order with what is in them. */
export function filledPlaces(model: Model): FilledPlace[] {
  return model.places.flatMap((place) => {
    const records = model.records.filter((record) => record.place === place.name).toSorted((a, b) => rank(a) - rank(b))
    const own = screens.filter((screen) => screen.place === place.name && mayRead(model, screen))
    const first = own.find((screen) => screen.first)?.path ?? (records[0] ? listAddress(records[0]) : own[0]?.path)
    return first === undefined ? [] : [{ place, records, screens: own, address: first }]
  })
}

function mayRead(model: Model, { shows }: Screen): boolean {
  return shows === undefined || model.records.some((record) => record.name === shows)
}

/** Work comes first, then what hangs on work (tasks), then what it is arranged by. */
function rank(record: RecordInfo): number {
  if (record.workflow === null) return 2
  return record.fields.some((field) => field.kind === 'any') ? 1 : 0
}

/** Where a place begins (the first place when none is named); null when there is nothing. */
export function homeAddress(model: Model, name?: string): string | null {
  const filled = filledPlaces(model)
  return (name === undefined ? filled[0] : filled.find((entry) => entry.place.name === name))?.address ?? null
}

/** Kinds of record that this person may create, those of the navigation only. */
export function creatable(model: Model): RecordInfo[] {
  return filledPlaces(model).flatMap((entry) => entry.records.filter((record) => record.can.create))
}

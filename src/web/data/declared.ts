// The answer of `GET /records` as the screens use it: own fields apart from the base fields, states by name, no empty places.
import type { Model, RecordInfo, ToldModel } from './contract.ts'
import { ownNames } from './own-names.ts'

const baseNames = new Set([...ownNames, 'custom'])

/** A record outside the navigation has no place. */
export function modelOf(declared: ToldModel): Model {
  return { ...declared, records: declared.records.map(recordOf) }
}

/** These come into being by an upload, never by a form. */
const madeElsewhere = new Set(['importBatch', 'file'])

function recordOf(record: ToldModel['records'][number]): RecordInfo {
  const { workflow } = record
  return {
    ...record,
    place: record.place ?? '',
    can: madeElsewhere.has(record.name) ? { ...record.can, create: false } : record.can,
    fields: record.fields.flatMap((field) => (baseNames.has(field.name) ? [] : [{ ...field, of: record.name }])),
    workflow: workflow && {
      ...workflow,
      states: workflow.states.map(({ value, label, tone = 'none' }) => ({ name: value, label, tone })),
    },
  }
}

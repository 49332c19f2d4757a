// The answer of `GET /records` as the screens use it: own fields apart from the base fields, states by name, no empty places.
import type { Model, Option, RecordInfo } from './contract.ts'

const baseNames = new Set([
  'id',
  'number',
  'rev',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'binnedAt',
  'tags',
  'custom',
])

interface DeclaredState extends Partial<Option> {
  name?: string
}

/** States may come as options (`value`) or by `name`; a record outside the navigation has no place. */
export function modelOf(declared: Model): Model {
  return { ...declared, records: declared.records.map(recordOf) }
}

/** These come into being by an upload, never by a form. */
const madeElsewhere = new Set(['importBatch', 'file'])

function recordOf(record: RecordInfo): RecordInfo {
  const { workflow } = record
  const states = (workflow?.states ?? []) as DeclaredState[]
  return {
    ...record,
    place: record.place ?? '',
    can: madeElsewhere.has(record.name) ? { ...record.can, create: false } : record.can,
    fields: record.fields.flatMap((field) => (baseNames.has(field.name) ? [] : [{ ...field, of: record.name }])),
    workflow: workflow && {
      ...workflow,
      states: states.map((state) => ({
        name: state.name ?? state.value ?? '',
        label: state.label ?? '',
        tone: state.tone ?? 'none',
      })),
    },
  }
}

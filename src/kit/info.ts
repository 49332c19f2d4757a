/** A record's declaration as data for screens: the web application draws everything from it. */
import { holdsEverywhere, mayAtAll } from './access.ts'
import type { Actor } from './actor.ts'
import type { AddedField } from './added.ts'
import { clearAdded } from './added.ts'
import type { Catalogue } from './catalogue.ts'
import { classOf, clearFields } from './clearance.ts'
import { BASE_FIELDS } from './condition.ts'
import type { Confidentiality, Field, Option } from './field.ts'
import { labelOf } from './field.ts'
import { isSortable } from './sort-keys.ts'
import type { Dated, RecordType, SavedQuery } from './record.ts'

export interface FieldInfo {
  readonly name: string
  readonly label: string
  readonly help: string
  readonly kind: Field['kind']
  readonly required: boolean
  readonly stamped: boolean
  readonly confidentiality: Confidentiality
  readonly options?: readonly Option[]
  readonly to?: string
  readonly max?: number
  readonly min?: number
  readonly unit?: string
  readonly accept?: readonly string[]
  readonly mostBytes?: number
  readonly default?: unknown
  readonly custom: boolean
  readonly searchable: boolean
  readonly sortable: boolean
  readonly filterable: boolean
}
export interface MoveInfo {
  readonly name: string
  readonly label: string
  readonly from: readonly string[]
  readonly to: string
  readonly needs: readonly string[]
  readonly asks: readonly string[]
}
export interface RecordInfo {
  readonly name: string
  readonly plural: string
  readonly label: string
  readonly labelPlural: string
  readonly about: string
  readonly prefix: string
  readonly place: string | null
  readonly icon: string
  readonly title: string
  readonly sort: string
  readonly fields: readonly FieldInfo[]
  readonly list: readonly string[]
  readonly sections: readonly { readonly label: string; readonly fields: readonly string[] }[]
  readonly workflow: {
    readonly field: string
    readonly states: readonly Option[]
    readonly ends: readonly string[]
    readonly moves: readonly MoveInfo[]
  } | null
  readonly views: readonly SavedQuery[]
  readonly emptyText: string
  /** Of its rows; fields say their own. */
  readonly confidentiality: Confidentiality
  /** Null where the person may not read when. */
  readonly dated: Dated | null
  readonly can: {
    readonly create: boolean
    readonly update: boolean
    readonly bin: boolean
    readonly import: boolean
    readonly export: boolean
  }
}

/** A place in the navigation. */
export interface PlaceInfo {
  readonly name: string
  readonly label: string
  readonly icon: string
}

export function recordInfo(catalogue: Catalogue, actor: Actor, record: RecordType): RecordInfo {
  const clear = clearFields(actor, record)
  const isKnown = (name: string): boolean => !Object.hasOwn(record.fields, name) || Object.hasOwn(clear, name)
  const own = Object.entries(clear).map(([name, field]) => fieldInfo(record, name, field, false))
  const added = clearAdded(catalogue, actor, record)
  const custom = Object.entries(added).map(([name, field]) => fieldInfo(record, name, field, true))
  const listed = Object.keys(added).filter((name) => added[name]?.isListed === true)
  const base = Object.entries(BASE_FIELDS)
    .filter(([name]) => name !== 'id')
    .map(([name, field]) => fieldInfo(record, name, { ...field, required: false, stamped: name !== 'tags' }, false))
  const flow = record.flow
  return {
    name: record.name,
    plural: record.plural,
    label: record.label,
    labelPlural: record.labelPlural,
    about: record.about,
    prefix: record.number,
    place: record.place ?? null,
    icon: record.icon ?? 'record',
    title: record.title,
    sort: record.sort,
    fields: [...own, ...custom, ...base],
    list: [...record.list.filter(isKnown), ...listed],
    sections: (record.sections ?? []).map(({ label, fields }) => ({ label, fields: fields.filter(isKnown) })),
    workflow:
      flow === null
        ? null
        : {
            field: flow.field,
            states: record.fields[flow.field]?.options ?? [],
            ends: flow.ends,
            moves: flow.moves.map(({ name, label, from, to, needs, asks }) => ({
              name,
              label,
              from,
              to,
              needs: (needs ?? []).filter(isKnown),
              asks: (asks ?? []).filter(isKnown),
            })),
          },
    views: record.views ?? [],
    emptyText: record.emptyText ?? record.about,
    confidentiality: classOf(record),
    dated: datedOf(record, isKnown),
    can: {
      create: mayAtAll(actor, record, 'create'),
      update: mayAtAll(actor, record, 'update'),
      bin: mayAtAll(actor, record, 'bin'),
      import: holdsEverywhere(actor, record, 'create') && holdsEverywhere(actor, record, 'update'),
      export: mayAtAll(actor, record, 'read'),
    },
  }
}
function datedOf({ dated }: RecordType, isKnown: (name: string) => boolean): Dated | null {
  if (dated === undefined || !isKnown(dated.from) || !isKnown(dated.to ?? dated.from)) return null
  const { who, ...when } = dated
  return { ...when, ...(who !== undefined && isKnown(who) ? { who } : {}) }
}
function fieldInfo(record: RecordType, name: string, field: AddedField, custom: boolean): FieldInfo {
  return {
    name,
    label: field.label ?? labelOf(name),
    help: field.help ?? '',
    kind: field.kind,
    required: field.required,
    stamped: field.stamped,
    confidentiality: field.confidentiality ?? 'C1',
    options: field.options,
    to: field.to,
    max: field.max,
    min: field.min,
    unit: field.unit,
    accept: field.accept,
    mostBytes: field.mostBytes,
    default: field.default,
    custom,
    searchable: field.searchable === true,
    sortable: isSortable(record, name, field, custom),
    filterable: field.kind !== 'json',
  }
}

/** All records that this installation knows, with the fields that administrators added to them. */
import { say } from '#engines/say.ts'
import type { Field, FieldKind, Option } from './field.ts'
import type { RecordType } from './record.ts'
import { badRequest } from './problem.ts'
import { Titles } from './titles.ts'

/** A field added at run time; its values live in the row's `custom` object under its name. */
export interface CustomField {
  readonly record: string
  readonly name: string
  readonly field: Field
}

/** Field maps have no prototype, so that a name from a request finds nothing that was not declared. */
const NONE: Readonly<Record<string, Field>> = Object.create(null)

export class Catalogue {
  readonly records: readonly RecordType[]
  readonly titles = new Titles()
  readonly #byName: ReadonlyMap<string, RecordType>
  readonly #byPrefix: ReadonlyMap<string, RecordType>
  #custom = new Map<string, Readonly<Record<string, Field>>>()

  constructor(records: readonly RecordType[]) {
    this.records = records
    this.#byName = new Map(records.map((record) => [record.name, record]))
    this.#byPrefix = new Map(records.map((record) => [record.number, record]))
    if (this.#byPrefix.size !== records.length)
      throw new Error('Two records use the same number prefix; give one of them another.')
    for (const record of records) this.#checkReferences(record)
  }

  find(name: string): RecordType | null {
    return this.#byName.get(name) ?? null
  }
  /** @throws a refusal that names the record when it is not known. */
  get(name: string): RecordType {
    const found = this.find(name)
    if (found === null) throw badRequest(say`There is no kind of record called "${name}".`)
    return found
  }
  /** INC-1042 → the record incident and the id 1042; null when no record has that prefix. */
  byNumber(number: string): { record: RecordType; id: number } | null {
    const match = /^([A-Z]{1,8})-(\d{1,15})$/.exec(number.toUpperCase())
    const record = match === null ? undefined : this.#byPrefix.get(match[1] ?? '')
    return record === undefined || match === null ? null : { record, id: Number(match[2]) }
  }

  customFields(org: number, record: string): Readonly<Record<string, Field>> {
    return this.#custom.get(`${org}/${record}`) ?? NONE
  }
  replaceCustomFields(org: number, fields: readonly CustomField[]): void {
    for (const record of this.records) {
      const own = fields.filter((field) => field.record === record.name)
      this.#custom.set(
        `${org}/${record.name}`,
        Object.assign(Object.create(null), Object.fromEntries(own.map((field) => [field.name, field.field]))),
      )
    }
  }

  #checkReferences(record: RecordType): void {
    for (const [name, field] of Object.entries(record.fields)) {
      if (field.to !== undefined && !this.#byName.has(field.to))
        throw new Error(`${record.name}.${name} refers to ${field.to}, which is not in the catalogue.`)
    }
  }
}

/** Kinds that an administrator may add. */
export const CUSTOM_KINDS = [
  'text',
  'longText',
  'choice',
  'number',
  'boolean',
  'day',
  'instant',
  'url',
  'email',
  'duration',
] as const satisfies readonly FieldKind[]

export function customField(said: {
  kind: string
  label: string
  help?: string | null
  required?: boolean
  options?: readonly Option[] | null
}): Field {
  const kind = CUSTOM_KINDS.find((known) => known === said.kind) ?? 'text'
  const max = kind === 'text' ? 500 : kind === 'longText' ? 20_000 : kind === 'duration' ? 10_000_000 : undefined
  return {
    kind,
    label: said.label,
    help: said.help ?? '',
    required: said.required === true,
    stamped: false,
    options: said.options ?? undefined,
    max,
  }
}

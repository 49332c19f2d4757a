/** All records that this installation knows, with the fields that administrators added to them. */
import { say } from '#engines/say.ts'
import type { AddedField, AddedFields, CustomField } from './added.ts'
import type { OrganisationSettings } from './organisation-settings.ts'
import { usualSettings } from './organisation-settings.ts'
import type { RecordType } from './record.ts'
import { badRequest } from './problem.ts'
import { Titles } from './titles.ts'

/** Field maps have no prototype, so that a name from a request finds nothing that was not declared. */
const NONE: AddedFields = Object.create(null)

export class Catalogue {
  readonly records: readonly RecordType[]
  readonly titles = new Titles()
  readonly #byName: ReadonlyMap<string, RecordType>
  readonly #byPrefix: ReadonlyMap<string, RecordType>
  readonly #custom = new Map<string, AddedFields>()
  readonly #gone = new Map<string, AddedFields>()
  readonly #settings = new Map<number, { settings: OrganisationSettings; turn: number }>()
  #turns = 0
  readonly #loaded = new Map<number, number>()

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

  /** All added fields of a record; what of them somebody may know is said by `clearAdded`. */
  customFields(org: number, record: string): AddedFields {
    return this.#custom.get(`${org}/${record}`) ?? NONE
  }
  /** The field of that name, also one that lies in the bin: the most secret of those that had the name. */
  knownCustomField(org: number, record: string, name: string): AddedField | null {
    const maps = [this.customFields(org, record), this.#gone.get(`${org}/${record}`) ?? NONE]
    return maps.find((fields) => Object.hasOwn(fields, name))?.[name] ?? null
  }
  /** Taken before added fields are read: of two readings the one that began later knows more, whichever ends first. */
  takeTurn(): number {
    return ++this.#turns
  }
  replaceCustomFields(org: number, fields: readonly CustomField[], turn = this.takeTurn()): void {
    if (turn < (this.#loaded.get(org) ?? 0)) return
    this.#loaded.set(org, turn)
    for (const record of this.records) {
      const own = fields.filter((field) => field.record === record.name)
      this.#custom.set(`${org}/${record.name}`, mapOf(own.filter(({ isGone }) => isGone !== true)))
      this.#gone.set(`${org}/${record.name}`, mapOf(own.filter(({ isGone }) => isGone === true)))
    }
  }

  /** What this organisation has set; known on every node soon after it was changed on one. */
  settings(org: number): OrganisationSettings {
    return this.#settings.get(org)?.settings ?? usualSettings
  }
  /** @param turn from `takeTurn` before they were read: whoever read earlier replaces nothing that was read later */
  replaceSettings(org: number, settings: OrganisationSettings, turn = this.takeTurn()): void {
    if (turn >= (this.#settings.get(org)?.turn ?? 0)) this.#settings.set(org, { settings, turn })
  }

  #checkReferences(record: RecordType): void {
    for (const [name, field] of Object.entries(record.fields)) {
      if (field.to !== undefined && !this.#byName.has(field.to))
        throw new Error(`${record.name}.${name} refers to ${field.to}, which is not in the catalogue.`)
    }
  }
}
/** Of several with one name the most secret; a class is a letter and a digit. */
function mapOf(fields: readonly CustomField[]): AddedFields {
  const made: Record<string, AddedField> = Object.create(null)
  for (const { name, field } of fields)
    if ((made[name]?.confidentiality ?? 'C0') <= (field.confidentiality ?? 'C1')) made[name] = field
  return made
}

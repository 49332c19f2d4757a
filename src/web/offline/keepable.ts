// What of an answer may stay on a device: records and lists up to class C1, and of these no field above it.
import type { Model, RecordInfo } from '../data/contract.ts'
import { ownNames } from '../data/own-names.ts'

/** C0 and C1 are what the team works with; C2 and above is about a person, and does not lie on a telephone. */
const KEPT_CLASSES = new Set(['C0', 'C1'])
/** Who I am, what there is, and two pages of figures. */
const ALWAYS = new Set(['/me', '/records', '/bridge', '/reports/service-health'])
/** Of every record, declared by none. */
const OF_ALL = [...ownNames, 'moves', 'can', 'clocks']
type Facts = Readonly<Record<string, unknown>>

/** The answer without what may not be kept; undefined when none of it may. @param path with its parameters, below the API */
export function keepable(path: string, body: unknown, model: Model): unknown {
  const [address = ''] = path.split('?')
  if (ALWAYS.has(address)) return body
  const [, plural, ref, part, ...more] = address.split('/')
  const record = model.records.find((one) => one.plural === plural)
  if (record === undefined || !KEPT_CLASSES.has(record.confidentiality) || !isFacts(body) || more.length > 0)
    return undefined
  const secret = secretsOf(record)
  if (ref === 'groups') return secret.size === 0 && part === undefined ? body : undefined
  if (ref === undefined) return { ...body, items: itemsOf(body).map((row) => clearRow(record, row)) }
  if (!/^(?:[A-Z]+-)?\d+$/.test(ref)) return undefined
  if (part === undefined) return clearRow(record, body)
  return part === 'timeline' ? (secret.size === 0 ? body : withoutChanges(body, secret)) : undefined
}

function secretsOf(record: RecordInfo): ReadonlySet<string> {
  const above = record.fields.filter((field) => !KEPT_CLASSES.has(field.confidentiality ?? 'C1'))
  return new Set(above.flatMap(({ name }) => [name, `custom.${name}`]))
}

/** Only what the record declares: what a domain adds to its page says of no class. */
function clearRow(record: RecordInfo, row: Facts): Facts {
  const secret = secretsOf(record)
  const clear = record.fields.filter(({ name }) => !secret.has(name))
  const own = new Set([...OF_ALL, ...clear.filter((field) => !field.custom).map(({ name }) => name)])
  const added = new Set(clear.filter((field) => field.custom).map(({ name }) => name))
  const kept = only(row, own)
  return isFacts(row['custom']) ? { ...kept, custom: only(row['custom'], added) } : kept
}
function only(facts: Facts, names: ReadonlySet<string>): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.has(name)))
}

/** The same without the changes of secret fields, wherever they stand. */
function withoutChanges(value: unknown, secret: ReadonlySet<string>): unknown {
  if (Array.isArray(value))
    return value
      .filter((one) => !(isFacts(one) && typeof one['field'] === 'string' && secret.has(one['field'])))
      .map((one) => withoutChanges(one, secret))
  if (!isFacts(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutChanges(inner, secret)]))
}
function itemsOf(body: Facts): Facts[] {
  return Array.isArray(body['items']) ? body['items'].filter(isFacts) : []
}
function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Valid drafts of every record, made from its declaration; what a declaration cannot say stands in SAMPLES.
import { system } from '#kit/actor.ts'
import { createHash } from 'node:crypto'
import type { Field, KeptFile } from '#kit/field.ts'
import { noteUpload } from '#kit/kept-files.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

/** Values that a record's own checks ask for. */
const SAMPLES: Readonly<Record<string, (n: number) => unknown>> = {
  'calendar.definition': () => ({ hours: { mon: [['09:00', '17:00']] } }),
  'calendar.timeZone': () => 'Europe/Berlin',
  'calendar.holidayCountry': () => 'DE',
  'calendar.holidayRegion': () => 'BY',
  'calendar.feed': () => null,
  'location.timeZone': () => 'Europe/Berlin',
  'location.country': () => 'DE',
  'person.timeZone': () => 'Europe/Berlin',
  'target.workingDays': () => null,
  'target.workingMinutes': () => 60,
  'target.clock': () => 'resolution',
  'target.warnAt': () => [0.5],
  'target.escalations': () => [],
  'agreement.pauses': () => [{ when: 'status:waiting', reason: 'Waiting' }],
  'customField.record': () => 'category',
  'customField.name': (n) => `extra${n}`,
  'customField.kind': () => 'text',
  'customField.options': () => null,
  'customField.required': () => false,
  'customField.to': () => null,
  'customField.unit': () => null,
  'customField.confidentiality': () => 'C1',
  'customField.sorted': () => false,
  'legalHold.record': () => 'category',
  'legalHold.filter': () => 'name:nothing-is-called-so',
  'legalHold.heldPerson': () => null,
  'legalHold.rows': () => 'P-1',
  'savedView.record': () => 'incident',
  'savedView.query': () => 'filter=status:new',
  'savedView.audience': () => 'everyone',
  'savedView.team': () => null,
  'report.blocks': () => [{ kind: 'text', id: 'a', text: 'Words' }],
  'report.rule': () => null,
  'report.firstOn': () => null,
  'report.recipients': () => [],
  'importBatch.record': () => 'person',
  'obligation.rule': () => 'FREQ=MONTHLY',
  'absence.firstDay': () => '2026-12-01',
  'absence.lastDay': () => '2026-12-31',
  'position.status': () => 'vacant',
  'dependency.minimum': () => 1,
  'measure.better': () => 'higher',
  'measure.target': (n) => 100 + n,
  'measure.limit': (n) => 1 + (n % 50),
  'news.isLast': () => false,
  'file.sha256': () => 'a'.repeat(64),
  'timeEntry.day': () => '2026-01-05',
  'measurement.on': (n) => new Date(1.5e12 + n * 86_400_000).toISOString().slice(0, 10),
  'incident.waitingUntil': (n) => new Date(4e12 + n * 60_000).toISOString(),
}

/** Optional by declaration, asked for by a rule. */
const ASKED = new Set(['agreement.calendar', 'target.workingMinutes', 'legalHold.rows'])

export class Drafts {
  readonly #store: Store
  readonly #known = new Map<string, number>()
  #n = 0
  constructor(store: Store) {
    this.#store = store
  }

  /** A draft that the record accepts: what is required, and with `every` everything else that may be said. */
  async valid(record: RecordType, options: { every?: boolean } = {}): Promise<Record<string, unknown>> {
    const n = ++this.#n
    const draft: Record<string, unknown> = {}
    for (const [name, field] of Object.entries(record.fields)) {
      const isNeeded = (field.required && field.default === undefined) || ASKED.has(`${record.name}.${name}`)
      if (field.stamped || !(isNeeded || options.every === true)) continue
      const sample = SAMPLES[`${record.name}.${name}`]
      draft[name] = sample === undefined ? await this.value(record, field, n) : sample(n)
    }
    return draft
  }

  /** A value that fits the field; `n` makes it different from others. */
  async value(record: RecordType, field: Field, n = ++this.#n): Promise<unknown> {
    switch (field.kind) {
      case 'ref':
        return this.#reference(record, field, n)
      case 'refs':
        return [await this.#reference(record, field, n)].filter((id) => id !== null)
      case 'attachment':
        return this.#upload(field, n)
      case 'any':
        return { record: 'service', id: await this.fresh(this.#store.catalogue.get('service')) }
      default:
        return plainValue(field, n)
    }
  }
  /** A required reference gets a record of its own, so that no unique rule is broken; any other the same one each time. */
  async #reference(record: RecordType, field: Field, n: number): Promise<unknown> {
    const to = this.#store.catalogue.get(field.to ?? '')
    if (field.required || to.name === record.name) return n > 0 ? this.fresh(to) : null
    const known = this.#known.get(to.name)
    if (known !== undefined) return known
    const made = await this.fresh(to)
    this.#known.set(to.name, made)
    return made
  }
  /** A file that everybody there has uploaded; there is no content behind its name. */
  async #upload({ accept }: Field, n: number): Promise<KeptFile> {
    const type = (accept?.[0] ?? 'text/plain').replace('*', 'png')
    const sha256 = createHash('sha256').update(`draft ${n}`).digest('hex')
    const file = { sha256, title: `Paper ${n}.pdf`, size: 1000 + n, type }
    const people = await run<{ id: number }>(this.#store.db, sql`select id from person where org = 1`)
    for (const { id } of people) await noteUpload(this.#store.db, { org: 1, person: id }, file)
    return file
  }
  /** The id of a new record of that kind, in organisation 1. */
  async fresh(record: RecordType): Promise<number> {
    const draft = await this.valid(record)
    return (await this.#store.create(system(1, `drafts-${++this.#n}`, 'setup'), record, draft)).id
  }
}

function plainValue(field: Field, n: number): unknown {
  switch (field.kind) {
    case 'text':
      return `word${n} thing`.slice(0, field.max ?? 200)
    case 'longText':
      return `# Long ${n}\n\nText with *stars*.`
    case 'choice':
    case 'states':
      return field.options?.[n % (field.options.length || 1)]?.value
    case 'number':
      return Math.max(field.min ?? 0, Math.min(field.max ?? 100, 1 + (n % 5)))
    case 'duration':
      return 30 + n
    case 'money':
      return { minor: 100 * n, currency: 'EUR' }
    case 'boolean':
      return n % 2 === 0
    case 'instant':
      return new Date(1.75e12 + n * 60_000).toISOString()
    case 'day':
      return new Date(1.75e12 + n * 86_400_000).toISOString().slice(0, 10)
    case 'email':
      return `somebody${n}@harbour.test`
    case 'url':
      return `https://harbour.test/${n}`
    case 'ip':
      return `10.1.${Math.floor(n / 250) % 250}.${n % 250}`
    case 'json':
      return {}
    default:
      return null
  }
}

/** Another value of the same field that fits, for a change. */
export function otherValue(field: Field, present: unknown, n: number): unknown {
  if (field.kind === 'boolean') return present !== true
  if (field.kind === 'choice') return field.options?.find((option) => option.value !== present)?.value ?? present
  return plainValue(field, n + 7)
}

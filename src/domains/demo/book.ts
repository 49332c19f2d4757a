/** The book into which stories are written: rows, words, history and counts, set by set through COPY. */
import type { Tx } from '#kit/database.ts'
import { JOURNAL_COLUMNS, journalValues, leafOf } from '#kit/journal.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { columnsOf } from '#kit/table.ts'
import { tallyDeltas } from '#kit/tally.ts'
import { searchText } from '#kit/words.ts'
import { columnValues, hasWords, idIn } from '#kit/write.ts'
import type { Dice } from './dice.ts'
import { lexemes } from './lexemes.ts'
import type { Step, Told, Values } from './story.ts'
import { Story } from './story.ts'

export interface BookParts {
  readonly tx: Tx
  readonly org: number
  /** When it is written down; history is dated earlier. */
  readonly now: string
  readonly dice: Dice
}
export const CLOCK_COLUMNS = [
  'record',
  'record_id',
  'name',
  'agreement',
  'target',
  'calendar',
  'service',
  'priority',
  'state',
  'started_at',
  'due_at',
  'stopped_at',
  'target_seconds',
  'used_seconds',
  'warn_at',
  'warned',
] as const
interface Pages {
  readonly stories: Story[]
  readonly clocks: (readonly unknown[])[]
}

export class Book {
  readonly #parts: BookParts
  readonly #ids = new Map<string, number>()
  readonly #tallies = new Map<string, number>()
  readonly #told: { entries: number; rows: Record<string, number> } = { entries: 0, rows: {} }
  #set: Pages = { stories: [], clocks: [] }
  #writing: Promise<void> = Promise.resolve()
  #count = 0

  constructor(parts: BookParts) {
    this.#parts = parts
  }
  /** What was written so far. */
  get written(): { readonly entries: number; readonly rows: Readonly<Record<string, number>> } {
    return this.#told
  }

  /** A new story of a record, with the next number of its kind. */
  begin(record: RecordType, values: Values, step: Step): Story {
    const id = (this.#ids.get(record.name) ?? 0) + 1
    this.#ids.set(record.name, id)
    const story = new Story(record, id, values, step)
    this.#set.stories.push(story)
    return story
  }
  clock(values: readonly unknown[]): void {
    this.#set.clocks.push(values)
  }
  /** How many stories wait for the next flush. */
  get waiting(): number {
    return this.#set.stories.length
  }

  /** Hands over what was told so far and returns when the set before it is written, so that telling and writing overlap. */
  async flush(): Promise<void> {
    await this.#writing
    const set = this.#set
    this.#set = { stories: [], clocks: [] }
    this.#writing = this.#write(set)
    this.#writing.catch(() => {}) // thrown again by the next flush
  }
  /** Writes the rest, the counts and the numbers. */
  async close(): Promise<void> {
    await this.flush()
    await this.#writing
    const { tx, org } = this.#parts
    const tallies = [...this.#tallies].map(([key, n]) => [org, ...key.split('\n'), n])
    await tx.copyFrom('tally', ['org', 'record', 'by', 'value', 'n'], tallies)
    await tx.copyFrom(
      'counter',
      ['org', 'name', 'last'],
      [...this.#ids].map(([name, last]) => [org, name, last]),
    )
  }

  async #write(set: Pages): Promise<void> {
    const byRecord = Map.groupBy(set.stories, (story) => story.record)
    for (const [record, stories] of byRecord)
      await this.copyRows(
        record,
        stories.map((story) => story.row),
      )
    await this.#parts.tx.copyFrom('journal', JOURNAL_COLUMNS, this.#sealed(set.stories))
    const { org } = this.#parts
    if (set.clocks.length > 0)
      await this.#parts.tx.copyFrom(
        'clock',
        ['org', ...CLOCK_COLUMNS],
        set.clocks.map((clock) => [org, ...clock]),
      )
  }

  /** Rows with their words and counts. The declaration names the columns, so a new field needs nothing here. */
  async copyRows(record: RecordType, rows: readonly AnyRow[]): Promise<void> {
    const { tx, org } = this.#parts
    const fields = Object.entries(record.fields)
    const columns = [
      'org',
      'id',
      'rev',
      'created_at',
      'created_by',
      'updated_at',
      'updated_by',
      'binned_at',
      'tags',
      'custom',
      ...fields.flatMap(([name, field]) => columnsOf(name, field).map((column) => column.name)),
    ]
    await tx.copyFrom(
      record.table,
      columns,
      (function* () {
        for (const row of rows) {
          const values: unknown[] = [
            org,
            row.id,
            row.rev,
            row.createdAt,
            idIn(row.createdBy),
            row.updatedAt,
            idIn(row.updatedBy),
            row.binnedAt,
            row.tags,
            JSON.stringify(row.custom),
          ]
          for (const [name, field] of fields) values.push(...columnValues(field, row[name]))
          yield values
        }
      })(),
    )
    if (hasWords(record)) {
      await tx.copyFrom(
        `${record.table}_search`,
        ['org', 'id', 'words'],
        (function* () {
          for (const row of rows) yield [org, row.id, lexemes(searchText(record, row))]
        })(),
      )
    }
    for (const row of rows) this.#tally(record, row)
    this.#told.rows[record.name] = (this.#told.rows[record.name] ?? 0) + rows.length
  }
  #tally(record: RecordType, row: AnyRow): void {
    for (const { by, value, n } of tallyDeltas(record, null, row)) {
      const key = `${record.name}\n${by}\n${value}`
      this.#tallies.set(key, (this.#tallies.get(key) ?? 0) + n)
    }
  }

  *#sealed(stories: readonly Story[]): Generator<readonly unknown[]> {
    for (const story of stories) for (const told of story.told) yield this.#entry(story, told)
  }
  #entry(story: Story, told: Told): readonly unknown[] {
    const { org, now, dice } = this.#parts
    const salt = Buffer.allocUnsafe(16)
    for (let at = 0; at < 16; at += 4) salt.writeUInt32LE(dice.bits(), at)
    const count = this.#count++
    this.#told.entries++
    const id = orderedUuid(Date.parse(now), count, dice)
    // Each entry is its own request: undo of one step must never take the rest of the demonstration along.
    const entry = {
      id,
      org,
      at: now,
      occurredAt: told.at,
      actor: told.by,
      onBehalfOf: null,
      request: `demo-${count.toString(36).padStart(6, '0')}`,
      record: story.record.name,
      recordId: story.ref.id,
      action: told.action,
      changes: told.changes,
      reason: told.reason,
      origin: told.origin,
    }
    return journalValues({ ...entry, salt, leaf: leafOf(entry, salt) })
  }
}

/** A version 7 UUID whose first 42 bits after the time are a counter (RFC 9562, 6.2 method 1): entries keep their order. */
function orderedUuid(ms: number, count: number, dice: Dice): string {
  const time = ms.toString(16).padStart(12, '0')
  const high = (0x7000 | (Math.floor(count / 2 ** 30) & 0xfff)).toString(16)
  const low = count % 2 ** 30
  const variant = (0x8000 | (low >>> 16)).toString(16)
  const rest = (low & 0xffff).toString(16).padStart(4, '0') + dice.bits().toString(16).padStart(8, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-${high}-${variant}-${rest}`
}

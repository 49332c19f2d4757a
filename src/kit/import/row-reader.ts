/** Reads the cells of a row as the values of fields: arithmetic only, each distinct cell once. */
import { said, say } from '#engines/say.ts'
import { parseValue } from '#engines/parse-value.ts'
import type { Complaint, ParseOptions } from '#engines/parse-value.ts'
import { defaultParseOptions } from '#engines/parse-value.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import { checkValue } from '#kit/check.ts'
import type { RecordType } from '#kit/record.ts'
import type { ColumnSource, ImportMapping } from './mapping.ts'
import type { RowProblem } from './outcome.ts'
import type { TableRow } from './ports.ts'
import type { Told } from './row-told.ts'
import { problemAt, tellOf } from './row-told.ts'
import type { Target } from './target.ts'
import { targetOf } from './target.ts'
import type { Wish } from './wish.ts'
import { Wishes } from './wish.ts'

/** A row as the mapping understands it. A field that is absent keeps what it was; a reference is a wish. */
export interface ReadRow {
  readonly row: number
  readonly cells: TableRow['cells']
  readonly values: Readonly<Record<string, unknown>>
  /** When the update happened, for files of updates. */
  readonly at: string | null
  readonly by: Wish | null
  /** Because of these the row is left out. */
  readonly problems: readonly RowProblem[]
  /** With these it is taken all the same. */
  readonly doubts: readonly RowProblem[]
}
type Cell = { readonly value: unknown; readonly doubt?: Complaint } | Complaint
const NOTHING: Cell = { value: undefined }
const REMEMBERED = 20_000
const DEFAULT_BETWEEN = ' · '

export interface ReaderContext {
  readonly catalogue: Catalogue
  readonly actor: Actor
  readonly record: RecordType
  readonly zone: string
}
interface FieldReader {
  readonly name: string
  readonly column: string
  readonly isLast: boolean
  readonly read: (cells: TableRow['cells']) => Cell
}

export class RowReader {
  readonly wishes = new Wishes()
  readonly #context: ReaderContext
  readonly #mapping: ImportMapping
  readonly #fields: readonly FieldReader[]
  readonly #at: FieldReader | null
  readonly #by: FieldReader | null
  readonly #constants: Readonly<Record<string, unknown>>
  /** Fields that only the last row of a record fills. */
  readonly lastOnly: ReadonlySet<string>

  constructor(context: ReaderContext, mapping: ImportMapping) {
    this.#context = context
    this.#mapping = mapping
    this.#fields = Object.entries(mapping.columns).flatMap(([name, from]) => {
      const target = targetOf(context.catalogue, context.actor, context.record, name)
      return target === null ? [] : [this.#fieldReader(target, from)]
    })
    const events = mapping.events ?? null
    this.#at =
      events === null
        ? null
        : this.#fieldReader(
            { name: 'at', label: 'Time of the update', field: { kind: 'instant', required: true, stamped: false } },
            events.at,
          )
    this.#by =
      events?.by === undefined
        ? null
        : this.#fieldReader(
            {
              name: 'by',
              label: 'Who made the update',
              field: { kind: 'ref', to: 'person', required: false, stamped: false },
            },
            events.by,
          )
    this.lastOnly = new Set(this.#fields.filter((field) => field.isLast).map((field) => field.name))
    this.#constants = this.#constantValues()
  }

  read(row: TableRow): ReadRow {
    const values: Record<string, unknown> = { ...this.#constants }
    const told: Told = { problems: [], doubts: [] }
    for (const field of this.#fields) {
      const cell = field.read(row.cells)
      tellOf(row, field.column, cell, told)
      if ('value' in cell && cell.value !== undefined) values[field.name] = cell.value
    }
    return { row: row.row, cells: row.cells, values, at: this.#when(row, told), by: this.#who(row), ...told }
  }
  #when(row: TableRow, told: Told): string | null {
    if (this.#at === null) return null
    const cell = this.#at.read(row.cells)
    tellOf(row, this.#at.column, cell, told)
    if ('because' in cell) return null
    if (typeof cell.value === 'string') return cell.value
    told.problems.push(
      problemAt(row, this.#at.column, {
        because: say`The time of this update is missing.`,
        todo: say`Fill it in, or choose another column for the time of updates.`,
      }),
    )
    return null
  }
  #who(row: TableRow): Wish | null {
    const cell = this.#by?.read(row.cells) ?? NOTHING
    return 'value' in cell && typeof cell.value === 'object' && cell.value !== null && 'wish' in cell.value
      ? (cell.value.wish as Wish)
      : null // a reference reads as a wish
  }

  #fieldReader(target: Target, from: ColumnSource): FieldReader {
    const known = new Map<string, Cell>()
    const columns = [from.column, ...(from.and ?? [])]
    const options = parseOptions(this.#context, this.#mapping, from)
    const read = (cells: TableRow['cells']): Cell => {
      const text =
        columns.length === 1
          ? (cells[from.column] ?? '')
          : joined(
              columns.map((column) => cells[column] ?? ''),
              from,
              options,
            )
      const key = from.under === undefined ? text : `${text}\n${cells[from.under.column] ?? ''}`
      const before = known.get(key)
      if (before !== undefined) return before
      const made = this.#cell(target, from, {
        text,
        parent: from.under === undefined ? '' : (cells[from.under.column] ?? ''),
        options,
      })
      if (known.size > REMEMBERED) known.clear()
      known.set(key, made)
      return made
    }
    return { name: target.name, column: from.column, isLast: from.last === true, read }
  }
  #cell(
    target: Target,
    from: ColumnSource,
    { text, parent, options }: { text: string; parent: string; options: ParseOptions },
  ): Cell {
    if (text.includes('\u0000') || parent.includes('\u0000'))
      return { because: say`${said(target.label)}: the cell holds a NUL character.`, todo: say`Remove it in the file.` }
    const found = translated(from, text.trim(), options)
    const isReference = ['ref', 'refs', 'any'].includes(target.field.kind)
    if (found === '') {
      // A place in a tree whose last step is missing is the step above it.
      if (from.under !== undefined && !options.missing.includes(parent.trim().toLowerCase()))
        return this.#reference(target, { ...from, under: undefined }, parent, '')
      return this.#empty(target, from)
    }
    if (isReference)
      return this.#reference(target, from, found, options.missing.includes(parent.trim().toLowerCase()) ? '' : parent)
    return plain(target, from, found === text.trim() ? text : found, options)
  }
  #empty(target: Target, from: ColumnSource): Cell {
    if (from.otherwise !== undefined && from.otherwise !== null)
      return target.field.to === undefined
        ? { value: from.otherwise }
        : this.#reference(target, from, String(from.otherwise), '')
    if (
      this.#mapping.empty !== 'clear' ||
      (target.field.required && !target.field.stamped) ||
      target.field.kind === 'states'
    )
      return NOTHING
    return {
      value:
        target.field.kind === 'refs' || target.field.kind === 'tags'
          ? []
          : target.field.kind === 'boolean'
            ? (target.field.default ?? null)
            : null,
    }
  }
  #reference(target: Target, from: ColumnSource, text: string, parent: string): Cell {
    if (target.field.kind === 'any') {
      const found = this.#context.catalogue.byNumber(text.trim())
      return found === null
        ? {
            because: say`“${text.slice(0, 60)}” is not the number of a record.`,
            todo: say`Write a number such as INC-1042.`,
          }
        : { value: { wish: this.wishes.of(found.record, {}, text.trim(), null), isAny: true } }
    }
    const to = this.#context.catalogue.get(target.field.to ?? '')
    const above = parent.trim() === '' ? null : this.wishes.of(to, { ...from, under: undefined }, parent.trim(), null)
    const names = target.field.kind === 'refs' ? listed(text) : [named(text)]
    const wishes = [...new Set(names.filter((name) => name !== ''))].map((name) =>
      this.wishes.of(to, from, name, above),
    )
    const tooLong = wishes.find((wish) => wish.text.length > (to.fields[wish.by]?.max ?? 200))
    if (tooLong !== undefined)
      return {
        because: say`${said(target.label)}: “${tooLong.text.slice(0, 40)}…” is too long for a name.`,
        todo: say`Choose another column, or shorten it.`,
      }
    const [first] = wishes
    if (target.field.kind === 'refs') return { value: { wishes } }
    return first === undefined ? NOTHING : { value: { wish: first } }
  }
  #constantValues(): Record<string, unknown> {
    const made: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(this.#mapping.constants ?? {})) {
      const target = targetOf(this.#context.catalogue, this.#context.actor, this.#context.record, name)
      if (target === null) continue
      const cell =
        target.field.to === undefined
          ? checkValue(target.field, value)
          : this.#reference(target, { column: '' }, String(value), '')
      if ('value' in cell) made[target.name] = cell.value
    }
    return made
  }
}

function parseOptions({ zone }: ReaderContext, mapping: ImportMapping, from: ColumnSource): ParseOptions {
  return {
    ...defaultParseOptions,
    missing:
      mapping.missing === undefined
        ? defaultParseOptions.missing
        : ['', ...mapping.missing.map((word) => word.toLowerCase())],
    dateOrder: from.dateOrder ?? null,
    zone: from.zone ?? mapping.zone ?? zone,
    decimalSign: from.decimalSign ?? null,
    currency: from.currency ?? defaultParseOptions.currency,
    durationUnit: from.durationUnit ?? defaultParseOptions.durationUnit,
  }
}
function joined(parts: readonly string[], from: ColumnSource, options: ParseOptions): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => !options.missing.includes(part.toLowerCase()))
    .join(from.between ?? DEFAULT_BETWEEN)
}
/** What the mapping says that this word means; '' is nothing. */
function translated(from: ColumnSource, text: string, options: ParseOptions): string {
  if (from.values !== undefined) {
    const word = text.toLowerCase()
    const entry = Object.entries(from.values).find(([key]) => key.toLowerCase() === word)
    if (entry !== undefined) return entry[1] ?? ''
    if (from.unlisted === 'empty') return ''
  }
  if (options.missing.includes(text.toLowerCase())) return ''
  return text
}
function plain(target: Target, from: ColumnSource, text: string, options: ParseOptions): Cell {
  const { field, label } = target
  const whole = `${from.before ?? ''}${text}`
  const max = field.max ?? 200
  const fitting = from.cut === true && whole.length > max ? cutAtWord(whole, max) : whole
  const parsed = parseValue(
    fitting,
    {
      label,
      kind: field.kind,
      options: field.kind === 'choice' || field.kind === 'states' ? field.options : undefined,
      max: field.kind === 'text' || field.kind === 'longText' ? max : undefined,
    },
    options,
  )
  if ('because' in parsed) return parsed
  if (parsed.value === null) return NOTHING
  const checked = checkValue(field, parsed.value)
  return 'because' in checked
    ? {
        because: say`${label}: ${checked.because}`,
        todo: say`Write it differently in the file, or choose another column.`,
      }
    : { ...checked, doubt: parsed.doubt }
}
function cutAtWord(text: string, max: number): string {
  const start = text.slice(0, max - 1)
  const space = start.lastIndexOf(' ')
  return `${(space > max / 2 ? start.slice(0, space) : start).toWellFormed()}…`
}
/** "TEAM-5", "Network", or a reference as JSON lines bring it. */
function named(text: string): string {
  const parsed: unknown = text.startsWith('{') ? jsonOf(text) : null
  return typeof parsed === 'object' && parsed !== null && 'number' in parsed ? String(parsed.number) : text.trim()
}
function listed(text: string): string[] {
  const parsed: unknown = text.trim().startsWith('[') ? jsonOf(text) : null
  if (Array.isArray(parsed))
    return parsed.map((one: unknown) => named(typeof one === 'string' ? one : (JSON.stringify(one) ?? '')))
  return text.split(/[;\n]/).map((part) => part.trim())
}
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // then it is a name that looks like JSON
  }
}

/** How the columns of a file become the fields of a record: plain JSON, so that it is saved, sent and shipped alike. */

/** Where one field comes from. What is not said is found out or left at its usual. */
export interface ColumnSource {
  readonly column: string
  /** Further columns, joined to the first by `between` (" · "); empty cells are left out. */
  readonly and?: readonly string[]
  readonly between?: string
  /** Put in front of a text that is not empty. */
  readonly before?: string
  /** A text that is too long is cut at a word instead of being refused. */
  readonly cut?: boolean
  /** Words of the file to values of the field, in any case of letters; null is "empty". */
  readonly values?: Readonly<Record<string, string | null>>
  /** What a word means that `values` does not have: itself (as usual), or nothing. */
  readonly unlisted?: 'itself' | 'empty'
  /** The value when the cell is empty. */
  readonly otherwise?: unknown
  /** References: a name that nobody has yet becomes a new record. */
  readonly create?: boolean
  /** References: the field to look in; the one that names the record unless said. */
  readonly by?: string
  /** References: what a new record is given besides its name. */
  readonly with?: Readonly<Record<string, unknown>>
  /** References in a tree: looked for below the one that another column names. */
  readonly under?: { readonly field: string; readonly column: string }
  /** Updates of one record: taken from the last row only, because the file repeats it on every row. */
  readonly last?: boolean
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy' | null
  /** IANA zone of times that name none; that of the mapping unless said. */
  readonly zone?: string
  readonly decimalSign?: '.' | ',' | null
  /** ISO 4217, of amounts that name none. */
  readonly currency?: string
  /** Minutes that a bare number of a duration counts. */
  readonly durationUnit?: number
  /** For the person who checks a suggestion; not used otherwise. */
  readonly confidence?: number
  readonly because?: string
  readonly question?: string
}

/** Rows with one key are updates of one record, in the order of the file: the last one is what it is now. */
export interface EventSource {
  readonly at: ColumnSource
  /** Who made the update. */
  readonly by?: ColumnSource
  /** Fields that take the time of the first update at which another field has one of these values, or any at all. */
  readonly moments?: Readonly<Record<string, { readonly field: string; readonly in?: readonly string[] }>>
}

export interface ImportMapping {
  /** The fields by which a record is known again; `number` is its number here. Null: every row is a new record. */
  readonly key: string | readonly string[] | null
  readonly columns: Readonly<Record<string, ColumnSource>>
  /** The same value on every row. */
  readonly constants?: Readonly<Record<string, unknown>>
  readonly events?: EventSource | null
  /** IANA zone of times that name none; the organisation's unless said. */
  readonly zone?: string
  /** Texts that stand for nothing. */
  readonly missing?: readonly string[]
  /** What an empty cell does to a record that is here already: keeps its value (as usual), or empties it. */
  readonly empty?: 'keep' | 'clear'
  /** Where the mapping comes from, in words. */
  readonly from?: string
}

/** A mapping that is shipped for the files of a known tool. */
export interface ReadyMapping {
  readonly name: string
  readonly label: string
  readonly record: string
  readonly mapping: ImportMapping
}

export function keyFields(mapping: ImportMapping): readonly string[] {
  if (mapping.key === null) return []
  return typeof mapping.key === 'string' ? [mapping.key] : mapping.key
}

/** Every column that a source reads. */
export function columnsRead(source: ColumnSource): string[] {
  return [source.column, ...(source.and ?? []), ...(source.under === undefined ? [] : [source.under.column])]
}
export function sourcesOf(mapping: ImportMapping): ColumnSource[] {
  const events = mapping.events ?? null
  const dated = events === null ? [] : [events.at, ...(events.by === undefined ? [] : [events.by])]
  return [...Object.values(mapping.columns), ...dated]
}

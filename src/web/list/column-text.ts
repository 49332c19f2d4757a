// The columns of a view as its address says them: `number,subject:320,status`; a width in pixels stands behind the name.

export interface Column {
  name: string
  /** Null: as wide as its kind usually is. */
  width: number | null
}

const narrowest = 56
const widest = 900

/** What cannot be read is left out; a width beyond reason becomes the nearest reasonable one. */
export function columnsIn(text: string): Column[] {
  return text.split(',').flatMap((part) => {
    const [, name, width] = /^([A-Za-z][\w.]*)(?::(\d{1,5}))?$/.exec(part.trim()) ?? []
    return name === undefined ? [] : [{ name, width: width === undefined ? null : within(Number(width)) }]
  })
}

export function columnsText(columns: readonly Column[]): string {
  return columns.map(({ name, width }) => (width === null ? name : `${name}:${width}`)).join(',')
}

/** The columns with one of them moved by so many places, as far as there are places. */
export function movedColumn(columns: readonly Column[], name: string, by: number): Column[] {
  const at = columns.findIndex((one) => one.name === name)
  const column = columns[at]
  if (column === undefined) return [...columns]
  const rest = columns.filter((one) => one !== column)
  const to = Math.max(0, Math.min(rest.length, at + by))
  return [...rest.slice(0, to), column, ...rest.slice(to)]
}

export function resizedColumn(columns: readonly Column[], name: string, width: number | null): Column[] {
  return columns.map((one) => (one.name === name ? { ...one, width: width === null ? null : within(width) } : one))
}

function within(width: number): number {
  return Math.round(Math.max(narrowest, Math.min(widest, width)))
}

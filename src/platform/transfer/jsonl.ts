/** JSON lines: one object a line; nested values become JSON text, a bad line is a problem with its number. */
import { say } from '#engines/say.ts'
import { columnNames } from './header.ts'
import type { ReadLimits } from './limits.ts'
import type { TableRow } from './table-row.ts'
import { UnreadableFile } from './unreadable.ts'

export interface JsonLine {
  line: number
  entries: [string, string][]
  problem: string | null
}

/** @throws UnreadableFile record-too-long */
export async function* jsonLines(text: AsyncIterable<string>, limits: ReadLimits): AsyncGenerator<JsonLine, void> {
  let rest = ''
  let line = 0
  for await (const chunk of text) {
    if (!chunk.includes('\n')) {
      rest += chunk
      if (rest.length > limits.recordChars) throw tooLong(line + 1, limits)
      continue
    }
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > limits.recordChars) throw tooLong(line + lines.length + 1, limits)
    for (const content of lines) {
      line++
      if (content.trim() !== '') yield jsonLine(line, content)
    }
  }
  if (rest.trim() !== '') yield jsonLine(line + 1, rest)
}

/** Keys in the order in which the lines bring them. */
export function jsonColumns(lines: readonly JsonLine[], limits: ReadLimits): string[] {
  const keys = new Set<string>()
  for (const line of lines) for (const [key] of line.entries) keys.add(key)
  return columnNames([...keys], limits)
}

/** `columns` are those found at the beginning; a key that turns up later is reported once, its value kept. */
export function jsonRow(line: JsonLine, columns: readonly string[], known: Set<string>): TableRow {
  const cells: Record<string, string> = {}
  for (const column of columns) cells[column] = ''
  const late: string[] = []
  for (const [key, value] of line.entries) {
    const name = key === '__proto__' ? '__proto__ (2)' : key.replace(/\s+/g, ' ').trim() || key
    if (!known.has(name)) late.push(name)
    known.add(name)
    cells[name] = value
  }
  const problem =
    late.length === 0
      ? null
      : say`Line ${line.line} brings “${late[0]}”, which the first lines do not have, so it has no column. Put a line with every key first.`
  return { row: line.line, cells, problem: line.problem ?? problem }
}

function jsonLine(line: number, content: string): JsonLine {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'it cannot be read'
    return {
      line,
      entries: [],
      problem: say`Line ${line} is not JSON (${detail.slice(0, 120)}). Mend the line or leave it out.`,
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      line,
      entries: [],
      problem: say`Line ${line} is not an object like {"subject": "…"}. Mend the line or leave it out.`,
    }
  }
  return { line, entries: Object.entries(value).map(([key, inner]) => [key, cellText(inner)]), problem: null }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function tooLong(line: number, limits: ReadLimits): UnreadableFile {
  return new UnreadableFile(
    'record-too-long',
    say`Line ${line} is longer than ${limits.recordChars} characters. Write one object a line, then retry.`,
  )
}

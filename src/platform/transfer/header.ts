/** Column names a mapping can rely on: none empty, none twice. */
import { say } from '#engines/say.ts'
import type { ReadLimits } from './limits.ts'
import { UnreadableFile } from './unreadable.ts'

/** "" → "Column 3", a second "Name" → "Name (2)". @throws UnreadableFile too-many-columns */
export function columnNames(cells: readonly string[], limits: ReadLimits): string[] {
  if (cells.length > limits.columns) {
    throw new UnreadableFile(
      'too-many-columns',
      say`The first row has ${cells.length} columns; at most ${limits.columns} are read. Check the separator, or remove columns.`,
    )
  }
  const taken = new Set(['__proto__']) // As a key of an object it would vanish.
  return cells.map((cell, index) => unique(cell.replace(/\s+/g, ' ').trim() || say`Column ${index + 1}`, taken))
}

function unique(name: string, taken: Set<string>): string {
  let tried = name
  for (let count = 2; taken.has(tried); count++) tried = `${name} (${count})`
  taken.add(tried)
  return tried
}

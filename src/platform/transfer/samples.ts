/** Takes from the beginning of a table what a mapping is suggested from. */
import type { TableRow } from './table-row.ts'

const rowsLookedAt = 5000
const samplesOfColumn = 60

/** Up to 60 different values a column: of the first 40 rows, then of every 100th. `rows` 0 means the table has no row. */
export async function takeSamples(
  columns: readonly string[],
  rows: AsyncIterable<TableRow>,
): Promise<{ columns: { name: string; samples: string[] }[]; rows: number }> {
  const seen = columns.map((name) => ({ name, values: new Set<string>() }))
  let count = 0
  for await (const row of rows) {
    if (count < 40 || count % 100 === 0) addSamples(seen, row)
    count++
    if (count >= rowsLookedAt) break
  }
  return { columns: seen.map(({ name, values }) => ({ name, samples: [...values] })), rows: count }
}

function addSamples(seen: readonly { name: string; values: Set<string> }[], row: TableRow): void {
  for (const { name, values } of seen) {
    const value = row.cells[name]
    if (value && values.size < samplesOfColumn) values.add(value.length > 200 ? value.slice(0, 200) : value)
  }
}

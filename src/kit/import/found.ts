/** What is kept of a file that was looked at: its form, its columns with samples, and a signature by which it is known again. */
import { createHash } from 'node:crypto'
import type { Found } from './batch.ts'
import type { FoundTable } from './ports.ts'

/** How the columns begin that a download of rejected rows adds; a file that comes back with them is read without them. */
export const ADDED_COLUMN = 'Pilothouse: '
/** Characters of samples that are kept of a whole file, so that wide files fit as well. */
const SAMPLE_TEXT = 500_000

export function foundOf(table: FoundTable): Found {
  const own = table.columns.filter(({ name }) => !name.startsWith(ADDED_COLUMN))
  const names = own.map((column) => column.name).sort()
  const share = SAMPLE_TEXT / Math.max(1, own.length)
  const columns = own.map(({ name, samples }) => ({
    name: clean(name),
    samples: within(
      samples.map((sample) => clean(sample).slice(0, 200)),
      share,
    ),
  }))
  return {
    ...table,
    columns,
    rows: table.rowsEstimate,
    signature: createHash('sha256').update(JSON.stringify(names)).digest('hex'),
  }
}

function within(samples: readonly string[], share: number): string[] {
  let left = share
  return samples.filter((sample) => (left -= sample.length + 4) >= 0)
}
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '')
}

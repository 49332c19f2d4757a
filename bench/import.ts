/** A file of 100,000 incidents: read, mapped by its headers, checked, written with its journal, and taken back as a whole. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Figure, World } from './cases.ts'

const ROWS = 100_000
const THINGS = ['Printer', 'Scanner', 'Laptop', 'Mail', 'Network share', 'Forklift terminal', 'Label printer']
const IMPACTS = ['One person', 'A team', 'A site', 'Everyone']
const URGENCIES = ['Low', 'Normal', 'High']

/** The bars: 60 s for the import (the issue of the product), as much again for taking it back. */
export async function importing({ product }: World): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pilothouse-bench-'))
  try {
    const file = path.join(folder, 'incidents.csv')
    writeFileSync(file, table())
    const [imported, inSeconds] = await timed(() => product.command(['import', 'incident', file, '--json']))
    const { number, state, counts } = JSON.parse(imported) as {
      number: string
      state: string
      counts: { create: number }
    }
    if (state !== 'done' || counts.create !== ROWS) throw new Error(`The import is ${state}: ${imported.slice(0, 500)}`)
    const [undone, backSeconds] = await timed(() => product.command(['import', 'undo', number, '--json']))
    if (!undone.includes('"undone"')) throw new Error(`The undo: ${undone.slice(0, 500)}`)
    return [
      { name: 'import of 100,000 rows', value: inSeconds, unit: 's', bar: 60, better: 'lower' },
      { name: 'undo of that import', value: backSeconds, unit: 's', bar: 60, better: 'lower' },
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function table(): string {
  const began = Date.parse('2025-01-01T06:00:00Z')
  const lines = Array.from({ length: ROWS }, (_, nth) => {
    const opened = new Date(began + nth * 240_000).toISOString()
    const thing = THINGS[nth % THINGS.length]
    return `${thing} ${nth} does not answer,"Since this morning, ${thing} ${nth} shows an error.",${IMPACTS[nth % 4]},${URGENCIES[nth % 3]},${opened}`
  })
  return ['Subject,Description,Impact,Urgency,Opened at', ...lines].join('\n')
}
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now()
  const made = await work()
  return [made, (performance.now() - began) / 1000]
}

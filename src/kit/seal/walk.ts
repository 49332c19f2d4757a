/**
 * Walks the journal and the leaves side by side. Both are in the order of the commits, so they are equal line by line
 * unless somebody has been at them; what differs is then looked up in bulk and told apart.
 */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { JournalLine, LeafLine } from './lines.ts'

/** Told what the walk meets; `leaf` comes for every leaf, in the order of the indexes. */
export interface Witness {
  readonly leaf: (leaf: LeafLine) => void
  readonly pair: (line: JournalLine, leaf: LeafLine) => void
  /** Both exist, at different places. */
  readonly outOfPlace: (line: JournalLine | null, leaf: LeafLine | null) => void
  /** The leaf's entry is not in the journal. */
  readonly missing: (leaf: LeafLine) => void
  /** The entry has no leaf, though later ones have. */
  readonly unsealed: (line: JournalLine) => void
  /** Called between stretches; true stops the walk. */
  readonly isEnough: () => boolean
}

/** @returns whether it came to the end */
export async function walk(
  on: Sql,
  streams: { journal: AsyncIterator<JournalLine[]>; leaves: AsyncIterator<LeafLine[]> },
  witness: Witness,
): Promise<boolean> {
  const sides: Sides = {
    on,
    witness,
    lines: new Queue(streams.journal),
    leaves: new Queue(streams.leaves),
    lateLines: new Map(),
    lateLeaves: new Map(),
  }
  const { lines, leaves } = sides
  for (;;) {
    const [line, leaf] = [await lines.fill(), await leaves.fill()]
    if (line === null && leaf === null) break
    if (witness.isEnough()) return false
    if (line !== null && leaf !== null && line.id === leaf.entry) together(sides)
    else await apart(sides, line, leaf)
  }
  // What exists and was never met stands where the walk does not come: behind the end of the sealed journal.
  for (const leaf of sides.lateLeaves.values()) witness.outOfPlace(null, leaf)
  for (const line of sides.lateLines.values()) witness.outOfPlace(line, null)
  return true
}

interface Sides {
  readonly on: Sql
  readonly witness: Witness
  readonly lines: Queue<JournalLine>
  readonly leaves: Queue<LeafLine>
  /** Met on one side, to be met on the other. */
  readonly lateLines: Map<string, JournalLine>
  readonly lateLeaves: Map<string, LeafLine>
}

/** The usual case: goes on as long as the two are equal. */
function together({ lines, leaves, witness }: Sides): void {
  let [line, leaf] = [lines.head, leaves.head]
  while (line !== null && leaf !== null && line.id === leaf.entry) {
    witness.leaf(leaf)
    witness.pair(line, leaf)
    line = lines.next()
    leaf = leaves.next()
  }
}

/** Takes one step where they differ. */
async function apart(sides: Sides, line: JournalLine | null, leaf: LeafLine | null): Promise<void> {
  const { witness, lines, leaves, lateLines, lateLeaves } = sides
  if (line !== null) {
    const late = lateLeaves.get(line.id)
    if (late !== undefined) {
      lateLeaves.delete(line.id)
      witness.outOfPlace(line, late)
      witness.pair(line, late)
      return void lines.next()
    }
    if (
      (
        await lines.absent(
          () => leaves.rest((one) => one.entry),
          (ids) => unsealed(sides.on, ids),
        )
      ).has(line)
    ) {
      witness.unsealed(line)
      return void lines.next()
    }
  }
  if (leaf !== null && (await leafApart(sides, leaf))) return
  if (line !== null) lateLines.set(line.id, line)
  if (leaf !== null) lateLeaves.set(leaf.entry, leaf)
  lines.next()
  leaves.next()
}
/** @returns whether the leaf was dealt with */
async function leafApart({ on, witness, lines, leaves, lateLines }: Sides, leaf: LeafLine): Promise<boolean> {
  witness.leaf(leaf)
  const late = lateLines.get(leaf.entry)
  if (late !== undefined) {
    lateLines.delete(leaf.entry)
    witness.outOfPlace(late, leaf)
    witness.pair(late, leaf)
  } else if (
    (
      await leaves.absent(
        () => lines.rest((one) => one.id),
        (some) => missing(on, some),
      )
    ).has(leaf)
  )
    witness.missing(leaf)
  else return false
  leaves.next()
  return true
}

/** Those without a leaf. */
async function unsealed(on: Sql, lines: readonly JournalLine[]): Promise<JournalLine[]> {
  const rows = await run<{ entry: string }>(
    on,
    sql`select entry::text from journal_leaf where entry = any(${lines.map((line) => line.id)}::uuid[])`,
  )
  const known = new Set(rows.map((row) => row.entry))
  return lines.filter((line) => !known.has(line.id))
}
/** Those without an entry. */
async function missing(on: Sql, leaves: readonly LeafLine[]): Promise<LeafLine[]> {
  // One index look-up each: a join by hash would read the whole journal for the sake of one missing entry.
  const rows = await run<{ id: string }>(
    on,
    sql`select s.id::text from unnest(${leaves.map((leaf) => leaf.org)}::integer[], ${leaves.map((leaf) => leaf.entry)}::uuid[]) s (org, id) cross join lateral (select 1 from journal j where j.org = s.org and j.id = s.id limit 1) j`,
  )
  const known = new Set(rows.map((row) => row.id))
  return leaves.filter((leaf) => !known.has(leaf.entry))
}

interface Named {
  readonly id?: string
  readonly entry?: string
}
/** Chunks as one row of items. */
class Queue<T extends Named> {
  readonly #source: AsyncIterator<T[]>
  #chunk: T[] = []
  #at = 0
  #absent: { of: T[]; items: Set<T> } | null = null
  constructor(source: AsyncIterator<T[]>) {
    this.#source = source
  }
  get head(): T | null {
    return this.#chunk[this.#at] ?? null
  }
  /** The head, after fetching a chunk when there is none; null at the end. */
  async fill(): Promise<T | null> {
    while (this.#at >= this.#chunk.length) {
      const next = await this.#source.next()
      if (next.done === true) return null
      this.#chunk = next.value
      this.#at = 0
    }
    return this.head
  }
  /** Steps over the head. @returns the new one; null where the chunk ends */
  next(): T | null {
    this.#at++
    return this.head
  }
  rest(name: (item: T) => string): Set<string> {
    return new Set(this.#chunk.slice(this.#at).map(name))
  }
  /** The items of this chunk that the other side does not have at all: asked once for a chunk. */
  async absent(others: () => ReadonlySet<string>, ask: (items: T[]) => Promise<T[]>): Promise<Set<T>> {
    if (this.#absent?.of !== this.#chunk) {
      const known = others()
      const doubtful = this.#chunk.slice(this.#at).filter((item) => !known.has(item.entry ?? item.id ?? ''))
      this.#absent = { of: this.#chunk, items: new Set(await ask(doubtful)) }
    }
    return this.#absent.items
  }
}

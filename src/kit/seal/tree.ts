/** The tree as the database keeps it: leaves, and roots of full tiles. Ranges and proofs are read from it anew each time. */
import { rangeRoot, rootOfHashes } from '#engines/merkle.ts'
import type { CompactRange } from '#engines/merkle.ts'
import type { HashRead, HashReader, LeafSpan } from '#engines/merkle-proof.ts'
import { completedTiles, readsFor, spanRoot, tileWidth } from '#engines/merkle-proof.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'

/** journal_tile has one number for level and place: tiles of level 1 are counted from 0, those of level 2 from 2⁴⁰, … */
const LEVEL = 2 ** 40
function tileNumber(level: number, place: number): number {
  return (level - 1) * LEVEL + place
}

/** The log lacks hashes that a tree of its size must have. */
export class BrokenTree extends Error {
  override name = 'BrokenTree'
}

/** A reader of the hashes that these spans need. @throws {BrokenTree} when some are missing */
export async function readerFor(on: Sql, spans: readonly LeafSpan[]): Promise<HashReader> {
  const known = new Map<string, readonly Uint8Array[]>()
  for (const read of readsFor(spans)) if (!known.has(keyOf(read))) known.set(keyOf(read), await hashes(on, read))
  return (read) => known.get(keyOf(read)) ?? []
}
function keyOf({ level, from, count }: HashRead): string {
  return `${level}/${from}/${count}`
}
async function hashes(on: Sql, { level, from, count }: HashRead): Promise<Uint8Array[]> {
  const first = level === 0 ? from : tileNumber(level, from)
  const rows = await run<{ index: number; hash: Buffer }>(
    on,
    level === 0
      ? sql`select index, leaf as hash from journal_leaf where index >= ${first}::bigint and index < ${first + count}::bigint order by index`
      : sql`select index, root as hash from journal_tile where index >= ${first}::bigint and index < ${first + count}::bigint order by index`,
  )
  if (rows.length !== count)
    throw new BrokenTree(
      `The seal lacks ${count - rows.length} of ${count} hashes from ${level === 0 ? 'leaf' : `tile ${level}/`}${from}. Run: pilothouse audit verify.`,
    )
  return rows.map((row) => row.hash)
}

/** The first `size` leaves as their peaks, from at most 128 hashes of each level. */
export async function rangeAt(on: Sql, size: number): Promise<CompactRange> {
  const spans = peakSpans(size)
  const read = await readerFor(on, spans)
  return { size, peaks: spans.map((span) => spanRoot(span, read)) }
}
export async function rootAt(on: Sql, size: number): Promise<Uint8Array> {
  return rangeRoot(await rangeAt(on, size))
}
function peakSpans(size: number): LeafSpan[] {
  const spans: LeafSpan[] = []
  for (let from = 0; from < size;) {
    let width = 1
    while (width * 2 <= size - from) width *= 2
    spans.push({ from, to: from + width })
    from += width
  }
  return spans
}

/** Keeps the roots of the tiles that became full between the two sizes, every level. */
export async function writeTiles(on: Sql, before: number, after: number): Promise<void> {
  const byLevel = Map.groupBy(completedTiles(before, after), (tile) => tile.level)
  for (const [level, tiles] of byLevel) {
    const first = tiles[0]?.index ?? 0
    const children = await below(on, level, { from: first * tileWidth, to: (first + tiles.length) * tileWidth })
    const roots = tiles.map((_, nth) => rootOfHashes(children.slice(nth * tileWidth, (nth + 1) * tileWidth)))
    await run(
      on,
      sql`insert into journal_tile (index, root) select * from unnest(${tiles.map((tile) => tileNumber(level, tile.index))}::bigint[], ${roots.map((root) => `\\x${Buffer.from(root).toString('hex')}`)}::bytea[]) on conflict (index) do update set root = excluded.root`,
    )
  }
}
/** One value for all hashes: a row for each would cost more than the tree. */
async function below(on: Sql, level: number, span: LeafSpan): Promise<Uint8Array[]> {
  const [from, to] =
    level === 1 ? [span.from, span.to] : [tileNumber(level - 1, span.from), tileNumber(level - 1, span.to)]
  const rows = await run<{ all: Buffer | null }>(
    on,
    level === 1
      ? sql`select string_agg(leaf, '' order by index) as all from journal_leaf where index >= ${from}::bigint and index < ${to}::bigint`
      : sql`select string_agg(root, '' order by index) as all from journal_tile where index >= ${from}::bigint and index < ${to}::bigint`,
  )
  const all = rows[0]?.all ?? Buffer.alloc(0)
  if (all.length !== (to - from) * 32)
    throw new BrokenTree(
      `The seal lacks hashes between ${span.from} and ${span.to} of level ${level - 1}. Run: pilothouse audit verify.`,
    )
  return Array.from({ length: to - from }, (_, nth) => all.subarray(nth * 32, nth * 32 + 32))
}

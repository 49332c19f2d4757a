// Blocks in their order.
import type { Block } from './contract.ts'

/** Puts a block that was removed back behind the one that stood before it, into whatever the blocks are by now. @param before null when it was the first */
export function putBack(blocks: readonly Block[], block: Block, before: string | null): Block[] {
  if (blocks.some(({ id }) => id === block.id)) return [...blocks]
  const at = before === null ? 0 : blocks.findIndex(({ id }) => id === before) + 1
  return blocks.toSpliced(before !== null && at === 0 ? blocks.length : at, 0, block)
}

/** Whatever the order of their names: the database keeps its own. */
export function isSameBlocks(one: readonly Block[], other: readonly Block[]): boolean {
  return inOrder(one) === inOrder(other)
}
function inOrder(blocks: readonly Block[]): string {
  return JSON.stringify(blocks, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
}

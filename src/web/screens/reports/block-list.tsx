// The blocks of a report in their order: chosen, moved and removed by buttons, so that keys and pointer do the same.
import { ActionIcon, Select } from '@mantine/core'
import { useModel } from '../../data/model.ts'
import { reportWords } from '../../messages/reports.ts'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toast.tsx'
import { putBack } from './block-order.ts'
import type { Block } from './contract.ts'
import type { BlockKind } from './new-blocks.ts'
import { KINDS, newBlock, titleOf } from './new-blocks.ts'

const words = reportWords.builder

interface BlockListProps {
  blocks: Block[]
  chosen: string | null
  onChoose: (id: string | null) => void
  /** Outlives the list: an Undo may come later. */
  onChange: (blocks: React.SetStateAction<Block[]>) => void
}

export function BlockList({ blocks, chosen, onChoose, onChange }: BlockListProps) {
  const model = useModel()
  const at = blocks.findIndex(({ id }) => id === chosen)
  const first = model.records.find((record) => record.name === 'incident') ?? model.records[0]
  function add(kind: string | null) {
    const known = KINDS.find((one) => one === kind)
    if (known === undefined || first === undefined) return
    const made = newBlock(known satisfies BlockKind, first, blocks)
    onChange(at < 0 ? [...blocks, made] : blocks.toSpliced(at + 1, 0, made))
    onChoose(made.id)
  }
  function move(by: number) {
    const block = blocks[at]
    if (block !== undefined) onChange(blocks.toSpliced(at, 1).toSpliced(at + by, 0, block))
  }
  function remove() {
    const block = blocks[at]
    if (block === undefined) return
    const before = blocks[at - 1]?.id ?? null
    onChange((now) => now.filter(({ id }) => id !== block.id))
    onChoose(null)
    say(words.removed, () => onChange((now) => putBack(now, block, before)))
  }
  return (
    <section className="panel builder-blocks" aria-label={words.blocks}>
      <header className="spread">
        <h2>{words.blocks}</h2>
        <div className="row">
          <ActionIcon aria-label={words.up} disabled={at < 1} onClick={() => move(-1)}>
            <Icon name="up" />
          </ActionIcon>
          <ActionIcon aria-label={words.down} disabled={at < 0 || at === blocks.length - 1} onClick={() => move(1)}>
            <Icon name="down" />
          </ActionIcon>
          <ActionIcon aria-label={words.remove} disabled={at < 0} onClick={remove}>
            <Icon name="bin" />
          </ActionIcon>
        </div>
      </header>
      <ol className="plain">
        {blocks.map((block) => (
          <li key={block.id}>
            <button
              type="button"
              className="plain-button builder-block"
              aria-pressed={block.id === chosen}
              onClick={() => onChoose(block.id)}
            >
              <span className="quiet small">{words.kinds[block.kind]}</span>
              <br />
              {titleOf(block)}
            </button>
          </li>
        ))}
      </ol>
      <Select
        label={words.add}
        data={KINDS.map((kind) => ({ value: kind, label: words.kinds[kind] ?? kind }))}
        value={null}
        onChange={add}
      />
    </section>
  )
}

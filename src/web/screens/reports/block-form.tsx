// What a block is made of, by its kind.
import { Button, MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { recordNamed, useModel } from '../../data/model.ts'
import { reportWords } from '../../messages/reports.ts'
import type { Block, GroupsBlock, TableBlock } from './contract.ts'
import { FigureForm } from './figure-form.tsx'
import { groupable, newFigure } from './new-blocks.ts'
import { PatientInput } from './patient-input.tsx'
import { SourceForm } from './source-form.tsx'

const words = reportWords.builder

interface BlockFormProps<B extends Block> {
  block: B
  blocks: readonly Block[]
  onChange: (block: Block) => void
}

export function BlockForm({ block, blocks, onChange }: BlockFormProps<Block>) {
  switch (block.kind) {
    case 'heading':
      return (
        <>
          <TextInput
            label={words.titleOf}
            value={block.text}
            maxLength={120}
            onChange={(event) => onChange({ ...block, text: event.currentTarget.value })}
          />
          <Select
            label={words.level}
            data={Object.entries(words.levels).map(([value, label]) => ({ value, label }))}
            value={String(block.level)}
            allowDeselect={false}
            onChange={(level) => onChange({ ...block, level: level === '2' ? 2 : 1 })}
          />
        </>
      )
    case 'text':
      return (
        <Textarea
          label={words.text}
          autosize
          minRows={8}
          value={block.text}
          maxLength={20_000}
          onChange={(event) => onChange({ ...block, text: event.currentTarget.value })}
        />
      )
    case 'figures':
      return <FiguresForm block={block} blocks={blocks} onChange={onChange} />
    case 'table':
      return <TableForm block={block} blocks={blocks} onChange={onChange} />
    default:
      return <GroupsForm block={block} blocks={blocks} onChange={onChange} />
  }
}

function Title({ title, onChange }: { title: string; onChange: (title: string) => void }) {
  return (
    <TextInput
      label={words.titleOf}
      value={title}
      maxLength={120}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function FiguresForm({ block, onChange }: BlockFormProps<Extract<Block, { kind: 'figures' }>>) {
  const model = useModel()
  const first = recordNamed(model, block.items[0]?.source.record ?? 'incident') ?? model.records[0]
  function add() {
    if (first === undefined) return
    const taken = new Set(block.items.map(({ id }) => id))
    const id = 'abcdefghijklmnop'
      .split('')
      .map((letter) => `${block.id}${letter}`)
      .find((one) => !taken.has(one))
    if (id !== undefined) onChange({ ...block, items: [...block.items, newFigure(first, id)] })
  }
  return (
    <>
      <Title title={block.title} onChange={(title) => onChange({ ...block, title })} />
      {block.items.map((item, at) => (
        <FigureForm
          key={item.id}
          name={words.figure(at + 1)}
          item={item}
          onChange={(next) =>
            onChange({ ...block, items: block.items.map((one) => (one.id === next.id ? next : one)) })
          }
          onRemove={() => onChange({ ...block, items: block.items.filter(({ id }) => id !== item.id) })}
        />
      ))}
      {block.items.length < 12 && <Button onClick={add}>{words.addFigure}</Button>}
    </>
  )
}

function TableForm({ block, onChange }: BlockFormProps<TableBlock>) {
  const record = recordNamed(useModel(), block.source.record)
  const fields = record?.fields.filter((field) => field.kind !== 'json') ?? []
  const data = [
    { value: 'number', label: reportWords.page.number },
    ...fields.map((field) => ({ value: field.custom ? `custom.${field.name}` : field.name, label: field.label })),
  ]
  return (
    <>
      <Title title={block.title} onChange={(title) => onChange({ ...block, title })} />
      <SourceForm
        source={block.source}
        onChange={(source) =>
          onChange(
            source.record === block.source.record
              ? { ...block, source }
              : { ...block, source, columns: ['number'], sort: '' },
          )
        }
      />
      <MultiSelect
        label={words.columns}
        data={data}
        value={block.columns}
        maxValues={12}
        searchable
        onChange={(columns) => columns.length > 0 && onChange({ ...block, columns })}
      />
      <TextInput
        label={words.sort}
        description={words.sortHelp}
        value={block.sort}
        spellCheck={false}
        maxLength={200}
        onChange={(event) => onChange({ ...block, sort: event.currentTarget.value })}
      />
      <PatientInput
        type="number"
        label={words.limit}
        value={block.limit}
        min={1}
        max={500}
        onChange={(text) => {
          const limit = Math.round(Number(text))
          if (limit >= 1 && limit <= 500) onChange({ ...block, limit })
        }}
      />
    </>
  )
}

function GroupsForm({ block, onChange }: BlockFormProps<GroupsBlock>) {
  const record = recordNamed(useModel(), block.source.record)
  const data = record === null ? [] : groupable(record)
  const changeSource = (source: GroupsBlock['source']) => {
    const other = source.record === block.source.record ? null : source.record
    onChange(
      other === null
        ? { ...block, source }
        : { ...block, source, by: source.when === null ? 'createdAt:month' : `${source.when}:month`, split: null },
    )
  }
  return (
    <>
      <Title title={block.title} onChange={(title) => onChange({ ...block, title })} />
      <SourceForm source={block.source} onChange={changeSource} />
      <Select
        label={words.by}
        data={data}
        value={block.by}
        searchable
        allowDeselect={false}
        onChange={(by) => by !== null && onChange({ ...block, by })}
      />
      <Select
        label={words.split}
        data={data}
        value={block.split}
        placeholder={words.splitNone}
        searchable
        clearable
        onChange={(split) => onChange({ ...block, split })}
      />
      <Select
        label={words.as}
        data={Object.entries(words.shapes).map(([value, label]) => ({ value, label }))}
        value={block.as}
        allowDeselect={false}
        onChange={(as) => (as === 'table' || as === 'bars' || as === 'lines') && onChange({ ...block, as })}
      />
    </>
  )
}

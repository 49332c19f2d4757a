/** Whether what the blocks of a report name can be read: records, filters, fields and orders, as their author may know them. */
import { said, say } from '#engines/say.ts'
import { conditions, filterField } from '#kit/condition.ts'
import type { FilterContext } from '#kit/condition.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import { checkGroupBy } from '#kit/groups.ts'
import { Refusal } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { sortKeys } from '#kit/sort-keys.ts'
import type { Deriving } from '#kit/store.ts'
import type { Block, FigureBlock, GroupsBlock, Source, TableBlock } from './blocks.ts'
import { blocksOf } from './blocks.ts'
import { knownField } from './needs.ts'

/** The first mistake with its place, or null. */
export async function blocksProblemFor({ after, actor, now, on, store }: Deriving): Promise<string | null> {
  const context: FilterContext = { catalogue: store.catalogue, actor, now, zone: 'UTC' }
  for (const { name, part } of partsOf(blocksOf(after['blocks']))) {
    const problem = await partProblem(context, on, part)
    if (problem !== null) return `${name}: ${problem}`
  }
  return null
}
type Part = FigureBlock | TableBlock | GroupsBlock
function partsOf(blocks: readonly Block[]): { name: string; part: Part }[] {
  return blocks.flatMap((block): { name: string; part: Part }[] => {
    if (block.kind === 'figures') return block.items.map((part) => ({ name: part.label, part }))
    return block.kind === 'table' || block.kind === 'groups' ? [{ name: block.title || block.id, part: block }] : []
  })
}
async function partProblem(context: FilterContext, on: Deriving['on'], part: Part): Promise<string | null> {
  const record = context.catalogue.find(part.source.record)
  if (record === null) return say`There is no kind of record called "${part.source.record}".`
  try {
    await refuseStrangeNames(on, context, record, part.source.filter)
    conditions(context, record, part.source.filter)
    return whenProblem(context, record, part.source) ?? (await ownProblem(context, on, { record, part }))
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
function whenProblem(context: FilterContext, record: RecordType, { when }: Source): string | null {
  if (when === null) return null
  const kind = filterField(context, record, when)?.field.kind
  return kind === 'day' || kind === 'instant'
    ? null
    : say`"${when}" is no day or time. Choose one that lies in the period.`
}
/** @throws a refusal that says what cannot be read */
async function ownProblem(
  context: FilterContext,
  on: Deriving['on'],
  { record, part }: { record: RecordType; part: Part },
): Promise<string | null> {
  if ('measure' in part) return measureProblem(context, on, { record, part })
  if (part.kind === 'table') {
    if (part.sort !== '') sortKeys(context, record, part.sort)
    return fieldProblem(
      context,
      record,
      part.columns.filter((name) => name !== 'number'),
    )
  }
  checkGroupBy(context, record, [part.by, ...(part.split === null ? [] : [part.split])].join(','))
  return null
}
async function measureProblem(
  context: FilterContext,
  on: Deriving['on'],
  { record, part: { measure } }: { record: RecordType; part: FigureBlock },
): Promise<string | null> {
  if (measure.kind === 'count') return null
  if (measure.kind === 'share') {
    await refuseStrangeNames(on, context, record, measure.of)
    conditions(context, record, measure.of)
    return null
  }
  const kind = filterField(context, record, measure.field)?.field.kind
  return kind === 'number' || kind === 'duration' || kind === 'money'
    ? null
    : say`"${measure.field}" is no number. Choose a field that holds numbers, lengths of time or money.`
}
function fieldProblem(
  { catalogue, actor }: FilterContext,
  record: RecordType,
  names: readonly string[],
): string | null {
  const strange = names.find((name) => knownField(catalogue, actor, record, name) === null)
  return strange === undefined ? null : say`${said(record.label)} has no field "${strange}".`
}

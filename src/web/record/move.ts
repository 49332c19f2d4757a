// Makes a move of a record's workflow.
import type { RecordInfo, Row, RowMove } from '../data/contract.ts'
import { bodyOf, stateOf } from '../data/model.ts'
import { write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { wire, type Values } from './save.ts'

/** @throws Problem with the reason when the move is refused. */
export async function sendMove(
  record: RecordInfo,
  row: Row,
  move: Pick<RowMove, 'name' | 'to' | 'label'>,
  input: Values,
): Promise<void> {
  const to = stateOf(record, move.to)?.label ?? move.label
  await write(
    record.plural,
    `/${record.plural}/${row.id}/${move.name}`,
    { method: 'POST', body: bodyOf(record, wire(input)), rev: row.rev ?? null },
    messages.record.moved(to),
  )
}

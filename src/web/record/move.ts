// Makes a move of a record's workflow.
import type { RecordInfo, Row, RowMove } from '../data/contract.ts'
import { bodyOf, stateOf } from '../data/model.ts'
import { isUnreachable } from '../data/http.ts'
import { write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { wire, type Values } from './save.ts'

/** Without the network it waits on this device and is made later, once. @throws Problem with the reason when the move is refused. */
export async function sendMove(
  record: RecordInfo,
  row: Row,
  move: Pick<RowMove, 'name' | 'to' | 'label'>,
  input: Values,
): Promise<void> {
  const to = stateOf(record, move.to)?.label ?? move.label
  // Browsers make none without TLS, where nothing is kept either.
  const key = globalThis.isSecureContext ? crypto.randomUUID() : undefined
  const body = bodyOf(record, wire(input))
  try {
    await write(
      record.plural,
      `/${record.plural}/${row.id}/${move.name}`,
      { method: 'POST', body, rev: row.rev ?? null, ...(key && { key }) },
      messages.record.moved(to),
    )
  } catch (error) {
    if (key === undefined || !isUnreachable(error)) throw error
    const { keepMove } = await import('../offline/post-move.ts').catch(() => {
      throw error
    })
    await keepMove(record, row, { key, move, input: body, error })
  }
}

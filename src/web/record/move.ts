// Makes a move of a record's workflow.
import type { RecordInfo, Row, RowMove } from '../data/contract.ts'
import { bodyOf, stateOf } from '../data/model.ts'
import { newKey } from '../data/new-key.ts'
import { write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { wire, type Values } from './save.ts'

/** Without the network it waits on this device and is made later, once. @throws Problem with the reason when the move is refused. */
export async function sendMove(
  record: RecordInfo,
  row: Row,
  move: Pick<RowMove, 'name' | 'label' | 'to'>,
  input: Values,
): Promise<void> {
  const to = stateOf(record, move.to)?.label ?? move.label
  const key = newKey()
  const body = bodyOf(record, wire(input))
  const path = `/${record.plural}/${row.id}/${move.name}`
  try {
    await write(record.plural, path, { method: 'POST', body, rev: row.rev ?? null, key }, messages.record.moved(to))
  } catch (error) {
    const { keepUntilReached } = await import('../offline/keep-until-reached.ts').catch(() => {
      throw error
    })
    const reason = body['reason']
    const said = { body: typeof reason === 'string' ? reason : '', internal: false }
    await keepUntilReached(record, row, { key, error, ...said, move: { name: move.name, label: move.label, input: body } }) // oxfmt-ignore
  }
}

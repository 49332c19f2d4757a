// What moving a card to another column does: a move of the workflow with what it asks for, or a change of the field.
import type { FieldInfo, FullRow, RecordInfo, Row, RowMove } from '../data/contract.ts'
import { bodyOf } from '../data/model.ts'
import { queryClient, rowQuery } from '../data/queries.ts'
import { attempt, write } from '../data/writes.ts'
import { displaysWords } from '../messages/displays.ts'
import { messages } from '../messages/messages.ts'
import { sendMove } from '../record/move.ts'
import { complain } from '../ui/toast.tsx'
import type { ColumnInfo } from './columns.ts'

const words = displaysWords

/** Why no card of this board can be moved by hand, or null. */
export function boardFixed(record: RecordInfo, field: FieldInfo): string | null {
  if (!record.can.update && field.kind !== 'states') return words.mayNot
  return field.stamped && field.kind !== 'states' ? words.follows(field.label) : null
}

/** Asks the server first where a workflow has to allow it; `ask` is called where the move needs more than the card says. */
export async function moveCard(
  record: RecordInfo,
  field: FieldInfo,
  { row, to }: { row: Row; to: ColumnInfo },
  ask: (row: FullRow, move: RowMove) => void,
): Promise<void> {
  const because = boardFixed(record, field)
  if (because !== null) return complain(because)
  await attempt(async () => {
    if (record.workflow?.field !== field.name) return change(record, field, row, to)
    const full = await queryClient.fetchQuery({ ...rowQuery(record.plural, row.number), staleTime: 0 })
    const moves = (full.moves ?? []).filter((move) => move.to === to.key)
    const move = moves.find((one) => one.allowed)
    if (!move) return complain(moves[0]?.because ?? messages.board.cannot)
    if (move.needs.length > 0 || move.asks.length > 0) ask(full, move)
    else await sendMove(record, full, move, {})
  })
}

async function change(record: RecordInfo, field: FieldInfo, row: Row, to: ColumnInfo): Promise<void> {
  if (to.value === null && field.required) return complain(words.board.required(field.label))
  const body = bodyOf(record, { [field.name]: to.value })
  const path = `/${record.plural}/${row.id}`
  await write(
    record.plural,
    path,
    { method: 'PATCH', body, rev: row.rev ?? null },
    words.board.moved(row.number, to.label),
  )
}

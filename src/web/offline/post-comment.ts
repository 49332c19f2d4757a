// Sends a comment, or keeps it until the server can be reached.
import type { RecordInfo, Row } from '../data/contract.ts'
import { newKey } from '../data/new-key.ts'
import { write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { keepUntilReached } from './keep-until-reached.ts'

interface Said {
  readonly body: string
  readonly internal: boolean
}

/** @throws Problem when it is refused, or can neither be sent nor kept */
export async function postComment(record: RecordInfo, row: Row, said: Said): Promise<void> {
  const key = newKey()
  const path = `/${record.plural}/${row.id}/comments`
  try {
    await write(record.plural, path, { method: 'POST', body: said, key }, messages.composer.posted)
  } catch (error) {
    await keepUntilReached(record, row, { key, error, ...said })
  }
}

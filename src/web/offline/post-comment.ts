// Sends a comment, or keeps it until the server can be reached. The first try and every later one carry one key, so that it is written once.
import type { RecordInfo, Row } from '../data/contract.ts'
import { isUnreachable } from '../data/http.ts'
import { titleOf } from '../data/model.ts'
import { write } from '../data/writes.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'

interface Said {
  readonly body: string
  readonly internal: boolean
}

/** @throws Problem when it is refused, or can neither be sent nor kept */
export async function postComment(record: RecordInfo, row: Row, said: Said): Promise<void> {
  const key = newKey()
  try {
    await write(
      record.plural,
      `/${record.plural}/${row.id}/comments`,
      { method: 'POST', body: said, key },
      messages.composer.posted,
    )
  } catch (error) {
    if (!isUnreachable(error) || !globalThis.isSecureContext || !('serviceWorker' in navigator)) throw error
    const { waitToSend } = await withWords('offline', import('./outbox.ts')).catch(() => {
      throw error
    })
    const isKept = await waitToSend({
      key,
      plural: record.plural,
      id: row.id,
      number: row.number,
      title: titleOf(record, row),
      place: record.place || 'all',
      rev: row.rev ?? null,
      triedAt: Date.now(),
      ...said,
    })
    if (!isKept) throw error
    say(messages.composer.kept)
  }
}

/** Also where the page came without TLS, in which browsers hide their own maker of such keys. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

// Keeps a move until the server can be reached. The first try and every later one carry one key, so that it is made once.
import type { RecordInfo, Row, RowMove } from '../data/contract.ts'
import { titleOf } from '../data/model.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'

interface MoveToKeep {
  readonly key: string
  readonly move: Pick<RowMove, 'name' | 'label'>
  /** As the server takes it. */
  readonly input: Readonly<Record<string, unknown>>
  /** Why it was not made at once. */
  readonly error: unknown
}

/** @throws the error itself where nothing can be kept */
export async function keepMove(record: RecordInfo, row: Row, { key, move, input, error }: MoveToKeep): Promise<void> {
  if (!globalThis.isSecureContext || !('serviceWorker' in navigator)) throw error
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
    body: typeof input['reason'] === 'string' ? input['reason'] : '',
    internal: false,
    move: { name: move.name, label: move.label, input },
  })
  if (!isKept) throw error
  say(messages.composer.kept)
}

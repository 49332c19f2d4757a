// What happens when a comment is sent: its files first, then its words. Loaded when somebody begins to write.
import type { RecordInfo, Row } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import { withRecordLinks } from '../notices/mention-text.ts'
import { postComment } from '../offline/post-comment.ts'
import { say } from '../ui/toast.tsx'
import { uploadFiles, type Progress } from './upload.ts'

interface Written {
  body: string
  internal: boolean
  files: File[]
  /** INC-1042 → the address of its page; null for what is no record. */
  pathOf: (number: string) => string | null
  tell: (progress: Progress | null) => void
  /** Told of each file as it is attached: it must not be sent again when a later one or the words are refused. */
  onAttached: (file: File) => void
}

/** @throws Problem when something is refused, or can neither be sent nor kept */
export async function sendComment(record: RecordInfo, row: Row, written: Written): Promise<void> {
  const { body, internal, files, pathOf, tell, onAttached } = written
  if (files.length > 0) {
    await uploadFiles(record, row, files, { tell, onAttached })
    say(messages.composer.attached(files.length))
  }
  if (body.trim() !== '') await postComment(record, row, { body: withRecordLinks(body.trim(), pathOf), internal })
}

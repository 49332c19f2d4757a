// Attaches files to a record, one request each, so that one refused file does not lose the others.
import type { KeptFile, RecordInfo, Row } from '../data/contract.ts'
import { problemOf, usualHeaders } from '../data/http.ts'
import { Problem } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'

/** How far the upload is: which file, and the part of all bytes that was sent, 0 to 1. */
export interface Progress {
  name: string
  part: number
}

interface Watcher {
  tell: (progress: Progress | null) => void
  /** Told of each file as it is attached: it must not be sent again when a later one is refused. */
  onAttached?: (file: File) => void
}

/** @throws Problem of the first file that the server refuses; those before it are attached. */
export async function uploadFiles(record: RecordInfo, row: Row, files: File[], watcher: Watcher): Promise<void> {
  const { tell, onAttached } = watcher
  const all = files.reduce((sum, file) => sum + file.size, 0)
  let done = 0
  try {
    for (const file of files) {
      tell({ name: file.name, part: done / Math.max(1, all) })
      const before = done
      await send(`/api/v1/${record.plural}/${row.id}/attachments`, file, (sent) =>
        tell({ name: file.name, part: Math.min(1, (before + sent) / Math.max(1, all)) }),
      )
      done += file.size
      onAttached?.(file)
    }
  } finally {
    tell(null)
  }
}

/** A file for a field: what is answered is the field's value. @throws Problem of what the server refuses */
export async function uploadFile(file: File, tell: (progress: Progress | null) => void): Promise<KeptFile> {
  tell({ name: file.name, part: 0 })
  const told = (sent: number) => tell({ name: file.name, part: Math.min(1, sent / Math.max(1, file.size)) })
  const { sha256, title, size, type } = await send<KeptFile>('/api/v1/uploads', file, told).finally(() => tell(null))
  return { sha256, title, size, type }
}

/** Not `fetch`, which does not say how much was sent. */
function send<T>(address: string, file: File, onSent: (bytes: number) => void): Promise<T> {
  const form = new FormData()
  form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.responseType = 'json'
    for (const [name, value] of Object.entries(usualHeaders(false))) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response as T) // as the route declares it
      else reject(problemOf(request.status, request.response))
    })
    request.addEventListener('error', () => reject(new Problem(0, { detail: messages.errors.unreachable })))
    request.send(form)
  })
}

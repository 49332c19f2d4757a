// Attaches files to a record, one request each, so that one refused file does not lose the others.
import type { RecordInfo, Row } from '../data/contract.ts'
import { call } from '../data/http.ts'

/** @throws Problem of the first file that the server refuses; those before it are attached. */
export async function uploadFiles(record: RecordInfo, row: Row, files: File[]): Promise<void> {
  for (const file of files) {
    const form = new FormData()
    form.append('file', file, file.name)
    await call(`/${record.plural}/${row.id}/attachments`, { method: 'POST', body: form })
  }
}

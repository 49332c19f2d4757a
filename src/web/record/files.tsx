// The files of a record: a list, and a place to drop more.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Page, RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { attempt, refresh } from '../data/writes.ts'
import { instantText, sizeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { DropArea, FileButton } from '../ui/drop.tsx'
import { Icon } from '../ui/icon.tsx'
import { FileName } from './file-name.tsx'
import { onQuery } from './on.ts'
import { Preview } from './preview.tsx'
import { uploadFiles, type Progress } from './upload.ts'
import { UploadLine } from './upload-line.tsx'

const words = messages.files

export function Files({ record, row }: { record: RecordInfo; row: Row }) {
  const query = onQuery(record, row, 'attachments')
  const files = useQuery({ queryKey: query.key, queryFn: () => read<Page<Row>>(query.path) }).data?.items ?? []
  const [progress, setProgress] = useState<Progress | null>(null)
  async function add(chosen: File[]) {
    await attempt(() => uploadFiles(record, row, chosen, { tell: setProgress }))
    refresh(record.plural)
  }
  return (
    <DropArea label={words.add} className="files-drop" onFiles={(chosen) => void add(chosen)}>
      {files.length === 0 ? (
        <p className="quiet">{words.empty}</p>
      ) : (
        <table className="facts">
          <thead>
            <tr>
              <th>{words.name}</th>
              <th>{words.size}</th>
              <th>{words.by}</th>
              <th>{words.at}</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.id}>
                <td>
                  <FileName id={file.id} name={String(file['name'] ?? file.number)} />
                  <Preview id={file.id} name={String(file['name'])} type={String(file['type'])} />
                </td>
                <td className="number">{sizeOf(file['size'] ?? file['bytes'])}</td>
                <td>{file.createdBy?.title}</td>
                <td>{file.createdAt ? instantText(file.createdAt) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <UploadLine progress={progress} />
      <FileButton multiple onFiles={(chosen) => void add(chosen)}>
        {(open) => (
          <Button onClick={open} leftSection={<Icon name="clip" />}>
            {words.add}
          </Button>
        )}
      </FileButton>
    </DropArea>
  )
}

function sizeOf(bytes: unknown): string {
  return typeof bytes === 'number' ? sizeText(bytes) : ''
}

// Step 1: the file, dropped or chosen.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { sentenceOf } from '../data/problem.ts'
import { importsWords } from '../messages/imports.ts'
import { DropArea, FileButton } from '../ui/drop.tsx'
import { Icon } from '../ui/icon.tsx'
import type { ImportInfo } from './contract.ts'

const words = importsWords.import

export function FileStep({ record, onFound }: { record: RecordInfo; onFound: (info: ImportInfo) => void }) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  async function upload([file]: File[]) {
    if (!file || busy) return
    const form = new FormData()
    form.append('record', record.name)
    form.append('file', file, file.name)
    setBusy(true)
    setRefusal(null)
    try {
      onFound((await call<ImportInfo>('/imports', { method: 'POST', body: form })).body)
    } catch (error) {
      setRefusal(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <DropArea label={words.drop} className="panel import-drop" onFiles={(files) => void upload(files)}>
      <Icon name="import" size={28} />
      <p className="strong">{busy ? words.uploading : words.drop}</p>
      <p className="quiet small">{words.dropHelp}</p>
      <FileButton accept=".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.json" onFiles={(files) => void upload(files)}>
        {(open) => (
          <Button variant="filled" loading={busy} onClick={open}>
            {words.choose}
          </Button>
        )}
      </FileButton>
      {refusal && (
        <p className="error-text" role="alert">
          {refusal}
        </p>
      )}
    </DropArea>
  )
}

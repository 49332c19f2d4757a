// Step 1: the file, dropped or chosen. One that cannot be read as it was found is read again as the person says.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { sentenceOf } from '../data/problem.ts'
import { importsWords } from '../messages/imports.ts'
import { DropArea, FileButton } from '../ui/drop.tsx'
import { Icon } from '../ui/icon.tsx'
import type { ImportInfo } from './contract.ts'
import { EncodingField, SeparatorField, SheetName, type Reading } from './reading.tsx'

const words = importsWords.import

export function FileStep({ record, onFound }: { record: RecordInfo; onFound: (info: ImportInfo) => void }) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [refused, setRefused] = useState<File | null>(null)
  async function upload([file]: File[], reading: Reading = {}) {
    if (!file || busy) return
    const form = new FormData()
    form.append('record', record.name)
    for (const [name, value] of Object.entries(reading)) if (value !== '') form.append(name, value)
    form.append('file', file, file.name)
    setBusy(true)
    setRefusal(null)
    try {
      onFound((await call<ImportInfo>('/imports', { method: 'POST', body: form })).body)
    } catch (error) {
      setRefusal(sentenceOf(error))
      setRefused(file)
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
      {refused && <ReadAgain file={refused} busy={busy} onRead={(reading) => void upload([refused], reading)} />}
    </DropArea>
  )
}

function ReadAgain({ file, busy, onRead }: { file: File; busy: boolean; onRead: (reading: Reading) => void }) {
  const [reading, setReading] = useState<Reading>({})
  const set = (said: Reading) => setReading({ ...reading, ...said })
  const isWorkbook = /\.xls[xm]$/i.test(file.name)
  return (
    <form
      className="import-reading"
      aria-label={words.readAs}
      onSubmit={(event) => {
        event.preventDefault()
        onRead(reading)
      }}
    >
      {isWorkbook ? (
        <SheetName value={reading.sheet ?? null} onChange={(sheet) => set({ sheet })} />
      ) : (
        <>
          <EncodingField value={reading.encoding ?? null} onChange={(encoding) => set({ encoding })} />
          <SeparatorField value={reading.separator ?? null} onChange={(separator) => set({ separator })} />
        </>
      )}
      <Button type="submit" loading={busy}>
        {words.readAgain}
      </Button>
    </form>
  )
}

// Merges an incident into the one that goes on: found by number or words, or taken from those that resemble it.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FieldInfo } from '../../data/contract.ts'
import { sentenceOf } from '../../data/problem.ts'
import { write } from '../../data/writes.ts'
import { Editor } from '../../fields/late-editor.tsx'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { Dialog as Frame } from '../../ui/dialog.tsx'
import type { DialogProps } from '../panels.ts'

const words = messages.desk
const into: FieldInfo = {
  name: 'into',
  get label() {
    return words.mergeInto
  },
  kind: 'ref',
  to: 'incident',
  required: true,
}

export function Dialog({ record, row, onClose }: DialogProps) {
  const [target, setTarget] = useState<unknown>(null)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<unknown>(null)
  const isSelf = isRef(target) && target.id === row.id
  async function merge(event: React.FormEvent) {
    event.preventDefault()
    if (!isRef(target)) return
    const body = { into: target.id, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }
    try {
      await write(
        record.plural,
        `/incidents/${row.id}/merge`,
        { method: 'POST', body, rev: row.rev ?? null },
        words.mergeDone(target.number),
      )
      onClose()
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <Frame title={words.mergeTitle(row.number)} size={560} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void merge(event)}>
        <p className="quiet">{words.mergeHelp}</p>
        <Editor field={into} value={target} autoFocus onChange={setTarget} />
        <TextInput label={words.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {refusal !== null && (
          <p className="error-text" role="alert">
            {sentenceOf(refusal)}
          </p>
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{messages.record.cancel}</Button>
          <Button type="submit" variant="filled" disabled={!isRef(target) || isSelf}>
            {words.mergeDo}
          </Button>
        </div>
      </form>
    </Frame>
  )
}

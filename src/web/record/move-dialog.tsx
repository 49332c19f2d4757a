// Asks for what a move needs before it is made.
import { Button, TextInput } from '@mantine/core'
import { Suspense, useState } from 'react'
import type { FullRow, RecordInfo, RowMove } from '../data/contract.ts'
import { fieldOf, valueOf } from '../data/model.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { Editor } from '../fields/late-editor.tsx'
import { messages } from '../messages/messages.ts'
import { hintsOf } from '../screens/panels.ts'
import { sendMove } from './move.ts'
import type { Values } from './save.ts'
import { Dialog } from '../ui/dialog.tsx'

interface MoveDialogProps {
  record: RecordInfo
  row: FullRow
  move: Pick<RowMove, 'name' | 'label' | 'to' | 'needs' | 'asks'>
  onClose: () => void
  onDone?: () => void
}

export function MoveDialog({ record, row, move, onClose, onDone }: MoveDialogProps) {
  const fields = [...new Set([...move.needs, ...move.asks])].flatMap((name) => fieldOf(record, name) ?? [])
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(fields.map((field) => [field.name, valueOf(row, field)])),
  )
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  async function send(event: React.FormEvent) {
    event.preventDefault()
    try {
      await sendMove(record, row, move, reason.trim() === '' ? values : { ...values, reason: reason.trim() })
      onDone?.()
      onClose()
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <Dialog onClose={onClose} title={`${move.label}: ${row.number}`} size={520}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        {fields.map((field, at) => (
          <Editor
            key={field.name}
            field={{ ...field, required: move.needs.includes(field.name) }}
            value={values[field.name]}
            autoFocus={at === 0}
            error={errors[field.name] ?? null}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        {hintsOf(record).map(({ component: Hint }, at) => (
          <Suspense key={at} fallback={null}>
            <Hint
              row={row}
              values={values}
              fields={fields.map((field) => field.name)}
              set={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
            />
          </Suspense>
        ))}
        <TextInput
          label={messages.record.reason}
          description={messages.record.reasonHelp}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {refusal !== null && (
          <p className="error-text" role="alert">
            {sentenceOf(refusal)}
          </p>
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{messages.record.cancel}</Button>
          <Button type="submit" variant="filled">
            {move.label}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

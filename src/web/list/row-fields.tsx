// Some fields of one row of a list in a small form, with the same editors, checks and question on a conflict as on its page.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { fieldOf, valueOf } from '../data/model.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { same } from '../data/same.ts'
import { Editor } from '../fields/late-editor.tsx'
import { messages } from '../messages/messages.ts'
import { canEdit } from '../record/inline-field.tsx'
import { Conflict } from '../record/conflict.tsx'
import { useSave, type Values } from '../record/save.ts'
import { Dialog } from '../ui/dialog.tsx'
import type { RowDeedProps } from './row-deed.tsx'

export function RowFields({ record, row, names, onDone }: RowDeedProps & { names: readonly string[] }) {
  const [seen] = useState(row)
  const fields = names.flatMap((name) => fieldOf(record, name) ?? [])
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(fields.map((field) => [field.name, valueOf(seen, field)])),
  )
  const [refusal, setRefusal] = useState<unknown>(null)
  const saving = useSave(record, row)
  const label = fields.map((field) => field.label).join(', ')
  const errors = refusal instanceof Problem ? refusal.byField : {}
  const may = fields.every((field) => canEdit({ record, row, field }))
  async function save(event: React.FormEvent) {
    event.preventDefault()
    const changed = fields.filter((field) => !same(values[field.name], valueOf(seen, field))).map(({ name }) => name)
    if (changed.length === 0) return onDone()
    try {
      const sent = Object.fromEntries(changed.map((name) => [name, values[name]]))
      if ((await saving.save(sent, messages.record.saved(label), seen)) === 'saved') onDone()
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <>
      <Dialog onClose={onDone} title={`${label}: ${row.number}`} size={420}>
        <form className="stack" onSubmit={(event) => void save(event)}>
          {fields.map((field, at) => (
            <Editor
              key={field.name}
              field={field}
              value={values[field.name]}
              autoFocus={at === 0}
              error={errors[field.name] ?? null}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
          {!may && <p className="quiet">{messages.record.notAllowed}</p>}
          {refusal !== null && (
            <p className="error-text" role="alert">
              {sentenceOf(refusal)}
            </p>
          )}
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button onClick={onDone}>{messages.record.cancel}</Button>
            <Button type="submit" variant="filled" disabled={!may}>
              {messages.record.save}
            </Button>
          </div>
        </form>
      </Dialog>
      <Conflict record={record} saving={saving} />
    </>
  )
}

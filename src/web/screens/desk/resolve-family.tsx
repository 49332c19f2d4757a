// Asks for the words with which an incident and everything open below it is resolved, and does it in one request.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { fieldOf, valueOf } from '../../data/model.ts'
import { Problem, sentenceOf } from '../../data/problem.ts'
import { write } from '../../data/writes.ts'
import { Editor } from '../../fields/late-editor.tsx'
import { messages } from '../../messages/messages.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { DialogProps } from '../panels.ts'
import { isOpen } from './contract.ts'

const words = messages.desk

export function ResolveFamily({ record, row, onClose }: DialogProps) {
  const fields = ['resolution', 'closureCode'].flatMap((name) => fieldOf(record, name) ?? [])
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, valueOf(row, field)])),
  )
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  async function resolve(event: React.FormEvent) {
    event.preventDefault()
    const body = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
    try {
      await write<{ resolved: string[] }>(
        record.plural,
        `/incidents/${row.id}/resolve-family`,
        { method: 'POST', body, rev: isOpen(row) ? (row.rev ?? null) : null },
        ({ resolved }) => words.familyResolved(resolved.length),
      )
      onClose()
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <Dialog title={words.resolveFamilyTitle} size={560} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void resolve(event)}>
        <p className="quiet">{words.resolveFamilyHelp}</p>
        {fields.map((field, at) => (
          <Editor
            key={field.name}
            field={{ ...field, required: isOpen(row) }}
            value={values[field.name]}
            autoFocus={at === 0}
            error={errors[field.name] ?? null}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        {refusal !== null && (
          <p className="error-text" role="alert">
            {sentenceOf(refusal)}
          </p>
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{messages.record.cancel}</Button>
          <Button type="submit" variant="filled">
            {messages.desk.resolveAll}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

// A new dependency from one of its ends: the other service, the group that it belongs to, how many of it must work.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RecordInfo, Row } from '../../data/contract.ts'
import { fieldOf } from '../../data/model.ts'
import { Problem } from '../../data/problem.ts'
import { attempt, write } from '../../data/writes.ts'
import { Editor } from '../../fields/editor.tsx'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { wire, type Values } from '../../record/save.ts'
import type { End } from './needs-panel.tsx'

const words = messages.needs

interface NeedFormProps {
  end: End
  kind: RecordInfo
  row: Row
  onClose: () => void
}

export function NeedForm({ end, kind, row, onClose }: NeedFormProps) {
  const [values, setValues] = useState<Values>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const fields = [end.other, 'group', 'minimum', 'note'].flatMap((name) => fieldOf(kind, name) ?? [])
  const other = values[end.other]
  async function add(event: React.FormEvent) {
    event.preventDefault()
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
    const body = { ...wire(filled), [end.own]: row.id }
    await attempt(async () => {
      try {
        const name = isRef(other) ? other.title : ''
        await write(kind.plural, `/${kind.plural}`, { method: 'POST', body }, words.added(name))
        onClose()
      } catch (error) {
        if (error instanceof Problem) setErrors(error.byField)
        throw error
      }
    })
  }
  return (
    <form className="stack related-form" onSubmit={(event) => void add(event)}>
      {fields.map((field, at) => (
        <Editor
          key={field.name}
          field={field}
          value={values[field.name] ?? null}
          error={errors[field.name] ?? null}
          autoFocus={at === 0}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{messages.record.cancel}</Button>
        <Button type="submit" variant="filled" disabled={!isRef(other)}>
          {end.add}
        </Button>
      </div>
    </form>
  )
}

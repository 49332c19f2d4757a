// Declares an incident major: the proposed crew with its reasons, the subject, the pace of the news.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FieldInfo, Row } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { addressOf, fieldOf, recordNamed, titleOf, useModel } from '../../data/model.ts'
import { Problem, sentenceOf } from '../../data/problem.ts'
import { refresh, write } from '../../data/writes.ts'
import { Editor } from '../../fields/late-editor.tsx'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { Dialog as Frame } from '../../ui/dialog.tsx'
import type { DialogProps } from '../panels.ts'
import type { Crew } from './contract.ts'

const words = messages.desk
const roles = ['commander', 'communicator', 'scribe'] as const

export function Dialog({ record, row, onClose }: DialogProps) {
  const crew = useQuery({
    queryKey: ['crew', row.id],
    queryFn: () => read<Crew>(`/incidents/${row.id}/crew`),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <Frame title={words.declareTitle(row.number)} size={560} onClose={onClose}>
      {crew.error ? (
        <p role="alert" className="error-text">
          {sentenceOf(crew.error)}
        </p>
      ) : crew.data ? (
        <Declaration {...{ record, row, onClose }} crew={crew.data} />
      ) : (
        <p className="quiet">{messages.list.loading}</p>
      )}
    </Frame>
  )
}

function Declaration({ record, row, onClose, crew }: DialogProps & { crew: Crew }) {
  const major = recordNamed(useModel(), 'majorIncident')
  const navigate = useNavigate()
  const [subject, setSubject] = useState(titleOf(record, row))
  const [values, setValues] = useState<Record<string, unknown>>({
    commander: crew.commander?.ref ?? null,
    communicator: crew.communicator?.ref ?? null,
    scribe: crew.scribe?.ref ?? null,
    newsEvery: 60,
    bridge: null,
  })
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  async function declare(event: React.FormEvent) {
    event.preventDefault()
    const chosen = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, isRef(value) ? value.id : value]),
    )
    try {
      const { body } = await write<Row>(
        record.plural,
        `/incidents/${row.id}/declare-major`,
        { method: 'POST', body: { ...chosen, subject: subject.trim() } },
        words.declared,
      )
      refresh('majorincidents')
      onClose()
      if (major) void navigate({ to: addressOf(major, body.number) })
    } catch (error) {
      setRefusal(error)
    }
  }
  const edit = (name: string, label: string, because?: string) => {
    const field = major && fieldOf(major, name)
    const shown: FieldInfo | null = field && { ...field, label, help: because ?? field.help ?? '', required: false }
    return (
      shown && (
        <Editor
          key={name}
          field={shown}
          value={values[name]}
          error={errors[name] ?? null}
          onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
        />
      )
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void declare(event)}>
      <p className="quiet">{words.declareHelp}</p>
      <TextInput
        label={words.subject}
        required
        data-autofocus
        maxLength={200}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      {roles.map((role) => edit(role, words[role], crew[role]?.because))}
      {crew.warnings.map(({ because }) => (
        <p key={because} className="small tone-warn">
          {because}
        </p>
      ))}
      <div className="form-pair">
        {edit('bridge', words.bridge)}
        {edit('newsEvery', words.newsEvery)}
      </div>
      {refusal !== null && Object.keys(errors).length === 0 && (
        <p className="error-text" role="alert">
          {sentenceOf(refusal)}
        </p>
      )}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{messages.record.cancel}</Button>
        <Button type="submit" variant="filled" disabled={subject.trim() === ''}>
          {words.declareDo}
        </Button>
      </div>
    </form>
  )
}

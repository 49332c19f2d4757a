// Time that was worked on an incident: the sum, who and when, and one line to add more.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Page, Row } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { attempt, refresh, write } from '../../data/writes.ts'
import { dayText, durationText, isRef, minutesIn } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { onQuery } from '../../record/on.ts'
import type { PanelProps } from '../panels.ts'
import './desk.css'

const words = messages.desk

export function Panel({ record, row }: PanelProps) {
  const kind = recordNamed(useModel(), 'timeEntry')
  const query = onQuery(record, row, 'timeentries')
  const entries = useQuery({ queryKey: query.key, queryFn: () => read<Page<Row>>(query.path), enabled: kind !== null })
  const items = entries.data?.items ?? []
  const sum = items.reduce((total, item) => total + Number(item['minutes'] ?? 0), 0)
  return (
    <>
      {items.length === 0 ? (
        <p className="quiet small time-list">{words.timeNone}</p>
      ) : (
        <ul className="plain time-list">
          {items.map((item) => (
            <li key={item.id} className="spread">
              <span>
                {isRef(item['person']) ? item['person'].title : ''}{' '}
                <span className="quiet">
                  {[typeof item['day'] === 'string' ? dayText(item['day']) : '', item['note']]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className="number">{durationText(Number(item['minutes'] ?? 0))}</span>
            </li>
          ))}
          <li className="spread strong">
            <span>{words.timeSum}</span>
            <span className="number">{durationText(sum)}</span>
          </li>
        </ul>
      )}
      {kind?.can.create && !row.binnedAt && <AddTime {...{ record, row }} />}
    </>
  )
}

function AddTime({ record, row }: PanelProps) {
  const [minutes, setMinutes] = useState('')
  const [note, setNote] = useState('')
  const [error, setError] = useState<string | null>(null)
  async function add(event: React.FormEvent) {
    event.preventDefault()
    const read = minutesIn(minutes)
    if (read === null || read <= 0) return setError(words.timeWrong)
    const body = {
      on: { record: record.name, id: row.id },
      minutes: read,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    }
    const done = await attempt(() => write('timeentries', '/timeentries', { method: 'POST', body }, words.timeAdded))
    if (!done) return
    setMinutes('')
    setNote('')
    refresh(record.plural)
  }
  return (
    <form onSubmit={(event) => void add(event)} noValidate>
      <div className="time-form">
        <TextInput
          label={words.timeMinutes}
          placeholder="1h 30m"
          value={minutes}
          onChange={(event) => {
            setMinutes(event.currentTarget.value)
            setError(null)
          }}
        />
        <TextInput label={words.timeNote} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <Button type="submit">{words.timeAdd}</Button>
      </div>
      {error && (
        <p className="error-text" role="alert">
          {error}
        </p>
      )}
    </form>
  )
}

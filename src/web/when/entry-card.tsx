// What an entry of a calendar or timeline is, and its dates to change: the twin of dragging it.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FieldInfo } from '../data/contract.ts'
import { addressOf, fieldOf, valueOf } from '../data/model.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { Editor } from '../fields/late-editor.tsx'
import { Value } from '../fields/value.tsx'
import { displaysWords } from '../messages/displays.ts'
import { messages } from '../messages/messages.ts'
import { Dialog } from '../ui/dialog.tsx'
import { State } from '../ui/state.tsx'
import { fixedBecause, keep, spanFull, type Entry } from './entry.ts'

const words = displaysWords

interface CardProps {
  entry: Entry
  /** Its dates have the focus at once. */
  moves: boolean
  onClose: () => void
}

export function EntryCard({ entry, moves, onClose }: CardProps) {
  const { record, row, title, tone, state } = entry
  const because = fixedBecause(entry)
  const facts = record.list
    .flatMap((name) => fieldOf(record, name) ?? [])
    .filter((field) => field.name !== record.title && field.name !== 'number' && valueOf(row, field) !== null)
    .filter((field) => field.kind !== 'states' && field !== entry.when.from && field !== entry.when.to)
  return (
    <Dialog title={title} size={440} onClose={onClose}>
      <div className="stack">
        <div className="row">
          <span className="mono quiet">{row.number}</span>
          <span className="quiet">{record.label}</span>
          {state !== '' && <State tone={tone}>{state}</State>}
        </div>
        {facts.length > 0 && (
          <dl className="entry-facts">
            {facts.slice(0, 4).map((field) => (
              <div key={field.name}>
                <dt>{field.label}</dt>
                <dd>
                  <Value record={record} field={field} value={valueOf(row, field)} links />
                </dd>
              </div>
            ))}
          </dl>
        )}
        {because === null ? (
          <Dates entry={entry} moves={moves} onClose={onClose} />
        ) : (
          <>
            <p className="entry-when">{spanFull(entry)}</p>
            <p className="quiet small">{because}</p>
            <div className="row entry-foot">
              <OpenLink entry={entry} />
            </div>
          </>
        )}
      </div>
    </Dialog>
  )
}

function OpenLink({ entry: { record, row } }: { entry: Entry }) {
  return (
    <Button renderRoot={(props) => <Link {...props} to={addressOf(record, row.number)} />}>{displaysWords.open}</Button>
  )
}

function Dates({ entry, moves, onClose }: CardProps) {
  const { row, when } = entry
  const fields = [when.from, ...(when.to ? [when.to] : [])]
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, valueOf(row, field)])),
  )
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  async function save(event: React.FormEvent) {
    event.preventDefault()
    try {
      await keep(entry, values, words.saved(row.number))
      onClose()
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      {fields.map((field: FieldInfo, at) => (
        <Editor
          key={field.name}
          field={field}
          value={values[field.name]}
          autoFocus={moves && at === 0}
          error={errors[field.name] ?? null}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {refusal !== null && (
        <p className="error-text" role="alert">
          {sentenceOf(refusal)}
        </p>
      )}
      <div className="row entry-foot">
        <OpenLink entry={entry} />
        <Button onClick={onClose}>{messages.record.cancel}</Button>
        <Button type="submit" variant="filled">
          {words.move}
        </Button>
      </div>
    </form>
  )
}

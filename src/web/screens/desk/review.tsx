// The review of a major incident: its changes become improvement actions with an owner and a day.
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Page, RecordInfo, Row } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { addressOf, fieldOf, recordNamed, titleOf, useModel, valueOf } from '../../data/model.ts'
import { attempt, refresh, write } from '../../data/writes.ts'
import { Editor } from '../../fields/late-editor.tsx'
import { isRef } from '../../fields/format.ts'
import { Value } from '../../fields/value.tsx'
import { messages } from '../../messages/messages.ts'
import { onQuery } from '../../record/on.ts'
import type { PanelProps } from '../panels.ts'
import './desk.css'

const words = messages.desk

export function Panel({ record, row }: PanelProps) {
  const kind = recordNamed(useModel(), 'action')
  const query = onQuery(record, row, 'actions')
  const made = useQuery({ queryKey: query.key, queryFn: () => read<Page<Row>>(query.path), enabled: kind !== null })
  const actions = made.data?.items ?? []
  const known = new Set(actions.map((action) => String(action['subject'])))
  const lessons = linesOf(String(row['lessons'] ?? ''))
  const left = lessons.filter((line) => !known.has(line.slice(0, 200)))
  if (kind === null) return null
  return (
    <div className="stack" style={{ gap: 'var(--space-4)' }}>
      <p className="quiet">{words.reviewHelp}</p>
      {lessons.length === 0 ? (
        <p>{words.reviewNoLessons}</p>
      ) : left.length === 0 ? (
        <p>{words.reviewAllDone}</p>
      ) : made.isPending ? null : (
        kind.can.create && <MakeActions key={left.join('\n')} {...{ record, row, kind }} lines={left} />
      )}
      <section>
        <h2 className="text-label">{words.actions}</h2>
        {actions.length === 0 ? <p className="quiet">{words.noActions}</p> : <Actions kind={kind} actions={actions} />}
      </section>
    </div>
  )
}

/** The lines as the server reads them: list marks and boxes go, headings and empty lines are no changes. */
function linesOf(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .map((line) =>
      line
        .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+/, '')
        .replace(/^\[[ xX]\]\s+/, '')
        .trim(),
    )
  return [...new Set(lines.filter((line) => /[\p{L}\p{N}]/u.test(line)))]
}

function MakeActions({ record, row, kind, lines }: PanelProps & { kind: RecordInfo; lines: string[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(lines))
  const [owner, setOwner] = useState<unknown>(null)
  const [dueOn, setDueOn] = useState<unknown>(null)
  const ownerField = fieldOf(kind, 'owner')
  const dueField = fieldOf(kind, 'dueOn')
  function choose(line: string, on: boolean) {
    const next = new Set(chosen)
    if (on) next.add(line)
    else next.delete(line)
    setChosen(next)
  }
  async function make(event: React.FormEvent) {
    event.preventDefault()
    const body = {
      lines: lines.filter((line) => chosen.has(line)),
      owner: isRef(owner) ? owner.id : null,
      dueOn: dueOn ?? null,
    }
    await attempt(() =>
      write<{ created: Row[] }>(
        'actions',
        `/majorincidents/${row.id}/actions`,
        { method: 'POST', body },
        ({ created }) => words.actionsMade(created.length),
      ),
    )
    refresh(record.plural)
  }
  return (
    <form className="stack" onSubmit={(event) => void make(event)}>
      <fieldset className="stack" style={{ border: 0, margin: 0, padding: 0, gap: 'var(--space-2)' }}>
        <legend className="text-label strong">{words.reviewLines}</legend>
        {lines.map((line) => (
          <Checkbox
            key={line}
            label={line}
            checked={chosen.has(line)}
            onChange={(event) => choose(line, event.currentTarget.checked)}
          />
        ))}
      </fieldset>
      <div className="form-pair">
        {ownerField && <Editor field={{ ...ownerField, label: words.owner }} value={owner} onChange={setOwner} />}
        {dueField && <Editor field={{ ...dueField, label: words.dueOn }} value={dueOn} onChange={setDueOn} />}
      </div>
      <div>
        <Button type="submit" variant="filled" disabled={chosen.size === 0}>
          {words.makeActions(chosen.size)}
        </Button>
      </div>
    </form>
  )
}

function Actions({ kind, actions }: { kind: RecordInfo; actions: readonly Row[] }) {
  const columns = ['status', 'owner', 'dueOn'].flatMap((name) => fieldOf(kind, name) ?? [])
  return (
    <div className="scroll-x" role="region" tabIndex={0} aria-label={words.actions}>
      <table className="facts">
        <thead>
          <tr>
            <th>{kind.label}</th>
            {columns.map((field) => (
              <th key={field.name}>{field.label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {actions.map((action) => (
            <tr key={action.id}>
              <td>
                <Link to={addressOf(kind, action.number)}>{titleOf(kind, action)}</Link>
              </td>
              {columns.map((field) => (
                <td key={field.name}>
                  <Value record={kind} field={field} value={valueOf(action, field)} links />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

// When a report is sent by itself and to whom, edited where the report is read.
import { useState } from 'react'
import { fieldOf } from '../../data/model.ts'
import { dayText } from '../../fields/format.ts'
import { reportWords } from '../../messages/reports.ts'
import { Conflict } from '../../record/conflict.tsx'
import { canEdit, InlineField } from '../../record/inline-field.tsx'
import { useSave } from '../../record/save.ts'
import type { PanelProps } from '../panels.ts'

const words = reportWords.sending
/** Their values stand here and not among the details as well. */
export const SENDING = ['rule', 'firstOn', 'recipients'] as const

export function Sending({ record, row }: PanelProps) {
  const saving = useSave(record, row)
  const [editing, setEditing] = useState<string | null>(null)
  const fields = SENDING.flatMap((name) => fieldOf(record, name) ?? [])
  const isEmpty = SENDING.every((name) => row[name] === null || (Array.isArray(row[name]) && row[name].length === 0))
  const mayEdit = fields.some((field) => canEdit({ record, row, field }))
  if (isEmpty && !mayEdit) return null
  return (
    <section className="panel no-print" aria-labelledby="report-sending">
      <header>
        <h2 id="report-sending">{words.title}</h2>
      </header>
      <p className="quiet small">{words.about}</p>
      <dl className="details">
        {fields.map((field) => (
          <div key={field.name} className="detail" data-editing={editing === field.name || undefined}>
            <dt>{field.label}</dt>
            <dd>
              <InlineField {...{ record, row, saving, editing, setEditing, field }} />
            </dd>
          </div>
        ))}
      </dl>
      <p role="status" className="small">
        {standing(row)}
      </p>
      <Conflict record={record} saving={saving} />
    </section>
  )
}
function standing(row: PanelProps['row']): string {
  const { nextOn, recipients } = row
  if (typeof nextOn !== 'string') return words.never
  if (!Array.isArray(recipients) || recipients.length === 0) return words.nobody
  return words.next(dayText(nextOn))
}

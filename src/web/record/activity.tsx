// The first tab: the long texts, the composer and the timeline.
import { lazy, Suspense } from 'react'
import type { FieldInfo } from '../data/contract.ts'
import { valueOf } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { canEdit, InlineField } from './inline-field.tsx'
import type { RecordProps } from './record-page.tsx'
import { Timeline } from './timeline.tsx'

const Composer = lazy(() => import('./composer.tsx').then(({ Composer: component }) => ({ default: component })))

export function Activity(props: RecordProps) {
  const { record, row, editing, setEditing } = props
  const texts = record.fields.filter((field) => field.kind === 'longText')
  const isFilled = (field: FieldInfo) => valueOf(row, field) !== null || editing === field.name
  const empty = texts.filter((field) => !isFilled(field) && canEdit({ record, row, field }))
  return (
    <div className="stack" style={{ gap: 'var(--space-4)' }}>
      {texts.filter(isFilled).map((field) => (
        <section key={field.name}>
          <h2 className="text-label">{field.label}</h2>
          <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>
            <InlineField {...props} field={field} />
          </Suspense>
        </section>
      ))}
      {empty.length > 0 && (
        <p className="row small">
          {empty.map((field) => (
            <button key={field.name} type="button" className="link-button" onClick={() => setEditing(field.name)}>
              + {field.label}
            </button>
          ))}
        </p>
      )}
      {!row.binnedAt && (
        <Suspense fallback={null}>
          <Composer record={record} row={row} />
        </Suspense>
      )}
      <Timeline record={record} row={row} />
    </div>
  )
}

// The first tab: the long texts, the composer and the timeline.
import type { FieldInfo } from '../data/contract.ts'
import { valueOf } from '../data/model.ts'
import { Composer } from './composer.tsx'
import { canEdit, InlineField } from './inline-field.tsx'
import type { RecordProps } from './record-page.tsx'
import { Timeline } from './timeline.tsx'

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
          <InlineField {...props} field={field} />
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
      {!row.binnedAt && <Composer record={record} row={row} />}
      <Timeline record={record} row={row} />
    </div>
  )
}

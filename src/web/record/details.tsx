// The column beside: clocks, the domain's panels, the fields by section, tags, watchers.
import { Suspense } from 'react'
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { baseFields, fieldOf } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { panelsOf } from '../screens/panels.ts'
import { Clocks } from './clocks.tsx'
import { InlineField } from './inline-field.tsx'
import type { RecordProps } from './record-page.tsx'
import { Watchers } from './watchers.tsx'

export function Details(props: RecordProps) {
  const { record, row } = props
  return (
    <>
      {row.clocks && row.clocks.length > 0 && <Clocks clocks={row.clocks} />}
      {panelsOf(record, 'side').map(({ name, label, component: Panel }) => (
        <section key={name} className="panel">
          <header>
            <h2>{label}</h2>
          </header>
          <Suspense fallback={null}>
            <Panel record={record} row={row} />
          </Suspense>
        </section>
      ))}
      <section className="panel">
        <header>
          <h2>{messages.record.details}</h2>
        </header>
        {sectionsOf(record).map((section) => (
          <div key={section.label} className="detail-section">
            <h3>{section.label}</h3>
            <dl className="details">
              {section.fields.map((field) => (
                <Detail key={field.name} {...props} field={field} />
              ))}
            </dl>
          </div>
        ))}
      </section>
      <Watchers record={record} row={row} />
    </>
  )
}

function Detail({ field, ...props }: RecordProps & { field: FieldInfo }) {
  const editing = props.editing === field.name
  return (
    <div className="detail" data-editing={editing || undefined}>
      <dt title={field.help ?? undefined}>
        {field.label}
        {field.unit ? <span className="quiet"> ({field.unit})</span> : null}
      </dt>
      <dd>
        <InlineField {...props} field={field} />
      </dd>
    </div>
  )
}

/** The declared sections without the title and the long texts, which the main column shows; what is in no section comes last. */
function sectionsOf(record: RecordInfo): { label: string; fields: FieldInfo[] }[] {
  const inMain = (field: FieldInfo) =>
    field.name === record.title || field.kind === 'longText' || field.kind === 'attachment'
  const declared = record.sections.map((section) => ({
    label: section.label,
    fields: section.fields.flatMap((name) => fieldOf(record, name) ?? []).filter((field) => !inMain(field)),
  }))
  const named = new Set(record.sections.flatMap((section) => section.fields))
  const left = record.fields.filter((field) => !named.has(field.name) && !inMain(field))
  const stamps = baseFields.filter(
    (field) =>
      field.name !== 'number' && !named.has(field.name) && !record.fields.some((own) => own.name === field.name),
  )
  return [
    ...declared,
    { label: declared.length > 0 ? messages.record.kept : messages.record.details, fields: [...left, ...stamps] },
  ].filter((section) => section.fields.length > 0)
}

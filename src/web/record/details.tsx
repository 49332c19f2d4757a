// The column beside: clocks, the domain's panels, the fields by section, tags, watchers.
import { Suspense } from 'react'
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { baseFields, fieldOf, valueOf } from '../data/model.ts'
import { ownFieldOf } from '../fields/own-fields.ts'
import { messages } from '../messages/messages.ts'
import { panelsOf } from '../screens/panels.ts'
import { Clocks } from './clocks.tsx'
import { canEdit, InlineField } from './inline-field.tsx'
import type { RecordProps } from './record-page.tsx'
import { Watchers } from './watchers.tsx'

export function Details(props: RecordProps) {
  const { record, row } = props
  return (
    <>
      {row.clocks && row.clocks.length > 0 && <Clocks clocks={row.clocks} />}
      <section className="panel">
        <header>
          <h2>{messages.record.details}</h2>
        </header>
        {sectionsOf(record).map((section) => (
          <Section key={section.label} {...props} {...section} />
        ))}
      </section>
      {panelsOf(record, 'side', row).map(({ name, label, component: Panel }) => (
        <section key={name} id={`panel-${name}`} className="panel">
          <header>
            <h2>{label}</h2>
          </header>
          <Suspense fallback={null}>
            <Panel record={record} row={row} />
          </Suspense>
        </section>
      ))}
      <Watchers record={record} row={row} />
    </>
  )
}

interface SectionInfo {
  label: string
  fields: FieldInfo[]
  /** Set by the system: folded, for whoever wants to know. */
  kept?: boolean
}

/** What is empty and no column of the list waits as a word to click, so that the filled fields stand together. */
function Section({ label, fields, kept = false, ...props }: RecordProps & SectionInfo) {
  const { record, row, editing, setEditing } = props
  const isShown = (field: FieldInfo) =>
    kept ||
    record.list.includes(field.name) ||
    editing === field.name ||
    !isEmpty(valueOf(row, field)) ||
    !canEdit({ record, row, field })
  const rows = fields.filter(isShown)
  const waiting = fields.filter((field) => !isShown(field))
  const list = rows.length > 0 && (
    <dl className="details">
      {rows.map((field) => (
        <Detail key={field.name} {...props} field={field} />
      ))}
    </dl>
  )
  if (kept)
    return (
      <details className="detail-section small">
        <summary>{label}</summary>
        {list}
      </details>
    )
  return (
    <div className="detail-section">
      {label !== messages.record.details && <h3>{label}</h3>}
      {list}
      {waiting.length > 0 && (
        <p className="detail-more">
          {waiting.map((field) => (
            <button key={field.name} type="button" className="link-button" onClick={() => setEditing(field.name)}>
              + {field.label}
            </button>
          ))}
        </p>
      )}
    </div>
  )
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function Detail({ field, ...props }: RecordProps & { field: FieldInfo }) {
  const editing = props.editing === field.name
  return (
    <div className="detail" data-editing={editing || undefined}>
      <dt title={field.help ?? undefined}>{field.label}</dt>
      <dd>
        <InlineField {...props} field={field} />
      </dd>
    </div>
  )
}

/** The declared sections without the title and the long texts, which the main column shows; what is in no section comes last. */
function sectionsOf(record: RecordInfo): SectionInfo[] {
  const inMain = (field: FieldInfo) =>
    field.name === record.title || field.kind === 'longText' || ownFieldOf(field)?.inPanel === true
  const declared = record.sections.map((section) => ({
    label: section.label,
    fields: section.fields.flatMap((name) => fieldOf(record, name) ?? []).filter((field) => !inMain(field)),
  }))
  const named = new Set(record.sections.flatMap((section) => section.fields))
  const left = record.fields.filter((field) => !named.has(field.name) && !inMain(field))
  const own = left.filter((field) => !field.stamped)
  const stamped = left.filter((field) => field.stamped && record.workflow?.field !== field.name)
  const stamps = baseFields.filter(
    (field) =>
      field.name !== 'number' && !named.has(field.name) && !record.fields.some((own) => own.name === field.name),
  )
  return [
    ...declared,
    { label: declared.length > 0 ? messages.form.other : messages.record.details, fields: own },
    { label: messages.record.kept, fields: [...stamped, ...stamps], kept: true },
  ].filter((section) => section.fields.length > 0)
}

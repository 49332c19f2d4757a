// The fields of a form by section. Above class C1 a line under the field says who can read the answer, before it is typed.
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { Editor } from '../fields/editor.tsx'
import { messages } from '../messages/messages.ts'
import type { Values } from '../record/save.ts'
import { Icon } from '../ui/icon.tsx'
import { typedFields } from './draft.ts'

interface SectionsProps {
  record: RecordInfo
  values: Values
  errors: Record<string, string>
  onChange: (name: string, value: unknown) => void
}

export function FormSections({ record, values, errors, onChange }: SectionsProps) {
  const first = typedFields(record)[0]?.name
  return (
    <>
      {sectionsOf(record).map((section) => (
        <fieldset key={section.label} className="panel form-section">
          <legend>{section.label}</legend>
          <div className="form-grid">
            {section.fields.map((field) => (
              <div key={field.name} data-wide={isWide(record, field) || undefined}>
                <Editor
                  field={field}
                  value={values[field.name]}
                  error={errors[field.name] ?? null}
                  autoFocus={field.name === first}
                  onChange={(value) => onChange(field.name, value)}
                />
                <Readers field={field} />
              </div>
            ))}
          </div>
        </fieldset>
      ))}
    </>
  )
}

function Readers({ field }: { field: FieldInfo }) {
  const level = field.confidentiality ?? 'C0'
  const who = messages.confidentiality[level]
  if (level === 'C0' || level === 'C1' || who === undefined) return null
  return (
    <p className="form-readers">
      <Icon name="lock" size={12} />
      {messages.form.readers(who)}
    </p>
  )
}

function isWide(record: RecordInfo, field: FieldInfo): boolean {
  return (
    field.name === record.title ||
    field.kind === 'longText' ||
    field.kind === 'json' ||
    field.kind === 'any' ||
    field.kind === 'attachment' ||
    field.kind === 'tags'
  )
}

function sectionsOf(record: RecordInfo): { label: string; fields: FieldInfo[] }[] {
  const typed = typedFields(record)
  const declared = record.sections.map((section) => ({
    label: section.label,
    fields: section.fields.flatMap((name) => typed.find((field) => field.name === name) ?? []),
  }))
  const named = new Set(record.sections.flatMap((section) => section.fields))
  const left = typed.filter((field) => !named.has(field.name))
  return [...declared, { label: declared.length > 0 ? messages.form.other : record.label, fields: left }].filter(
    (section) => section.fields.length > 0,
  )
}

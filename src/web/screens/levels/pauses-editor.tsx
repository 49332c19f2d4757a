// Pauses as a form: the condition by choosing, the reason in words, and the sentence that reads it back.
import { ActionIcon, Button, MultiSelect, Select, TextInput } from '@mantine/core'
import type { RecordInfo } from '../../data/contract.ts'
import { fieldOf } from '../../data/model.ts'
import { messages } from '../../messages/messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { optionsOf, pauseFields, pauseInWords, termsIn, textOf, type Pause, type Term } from './pauses-contract.ts'

const words = messages.pauses

interface PausesEditorProps {
  pauses: Pause[]
  /** The record whose clocks stand still. */
  record: RecordInfo
  onChange: (pauses: Pause[]) => void
}

export function PausesEditor({ pauses, record, onChange }: PausesEditorProps) {
  const first = pauseFields(record)[0]
  const start = `${first?.name ?? 'status'}:${(first && optionsOf(record, first)[0]?.value) ?? 'waiting'}`
  return (
    <div className="stack">
      {pauses.length === 0 && <p className="quiet small">{words.none}</p>}
      {pauses.map((pause, at) => (
        <div key={at} role="group" aria-label={pauseInWords(pause, record)} className="pause">
          <Terms pause={pause} record={record} onChange={(when) => onChange(pauses.with(at, { ...pause, when }))} />
          <div className="pause-reason">
            <TextInput
              label={words.reason}
              value={pause.reason}
              maxLength={120}
              onChange={(event) => onChange(pauses.with(at, { ...pause, reason: event.currentTarget.value }))}
            />
            <ActionIcon aria-label={words.remove(at + 1)} onClick={() => onChange(pauses.toSpliced(at, 1))}>
              <Icon name="bin" size={14} />
            </ActionIcon>
          </div>
          <p className="read-back">{pauseInWords(pause, record)}</p>
        </div>
      ))}
      <div>
        <Button size="compact-xs" onClick={() => onChange([...pauses, { when: start, reason: '' }])}>
          {words.add}
        </Button>
      </div>
    </div>
  )
}

interface TermsProps {
  pause: Pause
  record: RecordInfo
  onChange: (when: string) => void
}

function Terms({ pause, record, onChange }: TermsProps) {
  const terms = termsIn(pause.when, record)
  if (terms === null)
    return (
      <TextInput
        label={words.raw}
        value={pause.when}
        maxLength={400}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  const left = pauseFields(record).filter((field) => !terms.some((term) => term.field === field.name))
  const set = (next: Term[]) => onChange(textOf(next))
  return (
    <>
      {terms.map((term, at) => (
        <OneTerm
          key={term.field}
          term={term}
          record={record}
          free={left.map((field) => field.name)}
          onChange={(next) => set(terms.with(at, next))}
          onRemove={terms.length > 1 ? () => set(terms.toSpliced(at, 1)) : null}
        />
      ))}
      {left[0] && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            left[0] && set([...terms, { field: left[0].name, values: [optionsOf(record, left[0])[0]?.value ?? ''] }])
          }
        >
          {words.addTerm}
        </Button>
      )}
    </>
  )
}

interface OneTermProps {
  term: Term
  record: RecordInfo
  free: string[]
  onChange: (term: Term) => void
  onRemove: (() => void) | null
}

function OneTerm({ term, record, free, onChange, onRemove }: OneTermProps) {
  const field = fieldOf(record, term.field)
  const options = field ? optionsOf(record, field) : []
  const fields = pauseFields(record).filter((one) => one.name === term.field || free.includes(one.name))
  return (
    <div className="pause-term">
      <Select
        label={words.field}
        data={fields.map(({ name, label }) => ({ value: name, label }))}
        value={term.field}
        allowDeselect={false}
        onChange={(name) => {
          const next = name === null ? null : fieldOf(record, name)
          if (next) onChange({ field: next.name, values: [optionsOf(record, next)[0]?.value ?? ''] })
        }}
      />
      <MultiSelect
        label={words.is}
        data={options.map(({ value, label }) => ({ value, label }))}
        value={term.values}
        onChange={(values) => values.length > 0 && onChange({ ...term, values })}
      />
      {onRemove && (
        <ActionIcon aria-label={words.removeTerm(field?.label ?? term.field)} onClick={onRemove}>
          <Icon name="close" size={14} />
        </ActionIcon>
      )}
    </div>
  )
}

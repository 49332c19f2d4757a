// One figure: what is measured, of which records, and from which change on somebody has to explain it.
import { Button, Select, TextInput } from '@mantine/core'
import { recordNamed, useModel } from '../../data/model.ts'
import { reportWords } from '../../messages/reports.ts'
import type { FigureBlock, Measure } from './contract.ts'
import { FilterInput } from './filter-input.tsx'
import { PatientInput } from './patient-input.tsx'
import { SourceForm } from './source-form.tsx'

const words = reportWords.builder

interface FigureFormProps {
  name: string
  item: FigureBlock
  onChange: (item: FigureBlock) => void
  onRemove: () => void
}

export function FigureForm({ name, item, onChange, onRemove }: FigureFormProps) {
  const record = recordNamed(useModel(), item.source.record)
  const numbers = (record?.fields ?? []).filter(({ kind }) => kind === 'number' || kind === 'duration' || kind === 'money').map((field) => ({ value: field.custom ? `custom.${field.name}` : field.name, label: field.label })) // oxfmt-ignore
  const { measure } = item
  function choose(kind: string | null) {
    const next = measureOf(kind, numbers[0]?.value ?? null)
    if (next !== null) onChange({ ...item, measure: next })
  }
  const known = Object.entries(words.measures).filter(
    ([kind]) => kind === 'count' || kind === 'share' || numbers.length > 0,
  )
  return (
    <fieldset className="builder-figure">
      <legend>{name}</legend>
      <PatientInput
        label={words.label}
        value={item.label}
        maxLength={120}
        onChange={(label) => label.trim() !== '' && onChange({ ...item, label })}
      />
      <SourceForm
        source={item.source}
        onChange={(source) =>
          onChange(
            source.record === item.source.record
              ? { ...item, source }
              : { ...item, source, measure: { kind: 'count' } },
          )
        }
      />
      <Select
        label={words.measure}
        data={known.map(([value, label]) => ({ value, label }))}
        value={measure.kind}
        allowDeselect={false}
        onChange={choose}
      />
      {measure.kind === 'share' && (
        <FilterInput
          label={words.of}
          value={measure.of}
          onChange={(of) => onChange({ ...item, measure: { kind: 'share', of } })}
        />
      )}
      {'field' in measure && (
        <Select
          label={words.field}
          data={numbers}
          value={measure.field}
          allowDeselect={false}
          onChange={(field) => field !== null && onChange({ ...item, measure: { ...measure, field } })}
        />
      )}
      <Select
        label={words.better}
        data={Object.entries(words.betters).map(([value, label]) => ({ value, label }))}
        value={item.better}
        allowDeselect={false}
        onChange={(better) =>
          (better === 'higher' || better === 'lower' || better === 'neither') && onChange({ ...item, better })
        }
      />
      <TextInput
        type="number"
        label={words.threshold}
        value={item.threshold ?? ''}
        min={0}
        max={10_000}
        onChange={(event) => {
          const threshold = Number(event.currentTarget.value)
          if (threshold >= 0 && threshold <= 10_000)
            onChange({ ...item, threshold: event.currentTarget.value === '' ? null : threshold })
        }}
      />
      <Button variant="default" onClick={onRemove}>
        {words.removeFigure}
      </Button>
    </fieldset>
  )
}
/** Null where the record has no number to measure. */
function measureOf(kind: string | null, field: string | null): Measure | null {
  if (kind === 'count') return { kind }
  if (kind === 'share') return { kind, of: '' }
  return field !== null && (kind === 'sum' || kind === 'average' || kind === 'latest') ? { kind, field } : null
}

// Where a block reads from: a kind of record, a filter (of a view, or written), and the day that lies in the period.
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { recordNamed, useModel } from '../../data/model.ts'
import { savedViewsQuery } from '../../list/saved-views.ts'
import { reportWords } from '../../messages/reports.ts'
import type { Source } from './contract.ts'
import { FilterInput } from './filter-input.tsx'
import { datedFields } from './new-blocks.ts'

const words = reportWords.builder

export function SourceForm({ source, onChange }: { source: Source; onChange: (source: Source) => void }) {
  const model = useModel()
  const record = recordNamed(model, source.record)
  const saved = useQuery(savedViewsQuery(model)).data?.items.filter((view) => view.record === source.record) ?? []
  const views = [
    ...(record?.views ?? []).map(({ name, label, query }) => ({ value: name, label, query })),
    ...saved.map((view) => ({ value: `VIEW-${view.id}`, label: view.name, query: view.query })),
  ]
  const filterOf = (query: string) => new URLSearchParams(query).get('filter') ?? ''
  function chooseRecord(name: string | null) {
    const next = name === null ? null : recordNamed(model, name)
    if (next !== null) onChange({ record: next.name, filter: '', when: datedFields(next)[0]?.value ?? null })
  }
  return (
    <>
      <Select
        label={words.record}
        data={model.records.map(({ name, labelPlural }) => ({ value: name, label: labelPlural }))}
        value={source.record}
        searchable
        allowDeselect={false}
        onChange={chooseRecord}
      />
      {views.length > 0 && (
        <Select
          label={words.view}
          data={views.map(({ value, label }) => ({ value, label }))}
          value={views.find(({ query }) => source.filter !== '' && filterOf(query) === source.filter)?.value ?? null}
          onChange={(value) => {
            const view = views.find((one) => one.value === value)
            if (view !== undefined) onChange({ ...source, filter: filterOf(view.query) })
          }}
        />
      )}
      <FilterInput label={words.filter} value={source.filter} onChange={(filter) => onChange({ ...source, filter })} />
      <Select
        label={words.when}
        data={datedFields(record)}
        value={source.when}
        placeholder={words.whenNone}
        clearable
        onChange={(when) => onChange({ ...source, when })}
      />
    </>
  )
}

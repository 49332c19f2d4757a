// The one row of filters: words, a chip per field to choose from, or the whole filter as text with its mistakes shown at the place.
import { Button, TextInput } from '@mantine/core'
import { lazy, memo, Suspense, useEffect, useRef, useState } from 'react'
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { FilterChip } from './filter-chip.tsx'
import { termsOf } from './filter.ts'
import type { ListProps } from './list-page.tsx'
import { useLanguage } from '../messages/language.ts'
import { AddFilter } from './add-filter.tsx'

const FilterText = lazy(() => import('./filter-text.tsx').then(({ FilterText: component }) => ({ default: component })))

const chipKinds = new Set<FieldInfo['kind']>(['states', 'choice', 'ref', 'person', 'boolean'])
const usualChips = 4

/** Memoised: moving through the list must not redraw it. */
export const FilterBar = memo(function FilterBar({
  record,
  search,
  change,
  error,
}: ListProps & { error: Error | null }) {
  useLanguage()
  const filter = search.filter ?? ''
  const [asText, setAsText] = useState(false)
  const [folded, setFolded] = useState(true)
  const [added, setAdded] = useState<string[]>([])
  const setFilter = (text: string) => change({ filter: text === '' ? undefined : text })
  const fields = filterable(record)
  const named = new Set([...added, ...termsOf(filter).map((term) => term.field)])
  const chips = fields.filter((field, at) => at < usualChips || named.has(field.name))
  const count = termsOf(filter).length
  const showText = asText || error !== null
  return (
    <div className="filter-bar" role="search" aria-label={messages.list.filter} data-folded={folded || undefined}>
      <Words value={search.q ?? ''} onChange={(q) => change({ q: q === '' ? undefined : q })} />
      <Button className="filter-fold" onClick={() => setFolded(!folded)} aria-expanded={!folded}>
        {messages.list.filters(count)}
      </Button>
      <div className="filter-chips">
        {showText ? (
          <Suspense fallback={null}>
            <FilterText record={record} filter={filter} onChange={setFilter} error={error} />
          </Suspense>
        ) : (
          <>
            {chips.map((field) => (
              <FilterChip key={field.name} record={record} field={field} filter={filter} onChange={setFilter} />
            ))}
            <AddFilter
              fields={fields.filter((field) => !chips.includes(field))}
              onAdd={(name) => setAdded([...added, name])}
            />
          </>
        )}
        {(count > 0 || search.q) && (
          <button
            type="button"
            className="link-button small"
            onClick={() => change({ filter: undefined, q: undefined })}
          >
            {messages.list.filterClear}
          </button>
        )}
      </div>
      <Button
        className="filter-toggle"
        variant={showText ? 'light' : 'default'}
        aria-pressed={showText}
        onClick={() => setAsText(!showText)}
        leftSection={<Icon name="filter" size={14} />}
      >
        {messages.list.filter}
      </Button>
    </div>
  )
})

/** Fields that offer something to choose from: the columns of the list first. */
function filterable(record: RecordInfo): FieldInfo[] {
  const rank = (field: FieldInfo) =>
    field.kind === 'states' ? -1 : record.list.includes(field.name) ? record.list.indexOf(field.name) : 99
  return record.fields
    .filter((field) => chipKinds.has(field.kind) && field.filterable !== false)
    .toSorted((one, other) => rank(one) - rank(other))
}

const typingMs = 200

function Words({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const [text, setText] = useState(value)
  const timer = useRef(0)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      id="list-words"
      className="filter-words"
      type="search"
      aria-label={messages.list.filterWords}
      placeholder={messages.list.filterWords}
      leftSection={<Icon name="search" size={14} />}
      value={text}
      onChange={(event) => {
        const words = event.currentTarget.value
        setText(words)
        clearTimeout(timer.current)
        timer.current = window.setTimeout(() => onChange(words), typingMs)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault()
          document.getElementById('grid')?.focus()
          if (event.key === 'Enter' && text === value) document.getElementById('list-meant')?.click()
        }
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

// The journal of the organisation: searched by person, record, action, origin, time and request, page by page.
import { messages } from '../messages/messages.ts'
import { Button, Select, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { JournalPage } from '#kit/journal-search.ts'
import type { Ref } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { recordNamed, useModel } from '../data/model.ts'
import { isRef } from '../fields/format.ts'
import { RefChooser } from '../fields/ref-editor.tsx'
import { journalWords as words } from '../messages/journal.ts'
import { Fault } from '../ui/fault.tsx'
import { Entries } from './journal-entries.tsx'

const origins = ['web', 'api', 'cli', 'import', 'rule', 'system', 'setup', 'sign-in', 'directory', 'scim']
interface Asked {
  person: Ref | null
  record: string
  action: string
  origin: string | null
  request: string
  from: string
  before: string
}
const nothing: Asked = { person: null, record: '', action: '', origin: null, request: '', from: '', before: '' }

export function Section() {
  const [asked, setAsked] = useState(nothing)
  const [after, setAfter] = useState<string | null>(null)
  const query = addressOf(asked)
  const found = useQuery({
    queryKey: ['screen', 'journal', query, after],
    queryFn: () => read<JournalPage>(`/journal?${withCursor(query, after)}`),
    placeholderData: keepPreviousData,
  })
  const search = (next: Asked): void => {
    setAsked(next)
    setAfter(null)
  }
  return (
    <>
      <p className="quiet">{words.about}</p>
      <Filters onSearch={search} />
      {found.error ? (
        <Fault error={found.error} again={() => void found.refetch()} />
      ) : (
        found.data && <Entries page={found.data} onRequest={(request) => search({ ...nothing, request })} />
      )}
      <div className="row">
        {after !== null && <Button onClick={() => setAfter(null)}>{words.newest}</Button>}
        {found.data?.next && (
          <Button loading={found.isFetching} onClick={() => setAfter(found.data.next)}>
            {words.older}
          </Button>
        )}
        <Button component="a" href={`/api/v1/journal/export?format=csv&${query}`} download>
          {words.exportCsv}
        </Button>
        <Button component="a" href={`/api/v1/journal/export?format=jsonl&${query}`} download>
          {words.exportJsonl}
        </Button>
      </div>
    </>
  )
}

function Filters({ onSearch }: { onSearch: (asked: Asked) => void }) {
  const person = recordNamed(useModel(), 'person')
  const [draft, setDraft] = useState(nothing)
  const set = (part: Partial<Asked>): void => setDraft({ ...draft, ...part })
  return (
    <form
      className="journal-filters"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(draft)
      }}
    >
      <RefChooser
        record={person}
        field={{ name: 'person', label: words.person, kind: 'person', to: 'person' }}
        value={draft.person}
        onChange={(value) => set({ person: isRef(value) ? value : null })}
      />
      <Text label={words.record} hint={words.recordHint} value={draft.record} onChange={(record) => set({ record })} />
      <Text label={words.action} hint={words.actionHint} value={draft.action} onChange={(action) => set({ action })} />
      <Select
        label={words.origin}
        data={origins.map((value) => ({ value, label: messages.origins[value] ?? value }))}
        value={draft.origin}
        clearable
        placeholder={words.anyOrigin}
        onChange={(origin) => set({ origin })}
      />
      <TextInput
        type="date"
        label={words.from}
        value={draft.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.before}
        value={draft.before}
        onChange={(event) => set({ before: event.currentTarget.value })}
      />
      <Text
        label={words.request}
        hint={words.requestHint}
        value={draft.request}
        onChange={(request) => set({ request })}
      />
      <div className="row">
        <Button type="submit" variant="filled">
          {words.search}
        </Button>
        <Button
          onClick={() => {
            setDraft(nothing)
            onSearch(nothing)
          }}
        >
          {words.clear}
        </Button>
      </div>
    </form>
  )
}
function Text(props: { label: string; hint: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      label={props.label}
      placeholder={props.hint}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}

/** What is asked for as the API takes it; the export gets the same. */
function addressOf({ person, ...rest }: Asked): string {
  const said = { person: person === null ? '' : String(person.id), ...rest }
  const given = Object.entries(said).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return new URLSearchParams(given).toString()
}
function withCursor(query: string, after: string | null): string {
  return after === null ? query : `${query}${query === '' ? '' : '&'}after=${after}`
}

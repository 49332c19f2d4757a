// The page of one record: what it is, what can be done with it, what happened to it, and its details beside.
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Search } from '../data/address.ts'
import type { FullRow, RecordInfo } from '../data/contract.ts'
import { titleOf, useModel, useRecord } from '../data/model.ts'
import { Problem } from '../data/problem.ts'
import { rowQuery } from '../data/queries.ts'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { useActions, type Action } from '../ui/actions.ts'
import { Fault } from '../ui/fault.tsx'
import { preloadMarkdown } from '../ui/markdown.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useTitle } from '../ui/title.ts'
import { Conflict } from './conflict.tsx'
import { Details } from './details.tsx'
import { RecordHead } from './record-head.tsx'
import { panelsOf, preloadPanels } from '../screens/panels.ts'
import { useSave, type Saving } from './save.ts'
import { useTabs } from './record-tabs.tsx'
import './record.css'

const UnsentLine = lazy(() => import('./unsent-line.tsx').then(({ UnsentLine: component }) => ({ default: component })))
const Holds = lazy(() => import('./holds.tsx').then(({ Holds: component }) => ({ default: component })))

preloadMarkdown()

export function RecordPage() {
  const { plural, number } = useParams({ strict: false })
  const record = useRecord(plural ?? '')
  useState(() => record && preloadPanels(record))
  const row = useQuery({ ...rowQuery(plural ?? '', number ?? ''), enabled: record !== null })
  if (!record) return <NotFound />
  if (row.error instanceof Problem && row.error.status === 404)
    return (
      <div className="page">
        <h1>{messages.errors.noRecord(number ?? '')}</h1>
      </div>
    )
  if (row.error && !row.data) return <Fault error={row.error} again={() => void row.refetch()} />
  return row.data ? <Loaded key={`${record.name}-${row.data.id}`} record={record} row={row.data} /> : null
}

export interface RecordProps {
  record: RecordInfo
  row: FullRow
  saving: Saving
  /** The field under edit, by name. */
  editing: string | null
  setEditing: (name: string | null) => void
}

function Loaded({ record, row }: { record: RecordInfo; row: FullRow }) {
  const saving = useSave(record, row)
  const [editing, setEditing] = useState<string | null>(null)
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 1000px)', undefined, { getInitialValueInEffect: false }) ?? false
  const props: RecordProps = { record, row, saving, editing, setEditing }
  const tabs = useTabs(props, narrow)
  const tab = tabs.find((one) => one.name === search.tab) ?? tabs[0]
  const mayKnowHolds = useModel().records.some(({ name }) => name === 'legalHold')
  useTitle(`${row.number} ${titleOf(record, row)}`)
  useRecordKeys(props)
  return (
    <div className="page record-page">
      <RecordHead {...props} />
      <Suspense fallback={null}>
        <UnsentLine {...props} />
      </Suspense>
      {mayKnowHolds && (
        <Suspense fallback={null}>
          <Holds record={record} row={row} />
        </Suspense>
      )}
      {panelsOf(record, 'top', row).map(({ name, component: Panel }) => (
        <Panel key={name} record={record} row={row} />
      ))}
      <div className="record-columns">
        <section className="panel record-main">
          <Tabs
            label={messages.record.tabs}
            tabs={tabs.map(({ name, label }) => ({ name, label }))}
            active={tab?.name ?? ''}
            onChange={(name) =>
              void navigate({
                to: '.',
                search: { ...search, tab: name === tabs[0]?.name ? undefined : name },
                replace: true,
              })
            }
          >
            <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>{tab?.render()}</Suspense>
          </Tabs>
        </section>
        {!narrow && (
          <aside className="record-side" aria-label={messages.record.details}>
            <Details {...props} />
          </aside>
        )}
      </div>
      <Conflict record={record} saving={saving} />
    </div>
  )
}

/** A assigns, P sets the priority, E edits the title, R comments, S moves, M goes to worked time, when the record has such a thing. */
function useRecordKeys({ record, row, setEditing }: RecordProps) {
  const may = row.can?.update ?? record.can.update
  const free = record.fields.filter((field) => !field.stamped)
  const person =
    free.find((field) => field.name === 'assignee') ??
    free.find((field) => field.kind === 'person' || field.to === 'person')
  const priority = free.find((field) => field.name === 'priority') ?? free.find((field) => field.kind === 'choice')
  const edit = (keys: string, field: typeof person): Action[] =>
    field && may
      ? [
          {
            id: `edit-${keys}`,
            keys,
            label: messages.record.edit(field.label),
            group: record.label,
            run: () => setEditing(field.name),
          },
        ]
      : []
  useActions([
    ...edit('a', person),
    ...edit('p', priority),
    ...(may
      ? [
          {
            id: 'edit-title',
            keys: 'e',
            label: messages.record.editTitle,
            group: record.label,
            run: () => setEditing(record.title),
          },
        ]
      : []),
    {
      id: 'comment',
      keys: 'r',
      label: messages.record.comment,
      group: record.label,
      run: () => document.getElementById('composer')?.focus(),
    },
    ...(panelsOf(record, 'side', row).some(({ name }) => name === 'time')
      ? [
          {
            id: 'time',
            keys: 'm',
            label: messages.record.time,
            group: record.label,
            run: () => document.querySelector<HTMLElement>('#panel-time :is(input, button)')?.focus(),
          },
        ]
      : []),
    ...(row.moves?.length
      ? [
          {
            id: 'move',
            keys: 's',
            label: messages.record.status,
            group: record.label,
            run: () => document.getElementById('moves')?.querySelector('button')?.focus(),
          },
        ]
      : []),
  ])
}

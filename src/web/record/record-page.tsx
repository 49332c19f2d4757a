// The page of one record: what it is, what can be done with it, what happened to it, and its details beside.
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Search } from '../data/address.ts'
import type { FullRow, RecordInfo } from '../data/contract.ts'
import { listAddress, titleOf, useModel, useRecord } from '../data/model.ts'
import { Problem } from '../data/problem.ts'
import { rowQuery } from '../data/queries.ts'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { Fault } from '../ui/fault.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useTitle } from '../ui/title.ts'
import { Conflict } from './conflict.tsx'
import { Details } from './details.tsx'
import { useFirstHand } from './first-hand.ts'
import { prepareEditing } from './inline-field.tsx'
import { RecordHead } from './record-head.tsx'
import { panelsOf, preloadPanels } from '../screens/panels.ts'
import { useSave, type Saving } from './save.ts'
import { useTabs } from './record-tabs.tsx'
import { useRecordKeys } from './record-keys.ts'
import { useUnsent } from './unsent.ts'
import './record.css'

const UnsentLine = lazy(() => import('./unsent-line.tsx').then(({ UnsentLine: component }) => ({ default: component })))
const Holds = lazy(() => import('./holds.tsx').then(({ Holds: component }) => ({ default: component })))

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
        <p>
          <Link to={listAddress(record)}>{record.labelPlural}</Link>
        </p>
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
  const isBegun = useUnsent(row)?.some(({ part }) => part !== 'comment') === true
  const open = (name: string) =>
    navigate({ to: '.', search: { ...search, tab: name === tabs[0]?.name ? undefined : name }, replace: true })
  useTitle(`${row.number} ${titleOf(record, row)}`)
  useFirstHand(prepareEditing)
  useRecordKeys(props, narrow ? (name) => void open(name) : (name) => name !== 'details' && void open(name))
  return (
    <div className="page record-page">
      <RecordHead {...props} />
      {isBegun && (
        <Suspense fallback={null}>
          <UnsentLine {...props} />
        </Suspense>
      )}
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
            onChange={(name) => void open(name)}
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

// The page of a list: views, filters, the grid or another display, what is selected. Everything it shows is in the address.
import { Button } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState, type ComponentType } from 'react'
import type { RecordInfo, Row } from '../data/contract.ts'
import type { Search } from '../data/address.ts'
import { addressOf, fieldOf, useRecord } from '../data/model.ts'
import { Problem } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { useTitle } from '../ui/title.ts'
import { Empty } from '../ui/empty.tsx'
import { Fault } from '../ui/fault.tsx'
import { withWords } from '../messages/language.ts'
import { displayOf, type Display } from './displays.ts'
import { useFollowed } from './bulk-runs.ts'
import { useCells } from './cells.ts'
import { columnsText, type Column } from './column-text.ts'
import { FilterBar } from './filter-bar.tsx'
import { Grid } from './grid.tsx'
import { useGroupCounts } from './groups.ts'
import { keepView } from './last-view.ts'
import { ListFoot } from './list-foot.tsx'
import { ListHead } from './list-head.tsx'
import { useListKeys } from './list-keys.ts'
import type { Deed } from './row-deed.tsx'
import { useRows, type Rows } from './rows.ts'
import { useSelection } from './selection.ts'
import { ViewTabs } from './view-tabs.tsx'
import { viewOf, type View } from './view.ts'
import './list.css'

const BulkBar = lazy(() => import('./bulk-bar.tsx').then(({ BulkBar: component }) => ({ default: component })))
const BulkRunBar = lazy(() =>
  import('./bulk-run-bar.tsx').then(({ BulkRunBar: component }) => ({ default: component })),
)
const RowDeed = lazy(() => import('./row-deed.tsx').then(({ RowDeed: component }) => ({ default: component })))
const GroupStrip = lazy(() => import('./group-strip.tsx').then(({ GroupStrip: component }) => ({ default: component })))
const Tree = lazy(() => import('./tree-page.tsx').then(({ Tree: component }) => ({ default: component })))
type Other = ComponentType<ListProps>
const others: { [D in Exclude<Display, 'table'>]: Other } = {
  tree: Tree,
  board: lazy(() => withWords('displays', import('../board/board.tsx')).then(({ Board }) => ({ default: Board }))),
  calendar: lazy(() =>
    withWords('displays', import('../calendar/calendar.tsx')).then(({ Calendar }) => ({ default: Calendar })),
  ),
  timeline: lazy(() =>
    withWords('displays', import('../timeline/timeline.tsx')).then(({ Timeline }) => ({ default: Timeline })),
  ),
  map: lazy(() =>
    withWords('displays', import('../map/record-map.tsx')).then(({ RecordMap }) => ({ default: RecordMap })),
  ),
}

export function ListPage() {
  const { plural } = useParams({ strict: false })
  const record = useRecord(plural ?? '')
  return record ? <List key={record.name} record={record} /> : <NotFound />
}

export interface ListProps {
  record: RecordInfo
  search: Search
  change: (search: Partial<Search>) => void
}

function List({ record }: { record: RecordInfo }) {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const change = useCallback(
    (part: Partial<Search>) => {
      void navigate({ to: '.', search: (before: Search) => ({ ...before, ...part }), replace: true })
    },
    [navigate],
  )
  useTitle(record.labelPlural)
  useEffect(() => keepView(record.name, search), [record.name, search])
  const list = { record, search, change }
  const display = displayOf(record, search)
  const Other = display === 'table' ? null : others[display]
  // A field that is not known falls back silently, as everywhere in the address.
  const isGrouped = display === 'table' && fieldOf(record, (search.group ?? '').split(':')[0] ?? '') !== null
  return (
    <div className="page list-page">
      <ListHead {...list} />
      <ViewTabs {...list} />
      {isGrouped && (
        <Suspense fallback={<div className="group-strip" />}>
          <GroupStrip record={record} search={search} />
        </Suspense>
      )}
      {Other === null ? (
        <Table {...list} />
      ) : (
        <>
          <FilterBar {...list} error={null} />
          <Suspense fallback={null}>
            <Other {...list} />
          </Suspense>
        </>
      )}
    </div>
  )
}

function Table({ record, search, change }: ListProps) {
  const wanted = useMemo(() => viewOf(record, search), [record, search])
  const view = useDeferredValue(wanted)
  const rows = useRows(record, view)
  const [active, setActive] = useState(-1)
  const selection = useSelection(rows, `${view.filter}\n${view.q}\n${String(view.binned)}`)
  const navigate = useNavigate()
  const open = useCallback((row: Row) => void navigate({ to: addressOf(record, row.number) }), [navigate, record])
  const sort = useCallback((to: string) => change({ sort: to }), [change])
  const arrange = useCallback((columns: readonly Column[]) => change({ columns: columnsText(columns) }), [change])
  const [deed, setDeed] = useState<{ row: Row; deed: Deed } | null>(null)
  const done = useCallback(() => {
    setDeed(null)
    setTimeout(() => document.getElementById('grid')?.focus({ preventScroll: true }))
  }, [])
  const cells = useCells(view.columns, `${view.filter}\n${view.q}\n${view.sort}`)
  useListKeys({
    record,
    rows,
    active,
    setActive,
    selection,
    open,
    onDeed: (row, what) => setDeed({ row, deed: what }),
    cells,
    columns: view.columns,
  })
  const wrongFilter =
    rows.error instanceof Problem && rows.error.status < 500 && rows.error.status >= 400 && view.filter !== ''
  const selectable = record.can.update || record.can.bin
  const groupCounts = useGroupCounts(record, search, view.group)
  const run = useFollowed(record, selectable && !rows.isLoading)
  return (
    <>
      <FilterBar record={record} search={search} change={change} error={wrongFilter ? rows.error : null} />
      <div className="frame">
        {rows.error && !wrongFilter ? (
          <div className="list-empty">
            <Fault error={rows.error} again={rows.again} />
          </div>
        ) : !rows.isLoading && rows.head.length === 0 && !rows.error ? (
          <div className="list-empty">
            <Nothing record={record} view={view} meant={rows.meant} change={change} />
          </div>
        ) : (
          <Grid
            record={record}
            rows={rows}
            columns={view.columns}
            sort={view.sort}
            group={view.group}
            groupCounts={groupCounts}
            active={active}
            cells={cells}
            selected={selection.ids}
            selectable={selectable}
            shown={view.shown}
            onSort={sort}
            onColumns={arrange}
            onActive={setActive}
            onSelect={selection.set}
            onOpen={open}
          />
        )}
        <Suspense fallback={null}>
          {deed && <RowDeed key={deed.row.id} record={record} {...deed} onDone={done} />}
          {run && <BulkRunBar run={run} />}
          {selection.count > 0 && run?.state !== 'running' && (
            <BulkBar record={record} view={view} rows={rows} selection={selection} />
          )}
        </Suspense>
        <Foot record={record} rows={rows} />
      </div>
    </>
  )
}

function Foot({ record, rows }: { record: RecordInfo; rows: Rows }) {
  return (
    <ListFoot
      label={rows.total?.count === 1 ? record.label : record.labelPlural}
      total={rows.total}
      stale={rows.stale}
      onRefresh={rows.again}
    />
  )
}

const EmptyList = lazy(() =>
  withWords('help', withWords('demo', import('../welcome/empty-list.tsx'))).then(({ EmptyList: component }) => ({
    default: component,
  })),
)
interface NothingProps extends Pick<ListProps, 'record' | 'change'> {
  view: View
  meant: string | null
}

function Nothing({ record, view, meant, change }: NothingProps) {
  const words = messages.list
  const plural = messages.values.inSentence(record.labelPlural)
  if (view.filter !== '' || view.q !== '' || view.binned) {
    return (
      <Empty
        title={meant ? words.nothingHas(view.q) : words.nothing(plural)}
        text={meant ? undefined : words.nothingHelp}
      >
        {meant && (
          <Button id="list-meant" variant="filled" onClick={() => change({ q: meant })}>
            {words.meant(meant)}
          </Button>
        )}
        <Button onClick={() => change({ filter: undefined, q: undefined, binned: undefined, view: undefined })}>
          {words.showAll}
        </Button>
      </Empty>
    )
  }
  return (
    <Suspense fallback={null}>
      <EmptyList record={record} />
    </Suspense>
  )
}

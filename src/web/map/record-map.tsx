// A list as a map: one of its records in the middle, what is related to it some steps far, and the same as a list below.
import { ActionIcon, Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { Page, RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { addressOf, titleOf, useModel } from '../data/model.ts'
import { rowQuery, someQuery } from '../data/queries.ts'
import { rowState } from '../data/row-state.ts'
import { isRef } from '../fields/format.ts'
import { RefChooser } from '../fields/ref-editor.tsx'
import type { ListProps } from '../list/list-page.tsx'
import { queryOf, viewOf } from '../list/view.ts'
import { displaysWords } from '../messages/displays.ts'
import { Empty } from '../ui/empty.tsx'
import { Fault } from '../ui/fault.tsx'
import { Menu } from '../ui/menu.tsx'
import { arranged } from './arrange.ts'
import { mostOfRelation, readAround, type Around } from './around.ts'
import type { Need, Thing } from './contract.ts'
import { MapList } from './map-list.tsx'
import './record-map.css'

const RelationMap = lazy(() =>
  import('./relation-map.tsx').then(({ RelationMap: component }) => ({ default: component })),
)
const words = displaysWords.map
const mostHops = 3

/** Begins at `start=` in the address, else at the first record of the list as it is filtered and sorted. */
export function RecordMap(props: ListProps) {
  const { record, search } = props
  const model = useModel()
  const view = viewOf(record, search)
  const first = useQuery({
    ...someQuery(record.plural, { ...queryOf(view), limit: '1' }),
    enabled: !search['start'],
  })
  const number = search['start'] ?? first.data?.items[0]?.number
  // The start may be of another kind: whoever walks along the map comes to people and services.
  const kind = model.records.find(({ prefix }) => number?.startsWith(`${prefix}-`)) ?? record
  const row = useQuery({ ...rowQuery(kind.plural, number ?? ''), enabled: number !== undefined })
  const error = first.error ?? row.error
  return (
    <div className="record-map">
      <Bar {...props} kind={kind} row={row.data ?? null} />
      {error && <Fault error={error} again={() => void (first.error ? first : row).refetch()} />}
      {first.data && number === undefined && <Empty title={words.empty} />}
      {row.data && <AroundRow key={row.data.number} {...props} kind={kind} row={row.data} />}
    </div>
  )
}

function hopsIn({ search }: Pick<ListProps, 'search'>): number {
  const hops = Number(search['hops'] ?? 1)
  return Number.isInteger(hops) ? Math.min(mostHops, Math.max(1, hops)) : 1
}

function Bar({ kind, row, ...props }: ListProps & { kind: RecordInfo; row: Row | null }) {
  const { change } = props
  const hops = hopsIn(props)
  return (
    <div className="row record-map-bar">
      <div className="record-map-start">
        <RefChooser
          record={kind}
          field={{ name: 'start', label: words.start, kind: 'ref', to: kind.name, required: true }}
          labelled={false}
          value={row ? { id: row.id, number: row.number, title: titleOf(kind, row) } : null}
          onChange={(to) => isRef(to) && change({ start: to.number })}
        />
      </div>
      <span role="group" aria-label={words.hops} className="row record-map-hops">
        <span className="small">{words.hops}</span>
        <ActionIcon
          variant="default"
          size={26}
          disabled={hops <= 1}
          aria-label={words.fewer}
          onClick={() => change({ hops: String(hops - 1) })}
        >
          −
        </ActionIcon>
        <span className="number" aria-live="polite">
          {hops}
        </span>
        <ActionIcon
          variant="default"
          size={26}
          disabled={hops >= mostHops}
          aria-label={words.further}
          onClick={() => change({ hops: String(hops + 1) })}
        >
          +
        </ActionIcon>
      </span>
    </div>
  )
}

function AroundRow({ kind, row, ...props }: ListProps & { kind: RecordInfo; row: Row }) {
  const model = useModel()
  const hops = hopsIn(props)
  const [focus, setFocus] = useState<string | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const around = useQuery({
    queryKey: ['on', kind.plural, row.id, 'around', hops],
    queryFn: ({ signal }) =>
      readAround(model, { record: kind, row }, hops, async (plural, query) => {
        const page = await read<Page<Row>>(`/${plural}?${new URLSearchParams(query).toString()}`, signal)
        return page.items
      }),
    placeholderData: keepPreviousData,
  })
  const shown = useMemo(() => around.data && mapOf(around.data, row.number, hidden), [around.data, row.number, hidden])
  if (around.error) return <Fault error={around.error} again={() => void around.refetch()} />
  if (!shown || !around.data) return <p className="quiet">{displaysWords.map.waiting}</p>
  const picked = focus === null ? null : (around.data.nodes.get(focus) ?? null)
  return (
    <>
      <div className="row record-map-bar">
        <KindsMenu around={around.data} hidden={hidden} onChange={setHidden} />
        <span className="small quiet number">{words.nodes(shown.things.length)}</span>
        {around.data.isCut && <span className="small quiet">{words.cut(mostOfRelation)}</span>}
        {shown.things.length === 1 && <span className="small">{words.alone}</span>}
        {picked && picked.row.number !== row.number && (
          <Button size="compact-sm" onClick={() => props.change({ start: picked.row.number })}>
            {words.hereOf(titleOf(picked.record, picked.row))}
          </Button>
        )}
      </div>
      <div className="frame record-map-frame">
        <Suspense fallback={<p className="quiet">{displaysWords.map.waiting}</p>}>
          <RelationMap
            label={words.title(titleOf(kind, row))}
            {...shown}
            groups={[]}
            hasOverview={false}
            focus={focus}
            onFocus={setFocus}
          />
        </Suspense>
      </div>
      <details className="record-map-list">
        <summary>{words.list}</summary>
        <MapList {...shown} groups={[]} relation={words.refersTo} />
      </details>
    </>
  )
}

function KindsMenu({
  around,
  hidden,
  onChange,
}: {
  around: Around
  hidden: ReadonlySet<string>
  onChange: (hidden: ReadonlySet<string>) => void
}) {
  const kinds = [...new Set([...around.nodes.values()].map(({ record }) => record))]
  if (kinds.length < 2) return null
  return (
    <Menu
      entries={kinds.map(({ name, labelPlural }) => ({
        label: labelPlural,
        isChecked: !hidden.has(name),
        run: () => onChange(hidden.has(name) ? hidden.difference(new Set([name])) : hidden.union(new Set([name]))),
      }))}
    >
      <Button>{words.kinds}</Button>
    </Menu>
  )
}

function mapOf(
  { nodes, edges }: Around,
  start: string,
  hidden: ReadonlySet<string>,
): { things: Thing[]; needs: Need[] } {
  const kept = [...nodes.values()].filter(({ record, row }) => row.number === start || !hidden.has(record.name))
  const numbers = new Set(kept.map(({ row }) => row.number))
  const pairs = edges.filter(({ from, to }) => numbers.has(from) && numbers.has(to))
  const places = arranged(
    kept.map(({ row, level }) => ({ id: row.number, level })),
    pairs,
  )
  const things = kept.map(({ record, row }): Thing => ({
    id: row.number,
    label: titleOf(record, row),
    kind: record.label,
    ...rowState(record, row),
    ...(places.get(row.number) ?? { level: 0, beside: 0 }),
    address: addressOf(record, row.number),
  }))
  // Two records may be related in several ways: one line says all of them.
  const lines = Map.groupBy(pairs, ({ from, to }) => `${from} ${to}`)
  const needs = [...lines.values()].map((same): Need => {
    const [{ from, to } = { from: '', to: '' }] = same
    return { from, to, via: [], label: same.map(({ label }) => label).join(', ') }
  })
  return { things, needs }
}

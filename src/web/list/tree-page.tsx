// A list as an indented tree, read level by level: arrows move, open and close, Enter opens the record (WAI-ARIA tree).
import { numberText } from '../fields/format.ts'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Page, RecordInfo, Row } from '../data/contract.ts'
import { addressOf, fieldOf, titleOf, valueOf } from '../data/model.ts'
import { read } from '../data/http.ts'
import { Value } from '../fields/value.tsx'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { Icon } from '../ui/icon.tsx'
import './tree.css'

const EmptyList = lazy(() =>
  withWords('help', withWords('demo', import('../welcome/empty-list.tsx'))).then(({ EmptyList: component }) => ({
    default: component,
  })),
)
const words = messages.tree
const pageRows = 100

/** What somebody opened or closed by hand, by its id. */
type Opened = ReadonlyMap<number, boolean>
/** So few on top are open from the beginning: a tree of one line says nothing. */
const fewOnTop = 5

interface BranchProps {
  record: RecordInfo
  /** The number of the parent; null for those that stand on top. */
  parent: string | null
  level: number
  opened: Opened
  onOpen: (id: number, open: boolean) => void
}

export function Tree({ record }: { record: RecordInfo }) {
  const [opened, setOpened] = useState<Opened>(new Map())
  const onOpen = (id: number, isOpen: boolean) => setOpened((before) => new Map([...before, [id, isOpen]]))
  const navigate = useNavigate()
  const top = useLevel(record, null)
  // There is nothing at all: what teaches then has no place in a tree.
  if (top.data?.pages.every(({ items }) => items.length === 0) === true)
    return (
      <Suspense fallback={null}>
        <EmptyList record={record} />
      </Suspense>
    )
  return (
    <div
      role="tree"
      aria-label={record.labelPlural}
      className="panel tree"
      onKeyDown={(event) => onKey(event, onOpen, (address) => void navigate({ to: address }))}
    >
      <Branch record={record} parent={null} level={1} opened={opened} onOpen={onOpen} />
    </div>
  )
}

function useLevel(record: RecordInfo, parent: BranchProps['parent']) {
  return useInfiniteQuery({
    queryKey: ['some', record.plural, 'tree', parent ?? ''],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => read<Page<Row>>(addressOfLevel(record, parent, pageParam), signal),
    getNextPageParam: (page) => page.next,
  })
}

function Branch(props: BranchProps) {
  const { record, parent, level } = props
  const pages = useLevel(record, parent)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const below = useBelow(record, items)
  if (pages.error) return <Fault error={pages.error} again={() => void pages.refetch()} />
  if (pages.isPending) return <p className="quiet">{messages.list.loading}</p>
  if (items.length === 0)
    return <p className="quiet">{messages.list.empty(messages.values.inSentence(record.labelPlural))}</p>
  return (
    <>
      {items.map((row, at) => (
        <Branching
          key={row.id}
          {...props}
          row={row}
          count={below.get(row.id) ?? 0}
          place={{ at: at + 1, of: pages.hasNextPage ? -1 : items.length }}
        />
      ))}
      {pages.hasNextPage && (
        <button
          type="button"
          role="treeitem"
          aria-level={level}
          aria-selected={false}
          tabIndex={-1}
          className="link-button small"
          onClick={() => void pages.fetchNextPage()}
        >
          {words.more}
        </button>
      )}
    </>
  )
}

interface BranchingProps extends BranchProps {
  row: Row
  /** How many stand directly below it. */
  count: number
  /** Which it is among its siblings; -1 of how many while more can be read. */
  place: { at: number; of: number }
}

function Branching({ row, count, place, ...props }: BranchingProps) {
  const { record, level, opened, onOpen } = props
  const isOpen = opened.get(row.id) ?? (level === 1 && place.of > 0 && place.of <= fewOnTop)
  const title = titleOf(record, row)
  const beside = record.list
    .filter((name) => name !== 'parent' && name !== record.title && name !== 'number')
    .flatMap((name) => fieldOf(record, name) ?? [])
    .filter((field) => valueOf(row, field) !== null)
    .slice(0, 3)
  return (
    <>
      <div
        role="treeitem"
        aria-level={level}
        aria-posinset={place.at}
        aria-setsize={place.of}
        aria-expanded={count > 0 ? isOpen : undefined}
        aria-selected={false}
        tabIndex={level === 1 && place.at === 1 ? 0 : -1}
        data-id={row.id}
        data-address={addressOf(record, row.number)}
        className="tree-line"
        style={{ paddingInlineStart: `${(level - 1) * 22}px` }}
      >
        <span className="tree-fold" aria-hidden="true" onClick={() => count > 0 && onOpen(row.id, !isOpen)}>
          {count > 0 && <Icon name={isOpen ? 'down' : 'right'} size={14} />}
        </span>
        <Link to={addressOf(record, row.number)} tabIndex={-1} className="tree-name">
          {title}
        </Link>
        {count > 0 && (
          <span className="quiet small number">
            {numberText(count)}
            <span className="hidden-text"> {words.below}</span>
          </span>
        )}
        <span className="tree-beside small quiet">
          {beside.map((field) => (
            <span key={field.name}>
              <Value record={record} field={field} value={valueOf(row, field)} />
            </span>
          ))}
        </span>
      </div>
      {isOpen && count > 0 && <Branch {...props} parent={row.number} level={level + 1} />}
    </>
  )
}

function addressOfLevel(record: RecordInfo, parent: string | null, after: string): string {
  const query = { filter: `parent:${parent ?? 'none'}`, sort: record.sort ?? record.title, limit: String(pageRows) }
  return `/${record.plural}?${new URLSearchParams(after === '' ? query : { ...query, after }).toString()}`
}

/** How many stand below each of these, asked once for all of them. */
function useBelow(record: RecordInfo, rows: readonly Row[]): ReadonlyMap<number, number> {
  const groups = useQuery({
    queryKey: ['some', record.plural, 'below', rows.map((row) => row.id).join()],
    queryFn: ({ signal }) => readBelow(record, rows, signal),
    enabled: rows.length > 0,
    placeholderData: keepPreviousData,
  })
  return groups.data ?? new Map()
}
async function readBelow(record: RecordInfo, rows: readonly Row[], signal: AbortSignal): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  // As many values as a condition of a filter may hold.
  for (let at = 0; at < rows.length; at += pageRows) {
    const of = rows.slice(at, at + pageRows).map((row) => row.number)
    const query = new URLSearchParams({ by: 'parent', filter: `parent:${of.join(',')}` })
    const { items } = await read<{ items: { keys: unknown[]; count: number }[] }>(
      `/${record.plural}/groups?${query.toString()}`,
      signal,
    )
    for (const { keys, count } of items) if (typeof keys[0] === 'number') found.set(keys[0], count)
  }
  return found
}

/** Up and down among what is shown; right opens or goes in, left closes or goes out. */
function onKey(event: React.KeyboardEvent, onOpen: (id: number, open: boolean) => void, go: (address: string) => void) {
  const here = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]')
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=treeitem]')]
  const at = all.indexOf(here)
  const expanded = here.getAttribute('aria-expanded')
  const moves: Record<string, () => unknown> = {
    ArrowDown: () => focus(all, all[at + 1]),
    ArrowUp: () => focus(all, all[at - 1]),
    Home: () => focus(all, all[0]),
    End: () => focus(all, all.at(-1)),
    ArrowRight: () =>
      expanded === 'false' ? onOpen(Number(here.dataset['id']), true) : expanded === 'true' && focus(all, all[at + 1]),
    ArrowLeft: () =>
      expanded === 'true'
        ? onOpen(Number(here.dataset['id']), false)
        : focus(
            all,
            all.slice(0, at).findLast((one) => Number(one.ariaLevel) < Number(here.ariaLevel)),
          ),
    Enter: () => (here.dataset['address'] ? go(here.dataset['address']) : here.click()),
  }
  const move = moves[event.key]
  if (!move) return
  event.preventDefault()
  event.stopPropagation()
  move()
}
function focus(all: readonly HTMLElement[], next: HTMLElement | undefined) {
  if (!next) return
  for (const one of all) one.tabIndex = one === next ? 0 : -1
  next.focus()
}

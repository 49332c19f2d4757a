// What refers to a record: each field of each kind of record that points at it, with its count, the first ones and the list behind it.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FieldInfo, Model, Page, RecordInfo, Row } from '../data/contract.ts'
import { addressOf, listAddress, titleOf, useModel } from '../data/model.ts'
import { read } from '../data/http.ts'
import { linkTo } from '../data/link.ts'
import { Problem } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { Fault } from '../ui/fault.tsx'

const words = messages.references
const shownFirst = 3
/** So many are asked for at a time: a record may be pointed at from thirty places. */
const atOnce = 4

interface Place {
  kind: RecordInfo
  field: FieldInfo
}
interface Found extends Place {
  items: readonly Row[]
  total: { count: number; atLeast: boolean }
}

/** The fields, declared and added, that point at this kind of record. What hangs on records of any kind has tabs of its own. */
export function placesOf(model: Model, record: RecordInfo): Place[] {
  return model.records.flatMap((kind) =>
    kind.fields
      .filter((field) => field.to === record.name && field.filterable !== false)
      .map((field) => ({ kind, field })),
  )
}

export function References({ record, row }: { record: RecordInfo; row: Row }) {
  const model = useModel()
  const found = useQuery({
    queryKey: ['on', record.plural, row.id, 'references'],
    queryFn: ({ signal }) => readAll(placesOf(model, record), row, signal),
  })
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <p className="quiet">{messages.list.loading}</p>
  if (found.data.length === 0) return <p className="quiet">{words.none}</p>
  return (
    <FactsTable
      label={words.tab}
      items={found.data}
      keyOf={({ kind, field }) => `${kind.name}.${field.name}`}
      columns={[
        {
          label: words.what,
          cell: (one) => (
            <>
              {one.kind.labelPlural} <span className="quiet">{one.field.label}</span>
            </>
          ),
        },
        {
          label: words.count,
          isNumber: true,
          cell: (one) => (
            <Link
              {...linkTo(`${listAddress(one.kind)}?filter=${one.field.name}:${row.number}`)}
              aria-label={words.open(one.total.count, one.kind.labelPlural, one.field.label)}
            >
              {messages.list.total(one.total.count, one.total.atLeast)}
            </Link>
          ),
        },
        { label: words.first, cell: (one) => <First {...one} /> },
      ]}
    />
  )
}

function First({ kind, items, total }: Found) {
  return (
    <span>
      {items.map((item, at) => (
        <span key={item.id}>
          {at > 0 && ', '}
          <Link to={addressOf(kind, item.number)}>{titleOf(kind, item)}</Link>
        </span>
      ))}
      {total.count > items.length && ' …'}
    </span>
  )
}

async function readAll(places: readonly Place[], row: Row, signal: AbortSignal): Promise<Found[]> {
  const found: Found[] = []
  for (let at = 0; at < places.length; at += atOnce) {
    const some = await Promise.all(places.slice(at, at + atOnce).map((place) => readOne(place, row, signal)))
    found.push(...some.filter((one) => one !== null && one.total.count > 0).map((one) => one as Found))
  }
  return found
}

/** Through the list of that kind, so that everybody finds what they may read; null where they may read none of it. */
async function readOne({ kind, field }: Place, row: Row, signal: AbortSignal): Promise<Found | null> {
  const query = new URLSearchParams({ filter: `${field.name}:${row.number}`, limit: String(shownFirst), total: 'true' })
  try {
    const page = await read<Page<Row>>(`/${kind.plural}?${query.toString()}`, signal)
    return { kind, field, items: page.items, total: page.total ?? { count: page.items.length, atLeast: false } }
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return null
    throw error
  }
}

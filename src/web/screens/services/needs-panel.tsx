// On the page of a service: what it needs and what needs it, with groups; each can be added and removed here.
import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecordInfo, Row } from '../../data/contract.ts'
import { addressOf, fieldOf, recordNamed, useModel } from '../../data/model.ts'
import { someQuery } from '../../data/queries.ts'
import { attempt, write } from '../../data/writes.ts'
import { isRef } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import type { PanelProps } from '../panels.ts'
import { NeedForm } from './need-form.tsx'

const words = messages.needs
const most = 200

/** The field that is this service, and the one that is the other end. */
export interface End {
  own: 'service' | 'needs'
  other: 'service' | 'needs'
  title: string
  none: string
  add: string
}
const endsNow = (): End[] => [
  { own: 'service', other: 'needs', title: words.needs, none: words.needsNothing, add: words.addNeed },
  { own: 'needs', other: 'service', title: words.neededBy, none: words.neededByNothing, add: words.addNeededBy },
]

export function Panel({ record, row }: PanelProps) {
  const kind = recordNamed(useModel(), 'dependency')
  if (kind === null) return <p className="quiet">{messages.errors.notFound}</p>
  return (
    <div className="stack">
      {endsNow().map((end) => (
        <Ends key={end.own} end={end} kind={kind} record={record} row={row} />
      ))}
    </div>
  )
}

function Ends({ end, kind, record, row }: PanelProps & { end: End; kind: RecordInfo }) {
  const [adding, setAdding] = useState(false)
  const found = useQuery(someQuery(kind.plural, { filter: `${end.own}:${row.number}`, limit: String(most) }))
  const items = found.data?.items ?? []
  return (
    <section className="stack" aria-label={end.title}>
      <h2>{end.title}</h2>
      {found.data && items.length === 0 && <p className="quiet">{end.none}</p>}
      {items.length > 0 && <Table end={end} kind={kind} record={record} items={items} />}
      {found.data?.next && <p className="quiet small">{words.cut(items.length)}</p>}
      {adding && <NeedForm end={end} kind={kind} row={row} onClose={() => setAdding(false)} />}
      {!adding && kind.can.create && (
        <div>
          <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
            {end.add}
          </Button>
        </div>
      )}
    </section>
  )
}

function Table({
  end,
  kind,
  record,
  items,
}: {
  end: End
  kind: RecordInfo
  record: RecordInfo
  items: readonly Row[]
}) {
  const label = (name: string) => fieldOf(kind, name)?.label
  return (
    <Scroll label={end.title}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.service}</th>
            <th>{label('group')}</th>
            <th>{label('minimum')}</th>
            <th>{label('note')}</th>
            <th>
              <span className="hidden-text">{messages.list.more}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Line key={item.id} item={item} other={item[end.other]} kind={kind} record={record} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

interface LineProps {
  item: Row
  other: unknown
  kind: RecordInfo
  record: RecordInfo
}

function Line({ item, other, kind, record }: LineProps) {
  const title = isRef(other) ? other.title : item.number
  const cell = (name: string) => (typeof item[name] === 'string' || typeof item[name] === 'number' ? item[name] : '–')
  const remove = () =>
    attempt(() =>
      write(
        kind.plural,
        `/${kind.plural}/${item.id}`,
        { method: 'DELETE', rev: item.rev ?? null },
        words.removed(title),
      ),
    )
  return (
    <tr>
      <td>{isRef(other) ? <Link to={addressOf(record, other.number)}>{title}</Link> : title}</td>
      <td>{cell('group')}</td>
      <td className="number">{cell('minimum')}</td>
      <td>{cell('note')}</td>
      <td style={{ textAlign: 'end' }}>
        {kind.can.bin && (
          <ActionIcon aria-label={words.remove(title)} onClick={() => void remove()}>
            <Icon name="close" size={13} />
          </ActionIcon>
        )}
      </td>
    </tr>
  )
}

// On the page of a record: the legal holds that keep it, for those who may read holds.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Hold } from '#kit/retention/holds.ts'
import type { FullRow, RecordInfo } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { addressOf, recordNamed, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { State } from '../ui/state.tsx'

export function Holds({ record, row }: { record: RecordInfo; row: FullRow }) {
  const held = useQuery({
    queryKey: ['holds', record.name, row.id],
    queryFn: () => read<{ items: Hold[] }>(`/retention/${record.name}/${row.id}/holds`),
    staleTime: 60_000,
  })
  const hold = recordNamed(useModel(), 'legalHold')
  const holds = held.data?.items ?? []
  if (holds.length === 0) return null
  return (
    <div className="panel record-holds" role="note">
      <State tone="hold">{messages.record.held}</State> {messages.record.heldUntil}
      <ul className="plain">
        {holds.map(({ number, name, reason }) => (
          <li key={number}>
            {hold ? <Link to={addressOf(hold, number)}>{number}</Link> : number} <b>{name}</b>{' '}
            <span className="quiet">{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

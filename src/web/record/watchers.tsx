// Who is told of changes; watch and stop watching.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Page, RecordInfo, Row } from '../data/contract.ts'
import { call, read } from '../data/http.ts'
import { useMe, useModel } from '../data/model.ts'
import { attempt, refresh } from '../data/writes.ts'
import { isRef } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { onQuery } from './on.ts'

export function Watchers({ record, row }: { record: RecordInfo; row: Row }) {
  const me = useMe()
  const known = useModel().records.some((one) => one.plural === 'watchers')
  const query = onQuery(record, row, 'watchers')
  const watchers = useQuery({ queryKey: query.key, queryFn: () => read<Page<Row>>(query.path), enabled: known })
  if (!known) return null
  const items = watchers.data?.items ?? []
  const mine = items.find((item) => isRef(item['person']) && item['person'].id === me.person?.id)
  async function toggle() {
    await attempt(() =>
      mine
        ? call(`/watchers/${mine.id}`, { method: 'DELETE', rev: mine.rev ?? null })
        : call('/watchers', {
            method: 'POST',
            body: { on: { record: record.name, id: row.id, number: row.number }, person: me.person?.id },
          }),
    )
    refresh('watchers')
  }
  const words = messages.record
  return (
    <section className="panel">
      <header>
        <h2>{words.watchers}</h2>
        {me.person && (
          <Button size="compact-xs" onClick={() => void toggle()}>
            {mine ? words.unwatch : words.watch}
          </Button>
        )}
      </header>
      {items.length === 0 ? (
        <p className="quiet small">{words.nobodyWatches}</p>
      ) : (
        <p className="small">
          {items
            .map((item) => (isRef(item['person']) ? item['person'].title : ''))
            .filter(Boolean)
            .join(', ')}
        </p>
      )}
    </section>
  )
}

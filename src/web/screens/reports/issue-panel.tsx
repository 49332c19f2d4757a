// An issue: its page, the commentary that it needs before it is released, and to whom it was sent.
import { Button, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FullRow } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { sentenceOf } from '../../data/problem.ts'
import { attempt, write } from '../../data/writes.ts'
import { instantText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { reportWords } from '../../messages/reports.ts'
import { FactsTable } from '../../ui/facts-table.tsx'
import type { PanelProps } from '../panels.ts'
import type { Figure, ShownPage } from './contract.ts'
import { Downloads } from './deeds.tsx'
import { PageView } from './page-view.tsx'
import { changeText, measuredText } from './values.ts'

const words = reportWords.issue

export function Panel({ row }: PanelProps) {
  const address = `/reportissues/${row.id}`
  const page = useQuery({
    queryKey: ['screen', 'issue-page', row.id, row.rev],
    queryFn: ({ signal }) => read<ShownPage>(`${address}/page`, signal),
    placeholderData: keepPreviousData,
  })
  if (page.error)
    return (
      <p role="alert" className="error-text">
        {sentenceOf(page.error)}
      </p>
    )
  if (!page.data) return <p className="quiet">{reportWords.page.loading}</p>
  const mayWrite = row['status'] === 'draft' && row.can?.update === true
  return (
    <div className="stack">
      <Downloads address={address} isPrintable={page.data.isPrintable} />
      {mayWrite && <Commentary row={row} figures={changed(page.data)} />}
      <PageView shown={page.data} />
      <Deliveries row={row} />
      {typeof row['sha256'] === 'string' && <p className="quiet small mono report-hash">{words.hash(row['sha256'])}</p>}
    </div>
  )
}
/** What has to be explained, and what could be. */
function changed({ page }: ShownPage): Figure[] {
  const all = page.blocks.flatMap((part) => (part.kind === 'figures' ? part.items : []))
  return all.filter((figure) => figure.isBeyond)
}

function commentsIn(row: FullRow): Record<string, string> {
  const kept = row['commentary']
  return typeof kept === 'object' && kept !== null ? (kept as Record<string, string>) : {}
}
function Commentary({ row, figures }: { row: FullRow; figures: readonly Figure[] }) {
  const kept = commentsIn(row)
  // What was typed here, with what stood there before: the rest is whatever it is by now.
  const [typed, setTyped] = useState<Record<string, { text: string; before: string }>>({})
  const isDone = figures.every((figure) => (kept[figure.id] ?? '').trim() !== '')
  if (figures.length === 0) return null
  async function save() {
    const mine = Object.fromEntries(Object.entries(typed).map(([id, { text }]) => [id, text]))
    const commentary = { ...kept, ...mine }
    const change = { method: 'PATCH' as const, body: { commentary }, rev: row.rev ?? null }
    if (await attempt(() => write('reportissues', `/reportissues/${row.id}`, change, words.saved)))
      setTyped((now) => Object.fromEntries(Object.entries(now).filter(([id, { text }]) => text !== mine[id])))
  }
  return (
    <form
      className="report-commentary no-print"
      aria-label={words.commentary}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2>{words.commentary}</h2>
      <p className={isDone ? 'quiet' : 'report-explain'}>{isDone ? words.done : words.needed}</p>
      {figures.map((figure) => {
        const now = kept[figure.id] ?? ''
        const { text, before } = typed[figure.id] ?? { text: now, before: now }
        return (
          <div key={figure.id}>
            <Textarea
              label={words.comment(figure.label)}
              description={`${measuredText(figure.value, figure.unit)} · ${changeText(figure)}`}
              autosize
              minRows={2}
              maxLength={4000}
              value={text}
              onChange={(event) => {
                const { value } = event.currentTarget
                setTyped((all) => ({ ...all, [figure.id]: { text: value, before: all[figure.id]?.before ?? now } }))
              }}
            />
            {now !== before && now !== text && (
              <p role="status" className="small overtaken">
                {messages.unsent.overtaken(row.updatedBy?.title ?? messages.timeline.system)} {now}
              </p>
            )}
          </div>
        )
      })}
      <div>
        <Button type="submit">{words.save}</Button>
      </div>
    </form>
  )
}

interface Delivery {
  person: number
  name: string
  at: string
  outcome: string
  because: string
}
function Deliveries({ row }: { row: FullRow }) {
  const items = Array.isArray(row['deliveries']) ? (row['deliveries'] as Delivery[]) : []
  if (row['status'] !== 'released') return null
  return (
    <section className="stack no-print">
      <h2>{words.deliveries}</h2>
      {items.length === 0 ? (
        <p className="quiet">{words.noDeliveries}</p>
      ) : (
        <FactsTable
          label={words.deliveries}
          items={items}
          keyOf={(item) => item.person}
          columns={[
            { label: words.person, cell: (item) => item.name },
            { label: words.outcome, cell: (item) => words.outcomes[item.outcome] ?? item.outcome },
            { label: words.when, cell: (item) => instantText(item.at) },
            { label: words.because, cell: (item) => item.because },
          ]}
        />
      )}
    </section>
  )
}

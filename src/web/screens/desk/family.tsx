// The family of an incident: what it is a part of, what is a part of it, what was merged into it; all are resolved with it.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { FieldInfo, RecordInfo, Row } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { addressOf, fieldOf, titleOf, valueOf } from '../../data/model.ts'
import { attempt, write } from '../../data/writes.ts'
import { Editor } from '../../fields/late-editor.tsx'
import { isRef } from '../../fields/format.ts'
import { Value } from '../../fields/value.tsx'
import { messages } from '../../messages/messages.ts'
import { Fault } from '../../ui/fault.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { PanelProps } from '../panels.ts'
import type { Family } from './contract.ts'
import './desk.css'

const words = messages.desk
const child: FieldInfo = {
  name: 'child',
  get label() {
    return words.addChild
  },
  kind: 'ref',
  to: 'incident',
  required: true,
}
const ResolveFamily = lazy(() =>
  import('./resolve-family.tsx').then(({ ResolveFamily: component }) => ({ default: component })),
)

export function Panel({ record, row }: PanelProps) {
  const family = useQuery({
    queryKey: ['on', record.plural, row.id, 'family'],
    queryFn: ({ signal }) => read<Family>(`/incidents/${row.id}/family`, signal),
  })
  const [resolving, setResolving] = useState(false)
  if (family.error) return <Fault error={family.error} again={() => void family.refetch()} />
  if (!family.data) return <p className="quiet">{messages.list.loading}</p>
  const { parent, children, merged, open } = family.data
  const may = row.can?.update === true && !row.binnedAt
  return (
    <div className="stack" style={{ gap: 'var(--space-4)' }}>
      {parent && (
        <section>
          <h2 className="text-label">{words.partOf}</h2>
          <Members record={record} rows={[parent]} label={words.partOf} />
        </section>
      )}
      {children.length > 0 && (
        <section>
          <h2 className="text-label">
            {words.children} ({children.length})
          </h2>
          <Members record={record} rows={children} label={words.children} />
        </section>
      )}
      {merged.length > 0 && (
        <section>
          <h2 className="text-label">{words.merged}</h2>
          <Members record={record} rows={merged} label={words.merged} />
        </section>
      )}
      {!parent && children.length === 0 && merged.length === 0 && <p className="quiet">{words.noFamily}</p>}
      {may && (
        <div className="row">
          <AddChild record={record} row={row} />
          {open > 0 && (
            <Button variant="filled" onClick={() => setResolving(true)}>
              {words.resolveFamily(open)}
            </Button>
          )}
        </div>
      )}
      {resolving && (
        <Suspense fallback={null}>
          <ResolveFamily record={record} row={row} onClose={() => setResolving(false)} />
        </Suspense>
      )}
    </div>
  )
}

function Members({ record, rows, label }: { record: RecordInfo; rows: Row[]; label: string }) {
  const columns = ['status', 'priority', 'requester', 'assignee'].flatMap((name) => fieldOf(record, name) ?? [])
  return (
    <div className="scroll-x" role="region" tabIndex={0} aria-label={label}>
      <table className="facts">
        <thead>
          <tr>
            <th>{record.label}</th>
            {columns.map((field) => (
              <th key={field.name}>{field.label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.id}>
              <td>
                <Link to={addressOf(record, one.number)}>
                  {one.number} {titleOf(record, one)}
                </Link>
              </td>
              {columns.map((field) => (
                <td key={field.name}>
                  <Value record={record} field={field} value={valueOf(one, field)} links />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AddChild({ record, row }: PanelProps) {
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<unknown>(null)
  async function add(event: React.FormEvent) {
    event.preventDefault()
    if (!isRef(chosen)) return
    const { number } = chosen
    const done = await attempt(async () => {
      const current = await read<Row>(`/incidents/${chosen.id}`)
      await write(
        record.plural,
        `/incidents/${chosen.id}`,
        { method: 'PATCH', body: { parent: row.id }, rev: current.rev ?? null },
        words.childAdded(number),
      )
    })
    if (!done) return
    setChosen(null)
    setOpen(false)
  }
  if (!open)
    return (
      <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setOpen(true)}>
        {words.addChild}
      </Button>
    )
  return (
    <form className="stack related-form" onSubmit={(event) => void add(event)}>
      <Editor field={child} value={chosen} autoFocus onChange={setChosen} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onClick={() => setOpen(false)}>{messages.record.cancel}</Button>
        <Button type="submit" variant="filled" disabled={!isRef(chosen)}>
          {words.makeChild}
        </Button>
      </div>
    </form>
  )
}

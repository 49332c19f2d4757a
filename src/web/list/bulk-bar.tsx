// What can be done with the selected rows at once. Failures are listed with their reasons; one undo takes the whole back.
import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { bodyOf } from '../data/model.ts'
import { attempt, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { Rows } from './rows.ts'
import type { Selection } from './selection.ts'
import { queryOf, type View } from './view.ts'
import { Dialog } from '../ui/dialog.tsx'

const BulkChange = lazy(() => import('./bulk-change.tsx').then(({ BulkChange: component }) => ({ default: component })))

interface BulkProps {
  record: RecordInfo
  view: View
  rows: Rows
  selection: Selection
}
interface BulkAnswer {
  request: string
  done: number
  failed: { id: number; because: string }[]
}
type Work = { change: Record<string, unknown> } | { move: string; input: Record<string, unknown> } | { bin: true }

export function BulkBar({ record, view, rows, selection }: BulkProps) {
  const [dialog, setDialog] = useState<'change' | null>(null)
  const [failed, setFailed] = useState<BulkAnswer['failed']>([])
  const words = messages.bulk
  async function apply(work: Work) {
    const { filter, q } = queryOf(view)
    const target = selection.all ? { filter: filter ?? '', q } : { ids: [...selection.ids] }
    const done = 'bin' in work ? words.binDone(selection.count) : words.done(selection.count)
    await attempt(async () => {
      const { body } = await write<BulkAnswer>(
        record.plural,
        `/${record.plural}/bulk`,
        { method: 'POST', body: { ...target, ...work } },
        done,
      )
      setFailed(body.failed)
      setDialog(null)
      if (body.failed.length === 0) selection.clear()
    })
  }
  const total = rows.total ? messages.list.total(rows.total.count, rows.total.atLeast) : ''
  const moreThanLoaded = !selection.all && rows.hasGap && selection.ids.size >= rows.head.length
  return (
    <div className="bulk-bar" role="region" aria-label={words.selected(selection.count)}>
      <b>{selection.all ? words.allSelected(total) : words.selected(selection.count)}</b>
      {moreThanLoaded && (
        <button type="button" className="link-button" onClick={selection.selectAll}>
          {words.allMatching(total)}
        </button>
      )}
      {record.can.update && (
        <Button onClick={() => setDialog('change')} leftSection={<Icon name="edit" size={14} />}>
          {words.change}
        </Button>
      )}
      {record.workflow && record.can.update && (
        <Menu
          position="top-start"
          entries={record.workflow.moves
            .filter((move) => move.needs.length === 0)
            .map((move) => ({ label: move.label, run: () => void apply({ move: move.name, input: {} }) }))}
        >
          <Button rightSection={<Icon name="up" size={14} />}>{words.move}</Button>
        </Menu>
      )}
      {record.can.bin && (
        <Button onClick={() => void apply({ bin: true })} leftSection={<Icon name="bin" size={14} />}>
          {words.bin}
        </Button>
      )}
      <Button variant="subtle" onClick={selection.clear}>
        {words.clear}
      </Button>
      {dialog === 'change' && (
        <Suspense fallback={null}>
          <BulkChange
            record={record}
            count={selection.count}
            onClose={() => setDialog(null)}
            onApply={(values) => apply({ change: bodyOf(record, values) })}
          />
        </Suspense>
      )}
      {failed.length > 0 && <Failures failed={failed} rows={rows} onClose={() => setFailed([])} />}
    </div>
  )
}

function Failures({ failed, rows, onClose }: { failed: BulkAnswer['failed']; rows: Rows; onClose: () => void }) {
  const numberOf = (id: number) => [...rows.head, ...rows.tail].find((row) => row.id === id)?.number ?? String(id)
  return (
    <Dialog onClose={onClose} title={messages.bulk.failed(failed.length)} size={560}>
      <table className="facts">
        <thead>
          <tr>
            <th>{messages.baseFields.number}</th>
            <th>{messages.bulk.why}</th>
          </tr>
        </thead>
        <tbody>
          {failed.map(({ id, because }) => (
            <tr key={id}>
              <td className="mono">{numberOf(id)}</td>
              <td>{because}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}

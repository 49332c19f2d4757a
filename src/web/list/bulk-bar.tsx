// What can be done with the selected rows at once. Failures are listed with their reasons; one undo takes the whole back.
import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { bodyOf } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { useActions } from '../ui/actions.ts'
import { Menu } from '../ui/menu.tsx'
import type { Rows } from './rows.ts'
import type { Selection } from './selection.ts'
import type { View } from './view.ts'
import { BulkFailures } from './bulk-failures.tsx'
import { useBulkWork } from './bulk-work.ts'
import { fieldsOfKeys } from './list-keys.ts'

const BulkChange = lazy(() => import('./bulk-change.tsx').then(({ BulkChange: component }) => ({ default: component })))

interface BulkProps {
  record: RecordInfo
  view: View
  rows: Rows
  selection: Selection
}
export function BulkBar({ record, view, rows, selection }: BulkProps) {
  const [dialog, setDialog] = useState<{ field: string | null } | null>(null)
  const [hasMoves, setMoves] = useState(false)
  const words = messages.bulk
  useBulkKeys(record, { change: (field) => setDialog({ field }), move: () => setMoves(true) })
  const { apply, failed, forgetFailed } = useBulkWork(record, view, selection, () => setDialog(null))
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
        <Button onClick={() => setDialog({ field: null })} leftSection={<Icon name="edit" size={14} />}>
          {words.change}
        </Button>
      )}
      {record.workflow && record.can.update && (
        <Menu
          opened={hasMoves}
          onChange={setMoves}
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
      {dialog && (
        <Suspense fallback={null}>
          <BulkChange
            record={record}
            count={selection.count}
            first={dialog.field}
            onClose={() => setDialog(null)}
            onApply={(values) => apply({ change: bodyOf(record, values) })}
          />
        </Suspense>
      )}
      {failed && <BulkFailures of={failed} onClose={forgetFailed} />}
    </div>
  )
}

/** While rows are selected the keys of a row speak of all of them: S moves, A, P and E change. */
function useBulkKeys(record: RecordInfo, does: { change: (field: string | null) => void; move: () => void }): void {
  const words = messages.bulk
  const group = messages.list.rows
  const changes = [{ key: 'e', label: words.change, field: null }, ...fieldsOfKeys(record).map(({ letter, fields: [first] }) => ({ key: letter, label: `${words.change}: ${first.label}`, field: first.name }))] // oxfmt-ignore
  useActions([
    ...(record.can.update
      ? changes.map(({ key, label, field }) => ({ id: `bulk-${key}`, keys: key, label, hidden: true, group, run: () => does.change(field) })) // oxfmt-ignore
      : []),
    ...(record.can.update && record.workflow
      ? [{ id: 'bulk-s', keys: 's', label: words.move, hidden: true, group, run: does.move }]
      : []),
  ])
}

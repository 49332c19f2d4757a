// The conflict shown field by field: mine, theirs, and which to keep.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { fieldOf, valueOf } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'
import { clashes, type Saving } from './save.ts'
import { Dialog } from '../ui/dialog.tsx'

export function MergeDialog({ record, saving }: { record: RecordInfo; saving: Saving }) {
  const { conflict } = saving
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  if (conflict === null) return null
  const { mine, theirs, before } = conflict
  const names = clashes(record, mine, before, theirs)
  const words = messages.merge
  const kept = Object.fromEntries(Object.entries(mine).filter(([name]) => !taken.has(name)))
  function choose(name: string, takeTheirs: boolean) {
    const next = new Set(taken)
    if (takeTheirs) next.add(name)
    else next.delete(name)
    setTaken(next)
  }
  return (
    <Dialog onClose={saving.dismiss} title={words.title} size={720}>
      <p className="quiet" style={{ marginBlockEnd: 12 }}>
        {words.text}
      </p>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.field}</th>
            <th>{words.before}</th>
            <th>{words.mine}</th>
            <th>{words.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const field = fieldOf(record, name)
            return (
              field && (
                <tr key={name}>
                  <th scope="row">{field.label}</th>
                  <td>
                    <Value record={record} field={field} value={valueOf(before, field)} />
                  </td>
                  <td>
                    <label className="row">
                      <input
                        type="radio"
                        name={name}
                        checked={!taken.has(name)}
                        onChange={() => choose(name, false)}
                        aria-label={words.keepMine}
                      />
                      <Value record={record} field={field} value={mine[name]} />
                    </label>
                  </td>
                  <td>
                    <label className="row">
                      <input
                        type="radio"
                        name={name}
                        checked={taken.has(name)}
                        onChange={() => choose(name, true)}
                        aria-label={words.takeTheirs}
                      />
                      <Value record={record} field={field} value={valueOf(theirs, field)} />
                    </label>
                  </td>
                </tr>
              )
            )
          })}
        </tbody>
      </table>
      <div className="row" style={{ justifyContent: 'flex-end', marginBlockStart: 16 }}>
        <Button onClick={saving.dismiss}>{messages.record.cancel}</Button>
        <Button variant="filled" onClick={() => void attempt(() => saving.keep(kept))}>
          {words.save}
        </Button>
      </div>
    </Dialog>
  )
}

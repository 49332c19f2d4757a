// The promises of a service level on its page: each target in a line that opens as a form; the pauses under them.
import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import type { Row } from '../../data/contract.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { someQuery } from '../../data/queries.ts'
import { attempt, write } from '../../data/writes.ts'
import { messages } from '../../messages/messages.ts'
import { Icon } from '../../ui/icon.tsx'
import type { PanelProps } from '../panels.ts'
import { Pauses } from './pauses.tsx'
import {
  clockName,
  newTarget,
  percents,
  sentencesOf,
  stepInWords,
  targetOf,
  timeInWords,
  type Target,
} from './targets/contract.ts'
import { TargetForm } from './targets/target-form.tsx'
import './levels.css'

const words = messages.targets

export function Panel(props: PanelProps) {
  const { row } = props
  const record = recordNamed(useModel(), 'target')
  const targets = useQuery(
    someQuery('targets', {
      filter: `agreement:${row.number}`,
      limit: '200',
      fields: 'clock,priority,workingMinutes,workingDays,endOfDay,warnAt,escalations',
    }),
  )
  const [open, setOpen] = useState<number | 'new' | null>(null)
  const priorities = record?.fields.find((field) => field.name === 'priority')?.options?.map((one) => one.value) ?? []
  const items = (targets.data?.items ?? []).toSorted(byClock)
  const may = record?.can.update === true
  async function save(target: Target, kept: Row | null) {
    if (kept === null)
      await write('targets', '/targets', { method: 'POST', body: { ...target, agreement: row.id } }, words.added)
    else
      await write(
        'targets',
        `/targets/${kept.id}`,
        { method: 'PATCH', body: target, rev: kept.rev ?? null },
        words.saved,
      )
    setOpen(null)
  }
  const remove = (kept: Row) =>
    attempt(() => write('targets', `/targets/${kept.id}`, { method: 'DELETE', rev: kept.rev ?? null }, words.removed))
  if (targets.error) return <p className="error-text">{sentenceOf(targets.error)}</p>
  return (
    <>
      {targets.data && items.length === 0 && <p className="quiet">{words.none}</p>}
      {items.length > 0 && (
        <div className="scroll-x">
          <table className="facts targets">
            <thead>
              <tr>
                <th>{words.clock}</th>
                <th>{words.priority}</th>
                <th>{words.time}</th>
                <th>{words.warnAt}</th>
                <th>{words.escalations}</th>
                <th>
                  <span className="hidden-text">{words.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Fragment key={item.id}>
                  <Line item={item} may={may} onOpen={() => setOpen(item.id)} onRemove={() => void remove(item)} />
                  {open === item.id && (
                    <tr>
                      <td colSpan={6}>
                        <TargetForm
                          target={targetOf(item)}
                          priorities={priorities}
                          onSave={(target) => save(target, item)}
                          onClose={() => setOpen(null)}
                        />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open === 'new' && (
        <div className="panel">
          <TargetForm
            target={newTarget}
            priorities={priorities}
            onSave={(target) => save(target, null)}
            onClose={() => setOpen(null)}
          />
        </div>
      )}
      {record?.can.create && open !== 'new' && (
        <div>
          <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setOpen('new')}>
            {words.add}
          </Button>
        </div>
      )}
      <Pauses {...props} />
    </>
  )
}

interface LineProps {
  item: Row
  may: boolean
  onOpen: () => void
  onRemove: () => void
}

function Line({ item, may, onOpen, onRemove }: LineProps) {
  const target = targetOf(item)
  const name = sentencesOf(target)[0] ?? item.number
  return (
    <tr>
      <td className="strong">{clockName(target.clock)}</td>
      <td>{target.priority ?? <span className="quiet">{words.every}</span>}</td>
      <td className="number">{timeInWords(target)}</td>
      <td className="number">{target.warnAt.length > 0 ? percents(target.warnAt) : '–'}</td>
      <td>
        {target.escalations.map((step, at) => (
          <div key={at} className="small">
            {stepInWords(step)}
          </div>
        ))}
      </td>
      <td className="target-buttons">
        {may && (
          <>
            <ActionIcon aria-label={words.edit(name)} onClick={onOpen}>
              <Icon name="edit" size={14} />
            </ActionIcon>
            <ActionIcon aria-label={words.remove(name)} onClick={onRemove}>
              <Icon name="bin" size={14} />
            </ActionIcon>
          </>
        )}
      </td>
    </tr>
  )
}

/** By clock, then by priority; the one for every other priority last. */
function byClock(one: Row, other: Row): number {
  const key = (row: Row) => `${String(row['clock'])}/${String(row['priority'] ?? '~')}`
  return key(one).localeCompare(key(other))
}

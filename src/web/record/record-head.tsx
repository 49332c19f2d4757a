// The head of a record's page: where it is, its title (edited in place), its reference, state and key facts, and its moves.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { listAddress, stateOf, titleOf, useModel, valueOf, fieldOf } from '../data/model.ts'
import { attempt, write } from '../data/writes.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { Value } from '../fields/value.tsx'
import { lastView } from '../list/last-view.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Sign, State } from '../ui/state.tsx'
import { ClockChip } from './clocks.tsx'
import { InlineField } from './inline-field.tsx'
import { MoreMenu } from './more-menu.tsx'
import { Moves } from './moves.tsx'
import { Presence } from './presence.tsx'
import type { RecordProps } from './record-page.tsx'

export function RecordHead(props: RecordProps) {
  const { record, row } = props
  const place = useModel().places.find((one) => one.name === record.place)
  return (
    <header className="record-head">
      <nav aria-label={messages.shell.where} className="crumbs">
        <ol>
          {place && (
            <li>
              <Link to={`/${place.name}`} activeOptions={{ exact: true }}>
                {place.label}
              </Link>
            </li>
          )}
          <li>
            <Link to={listAddress(record)} search={lastView(record.name)} activeOptions={{ exact: true }}>
              {record.labelPlural}
            </Link>
          </li>
          <li aria-current="page" className="mono">
            {row.number}
          </li>
        </ol>
      </nav>
      <div className="record-title-line">
        <Title {...props} />
        <div className="row record-actions">
          {row.binnedAt ? <Restore {...props} /> : <Moves {...props} />}
          <MoreMenu {...props} />
        </div>
      </div>
      <div className="spread">
        <Facts {...props} />
        <Presence record={record} row={row} isEditing={props.editing !== null} />
      </div>
      {row.binnedAt && (
        <p className="record-binned">
          <Sign tone="warn" />
          {messages.record.binnedLine(instantText(row.binnedAt))}
        </p>
      )}
    </header>
  )
}

function Title(props: RecordProps) {
  const { record, row, editing } = props
  const field = fieldOf(record, record.title)
  if (!field || field.stamped || editing !== record.title) {
    return (
      <h1 className="record-title">
        {field && !field.stamped && (row.can?.update ?? record.can.update) ? (
          <button
            type="button"
            className="plain-button"
            aria-label={`${messages.record.editTitle}: ${titleOf(record, row)}`}
            onClick={() => props.setEditing(record.title)}
          >
            {titleOf(record, row)}
          </button>
        ) : (
          titleOf(record, row)
        )}
      </h1>
    )
  }
  return (
    <div className="record-title" style={{ flex: 1 }}>
      <h1 className="hidden-text">{titleOf(record, row)}</h1>
      <InlineField {...props} field={field} bare />
    </div>
  )
}

/** Reference, state, the graded choices, who has it, the most urgent clock. */
function Facts({ record, row }: RecordProps) {
  const state = record.workflow ? stateOf(record, row[record.workflow.field]) : null
  const graded = record.fields
    .filter((field) => field.kind === 'choice' && field.options?.some((option) => option.tone))
    .slice(0, 1)
  const people = record.fields
    .filter(
      (field) =>
        (field.kind === 'person' || field.to === 'person') && field.kind !== 'refs' && record.list.includes(field.name),
    )
    .slice(0, 1)
  const clock = (row.clocks ?? [])
    .filter((one) => one.state === 'running' || one.state === 'paused' || one.state === 'breached')
    // One that still runs comes before one that was missed and is over.
    .toSorted(
      (a, b) => Number(a.stoppedAt !== null) - Number(b.stoppedAt !== null) || a.remainingSeconds - b.remainingSeconds,
    )[0]
  return (
    <div className="row record-facts" role="group" aria-label={messages.record.facts}>
      <span className="mono">{row.number}</span>
      {state && <State tone={state.tone}>{state.label}</State>}
      {[...graded, ...people].map((field) => (
        <span key={field.name}>
          <Value record={record} field={field} value={valueOf(row, field)} links />
        </span>
      ))}
      {clock && <ClockChip clock={clock} />}
      {row.updatedAt && (
        <time className="quiet small" dateTime={row.updatedAt} title={instantText(row.updatedAt)}>
          {messages.baseFields.updatedAt} {relativeText(row.updatedAt)}
        </time>
      )}
    </div>
  )
}

function Restore({ record, row }: RecordProps) {
  const restore = () =>
    attempt(() =>
      write(
        record.plural,
        `/${record.plural}/${row.id}/restore`,
        { method: 'POST' },
        messages.record.restored(row.number),
      ),
    )
  return (
    <Button variant="filled" leftSection={<Icon name="undo" />} onClick={() => void restore()}>
      {messages.record.restore}
    </Button>
  )
}

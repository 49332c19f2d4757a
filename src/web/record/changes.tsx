// A change of one field in words: "changed Priority from P3 to P1".
import type { Change, RecordInfo } from '../data/contract.ts'
import { fieldOf } from '../data/model.ts'
import { isFile } from '../fields/format.ts'
import { plainText } from '../fields/plain.ts'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'

const words = messages.timeline
const longAfter = 120

export function isLong(record: RecordInfo, change: Change): boolean {
  const field = fieldOf(record, change.field)
  return field?.kind === 'longText' || field?.kind === 'json' || String(change.to ?? '').length > longAfter
}

/** What a record was created with, in one sentence: "with Subject …, Impact …". */
export function FirstValues({ record, changes }: { record: RecordInfo; changes: readonly Change[] }) {
  const set = changes.filter(({ to }) => to !== null && to !== '' && !(Array.isArray(to) && to.length === 0))
  if (set.length === 0) return null
  return (
    <p className="first-values">
      {words.with}{' '}
      {set.map((change, at) => (
        <span key={change.field}>
          {at > 0 && ', '}
          <span className="quiet">{change.label}</span>
          {!isLong(record, change) && (
            <>
              {' '}
              <Shown record={record} change={change} value={change.to} />
            </>
          )}
        </span>
      ))}
    </p>
  )
}

function Shown({ record, change, value }: { record: RecordInfo; change: Change; value: unknown }) {
  const field = fieldOf(record, change.field)
  if (value === null || value === undefined || value === '') return <span className="quiet">{words.wasEmpty}</span>
  return field && field.kind !== 'longText' ? (
    <Value record={record} field={field} value={value} />
  ) : (
    <>{plainText({ kind: 'text' }, value)}</>
  )
}

export function ChangeLine({ record, change }: { record: RecordInfo; change: Change }) {
  if (isLong(record, change))
    return (
      <span>
        {words.longChanged} <span className="quiet">{change.label}</span>
      </span>
    )
  // A change has a side that says something; where none does, it was erased.
  if (change.from === null && change.to === null)
    return (
      <span>
        {words.changed} <span className="quiet">{change.label}</span> ({words.wasErased})
      </span>
    )
  if (isFile(change.from) || isFile(change.to)) return <FileChange record={record} change={change} />
  return (
    <span>
      {words.changed} <span className="quiet">{change.label}</span> {words.from}{' '}
      <Shown record={record} change={change} value={change.from} /> {words.to}{' '}
      <Shown record={record} change={change} value={change.to} />
    </span>
  )
}

/** "replaced Signed document lease.pdf by lease-2.pdf" */
function FileChange({ record, change }: { record: RecordInfo; change: Change }) {
  const { from, to, label } = change
  const deed = !isFile(from) ? words.fileAdded : isFile(to) ? words.fileReplaced : words.fileRemoved
  return (
    <span>
      {deed} <span className="quiet">{label}</span> <Shown record={record} change={change} value={from ?? to} />
      {isFile(from) && isFile(to) && (
        <>
          {' '}
          {words.fileBy} <Shown record={record} change={change} value={to} />
        </>
      )}
    </span>
  )
}

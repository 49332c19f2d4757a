// A change of one field in words: "changed Priority from P3 to P1".
import type { Change, RecordInfo } from '../data/contract.ts'
import { fieldOf } from '../data/model.ts'
import { plainText } from '../fields/plain.ts'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'

const words = messages.timeline
const longAfter = 120

export function isLong(record: RecordInfo, change: Change): boolean {
  const field = fieldOf(record, change.field)
  return field?.kind === 'longText' || field?.kind === 'json' || String(change.to ?? '').length > longAfter
}

export function ChangeLine({ record, change }: { record: RecordInfo; change: Change }) {
  const field = fieldOf(record, change.field)
  if (isLong(record, change))
    return (
      <span>
        {words.longChanged} <span className="quiet">{change.label}</span>
      </span>
    )
  const shown = (value: unknown) =>
    value === null || value === undefined || value === '' ? (
      <span className="quiet">{words.wasEmpty}</span>
    ) : field && field.kind !== 'longText' ? (
      <Value record={record} field={field} value={value} />
    ) : (
      <>{plainText({ kind: 'text' }, value)}</>
    )
  return (
    <span>
      {words.changed} <span className="quiet">{change.label}</span> {words.from} {shown(change.from)} {words.to}{' '}
      {shown(change.to)}
    </span>
  )
}

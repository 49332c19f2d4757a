// One value of any kind, shown: the same in lists, on record pages, in the history and on boards.
import { Link } from '@tanstack/react-router'
import type { FieldInfo, RecordInfo, Ref } from '../data/contract.ts'
import { addressOf, recordNamed, stateOf, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { Grade, State, toneOf } from '../ui/state.tsx'
import { instantBrief, instantFull, instantShort, isRef } from './format.ts'
import { ownFieldOf } from './own-fields.ts'
import { plainText } from './plain.ts'

interface ValueProps {
  record: RecordInfo
  field: FieldInfo
  value: unknown
  links?: boolean
}

/** Shows `value`; an empty one as a quiet dash. With `links`, references lead to their pages. */
export function Value({ record, field, value, links = false }: ValueProps) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return (
      <span className="quiet">{field.kind === 'person' || field.to === 'person' ? messages.values.noOne : '–'}</span>
    )
  }
  const own = ownFieldOf(field)
  if (own?.words) return <>{own.words(value)}</>
  if (own?.linkText) return links ? <Link to={String(value)}>{own.linkText}</Link> : <>{own.linkText}</>
  switch (field.kind) {
    case 'states':
      return <StateValue record={record} field={field} value={value} />
    case 'choice':
      return <ChoiceValue field={field} value={value} />
    case 'instant':
      return (
        <time dateTime={String(value)} title={instantFull(String(value))} className="number">
          {(links ? instantShort : instantBrief)(String(value))}
        </time>
      )
    case 'ref':
    case 'person':
    case 'any':
      return <RefValue field={field} value={value} links={links} />
    case 'refs':
      return <RefsValue field={field} value={value} links={links} />
    case 'tags':
      return (
        <span className="tags">
          {(Array.isArray(value) ? value : [value]).map((tag) => (
            <span key={String(tag)} className="tag">
              {String(tag)}
            </span>
          ))}
        </span>
      )
    case 'email':
      return links ? <a href={`mailto:${String(value)}`}>{String(value)}</a> : <>{String(value)}</>
    case 'url':
      return links && /^https?:/i.test(String(value)) ? (
        <a href={String(value)} target="_blank" rel="noreferrer noopener">
          {String(value)}
        </a>
      ) : (
        <>{String(value)}</>
      )
    default:
      return <>{plainText(field, value)}</>
  }
}

function StateValue({ record, field, value }: ValueProps) {
  const state = record.workflow?.field === field.name ? stateOf(record, value) : null
  const option = field.options?.find((candidate) => candidate.value === value)
  return <State tone={state?.tone ?? toneOf(option?.tone)}>{state?.label ?? option?.label ?? String(value)}</State>
}

function ChoiceValue({ field, value }: { field: FieldInfo; value: unknown }) {
  const option = field.options?.find((candidate) => candidate.value === value)
  if (!option?.tone) return <>{option?.label ?? String(value)}</>
  // The bars say how urgent; every other choice has the sign of its tone.
  const Shown = field.name === 'priority' ? Grade : State
  return <Shown tone={toneOf(option.tone)}>{option.label}</Shown>
}

function RefValue({ field, value, links }: { field: FieldInfo; value: unknown; links: boolean }) {
  if (typeof value === 'number') return <BareRef field={field} id={value} />
  if (!isRef(value)) return <>{plainText(field, value)}</>
  return links ? <RefLink field={field} to={value} /> : <>{value.title || value.number}</>
}

/** History keeps ids: shown as the number that people say. */
function BareRef({ field, id }: { field: FieldInfo; id: number }) {
  const record = recordNamed(useModel(), field.to ?? 'person')
  return <>{record ? `${record.prefix}-${id}` : id}</>
}

function RefLink({ field, to }: { field: FieldInfo; to: Ref }) {
  const record = recordNamed(useModel(), to.record ?? field.to ?? (field.kind === 'person' ? 'person' : ''))
  return record === null ? (
    <>{to.title || to.number}</>
  ) : (
    <Link to={addressOf(record, to.number)}>{to.title || to.number}</Link>
  )
}

function RefsValue({ field, value, links }: { field: FieldInfo; value: unknown; links: boolean }) {
  const all = Array.isArray(value) ? value : []
  return (
    <>
      {all.map((one, at) => (
        <span key={isRef(one) ? one.id : at}>
          {at > 0 && ', '}
          <RefValue field={field} value={one} links={links} />
        </span>
      ))}
    </>
  )
}

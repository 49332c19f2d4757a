// One entry of the timeline: who did what when, in a sentence, with what was written or changed below it.
import type { Change, RecordInfo, TimelineItem, Tone } from '../data/contract.ts'
import { stateOf } from '../data/model.ts'
import { durationText, instantFull, instantText, isRef, relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Markdown } from '../ui/markdown.tsx'
import { State } from '../ui/state.tsx'
import { ChangeLine, isLong } from './changes.tsx'
import { deedOf } from './deed.ts'
import { FileName } from './file-name.tsx'
import { isPicture, Picture } from './picture.tsx'
import { Preview } from './preview.tsx'

const words = messages.timeline
const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function TimelineEntry({ record, item }: { record: RecordInfo; item: TimelineItem }) {
  const at = item.at
  return (
    <li className="entry" data-kind={item.kind} data-internal={item['internal'] === true || undefined}>
      <p className="entry-line">
        <b>{item.actor?.title ?? words.system}</b> <Sentence record={record} item={item} />
        {item['internal'] === true && <span className="tag">{words.internal}</span>}
        <time className="quiet small" dateTime={at} title={instantFull(at)}>
          {Date.now() - Date.parse(at) < 86_400_000 ? relativeText(at) : instantText(at)}
        </time>
      </p>
      <Below record={record} item={item} />
    </li>
  )
}

function changesOf(item: TimelineItem): Change[] {
  return Array.isArray(item['changes']) ? (item['changes'] as Change[]) : []
}

function Sentence({ record, item }: { record: RecordInfo; item: TimelineItem }) {
  const action = text(item['action'])
  switch (item.kind) {
    case 'comment':
      return <>{words.commented}</>
    case 'attachment':
      return (
        <>
          {words.attached} <FileLink item={item} />
        </>
      )
    case 'task':
      return (
        <>
          {words.task} {text(item['number'])} {text(item['subject'])}
        </>
      )
    case 'link':
      return (
        <>
          {words.link} {isRef(item['to']) ? item['to'].title : ''}
        </>
      )
    case 'time':
      return (
        <>
          {words.time} {typeof item['minutes'] === 'number' ? durationText(item['minutes']) : ''} {text(item['note'])}
        </>
      )
    case 'mail':
      return <MailLine item={item} />
    default:
      break
  }
  if (action.startsWith('create')) return <>{words.created}</>
  if (action.startsWith('bin')) return <>{words.binned}</>
  if (action.startsWith('restore')) return <>{words.restored}</>
  if (action.startsWith('undo')) return <>{words.undone}</>
  const changes = changesOf(item)
  const moved = changes.find((change) => change.field === record.workflow?.field)
  const state = moved ? stateOf(record, moved.to) : null
  if (state)
    return (
      <>
        {words.moved} {words.to} <State tone={state.tone}>{state.label}</State>
      </>
    )
  if (changes.length === 0) return <>{deedOf(record, action)}</>
  const [only] = changes
  return changes.length === 1 && only && !isLong(record, only) ? (
    <ChangeLine record={record} change={only} />
  ) : (
    <>
      {words.changed} {changes.map((change) => change.label).join(', ')}
    </>
  )
}

const tones: Record<string, Tone> = { sent: 'good', failed: 'bad', held: 'warn', queued: 'info', sending: 'info' }

function MailLine({ item }: { item: TimelineItem }) {
  const state = text(item['state'])
  return (
    <>
      {words.mailTo(isRef(item['to']) ? item['to'].title : words.somebody)}{' '}
      <State tone={tones[state] ?? 'none'}>{words.mailStates[state] ?? state}</State>
    </>
  )
}

function FileLink({ item }: { item: TimelineItem }) {
  const name = text(item['name']) || text(item['title'])
  return typeof item.id === 'number' ? <FileName id={item.id} name={name} /> : <>{name}</>
}

function Below({ record, item }: { record: RecordInfo; item: TimelineItem }) {
  const changes = changesOf(item)
  const isCreate = text(item['action']).startsWith('create')
  const moved = changes.some((change) => change.field === record.workflow?.field)
  const rest = changes.filter((change) => change.field !== record.workflow?.field)
  return (
    <>
      {item.kind === 'comment' && (
        <div className="entry-body">
          <Markdown text={text(item['body'])} />
        </div>
      )}
      {item.kind === 'attachment' && typeof item.id === 'number' && isPicture(text(item['type'])) && (
        <Picture id={item.id} name={text(item['name'])} />
      )}
      {item.kind === 'attachment' && typeof item.id === 'number' && (
        <Preview id={item.id} name={text(item['name'])} type={text(item['type'])} />
      )}
      {item.kind === 'mail' && text(item['subject']) !== '' && <p className="quiet">{text(item['subject'])}</p>}
      {item['isErased'] === true && <p className="quiet">{words.erased}</p>}
      {text(item['reason']) !== '' && (
        <p className="quiet">
          {words.why}: {text(item['reason'])}
        </p>
      )}
      {!isCreate && (changes.length > 1 || moved) && rest.length > 0 && (
        <ul className="plain entry-changes">
          {rest.map((change) => (
            <li key={change.field}>
              <ChangeLine record={record} change={change} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

// A line of the inbox: the record, what happened to it, why the person is told, and what can be done with the line.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { linkTo } from '../data/link.ts'
import { instantFull, instantText, relativeText } from '../fields/format.ts'
import { inboxWords as words } from '../messages/inbox.ts'
import { markAsRead, mute, triage, turnOff } from './deeds.ts'
import { myNoticesQuery, type InboxItem } from './queries.ts'

interface InboxLineProps {
  item: InboxItem
  isHere: boolean
  onHere: () => void
  onSnooze: () => void
}

/** The link of a line, which J and K put the focus on. */
export function linkOf({ item }: InboxItem): HTMLElement | null {
  return document.getElementById(`inbox-${item}`)
}

export function InboxLine({ item, isHere, onHere, onSnooze }: InboxLineProps) {
  const { lines, changes, state, at, number, title } = item
  const [newest] = lines
  return (
    <li className="inbox-line" data-state={state} data-here={isHere || undefined} onFocus={onHere}>
      <div className="inbox-said">
        <Link
          id={`inbox-${item.item}`}
          {...linkTo(item.path)}
          className="inbox-link"
          onClick={() => state === 'unread' && markAsRead([item.item])}
        >
          {state === 'unread' && <span className="inbox-dot" role="img" aria-label={words.unread} />}
          <span className="quiet">{number}</span> <b>{title}</b>
        </Link>
        <p>
          {newest?.text} {changes > 1 && <span className="tag">{words.changes(changes)}</span>}
        </p>
        {newest?.excerpt && <p className="quiet small inbox-excerpt">{newest.excerpt}</p>}
        <Why item={item} />
      </div>
      <div className="inbox-side">
        <time className="quiet small" dateTime={at} title={instantFull(at)}>
          {item.snoozedUntil === null ? relativeText(at) : words.snoozedUntil(instantText(item.snoozedUntil))}
        </time>
        <div className="row inbox-deeds">
          {state !== 'done' && <Deed item={item} deed="done" />}
          <Deed item={item} deed={state === 'unread' ? 'read' : 'unread'} />
          {state !== 'done' && (
            <Button size="compact-sm" aria-label={`${words.deeds.snooze}: ${number}`} onClick={onSnooze}>
              {words.deeds.snooze}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}

function Deed({ item, deed }: { item: InboxItem; deed: 'done' | 'read' | 'unread' }) {
  return (
    <Button
      size="compact-sm"
      aria-label={`${words.deeds[deed]}: ${item.number || item.title}`}
      onClick={() => void triage({ items: [item.item] }, deed)}
    >
      {words.deeds[deed]}
    </Button>
  )
}

/** The reason, what else happened, and how to hear no more of it. */
function Why({ item }: { item: InboxItem }) {
  const { data } = useQuery(myNoticesQuery)
  const event = data?.events.find((one) => one.event === item.event)
  return (
    <details className="inbox-why">
      <summary className="small">{words.whyThis}</summary>
      <p className="small">{item.why}</p>
      {item.lines.length > 1 && (
        <ul className="small">
          {item.lines.slice(1).map((line) => (
            <li key={`${line.at}${line.text}`}>
              {line.text} <time className="quiet">{relativeText(line.at)}</time>
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        {item.number !== '' && (
          <Button size="compact-sm" onClick={() => void mute(item)}>
            {item.isMuted ? words.unmute(item.number) : words.mute(item.number)}
          </Button>
        )}
        {event && !event.isFixed && (
          <Button size="compact-sm" onClick={() => void turnOff(event.event, event.label)}>
            {words.turnOff(event.label)}
          </Button>
        )}
        <Link to="/settings/$section" params={{ section: 'notices' }} className="small">
          {words.settings}
        </Link>
      </div>
    </details>
  )
}

// The inbox: J and K go from line to line, E is done with one, U makes it unread, S puts it off, Enter opens it.
import { Button, Select } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { inboxWords as words } from '../messages/inbox.ts'
import { messages } from '../messages/messages.ts'
import { useActions } from '../ui/actions.ts'
import { Empty } from '../ui/empty.tsx'
import { Fault } from '../ui/fault.tsx'
import { useTitle } from '../ui/title.ts'
import { triage } from './deeds.ts'
import { InboxLine, linkOf } from './inbox-line.tsx'
import { countQuery, inboxQuery, myNoticesQuery, useLiveInbox, type InboxItem } from './queries.ts'
import { SnoozeDialog } from './snooze-dialog.tsx'
import '../fields/fields.css'
import '../settings/settings.css'
import './inbox.css'

export function InboxPage() {
  useTitle(words.title)
  useLiveInbox()
  const [show, setShow] = useState('unread')
  const [event, setEvent] = useState<string | null>(null)
  const pages = useInfiniteQuery(inboxQuery(show, event))
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const [snoozing, setSnoozing] = useState<InboxItem | null>(null)
  const [at, setAt] = useState(0)
  const here = items[Math.min(at, items.length - 1)] ?? null
  useTriageKeys({ items, here, at, setAt, onSnooze: setSnoozing })
  if (pages.error) return <Fault error={pages.error} again={() => void pages.refetch()} />
  return (
    <div className="page inbox">
      <header className="spread">
        <div>
          <h1>{words.title}</h1>
          <p className="quiet">{words.about}</p>
        </div>
        <AllDone show={show} event={event} shown={items.length} isAll={!pages.hasNextPage} />
      </header>
      <Filters show={show} event={event} onShow={setShow} onEvent={setEvent} />
      {!pages.isPending && items.length === 0 ? (
        <Empty title={words.empty[show] ?? ''} text={words.emptyHelp} />
      ) : (
        <ul className="plain panel inbox-list" aria-label={words.list}>
          {items.map((item, nth) => (
            <InboxLine
              key={item.item}
              item={item}
              isHere={item === here}
              onHere={() => setAt(nth)}
              onSnooze={() => setSnoozing(item)}
            />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {words.more}
        </Button>
      )}
      {snoozing && <SnoozeDialog item={snoozing} onClose={() => setSnoozing(null)} />}
    </div>
  )
}

function Filters({
  show,
  event,
  onShow,
  onEvent,
}: {
  show: string
  event: string | null
  onShow: (show: string) => void
  onEvent: (event: string | null) => void
}) {
  const events = useQuery(myNoticesQuery).data?.events ?? []
  return (
    <div className="row inbox-filters">
      <fieldset>
        <legend className="hidden-text">{words.shows}</legend>
        <div className="segmented">
          {Object.entries(words.shown).map(([name, label]) => (
            <label key={name}>
              <input type="radio" name="shown" checked={name === show} onChange={() => onShow(name)} />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <Select
        aria-label={words.why}
        placeholder={words.everyWhy}
        data={events.map((one) => ({ value: one.event, label: one.label }))}
        value={event}
        clearable
        onChange={onEvent}
      />
    </div>
  )
}

/** What the filter shows, further pages included. */
function AllDone({ show, event, shown, isAll }: { show: string; event: string | null; shown: number; isAll: boolean }) {
  const unread = useQuery(countQuery).data?.unread ?? 0
  if (shown === 0 || show === 'done') return null
  const count = isAll ? String(shown) : show === 'unread' && event === null && unread < 100 ? String(unread) : null
  return (
    <Button onClick={() => void triage({ all: { show, event } }, 'done')}>
      {count === null ? words.all : words.allDone(count)}
    </Button>
  )
}

interface Keys {
  items: readonly InboxItem[]
  here: InboxItem | null
  at: number
  setAt: (at: number) => void
  onSnooze: (item: InboxItem) => void
}
function useTriageKeys({ items, here, at, setAt, onSnooze }: Keys) {
  const go = (step: number) => {
    const next = Math.max(0, Math.min(items.length - 1, Math.min(at, items.length - 1) + step))
    const item = items[next]
    setAt(next)
    if (item) linkOf(item)?.focus()
  }
  const group = messages.screens.inbox
  const one = (deed: 'done' | 'unread') => here && void triage({ items: [here.item] }, deed)
  useActions([
    { id: 'inbox-next', label: words.next, keys: 'j', hidden: true, group, run: () => go(1) },
    { id: 'inbox-before', label: words.before, keys: 'k', hidden: true, group, run: () => go(-1) },
    { id: 'inbox-done', label: words.deeds.done, keys: 'e', group, run: () => one('done') },
    { id: 'inbox-unread', label: words.deeds.unread, keys: 'u', group, run: () => one('unread') },
    { id: 'inbox-snooze', label: words.deeds.snooze, keys: 's', group, run: () => here && onSnooze(here) },
    {
      id: 'inbox-open',
      label: words.open,
      keys: 'enter',
      hidden: true,
      group,
      run: () => here && linkOf(here)?.click(),
    },
  ])
}

// The newest unread lines under the bell: each opens what it is about; one or all are marked as read.
import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../data/http.ts'
import { linkTo } from '../data/link.ts'
import { attempt } from '../data/writes.ts'
import { relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { newestQuery, refreshInbox } from './queries.ts'

const words = messages.notices
const MOST = 10

async function markAsRead(which: object) {
  await attempt(() => call('/inbox/triage', { method: 'POST', body: { ...which, deed: 'read' } }))
  refreshInbox()
}

export function Newest({ onClose }: { onClose: () => void }) {
  const newest = useQuery(newestQuery)
  const items = newest.data?.items.slice(0, MOST) ?? []
  return (
    <>
      <header className="spread">
        <h2>{words.title}</h2>
        {items.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => void markAsRead({ all: { show: 'unread' } })}>
            {words.allRead}
          </Button>
        )}
      </header>
      {!newest.isPending && items.length === 0 && <p className="quiet">{words.none}</p>}
      <ul className="plain notice-list">
        {items.map(({ item, path, number, title, lines: [newestLine], at }) => (
          <li key={item}>
            <Link
              {...linkTo(path)}
              onClick={() => {
                onClose()
                void markAsRead({ items: [item] })
              }}
            >
              <span className="strong">{title}</span>
              <span className="quiet small notice-why">{newestLine?.text}</span>
              <span className="quiet small">
                {number !== '' && `${number} · `}
                {relativeText(at)}
              </span>
            </Link>
            <ActionIcon
              aria-label={`${words.read}: ${number} ${title}`}
              title={words.read}
              onClick={() => void markAsRead({ items: [item] })}
            >
              <Icon name="check" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <footer>
        <Link to="/inbox" onClick={onClose}>
          {words.all}
        </Link>
      </footer>
    </>
  )
}

// The unread notices: each opens the record that it is about; one or all are marked as read.
import { ActionIcon, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Model, RecordInfo, Row } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { linkTo } from '../data/link.ts'
import { addressOf, listAddress, recordNamed, titleOf, useModel } from '../data/model.ts'
import { attempt, refresh } from '../data/writes.ts'
import { isRef, relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'

const words = messages.notices

interface NoticeListProps {
  record: RecordInfo
  items: readonly Row[]
  onClose: () => void
}

async function markAsRead(ids: number[]) {
  const change = { readAt: new Date().toISOString() }
  await attempt(() => call('/notices/bulk', { method: 'POST', body: { ids, change } }))
  refresh('notices')
}

async function markAllAsRead() {
  const change = { readAt: new Date().toISOString() }
  await attempt(() => call('/notices/bulk', { method: 'POST', body: { filter: 'person:me readAt:none', change } }))
  refresh('notices')
}

/** What the notice is about; its own page when that is gone or not for this person. */
function addressFor(model: Model, record: RecordInfo, row: Row): string {
  const on = row['on']
  const about = isRef(on) ? recordNamed(model, on.record ?? '') : null
  return about && isRef(on) ? addressOf(about, on.number) : addressOf(record, row.number)
}

export function NoticeList({ record, items, onClose }: NoticeListProps) {
  const model = useModel()
  return (
    <>
      <header className="spread">
        <h2>{words.title}</h2>
        {items.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => void markAllAsRead()}>
            {words.allRead}
          </Button>
        )}
      </header>
      {items.length === 0 && <p className="quiet">{record.emptyText}</p>}
      <ul className="plain notice-list">
        {items.map((row) => (
          <li key={row.id}>
            <Link
              to={addressFor(model, record, row)}
              onClick={() => {
                onClose()
                void markAsRead([row.id])
              }}
            >
              <span className="strong">{titleOf(record, row)}</span>
              <span className="quiet small notice-why">{String(row['because'] ?? '')}</span>
              <span className="quiet small">
                {isRef(row['on']) && `${row['on'].number} · `}
                {row.createdAt && relativeText(row.createdAt)}
              </span>
            </Link>
            <ActionIcon
              aria-label={`${words.read}: ${titleOf(record, row)}`}
              title={words.read}
              onClick={() => void markAsRead([row.id])}
            >
              <Icon name="check" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <footer>
        <Link {...linkTo(listAddress(record))} onClick={onClose}>
          {words.all}
        </Link>
      </footer>
    </>
  )
}

// The bell: how many notices wait for the person, and the list of them. It follows the event stream.
import { ActionIcon, Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { recordNamed, useModel } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'

const NoticeList = lazy(() => import('./notice-list.tsx').then(({ NoticeList: component }) => ({ default: component })))
const words = messages.notices
const unread = someQuery('notices', {
  filter: 'person:me readAt:none',
  sort: '-createdAt',
  fields: 'subject,on,because',
  total: 'true',
  limit: '20',
})

export function Bell() {
  const record = recordNamed(useModel(), 'notice')
  const [open, setOpen] = useState(false)
  const notices = useQuery({ ...unread, enabled: record !== null })
  if (record === null) return null
  const { items = [], total } = notices.data ?? {}
  const count = total?.count ?? items.length
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={380} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon className="bell" aria-label={words.bell(count)} onClick={() => setOpen(!open)}>
          <Icon name="bell" size={18} />
          {count > 0 && (
            <span className="bell-count" aria-hidden="true">
              {count > 99 ? '99+' : count}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="notices" aria-label={words.title}>
        <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>
          <NoticeList record={record} items={items} onClose={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

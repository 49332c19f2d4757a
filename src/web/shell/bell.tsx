// The bell: how many notices wait for the person, and the list of them. It follows the event stream.
import { ActionIcon } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { recordNamed, useModel } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { late, together } from '../ui/late.ts'
import { latePopover, Popover } from '../ui/popover.tsx'

const noticeList = late(() => import('./notice-list.tsx').then(({ NoticeList }) => NoticeList))
const panel = together(latePopover, noticeList)
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
  const notices = useQuery({ ...unread, enabled: record !== null })
  if (record === null) return null
  const { items = [], total } = notices.data ?? {}
  const count = total?.count ?? items.length
  return (
    <Popover
      label={words.title}
      className="notices"
      position="bottom-end"
      width={380}
      part={panel}
      content={(close) => {
        const NoticeList = noticeList.now()
        return NoticeList && <NoticeList record={record} items={items} onClose={close} />
      }}
    >
      <ActionIcon className="bell" aria-label={words.bell(count)}>
        <Icon name="bell" size={18} />
        {count > 0 && (
          <span className="bell-count" aria-hidden="true">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </ActionIcon>
    </Popover>
  )
}

// The bell: how many lines of the inbox are unread, and the newest of them. It follows the event stream.
import { ActionIcon } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { countQuery, useLiveInbox } from '../notices/queries.ts'
import { Icon } from '../ui/icon.tsx'
import { late, together } from '../ui/late.ts'
import { latePopover, Popover } from '../ui/popover.tsx'

const noticeList = late(() => import('../notices/newest.tsx').then(({ Newest }) => Newest))
const panel = together(latePopover, noticeList)
const words = messages.notices

export function Bell() {
  const { person } = useMe()
  useLiveInbox()
  const count = useQuery({ ...countQuery, enabled: person !== null }).data?.unread ?? 0
  if (person === null) return null
  return (
    <Popover
      label={words.title}
      className="notices"
      position="bottom-end"
      width={380}
      part={panel}
      content={(close) => {
        const Newest = noticeList.now()
        return Newest && <Newest onClose={close} />
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

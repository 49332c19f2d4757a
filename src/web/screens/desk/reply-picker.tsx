// A button in the composer that puts a canned reply, filled in for this incident, where the person writes.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../data/http.ts'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import { someQuery } from '../../data/queries.ts'
import { attempt } from '../../data/writes.ts'
import { messages } from '../../messages/messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/toast.tsx'
import { useState } from 'react'
import type { PanelProps } from '../panels.ts'

const words = messages.desk

export function Panel({ row, insert }: PanelProps) {
  const kind = recordNamed(useModel(), 'cannedReply')
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const replies = useQuery({ ...someQuery('cannedreplies', { sort: 'name', limit: '100' }), enabled: asked })
  if (kind === null) return null
  async function fill(id: number) {
    await attempt(async () => {
      const { body } = await call<{ text: string; unfilled: string[] }>(`/cannedreplies/${id}/fill`, {
        method: 'POST',
        body: { incident: row.id },
      })
      insert?.(body.text)
      if (body.unfilled.length > 0) say(words.unfilled(body.unfilled.join(', ')))
      document.getElementById('composer')?.focus()
    })
  }
  const items = replies.data?.items ?? []
  return (
    <Menu
      onChange={(opened) => opened && setAsked(true)}
      position="bottom-start"
      maxHeight="50vh"
      returnsFocus={false}
      entries={[
        replies.isSuccess && items.length === 0 && { heading: words.repliesNone },
        ...items.map((reply) => ({ label: String(reply['name']), run: () => void fill(reply.id) })),
        'line',
        { label: words.repliesManage, run: () => void navigate({ to: listAddress(kind) }) },
      ]}
    >
      <Button variant="subtle" leftSection={<Icon name="book" />}>
        {words.replies}
      </Button>
    </Menu>
  )
}

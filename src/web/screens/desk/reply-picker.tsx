// A button in the composer that puts a canned reply, filled in for this incident, where the person writes.
import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../data/http.ts'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import { someQuery } from '../../data/queries.ts'
import { attempt } from '../../data/writes.ts'
import { messages } from '../../messages/messages.ts'
import { Icon } from '../../ui/icon.tsx'
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
    <Menu onOpen={() => setAsked(true)} position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button variant="subtle" leftSection={<Icon name="book" />}>
          {words.replies}
        </Button>
      </Menu.Target>
      <Menu.Dropdown style={{ maxBlockSize: '50vh', overflowY: 'auto' }}>
        {replies.isSuccess && items.length === 0 && <Menu.Label>{words.repliesNone}</Menu.Label>}
        {items.map((reply) => (
          <Menu.Item key={reply.id} onClick={() => void fill(reply.id)}>
            {String(reply['name'])}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void navigate({ to: listAddress(kind) })}>{words.repliesManage}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

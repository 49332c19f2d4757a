// "Look at it filled": one click from an empty page to the same page of the demonstration, which is brought in when it is not there yet.
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { read } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { demoWords as words } from '../messages/demo.ts'
import { bringDemo, visitDemo, wantThere, type DemoState } from './demo.ts'

/** @param to the page to look at there. Nothing for whoever may not bring it in, and in the demonstration itself. */
export function LookFilled({ to }: { to: string }) {
  const me = useMe()
  const navigate = useNavigate()
  const [isBusy, setBusy] = useState(false)
  if (me.isDemo || me.viewer !== null || !me.roles.includes('administrator')) return null
  async function look() {
    wantThere(to)
    const { state } = await read<DemoState>('/admin/demo')
    if (state === 'here') return visitDemo()
    if (state === 'none') await bringDemo()
    await navigate({ to: '/settings/demo' })
  }
  return (
    <Button
      loading={isBusy}
      onClick={() => {
        setBusy(true)
        void attempt(look).finally(() => setBusy(false))
      }}
    >
      {words.look}
    </Button>
  )
}

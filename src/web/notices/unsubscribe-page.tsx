// The page behind "no more such mails": nothing happens before the button, since mail programs open links by themselves.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call, read } from '../data/http.ts'
import { sentenceOf } from '../data/problem.ts'
import { attempt } from '../data/writes.ts'
import { inboxWords } from '../messages/inbox.ts'
import { SignFrame } from '../sign/frame.tsx'
import { useTitle } from '../ui/title.ts'

const words = inboxWords.unsubscribe

export function UnsubscribePage() {
  const { key = '' } = useParams({ strict: false })
  const address = `/unsubscribe/${encodeURIComponent(key)}`
  const asked = useQuery({ queryKey: ['unsubscribe', key], queryFn: () => read<{ what: string }>(address), retry: false, staleTime: Infinity }) // oxfmt-ignore
  const [isDone, setDone] = useState(false)
  useTitle(words.title)
  if (asked.error) return <SignFrame title={words.title} text={sentenceOf(asked.error)} />
  if (!asked.data) return null
  if (isDone) return <SignFrame title={words.title} text={words.done} />
  async function stop() {
    setDone(await attempt(() => call(address, { method: 'POST', body: {} })))
  }
  return (
    <SignFrame title={words.title} text={words.ask(asked.data.what)}>
      <Button variant="filled" onClick={() => void stop()}>
        {words.stop}
      </Button>
    </SignFrame>
  )
}

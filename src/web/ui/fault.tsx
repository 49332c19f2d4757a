// What is shown where something could not be shown: the sentence and a way on; tried again when the server is back.
import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { sentenceOf } from '../data/problem.ts'
import { onReturn } from '../data/reach.ts'
import { messages } from '../messages/messages.ts'
import { Empty } from './empty.tsx'

export function Fault({ error, again }: { error: unknown; again?: () => void }) {
  useEffect(() => (again ? onReturn(again) : undefined), [again])
  return (
    <div role="alert">
      <Empty title={messages.errors.failed} text={sentenceOf(error)}>
        {again && <Button onClick={again}>{messages.errors.again}</Button>}
        <Button component="a" href="/">
          {messages.errors.home}
        </Button>
      </Empty>
    </div>
  )
}

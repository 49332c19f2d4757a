// What is shown where something could not be shown: the sentence and a way on.
import { Button } from '@mantine/core'
import { sentenceOf } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'
import { Empty } from './empty.tsx'

export function Fault({ error, again }: { error: unknown; again?: () => void }) {
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

// The first page of a person who may see nothing yet.
import { messages } from '../messages/messages.ts'
import { Empty } from '../ui/empty.tsx'

export function Nothing() {
  return (
    <div className="page">
      <Empty title={messages.places.nothingTitle} text={messages.places.nothing} />
    </div>
  )
}

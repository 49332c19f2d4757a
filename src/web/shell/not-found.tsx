// The page for an address that leads nowhere, or to something this person may not see: the two are not told apart.
import { Link } from '@tanstack/react-router'
import { messages } from '../messages/messages.ts'
import { Empty } from '../ui/empty.tsx'

export function NotFound() {
  return (
    <main className="page">
      <Empty title={messages.errors.notFound}>
        <Link to="/">{messages.errors.home}</Link>
      </Empty>
    </main>
  )
}

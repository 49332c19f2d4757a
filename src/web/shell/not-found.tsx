// The page for an address that leads nowhere, or to something this person may not see: the two are not told apart.
import { Link } from '@tanstack/react-router'
import { messages } from '../messages/messages.ts'

export function NotFound() {
  return (
    <div className="page">
      <h1>{messages.errors.notFound}</h1>
      <p>
        <Link to="/">{messages.errors.home}</Link>
      </p>
    </div>
  )
}

/** The same outside of the frame, where the page brings its own main landmark. */
export function NotFoundAlone() {
  return (
    <main>
      <NotFound />
    </main>
  )
}

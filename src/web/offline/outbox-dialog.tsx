// The comments that wait on this device: what each says, where it goes, and why it is still here.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { outboxWords as words } from '../messages/outbox.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Sign } from '../ui/state.tsx'
import { allWaiting, discard, sendAll, sendAnyway, subscribeToWaiting, type Waiting } from './outbox.ts'

export function OutboxDialog({ onClose }: { onClose: () => void }) {
  const waiting = useSyncExternalStore(subscribeToWaiting, allWaiting)
  return (
    <Dialog title={words.title} size={560} onClose={onClose}>
      <p className="quiet">{waiting.length === 0 ? words.none : words.about}</p>
      <ul className="plain outbox">
        {waiting.map((comment) => (
          <Line key={comment.key} comment={comment} onClose={onClose} />
        ))}
      </ul>
      {waiting.some(({ held }) => held === null) && <Button onClick={() => void sendAll()}>{words.tryNow}</Button>}
    </Dialog>
  )
}

function Line({ comment, onClose }: { comment: Waiting; onClose: () => void }) {
  const { held } = comment
  return (
    <li>
      <Link to={`/${comment.place}/${comment.plural}/${comment.number}`} onClick={onClose}>
        <b>{comment.number}</b> {comment.title}
      </Link>{' '}
      <span className="quiet small">
        {words.written(relativeText(new Date(comment.writtenAt).toISOString()))}
        {comment.internal && ` · ${messages.timeline.internal}`}
      </span>
      <p className="outbox-body">
        {comment.move && <b>{comment.move.label} </b>}
        {comment.body}
      </p>
      {held && (
        <p className="small">
          <Sign tone="warn" />{' '}
          {held.kind === 'changed' ? (comment.move ? words.changedMove : words.changed) : held.because}
        </p>
      )}
      <div className="row">
        {held && held.kind !== 'refused' && (
          <Button onClick={() => void sendAnyway(comment)}>{words.sendAnyway(comment.number)}</Button>
        )}
        <Button variant="subtle" onClick={() => void discard(comment)}>
          {comment.move ? words.discardMove(comment.number, comment.move.label) : words.discard(comment.number)}
        </Button>
      </div>
    </li>
  )
}

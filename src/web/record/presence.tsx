// Who else is at a record now, and who of them writes.
import type { RecordInfo, Row } from '../data/contract.ts'
import { instantFull } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { initialsOf } from '../ui/initials.ts'
import { useStay } from './stay.ts'
import './presence.css'

const shownAtMost = 4

export function Presence({ record, row, isEditing }: { record: RecordInfo; row: Row; isEditing: boolean }) {
  const people = useStay(record, row, isEditing)
  const words = messages.presence
  return (
    <div className="row presence" role="status">
      {people.length > 0 && <span className="hidden-text">{words.here}</span>}
      {people.slice(0, shownAtMost).map(({ person, isWriting, since }) => (
        <span
          key={person.id}
          className="presence-person"
          data-writing={isWriting || undefined}
          title={words.since(instantFull(since))}
        >
          <span className="presence-mark" aria-hidden="true">
            {initialsOf(person.title)}
          </span>
          {isWriting ? words.writes(person.title) : person.title}
        </span>
      ))}
      {people.length > shownAtMost && <span className="quiet small">{words.more(people.length - shownAtMost)}</span>}
    </div>
  )
}

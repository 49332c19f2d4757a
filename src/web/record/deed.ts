// What was done to a record, as a verb: the move's own label, or the word for the action.
import type { RecordInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'

/** `action` as the journal keeps it: `create`, `change`, `move:start`, `merge`. An unknown one is shown in plain words. */
export function deedOf(record: RecordInfo, action: string): string {
  if (action.startsWith('move:')) {
    const name = action.slice('move:'.length)
    return record.workflow?.moves.find((move) => move.name === name)?.label ?? plain(name)
  }
  return messages.deeds[action] ?? plain(action)
}

function plain(name: string): string {
  return name
    .replaceAll(/[-_:]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_all, a: string, b: string) => `${a} ${b.toLowerCase()}`)
}

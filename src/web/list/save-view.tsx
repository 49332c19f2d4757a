// Saves the view on screen under a name, for oneself, a team or everybody; or gives a saved one another name and other readers.
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Search } from '../data/address.ts'
import type { RecordInfo } from '../data/contract.ts'
import { useMe } from '../data/model.ts'
import { attempt, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { prefer } from '../shell/preferences.ts'
import { Dialog } from '../ui/dialog.tsx'
import { isPinned, pinsWith, teamsOf, type SavedView } from './saved-views.ts'
import { viewText } from './view.ts'

export interface SaveViewProps {
  record: RecordInfo
  search: Search
  /** Null: a new one. */
  existing: SavedView | null
  onClose: () => void
  /** With its number. */
  onSaved: (number: string) => void
}

export function SaveView({ record, search, existing, onClose, onSaved }: SaveViewProps) {
  const me = useMe()
  const [name, setName] = useState(existing?.name ?? '')
  const [pinned, setPinned] = useState(existing === null || isPinned(existing, me))
  const [readers, setReaders] = useState(existing === null ? 'me' : readersOf(existing))
  const words = messages.views
  const [audience = 'me', team] = readers.split(' ')
  async function save(event: React.FormEvent) {
    event.preventDefault()
    const what = { name: name.trim(), audience, team: team === undefined ? null : Number(team) }
    await attempt(async () => {
      const path = existing === null ? '/savedviews' : `/savedviews/${existing.id}`
      const sent =
        existing === null
          ? { method: 'POST' as const, body: { ...what, record: record.name, query: viewText(search) } }
          : { method: 'PATCH' as const, body: what, rev: existing.rev ?? null }
      const { body } = await write<SavedView>('savedviews', path, sent, words.saved(what.name))
      if (pinned !== isPinned(body, me)) await prefer({ pins: pinsWith(me, body, pinned) })
      onSaved(body.number)
    })
  }
  return (
    <Dialog onClose={onClose} title={existing === null ? words.save : words.edit} size={420}>
      <form className="stack" onSubmit={(event) => void save(event)}>
        <TextInput
          label={words.name}
          value={name}
          required
          data-autofocus
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={words.readers}
          data={choices(teamsOf(me), existing)}
          value={readers}
          allowDeselect={false}
          onChange={(value) => setReaders(value ?? 'me')}
        />
        <Checkbox label={words.pin} checked={pinned} onChange={(event) => setPinned(event.currentTarget.checked)} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{messages.record.cancel}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {existing === null ? words.save : words.update}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface Choosable {
  readonly id: number
  readonly title: string
}
/** Oneself, each team of one's own, everybody; and the team that it has, whosever that is. */
function choices(mine: readonly Choosable[], existing: SavedView | null): { value: string; label: string }[] {
  const words = messages.views
  const other = existing?.team && !mine.some((team) => team.id === existing.team?.id) ? [existing.team] : []
  return [
    { value: 'me', label: words.me },
    ...[...mine, ...other].map((team) => ({ value: `team ${team.id}`, label: words.team(team.title) })),
    { value: 'everyone', label: words.everyone },
  ]
}
function readersOf({ audience, team }: SavedView): string {
  return audience === 'team' && team !== null ? `team ${team.id}` : audience
}

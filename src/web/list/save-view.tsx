// Saves the view on screen under a name; pinned views stand in the navigation.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Search } from '../data/address.ts'
import type { RecordInfo } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { attempt, refresh, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import type { SavedView } from './saved-views.ts'
import { viewText } from './view.ts'
import { Dialog } from '../ui/dialog.tsx'

interface SaveViewProps {
  record: RecordInfo
  search: Search
  existing: SavedView | null
  onClose: () => void
  onSaved: (number: string) => void
}

export function SaveView({ record, search, existing, onClose, onSaved }: SaveViewProps) {
  const [name, setName] = useState('')
  const [pinned, setPinned] = useState(true)
  const [shared, setShared] = useState(false)
  const words = messages.views
  async function save(event: React.FormEvent) {
    event.preventDefault()
    const body = {
      name: name.trim(),
      record: record.name,
      query: viewText(search),
      pinned,
      audience: shared ? 'everyone' : 'me',
    }
    await attempt(async () =>
      onSaved(
        (await write<SavedView>('savedviews', '/savedviews', { method: 'POST', body }, words.saved(body.name))).body
          .number,
      ),
    )
  }
  async function remove(view: SavedView) {
    if (await attempt(() => call(`/savedviews/${view.id}`, { method: 'DELETE', rev: view.rev ?? null }))) {
      refresh('savedviews')
      onSaved('')
    }
  }
  return (
    <Dialog onClose={onClose} title={words.save} size={420}>
      <form className="stack" onSubmit={(event) => void save(event)}>
        <TextInput
          label={words.name}
          value={name}
          required
          data-autofocus
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox label={words.pin} checked={pinned} onChange={(event) => setPinned(event.currentTarget.checked)} />
        <Checkbox label={words.shared} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          {existing && (
            <Button color="red" variant="subtle" onClick={() => void remove(existing)}>
              {words.remove}
            </Button>
          )}
          <Button onClick={onClose}>{messages.record.cancel}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

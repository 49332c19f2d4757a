// Until when a line is put off: a usual moment, or any other. The server knows the zone of the person.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { inboxWords } from '../messages/inbox.ts'
import { Dialog } from '../ui/dialog.tsx'
import { triage } from './deeds.ts'
import type { InboxItem } from './queries.ts'

const words = inboxWords.snooze

export function SnoozeDialog({ item, onClose }: { item: InboxItem; onClose: () => void }) {
  const [own, setOwn] = useState('')
  function until(moment: string) {
    onClose()
    void triage({ items: [item.item] }, 'snooze', moment)
  }
  return (
    <Dialog title={`${words.title}: ${item.number || item.title}`} size={360} onClose={onClose}>
      <div className="stack">
        {(['hours', 'tomorrow', 'monday'] as const).map((moment) => (
          <Button key={moment} onClick={() => until(moment)}>
            {words[moment]}
          </Button>
        ))}
        <form
          className="row inbox-own-time"
          onSubmit={(event) => {
            event.preventDefault()
            until(own.slice(0, 16))
          }}
        >
          <TextInput
            type="datetime-local"
            label={words.at}
            value={own}
            required
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" disabled={own === ''}>
            {words.set}
          </Button>
        </form>
      </div>
    </Dialog>
  )
}

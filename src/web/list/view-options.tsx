// What can be done with the saved view that is open: pin it for oneself, change its name and readers, put it away.
import { ActionIcon } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../data/model.ts'
import { attempt, write } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { prefer } from '../shell/preferences.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { SaveView, type SaveViewProps } from './save-view.tsx'
import { isPinned, mayChange, pinsWith, type SavedView } from './saved-views.ts'

interface OptionsProps extends Omit<SaveViewProps, 'existing' | 'onClose'> {
  view: SavedView
}

export function ViewOptions({ view, onSaved, ...of }: OptionsProps) {
  const me = useMe()
  const [changing, setChanging] = useState(false)
  const words = messages.views
  const pinned = isPinned(view, me)
  const may = mayChange(view, me)
  return (
    <>
      <Menu
        entries={[
          view.team !== null && view.audience === 'team' && { heading: words.ofTeam(view.team.title) },
          {
            label: pinned ? words.unpin : words.pin,
            icon: <Icon name="pin" />,
            run: () => void prefer({ pins: pinsWith(me, view, !pinned) }),
          },
          may && { label: words.edit, icon: <Icon name="edit" />, run: () => setChanging(true) },
          may && { label: words.remove, icon: <Icon name="bin" />, run: () => void remove(view, onSaved) },
        ]}
      >
        <ActionIcon size={24} aria-label={words.options(view.name)}>
          <Icon name="dots" size={15} />
        </ActionIcon>
      </Menu>
      {changing && (
        <SaveView
          {...of}
          existing={view}
          onClose={() => setChanging(false)}
          onSaved={(number) => {
            setChanging(false)
            onSaved(number)
          }}
        />
      )}
    </>
  )
}

async function remove(view: SavedView, onRemoved: (number: string) => void) {
  const path = `/savedviews/${view.id}`
  await attempt(async () => {
    await write('savedviews', path, { method: 'DELETE', rev: view.rev ?? null }, messages.views.removed(view.name))
    onRemoved('')
  })
}

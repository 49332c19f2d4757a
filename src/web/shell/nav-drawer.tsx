// The navigation on a narrow screen, over the page; loaded when it is first opened.
import { Drawer } from '@mantine/core'
import '../ui/dialog.css'
import '@mantine/core/styles/Drawer.layer.css'
import { messages } from '../messages/messages.ts'
import { Nav } from './nav.tsx'

export function NavDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Drawer.Root opened onClose={onClose} size={260}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={messages.shell.menu}>
        <Nav />
      </Drawer.Content>
    </Drawer.Root>
  )
}

// A dialog with a title. Mantine's own header is a second banner landmark; here it is a plain row.
import { ActionIcon, Modal } from '@mantine/core'
import { messages } from '../messages/messages.ts'
import { useFocusBack } from './focus-back.ts'
import { Icon } from './icon.tsx'
import './dialog.css'

interface DialogProps {
  title: string
  size: number
  onClose: () => void
  children: React.ReactNode
}

export function Dialog({ title, size, onClose, children }: DialogProps) {
  useFocusBack()
  return (
    <Modal.Root opened onClose={onClose} size={size}>
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <div className="dialog-head">
          <h2>{title}</h2>
          <ActionIcon aria-label={messages.shell.close} onClick={onClose}>
            <Icon name="close" />
          </ActionIcon>
        </div>
        <div className="dialog-body">{children}</div>
      </Modal.Content>
    </Modal.Root>
  )
}

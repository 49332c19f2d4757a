// Short messages at the edge of the screen, with Undo where there is something to undo.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { messages } from '../messages/messages.ts'
import { Sign } from './state.tsx'

/** Says that something is done; for 10 s with an Undo button when `undo` is given. */
export function say(text: string, undo?: () => void): void {
  const id = crypto.randomUUID()
  notifications.show({
    closeButtonProps: { 'aria-label': messages.shell.close },
    id,
    autoClose: undo ? 10_000 : 4_000,
    withBorder: false,
    role: 'status',
    icon: null,
    message: (
      <span className="spread">
        <span className="row">
          <Sign tone="good" />
          {text}
        </span>
        {undo && (
          <Button
            onClick={() => {
              notifications.hide(id)
              undo()
            }}
          >
            {messages.record.undo}
          </Button>
        )}
      </span>
    ),
  })
}

/** Says what was refused; stays until it is closed. */
export function complain(text: string): void {
  notifications.show({
    closeButtonProps: { 'aria-label': messages.shell.close },
    autoClose: 12_000,
    role: 'alert',
    message: (
      <span className="row" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
        <Sign tone="bad" />
        <span>{text}</span>
      </span>
    ),
  })
}

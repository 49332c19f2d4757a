// A picture that is pasted or dropped, as the clipboard or the desktop would hand it over.
import type { Locator } from 'playwright-core'

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** It is called dot-paste.png or dot-drop.png. */
export async function givePicture(area: Locator, kind: 'paste' | 'drop'): Promise<void> {
  await area.evaluate(
    (element, { bytes, name, type }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }))
      const event =
        type === 'drop'
          ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
      element.dispatchEvent(event)
    },
    { bytes: [...dot], name: `dot-${kind}.png`, type: kind },
  )
}

// Tells Mantine where a menu or a panel opens: at the button, which stands elsewhere on the page and was there before.
import { useImperativeHandle, type Ref, type RefObject } from 'react'

interface AnchorProps {
  trigger: RefObject<HTMLElement | null>
  /** Mantine's own. */
  ref?: Ref<HTMLElement | null>
}

export function Anchor({ trigger, ref }: AnchorProps) {
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => trigger.current, [trigger])
  return null
}

// The editors as a page shows them that is read first and edited later: loaded when the first field is edited.
import { lazy, Suspense } from 'react'
import { messages } from '../messages/messages.ts'
import type { EditorProps } from './input-props.ts'

const Late = lazy(() => import('./editor.tsx').then(({ Editor: component }) => ({ default: component })))

export function Editor(props: EditorProps) {
  return (
    <Suspense fallback={<span className="quiet">{messages.list.loading}</span>}>
      <Late {...props} />
    </Suspense>
  )
}

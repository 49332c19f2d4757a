// What an attached file holds, without downloading it: the first lines of a text, a player for sound and film. It is
// loaded when somebody opens it. What it is, the server has found in its bytes, whatever it is called.
import { lazy, Suspense, useState } from 'react'
import { messages } from '../messages/messages.ts'
import { isText, TextPreview } from './text-preview.tsx'

const Player = lazy(() => import('./player.tsx').then(({ Player: component }) => ({ default: component })))
const words = messages.files

interface PreviewProps {
  id: number
  name: string
  type: string
}

export function Preview({ id, name, type }: PreviewProps) {
  const [isOpen, setOpen] = useState(false)
  if (isText(type)) return <TextPreview id={id} name={name} />
  const kind = /^(audio|video)\//.exec(type)?.[1]
  if (kind === undefined) return null
  const label = kind === 'video' ? words.watch : words.listen
  return (
    <details className="small file-preview" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={`${label}: ${name}`}>{label}</summary>
      {isOpen && (
        <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>
          <Player id={id} name={name} isFilm={kind === 'video'} />
        </Suspense>
      )}
    </details>
  )
}

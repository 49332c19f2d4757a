// The first lines of an attached text, asked for when somebody opens them. They are shown as letters, whatever they would be elsewhere.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../data/http.ts'
import { sentenceOf } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'

/** Found by the server from the content. Pages, drawings and programs are texts, too: their source is shown. */
export function isText(type: string): boolean {
  return type.startsWith('text/') || /^(?:image\/svg\+xml|application\/(?:xml|json))$/.test(type)
}

export function TextPreview({ id, name }: { id: number; name: string }) {
  const [isOpen, setOpen] = useState(false)
  const words = messages.files
  const found = useQuery({
    queryKey: ['file-text', id],
    queryFn: ({ signal }) => read<{ text: string; isCut: boolean }>(`/attachments/${id}/text`, signal),
    enabled: isOpen,
    staleTime: Infinity,
  })
  return (
    <details className="small file-text" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={words.firstLinesOf(name)}>{words.firstLines}</summary>
      {found.isPending && isOpen && <p className="quiet">{messages.list.loading}</p>}
      {found.error && <p className="error-text">{sentenceOf(found.error)}</p>}
      {found.data && (
        <>
          <pre tabIndex={0} role="region" aria-label={name} dir="auto">
            {found.data.text}
          </pre>
          {found.data.isCut && <p className="quiet">{words.onlyFirst}</p>}
        </>
      )}
    </details>
  )
}

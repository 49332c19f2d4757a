// An attached picture in the timeline. Its place is kept free, so that nothing moves when it arrives.
import { useQuery } from '@tanstack/react-query'
import { linkQuery } from './file-link.ts'

/** Browsers show these from an address of ours; an SVG is a document that may hold scripts and is only ever downloaded. */
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])

export function isPicture(type: string): boolean {
  return shownTypes.has(type)
}

export function Picture({ id, name }: { id: number; name: string }) {
  const link = useQuery(linkQuery(id))
  return (
    <p className="entry-picture">
      {link.data && <img src={link.data.url} alt={name} loading="lazy" decoding="async" />}
    </p>
  )
}

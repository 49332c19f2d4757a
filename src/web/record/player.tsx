// Plays attached sound and film with the browser's own controls; it fetches only the parts that it plays.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'
import { linkQuery } from './file-link.ts'
import './player.css'

interface PlayerProps {
  id: number
  name: string
  isFilm: boolean
}

export function Player({ id, name, isFilm }: PlayerProps) {
  const link = useQuery(linkQuery(id))
  const [isBroken, setBroken] = useState(false)
  if (link.error) return <p className="error-text">{sentenceOf(link.error)}</p>
  if (isBroken) return <p className="quiet">{messages.files.cannotPlay}</p>
  const how = { src: link.data?.url, 'aria-label': name, controls: true, preload: 'metadata' as const }
  const broken = () => setBroken(link.data !== undefined)
  return isFilm ? (
    <video {...how} className="file-film" playsInline onError={broken} />
  ) : (
    <audio {...how} className="file-sound" onError={broken} />
  )
}
